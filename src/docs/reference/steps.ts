import { activityMoves, signUpMoves } from "../../domain/facts/activities";
import { creditMoves } from "../../domain/facts/credit-records";
import { recordMoves } from "../../domain/facts/hours";
import { orderMoves } from "../../domain/facts/orders";
import { divisionMoves, headMoves, organizationMoves } from "../../domain/facts/organizations";
import { identityMoves, invitationMoves, tieMoves, volunteerMoves } from "../../domain/facts/people";
import { proxyMoves } from "../../domain/facts/proxies";
import { downgradeMoves, ratingMoves } from "../../domain/facts/ratings";
import { starMoves } from "../../domain/facts/stars";
import type { Language, Text } from "../../domain/kit/language";
import { code, joined, table } from "../markdown";

interface Move {
  from: readonly (string | null)[];
  to: string | readonly string[];
  reason: boolean;
}
interface Machine {
  title: Text;
  /** Remarks that no table holds. */
  about?: Text;
  moves: Readonly<Record<string, Move>>;
}

/** Every machine of the bank, as its table in the domain drives it. */
const machines: readonly Machine[] = [
  { title: { en: "A service record", zh: "服务记录" }, moves: recordMoves },
  {
    title: { en: "An order", zh: "服务订单" },
    about: {
      en: `An order holds its minutes from \`REQUEST\` on. \`OFFER\` tells a volunteer of it and binds nobody. The bank takes \`EXPIRE\` by itself: for a request that nobody has taken by its \`expiresAt\`, and for a promise whose delivery may not be entered any more, which is the \`expiresAt\` that the match gives it. \`ACCEPT\` and \`SETTLE\` end in SETTLED with the last confirmation that the record needs: the hold is settled with what was delivered, at most what was held, the rest is free again, and the record posts as many minutes as were paid, all in one transaction. \`DISPUTE\` is taken once by each side. The record of an order is confirmed, returned or rejected by the steps of its order alone; once it is posted it may be disputed and reversed like any other, and what the recipient paid stays paid.`,
      zh: `订单自 \`REQUEST\` 起冻结所需时间。\`OFFER\` 只告知志愿者，不约束任何人。\`EXPIRE\` 由系统自动办理：到 \`expiresAt\` 仍无人接单的，以及接单后到新定的 \`expiresAt\`（可补录期限届满）仍未登记完成的。\`ACCEPT\` 与 \`SETTLE\` 在记录所需的最后一次确认后到 SETTLED：按实际服务时间结算，不超过冻结数，其余解冻；志愿者的记录按已支付的分钟数入账，全部在同一笔事务中完成。\`DISPUTE\` 双方各陈述一次。订单的服务记录只随订单确认、退回或驳回；入账后可像其他记录一样提出异议、更正，服务对象已支付的时间不退。`,
    },
    moves: orderMoves,
  },
  {
    title: { en: "A family proxy", zh: "亲情代理" },
    about: {
      en: "A request opens nothing: a supervisor or an officer of the elder's division takes `APPROVE` after seeing the papers, and then the elder takes `ACCEPT`. For an elder without a telephone another person of the station notes the elder's own word, with a reason. It holds for `proxy.validMonths`, and ends at once with the word of the elder or the proxy. An elder has at most `proxy.maxPerElder` proxies at a time, and a proxy takes at most `proxy.dailyActions` steps with orders in a civil day.",
      zh: "申请本身不打开任何信息：老人所在区划的站长或民政干部核验材料后 `APPROVE`，再由老人本人 `ACCEPT`。老人没有电话的，由站里另一人注明理由代记老人本人的意思。有效期为 `proxy.validMonths`，老人或代理人一方提出即告终止。每位老人同时至多 `proxy.maxPerElder` 名代理人，每名代理人每个自然日至多办理 `proxy.dailyActions` 步订单手续。",
    },
    moves: proxyMoves,
  },
  {
    title: { en: "A volunteer star", zh: "志愿者星级" },
    about: {
      en: "A station proposes a star, or the bank does in the transaction of the posting that reaches it. The proposal is on public notice at once, which shows the level and the volunteer number; of a child nothing is shown, and the star stays PROPOSED until it is decided. `OBJECT` holds nothing up: the officer then answers it with the decision. `GRANT` comes after the notice, by the rules of its day. The bank takes `DOWNGRADE` by itself, in the transaction that takes hours back, by the thresholds under which the star was granted: a later change of them takes no star. `RESTORE` gives back what the hours of its day carry. `MOVE` follows a merging of two registrations, or its undoing.",
      zh: "星级由站点提名；入账后时数达到下一星级的，由系统在同一笔事务中提名。提名即公示，只显示星级和志愿者编号；未满可独立服务年龄的儿童不公示，停留在 PROPOSED 等待认定。`OBJECT` 不中止办理，但认定时须书面答复。`GRANT` 在公示结束后按当日规定办理。`DOWNGRADE` 由系统在更正服务时间的同一笔事务中办理，依据认定时的时数标准；标准日后调整，不影响已认定的星级。`RESTORE` 按当日时数恢复。`MOVE` 随登记合并或撤销合并办理。",
    },
    moves: starMoves,
  },
  {
    title: { en: "An activity", zh: "活动" },
    about: {
      en: "The bank takes `START` by itself with the first check-in, `END` four hours after the last shift, and `RECORD` after `END` where at least one person came. `RETURN` takes a published activity back only while nobody has signed up.",
      zh: "首次签到时系统自动 `START`；末班结束四小时后自动 `END`；有人到场的，`END` 之后自动 `RECORD`。已发布的活动只有在无人报名时才能以 `RETURN` 撤回。",
    },
    moves: activityMoves,
  },
  {
    title: { en: "A sign-up", zh: "报名" },
    about: {
      en: "Where a step may end in several states, the rules in `src/domain/activities/` decide which it is.",
      zh: "一步可到多个状态的，由 `src/domain/activities/` 中的规则决定。",
    },
    moves: signUpMoves,
  },
  {
    title: { en: "A division", zh: "区划" },
    about: {
      en: "A retired division keeps its history and takes nothing new: no organisation, volunteer, recipient, household, activity, role or division begins in it. What began before goes on, and can still be confirmed, reversed and read.",
      zh: "停用的区划保留历史，不再接受新内容：不得新增组织、志愿者、服务对象、户、活动、岗位或下级区划。已有的继续进行，仍可确认、冲正和查阅。",
    },
    moves: divisionMoves,
  },
  {
    title: { en: "A tie", zh: "知情关系" },
    about: {
      en: `A tie says which organisation may see a volunteer. What an organisation has written by itself opens nothing, confirmed or not: the volunteer makes a tie, or the station that registered the volunteer. Without a tie a record shows the number and a masked name (王*明), and the volunteer is told of each new record (\`RECORD_LOGGED\`). \`Volunteer.ties\` lists which organisations see the volunteer, and why.

| tie | who makes it | what it opens | when it ends |
| --- | --- | --- | --- |
| \`REGISTERED\` | the station that registered or activated the volunteer | everything | when the volunteer moves to another station |
| \`ALLOWED\` | \`setTie\`: the volunteer, a guardian (for a child only the guardian), or that station with the volunteer's word in writing; also the volunteer by accepting the organisation's invitation | everything | when one of them takes it back |
| \`SIGNED_UP\` | the volunteer, by signing up for an activity or checking in there | the name | when the volunteer withdraws in time; some time after the shift |
| \`SUBMITTED\` | the volunteer, by handing in a record | the name | when the record is rejected, voided or reversed; some time after the service |

That time is the policy \`record.backfill.windowDays\`, in days: for so long hours may be entered and corrected. \`END\` also ends the ties of earlier sign-ups and submissions.`,
      zh: `知情关系说明哪个组织可以看到哪位志愿者。组织自己写下的内容，无论是否确认，都不打开任何信息：关系只由志愿者本人，或由登记其的站点建立。没有关系时，记录只显示编号与脱敏姓名（王*明），每有组织登记一条新记录都告知志愿者（\`RECORD_LOGGED\`）。\`Volunteer.ties\` 列出谁可以看到、凭什么。

| 关系 | 由谁建立 | 打开什么 | 何时终止 |
| --- | --- | --- | --- |
| \`REGISTERED\` | 登记或激活该志愿者的站点 | 全部 | 转至其他站点时 |
| \`ALLOWED\` | \`setTie\`：志愿者本人、监护人（儿童仅监护人），或持有其书面同意的登记站点；志愿者接受该组织的邀请亦同 | 全部 | 其中一方收回时 |
| \`SIGNED_UP\` | 志愿者自己报名活动，或自己在现场签到 | 姓名 | 按时取消时；班次结束满期后 |
| \`SUBMITTED\` | 志愿者自己提交的记录 | 姓名 | 驳回、作废、冲正时；服务结束满期后 |

期限即政策 \`record.backfill.windowDays\` 所定天数：在此期间时间仍可录入与更正。\`END\` 同时终止此前的报名与提交所建立的关系。`,
    },
    moves: tieMoves,
  },
  {
    title: { en: "A volunteer", zh: "志愿者" },
    about: {
      en: `These are the steps after the registration.

- \`ACTIVATE\` is for the staff of a station of the volunteer's division or of a division above it, and of an organisation that the volunteer allowed.
- \`RETURN\` is for the staff of the station that the volunteer left. It says that the volunteer has consented anew; a minor needs a guardian's fresh consent.
- The other steps are for a supervisor of the volunteer's station. An officer may take each of them; only an officer takes \`UNDO_DEATH\`.
- Nobody takes a step of their own registration: \`SELF_CONFIRMATION\`.
- \`RESTORE\` of a volunteer who left is \`RETURN\`; of a volunteer who was entered as dead it is \`UNDO_DEATH\`, which leads back to the state before.
- \`REVISE\`, \`SEPARATE\`, \`TAKE_OVER\` and \`MERGE\` come from corrections.`,
      zh: `以下是登记之后的步骤。

- \`ACTIVATE\` 由志愿者所在地区或其上级地区的社工站，或志愿者已允许的组织办理。
- \`RETURN\` 由其退出前所属的站点办理，表示志愿者重新同意；未成年人须监护人重新同意。
- 其余由所属站点的站长办理。民政干部均可办理；\`UNDO_DEATH\` 只由民政干部办理。
- 任何人不得办理本人的登记：\`SELF_CONFIRMATION\`。
- 对已退出者，\`RESTORE\` 即 \`RETURN\`；对误录去世者，即 \`UNDO_DEATH\`，回到去世前的状态。
- \`REVISE\`、\`SEPARATE\`、\`TAKE_OVER\`、\`MERGE\` 出自更正。`,
    },
    moves: volunteerMoves,
  },
  {
    title: { en: "An organisation", zh: "组织" },
    about: {
      en: "These are the steps after the registration. The people of a suspended organisation begin nothing new and end what they began. Those of a dissolved organisation have no rights there any more, and an organisation with activities to come is not dissolved. An officer may still record what happened before.",
      zh: "以下是登记之后的变化。暂停的组织，其人员不得办理新事项，已开始的可以办结；注销的组织，其人员不再有任何权限，有未结束的活动时不得注销。此前已发生的服务可由民政干部补录。",
    },
    moves: organizationMoves,
  },
  {
    title: { en: "A head of an organisation", zh: "组织负责人" },
    about: {
      en: "The supervising unit looks first at the person whom an organisation wants as its head.",
      zh: "组织拟任的负责人先由其业务主管单位审核。",
    },
    moves: headMoves,
  },
  {
    title: { en: "An identity", zh: "登录方式" },
    about: {
      en: "An identity ties one subject of a token issuer to one person, from its link to its end. A person may have several. A subject belongs to one person at a time; after the end it may be linked again, as another identity.",
      zh: "一个登录方式是登录服务（签发方）的一个账号与一个人的关联，从关联到解除。一人可有多个；一个账号同时只属于一人，解除后可另行关联。",
    },
    moves: identityMoves,
  },
  {
    title: { en: "An invitation", zh: "邀请" },
    about: {
      en: "An invitation is a one-time code by which a person reaches what an organisation registered for them. An open invitation expires by itself after the days that a policy sets (`onboarding.invitationDays`). A new invitation of the same person ends the one before by `REPLACE`.",
      zh: "邀请是一次性邀请码，让人登录后找到组织已为其登记的内容。未使用的邀请按政策所定天数（`onboarding.invitationDays`）自动过期；再次邀请同一人时，`REPLACE` 使此前的邀请失效。",
    },
    moves: invitationMoves,
  },
  {
    title: { en: "A credit record", zh: "信用记录" },
    about: {
      en: "A credit record says what was found about a volunteer or an organisation, with due process: notice, answer, two people, objection, repair, and an end. `CONFIRM` is taken twice. `NOTIFY`, `APPLY_FOR_REPAIR` and `REFER` are for adverse records only.",
      zh: "信用记录是对志愿者或组织的认定，程序正当：告知、陈述申辩、两人认定、异议、修复、到期删除。`CONFIRM` 须两次；`NOTIFY`、`APPLY_FOR_REPAIR`、`REFER` 仅用于不良信息。",
    },
    moves: creditMoves,
  },
  {
    title: { en: "A rating", zh: "评定" },
    about: {
      en: "National evaluation (5A to 1A) and the county's stars for platforms share one engine. `SITE_VISIT` and `SCORE` are for evaluations only: stars are counted from the ledger. The organisation itself takes `APPLY`, `SUPPLY_EVIDENCE`, `REQUEST_RECUSAL`, `REQUEST_REVIEW` and `WITHDRAW`, and nothing else. With `GRANT_RECUSAL`, also where a member steps aside by themselves, an officer may give the seat to a substitute for this case: the quorum counts all seats. Five reviewers hear the review of an evaluation, one that of stars (policies); the last of them makes it the result.",
      zh: "国家社会组织评估（5A 至 1A）与本市平台星级共用一套机制。`SITE_VISIT` 与 `SCORE` 只用于评估；星级由账本计算。参评组织只能 `APPLY`、`SUPPLY_EVIDENCE`、`REQUEST_RECUSAL`、`REQUEST_REVIEW`、`WITHDRAW`。作出 `GRANT_RECUSAL` 时（委员自行回避的亦同），民政干部可指定本案替补委员：法定人数按全体席位计算。评估的复核由五名复核委员审理，星级的由一名（均为政策），最后一名发表意见时得出结果。",
    },
    moves: ratingMoves,
  },
  {
    title: { en: "Bringing a rating down", zh: "降低或取消评定等级" },
    about: {
      en: "Two officers take `DOWNGRADE` and `REVOKE` of a rating. The first proposes, the organisation is told and may answer, and then another officer takes it.",
      zh: "评定的 `DOWNGRADE` 与 `REVOKE` 须由两名民政干部办理：一人提出并告知组织，组织可陈述申辩，其后由另一人决定。",
    },
    moves: downgradeMoves,
  },
];

