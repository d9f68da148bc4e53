import type { Text } from "../domain/kit/language";
import type { Act } from "../domain/permissions/actors";

interface ActText {
  what: Text;
  /** The conditions that the rules set besides the role. */
  only?: Text;
}

const never = { en: "Never about oneself or one's own family.", zh: "不得办理涉及本人及近亲属的事项。" };
const credit = { en: "Never about oneself or one's own organisation.", zh: "不得涉及本人或本组织。" };

/** The text of each act of the table in the domain: what it lets a person do. An act without its text does not compile. */
export const actTexts: Readonly<Record<Act, ActText>> = {
  "volunteer.register": {
    what: { en: "Register a volunteer", zh: "登记志愿者" },
    only: {
      en: "A station registers others; every other person registers only themselves, and then gets the bank's running number.",
      zh: "站点可登记他人；其他人只登记自己，并使用系统的顺序编号。",
    },
  },
  "volunteer.vouch": {
    what: {
      en: "Activate a volunteer who registered themselves; take back one who left",
      zh: "确认自行登记的志愿者；让已退出者重新加入",
    },
    only: {
      en: "To activate: a social-work station of the volunteer's division or of one above it, or an organisation that the volunteer allowed. To take back: the station that the volunteer left. Never oneself.",
      zh: "确认：其所在地区或上级地区的社工站，或其已允许的组织。重新加入：其退出前所属的站点。不得为本人。",
    },
  },
  "volunteer.advance": {
    what: {
      en: "Suspend or restore a volunteer, record a withdrawal or a death",
      zh: "暂停、恢复志愿者，办理退出与去世",
    },
    only: {
      en: "A supervisor of the volunteer's own station; an officer where the volunteer holds a role of the office or of another organisation. Never oneself.",
      zh: "志愿者所属站点的站长；其人另有机关或其他组织的岗位的，由民政干部办理。不得为本人。",
    },
  },
  "volunteer.revise": {
    what: {
      en: "Correct a volunteer's name, birth date, papers, phone, division or number",
      zh: "更正志愿者的姓名、出生日期、证件、电话、地区、编号",
    },
    only: {
      en: "The station that vouches for the volunteer; volunteers themselves correct their name and phone. Name, birth date, papers and phone of a person with a role: only an actor who could give that role. Name, birth date and papers of a person who is also a recipient or a social worker: only an actor who could correct that too.",
      zh: "作登记的站点；本人可改自己的姓名与电话。其人任有岗位的，姓名、出生日期、证件、电话只由有权授予该岗位者更正；其人又是服务对象或社会工作者的，姓名、出生日期、证件只由也可更正该登记者更正。",
    },
  },
  "volunteer.move": {
    what: { en: "Move a volunteer to another station", zh: "将志愿者转到另一站点" },
    only: { en: "A supervisor of the station that the volunteer is with.", zh: "其现所属站点的站长。" },
  },
  "volunteer.undoDeath": { what: { en: "Take back a death that was entered by mistake", zh: "撤销误录的去世" } },
  "volunteer.find": {
    what: { en: "Search for volunteers", zh: "查找志愿者" },
    only: {
      en: "Those who are tied to the organisation or stand on its records and lists; a station finds by the exact number a volunteer of its division who waits.",
      zh: "限与本组织有关系，或在其记录与名单上的人；站点可凭完整编号查到本地区等待确认的人。",
    },
  },
  "volunteer.see": {
    what: { en: "See a volunteer's number and name", zh: "查看志愿者的编号与姓名" },
    only: {
      en: "The name: organisations tied to the volunteer by registration, consent, or the volunteer's own sign-up or submission. Without a tie: the number and a masked name.",
      zh: "姓名：因登记、同意，或志愿者自己报名、提交而有关系的组织。没有关系的只见编号与脱敏姓名。",
    },
  },
  "volunteer.private": {
    what: {
      en: "See a volunteer's phone, birth date and masked ID number, and the person behind the volunteer by id",
      zh: "查看志愿者的电话、出生日期、脱敏证件号，以及其背后之人的编号",
    },
    only: {
      en: "Organisations tied to the volunteer by registration or consent. The person's id: those who may link an identity. A minor's guardians: the minor's station.",
      zh: "因登记或同意而有关系的组织。人员编号：可为其关联登录方式者。未成年人的监护人：其所属站点。",
    },
  },
  "tie.allow": {
    what: { en: "Allow an organisation to see a volunteer", zh: "允许某组织查看志愿者" },
    only: {
      en: "A station or an officer says where the volunteer's written statement is kept.",
      zh: "站点与民政干部须写明书面同意存放处。",
    },
  },
  "tie.end": {
    what: { en: "End what an organisation may see of a volunteer", zh: "终止某组织查看志愿者" },
    only: {
      en: "A station or an officer says where the volunteer's written statement is kept.",
      zh: "站点与民政干部须写明书面同意存放处。",
    },
  },
  "account.see": {
    what: { en: "See a balance and a statement", zh: "查看余额与对账单" },
    only: { en: "Organisations tied to the volunteer by registration or consent.", zh: "因登记或同意而有关系的组织。" },
  },
  "hours.submit": { what: { en: "Hand in one's own hours", zh: "提交本人的服务时长" } },
  "hours.log": {
    what: { en: "Log hours of a volunteer", zh: "登记志愿者的服务时长" },
    only: { en: "For one's own organisation.", zh: "限本组织。" },
  },
  "hours.import": {
    what: {
      en: "Take over hours from another system (origin `IMPORTED`)",
      zh: "迁入其他系统的时长（来源 `IMPORTED`）",
    },
  },
  "hours.see": { what: { en: "See service records", zh: "查看服务记录" } },
  "hours.confirm": {
    what: { en: "Confirm hours", zh: "确认时长" },
    only: {
      en: "Never what one logged or confirmed already, and never for oneself or one's own family; two people for late or long days; a person from elsewhere where the volunteer is on the station's staff.",
      zh: "不得确认自己录入或已确认的，不得确认本人及近亲属；逾期或超时的须两人；志愿者为本站工作人员的，须站外人员确认。",
    },
  },
  "hours.return": { what: { en: "Return hours for correction", zh: "退回时长" }, only: never },
  "hours.reject": { what: { en: "Reject hours", zh: "驳回时长" }, only: never },
  "hours.void": { what: { en: "Void hours that wait", zh: "作废待确认的时长" } },
  "hours.resubmit": { what: { en: "Hand in returned hours again", zh: "重新提交被退回的时长" } },
  "hours.dispute": { what: { en: "Object to a posted record", zh: "对已入账的记录提出异议" } },
  "hours.resolve": {
    what: { en: "Decide an objection", zh: "处理异议" },
    only: {
      en: "A supervisor who neither confirmed nor adjusted the record; an officer who did not adjust it.",
      zh: "站长须既未确认也未改正过该记录；民政干部须未改正过该记录。",
    },
  },
  "hours.reverse": {
    what: { en: "Reverse a posted record", zh: "冲正已入账的记录" },
    only: {
      en: "A supervisor who neither confirmed nor adjusted the record; any officer.",
      zh: "站长须既未确认也未改正过该记录；民政干部不限。",
    },
  },
  "campaign.create": { what: { en: "Make and revise campaigns", zh: "设立与修改专题活动" } },
  "campaign.history": { what: { en: "See a campaign's revisions", zh: "查看专题活动的修改经过" } },
  "activity.create": {
    what: { en: "Write and change an activity", zh: "撰写与修改活动" },
    only: { en: "For one's own organisation.", zh: "限本组织。" },
  },
  "activity.submit": { what: { en: "Hand an activity in for review", zh: "提交活动送审" } },
  "activity.review": {
    what: { en: "Give an activity back to its authors", zh: "退回活动" },
    only: {
      en: "At the organisation or at a station of its division; never an author.",
      zh: "本组织或所在镇乡街道站点；不得为撰写人。",
    },
  },
  "activity.publish": {
    what: { en: "Publish an activity", zh: "发布活动" },
    only: { en: "As above.", zh: "同上。" },
  },
  "activity.publishLarge": {
    what: {
      en: "Publish an activity with many people (`activity.officerReviewOver`), for minors, with hazards or outside the county",
      zh: "发布人数较多（`activity.officerReviewOver`）、涉及未成年人、有危险或出县的活动",
    },
  },
  "activity.run": {
    what: {
      en: "Run an activity: start, end, close, postpone, cancel, drop a shift",
      zh: "主持活动：开始、结束、办结、延期、取消、取消班次",
    },
  },
  "activity.see": {
    what: { en: "See drafts", zh: "查看草稿" },
    only: { en: "The organisation's own people and its reviewers.", zh: "主办方与审核人。" },
  },
  "activity.signals": { what: { en: "See signals of invented attendance", zh: "查看疑似虚构到场的信号" } },
  "fundraising.plan": { what: { en: "Enter a fundraising's plan", zh: "录入募捐方案" } },
  "fundraising.disclose": {
    what: { en: "Note what a fundraising has disclosed", zh: "登记募捐信息的公开日期" },
    only: { en: "The activity's own admin.", zh: "限该活动的管理员。" },
  },
  "signUp.make": { what: { en: "Sign up for a shift", zh: "报名班次" } },
  "signUp.withdraw": { what: { en: "Withdraw a sign-up", zh: "取消报名" } },
  "signUp.consent": {
    what: { en: "Consent to a minor's sign-up", zh: "同意未成年人报名" },
    only: {
      en: "The linked guardian; the minor's own station, which says where the paper is; never the organiser as such. A volunteer who turned 18 while it waited decides alone.",
      zh: "已关联的监护人；该未成年人所属站点（须写明书面同意存放处）；主办方不得代为同意。等待期间已成年的，由本人决定。",
    },
  },
  "signUp.see": {
    what: { en: "See who signed up, by name and number", zh: "按姓名与编号查看报名者" },
    only: { en: "The activity's own organisation.", zh: "限活动主办方。" },
  },
  "signUp.blame": { what: { en: "Say that a no-show was in bad faith, and take it back", zh: "认定或撤销恶意未到场" } },
  "signUp.resolve": { what: { en: "Resolve what is missing in a sign-up", zh: "处理报名的缺漏" }, only: never },
  "attendance.self": {
    what: { en: "Check in by the code, check out, take one's check-out back", zh: "扫码签到、签退、撤回签退" },
  },
  "attendance.tick": {
    what: { en: "Check people in and out, take their check-out back", zh: "代为签到、签退、撤回签退" },
    only: never,
  },
  "guardian.link": {
    what: { en: "Note who is a minor's guardian", zh: "登记未成年人的监护关系" },
    only: { en: "The minor's station.", zh: "限该未成年人所属站点。" },
  },
  "guardian.end": {
    what: { en: "End a guardianship", zh: "解除监护关系" },
    only: { en: "The minor's station; never one's own.", zh: "限该未成年人所属站点；不得为本人。" },
  },
  "invitation.make": {
    what: { en: "Invite people", zh: "发出邀请" },
    only: {
      en: "Volunteers and minors' guardians: the station that registered the volunteer, never for a person who holds a role that the actor could not give. Staff: the organisation's admin.",
      zh: "志愿者与监护人：登记该志愿者的站点，不得邀请担任操作者无权授予之岗位者。工作人员：本组织的管理员。",
    },
  },
  "invitation.see": { what: { en: "See an organisation's invitations", zh: "查看组织的邀请" } },
  "invitation.end": { what: { en: "Take an invitation back", zh: "撤回邀请" } },
  "identity.link": {
    what: {
      en: "Link a way to sign in, having seen the papers; see a person's identities",
      zh: "核验证件后关联登录方式；查看他人的登录方式",
    },
    only: {
      en: "The person's station; never one's own link, nor that of a person who holds a role that the actor could not give.",
      zh: "限其所属站点；不得为本人关联，也不得为担任操作者无权授予之岗位者关联。",
    },
  },
  "identity.unlink": {
    what: { en: "End a way to sign in", zh: "解除登录方式" },
    only: {
      en: "As above. People see and end their own, but not the last one.",
      zh: "同上。本人可查看并解除自己的，最后一个除外。",
    },
  },
  "socialWorker.register": {
    what: { en: "Register a social worker, correct one, note training", zh: "登记与更正社会工作者、记录继续教育" },
    only: {
      en: "Only an officer corrects the first day of a term. Of a person with other capacities: only an actor who could correct those too.",
      zh: "登记期首日只由民政干部更正。其人另有其他登记的，须也可更正该登记。",
    },
  },
  "socialWorker.see": {
    what: { en: "See social workers, with masked certificates", zh: "查看社会工作者（证书号脱敏）" },
  },
  "post.set": { what: { en: "Note a paid post, and its end", zh: "登记专职岗位及其终止" }, only: never },
  "post.see": { what: { en: "See paid posts", zh: "查看专职岗位" } },
  "points.award": {
    what: {
      en: "Register a household, move it, split it, name its head, give or take village points",
      zh: "登记农户、迁移、分户、登记户主、加减积分",
    },
    only: { en: "A station of its division or of one above it.", zh: "所在镇乡街道及以上站点。" },
  },
  "points.see": { what: { en: "See a village's board", zh: "查看村积分榜" } },
  "recipient.register": {
    what: {
      en: "Put a person on the list of those to be visited, correct a recipient",
      zh: "将重点对象列入名单、更正服务对象",
    },
    only: {
      en: "A station of the person's division. Of a person with other capacities: only an actor who could correct those too.",
      zh: "所在镇乡街道站点。其人另有其他登记的，须也可更正该登记。",
    },
  },
  "recipient.unlist": {
    what: { en: "Take a person off the list who is still owed a visit", zh: "将尚未探访的对象移出名单" },
  },
  "recipient.see": {
    what: { en: "See who is on that list, why, and who has been to see them", zh: "查看名单、原因与探访情况" },
    only: { en: "A station of their division or of one above it.", zh: "所在镇乡街道及以上站点。" },
  },
  "visit.record": { what: { en: "Record a visit on paid duty", zh: "以在岗身份登记探访" } },
  "visit.confirm": {
    what: { en: "Confirm a late visit, or a death that a volunteer reports", zh: "确认补录的探访、志愿者报告的去世" },
    only: { en: "Never a person who made or confirmed it.", zh: "不得为作该次探访或已确认过的人。" },
  },
  "visit.volunteer": {
    what: { en: "Record a visit as a volunteer", zh: "以志愿者身份登记探访" },
    only: { en: "For an organisation of one's own in the recipient's division.", zh: "限对象所在地的本人所属组织。" },
  },
  "credit.open": {
    what: {
      en: "Record something for or against a volunteer or an organisation",
      zh: "记录志愿者或组织的守信、不良信息",
    },
    only: {
      en: "A unit that knows the volunteer, or a station above the organisation; never about oneself or one's own organisation.",
      zh: "了解该志愿者的单位、该组织所在地及以上站点；不得涉及本人或本组织。",
    },
  },
  "credit.see": {
    what: {
      en: "Read a credit file, each time with a purpose that is written down",
      zh: "查看信用档案（每次写明用途并留痕）",
    },
    only: { en: "The recording unit: only what it recorded.", zh: "记录单位限本单位所记。" },
  },
  "credit.propose": {
    what: { en: "Notify of a proposed credit record, let it go, propose it", zh: "告知、不予认定、提请认定" },
    only: credit,
  },
  "credit.decide": {
    what: {
      en: "Confirm a credit record, decide objections and repairs, hand it on",
      zh: "认定、处理异议与修复、移送",
    },
    only: {
      en: "An officer who did not confirm or correct it before (repairs: any).",
      zh: "此前未参与认定或更正的民政干部（修复不限）。",
    },
  },
  "credit.answer": { what: { en: "Answer a notice, object, apply for repair", zh: "陈述申辩、提出异议、申请修复" } },
  "division.set": {
    what: { en: "Set divisions", zh: "设定行政区划" },
    only: { en: "An officer of the whole bank.", zh: "全市范围的民政干部。" },
  },
  "organization.register": { what: { en: "Register an organisation", zh: "登记组织" } },
  "organization.describe": {
    what: {
      en: "Describe an organisation, its awards and what authorities found about it; revise, suspend, dissolve it",
      zh: "登记组织概况、奖励与主管机关认定；变更、暂停、注销",
    },
  },
  "organization.see": { what: { en: "See an organisation", zh: "查看组织" } },
  "organization.history": {
    what: { en: "See an organisation's steps, and that it is under investigation", zh: "查看组织的变更步骤与立案调查" },
  },
  "head.propose": { what: { en: "Propose a head", zh: "提名负责人" } },
  "head.approve": {
    what: { en: "Approve or refuse a head", zh: "审核负责人人选" },
    only: {
      en: "The admin of the supervising unit; never the person who proposed.",
      zh: "业务主管单位的管理员；提名者除外。",
    },
  },
  "head.end": { what: { en: "End a head's office", zh: "终止负责人任职" } },
  "head.see": { what: { en: "See an organisation's heads", zh: "查看组织负责人" } },
  "organization.workspace": { what: { en: "See what waits at an organisation", zh: "查看组织的待办事项" } },
  "regulator.see": {
    what: { en: "See what is due, by law or rule", zh: "查看法定与规定期限" },
    only: { en: "A supervisor: of the own organisation.", zh: "站长限本组织。" },
  },
  "rating.run": {
    what: {
      en: "Open a round, move applications on, decide on recusals, confirm; bring a rating down",
      zh: "开设评定批次、推进申报、决定回避、确认；降低或取消等级",
    },
    only: {
      en: "An officer of the whole bank who is not on the committee. To bring a rating down takes two such officers.",
      zh: "不在委员会内的全市范围民政干部。降低或取消等级须两名。",
    },
  },
  "rating.apply": {
    what: { en: "Apply to be rated, withdraw", zh: "申报评定、撤回申报" },
    only: { en: "The organisation's own admin.", zh: "仅本组织管理员。" },
  },
  "rating.plead": {
    what: {
      en: "Lay evidence, ask for a recusal or a review, answer a proposal to bring the rating down",
      zh: "提交证据、申请回避与复核、就拟降级陈述申辩",
    },
    only: { en: "The organisation's own admin.", zh: "仅本组织管理员。" },
  },
  "rating.score": {
    what: { en: "Give points", zh: "打分" },
    only: {
      en: "Nobody of the organisation, or too soon after leaving it (`orgEval.recusalYears`).",
      zh: "现任或离任不久（`orgEval.recusalYears`）的本组织人员须回避。",
    },
  },
  "rating.vote": {
    what: { en: "Vote", zh: "表决" },
    only: {
      en: "Members of the round's committee, by name. Nobody of the organisation, or too soon after leaving it (`orgEval.recusalYears`).",
      zh: "本轮委员会委员（记名）；现任或离任不久（`orgEval.recusalYears`）的本组织人员须回避。",
    },
  },
  "rating.review": {
    what: { en: "Hear a review", zh: "复核" },
    only: { en: "A reviewer who is not on the committee.", zh: "不在委员会内的复核委员。" },
  },
  "rating.judge": { what: { en: "See the sheets and votes of a case", zh: "查看评分与表决" } },
  "rating.see": {
    what: { en: "See the evidence, recusals and steps of an application", zh: "查看申报的证据、回避与步骤" },
  },
  "feedback.give": {
    what: { en: "Say what one thinks of a platform", zh: "评价平台" },
    only: {
      en: "Staff of organisations in its division after a time (`platformStar.memberDays`), and volunteers with a confirmed record there; never its own staff.",
      zh: "其辖区内组织任职满期（`platformStar.memberDays`）的工作人员、在辖区内有已确认记录的志愿者；平台本身的工作人员除外。",
    },
  },
  "spotCheck.run": {
    what: {
      en: "Publish a seed, draw a sample, write down what a spot check found",
      zh: "封存并公布抽查号、抽取样本、登记抽查结果",
    },
    only: { en: "An officer of the whole bank; never of one's own.", zh: "全市范围的民政干部；不得涉及本人或本组织。" },
  },
  "spotCheck.see": {
    what: { en: "Draw a sample, see all spot checks", zh: "抽样、查看全部抽查" },
    only: { en: "What is published is everybody's, as numbers.", zh: "已公布的数量任何人可见。" },
  },
  "spotCheck.answer": { what: { en: "See the checks of an organisation's records", zh: "查看对本组织记录的抽查" } },
  "indicators.report": {
    what: { en: "Close and report a month", zh: "办理月度上报" },
    only: { en: "An officer of the whole bank.", zh: "全市范围的民政干部。" },
  },
  "indicators.see": {
    what: { en: "See the indicators", zh: "查看民政指标" },
    only: { en: "A supervisor: of the own division.", zh: "站长限本辖区。" },
  },
  "person.separate": {
    what: { en: "Part two people who were taken for one, or merged by mistake", zh: "将误认或误合并为一人的两人分开" },
    only: { en: "An officer of the whole bank, never oneself.", zh: "全市范围的民政干部，不得为本人。" },
  },
  "person.merge": {
    what: { en: "Make one person of two registrations that are the same", zh: "将登记两次的一人合并" },
    only: { en: "An officer of the whole bank, never oneself.", zh: "全市范围的民政干部，不得为本人。" },
  },
  "person.export": {
    what: { en: "Get a copy of all that is kept of a person", zh: "取得某人全部信息的副本" },
    only: {
      en: "The person; the guardian of a child (PIPL art. 31); an officer of the whole bank.",
      zh: "本人；儿童的监护人（《个人信息保护法》第31条）；全市范围的民政干部。",
    },
  },
  "person.erase": {
    what: { en: "Have a person forgotten", zh: "删除某人的个人信息" },
    only: { en: "An officer of the whole bank, never oneself.", zh: "全市范围的民政干部，不得为本人。" },
  },
  "staff.register": {
    what: { en: "Give roles in bulk, with the subjects by which people sign in", zh: "批量授予岗位，并登记登录账号" },
    only: { en: "At the organisations of the officer's divisions.", zh: "限其区划内的组织。" },
  },
  "grant.staff": {
    what: { en: "Grant staff roles", zh: "授予组织岗位" },
    only: {
      en: "An admin: to persons whose papers were seen, who hold a role, or whom the office made staff. Nobody gives themselves a role.",
      zh: "管理员限证件已被核验、已有岗位或由机关登记为工作人员者。不得授予自己。",
    },
  },
  "grant.end": { what: { en: "End a role", zh: "终止岗位权限" } },
  "grant.see": {
    what: { en: "See who holds roles", zh: "查看何人任有岗位" },
    only: { en: "Admins and supervisors: of their own organisation.", zh: "管理员、站长限本组织。" },
  },
  "grant.office": {
    what: { en: "Grant roles of the office", zh: "授予机关岗位" },
    only: { en: "Nobody to themselves.", zh: "不得授予自己。" },
  },
  "policy.set": { what: { en: "Set a policy", zh: "设定政策" } },
  "ledger.see": { what: { en: "See what circulates", zh: "查看流通量" } },
};
