import type { Act } from "../../domain/permissions/actors";
import { type ActText, inWriting, officerForAnother } from "./text";

export const people = {
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
    only: inWriting,
  },
  "tie.end": {
    what: { en: "End what an organisation may see of a volunteer", zh: "终止某组织查看志愿者" },
    only: inWriting,
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
  "person.separate": {
    what: { en: "Part two people who were taken for one, or merged by mistake", zh: "将误认或误合并为一人的两人分开" },
    only: officerForAnother,
  },
  "person.merge": {
    what: { en: "Make one person of two registrations that are the same", zh: "将登记两次的一人合并" },
    only: officerForAnother,
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
    only: officerForAnother,
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
} satisfies Partial<Record<Act, ActText>>;