/** A step as a row: `∅` stands for the state before the first step. */
function stepRow([action, { from, to, reason }]: [string, Move]): string[] {
  return [code(action), from.map((state) => state ?? "∅").join(", "), [to].flat().join(", "), reason ? "✓" : ""];
}

export function stepsPage(language: Language): string {
  const [title, about, head] = {
    en: [
      "Steps",
      "Each thing that can change has one table of steps: which step leads from which state to which, and whether it needs a reason. `∅` stands for a thing that is not there yet, and `SAME` for a step that leaves the state as it was. Any other step is `ILLEGAL_TRANSITION`. These tables are the code's own: `goodhours docs --write` copies them from `src/domain`.",
      ["step", "from", "to", "reason"],
    ] as const,
    zh: [
      "步骤",
      "凡会变化的事物都有一张步骤表：哪一步从哪个状态到哪个状态，是否须填理由。`∅` 表示此前尚不存在，`SAME` 表示状态不变。其他步骤一律为 `ILLEGAL_TRANSITION`。各表即代码中的表，由 `goodhours docs --write` 从 `src/domain` 抄出。",
      ["步骤", "起", "止", "须填理由"],
    ] as const,
  }[language];
  return joined(
    `# ${title}`,
    about,
    ...machines.flatMap((machine) => [
      `## ${machine.title[language]}`,
      machine.about?.[language],
      table(head, Object.entries(machine.moves).map(stepRow)),
    ]),
  );
}
