/**
 * What we may say no to: one table. The GraphQL enum, the database's messages, the texts people read and the tests all
 * read it. `retry` tells whether the same request may pass later without being changed.
 */
export const refusals = {
  INVALID_INPUT: { en: "The input cannot be read as it stands.", zh: "输入内容无法识别。" },
  NOT_FOUND: { en: "There is no such thing, or it is not yours to see.", zh: "未找到，或您无权查看。" },
  NOT_PERMITTED: { en: "Your role does not allow this here.", zh: "您的角色无权在此执行该操作。" },
  ILLEGAL_TRANSITION: { en: "This step is not possible from the present state.", zh: "当前状态不允许该操作。" },
  VERSION_CONFLICT: { en: "It has changed since you saw it.", zh: "内容已被他人更新，请刷新后重试。" },
  IDEMPOTENCY_CONFLICT: { en: "This key was used before with another input.", zh: "该幂等键已用于其他内容。" },
  PREVIOUSLY_REFUSED: {
    en: "This key was refused before; try again with a new key.",
    zh: "该幂等键此前已被拒绝，请更换后重试。",
  },
  BATCH_TOO_LARGE: { en: "The batch is empty, or holds more than one may.", zh: "本批为空，或条数超过上限。" },
  REASON_MISSING: { en: "A reason is needed.", zh: "须填写理由。" },
  LINKED_FAILED: {
    en: "Another entry of this batch was refused, so none was kept.",
    zh: "同批其他条目被拒绝，本批均未保存。",
  },
  DUPLICATE_EXTERNAL_REF: {
    en: "This reference was accepted before with other content.",
    zh: "该外部编号已用于其他内容。",
  },
  DUPLICATE_PERSON: { en: "This person is registered already.", zh: "该人员已登记。" },
  INVITATION_INVALID: {
    en: "This code opens nothing: it may be mistyped, used, or taken back. Ask your station for another.",
    zh: "该邀请码无效：可能输入有误、已被使用或已撤回，请向所属站点索取新码。",
  },
  INVITATION_EXPIRED: {
    en: "This invitation has expired; ask your station for another.",
    zh: "该邀请已过期，请向所属站点索取新码。",
  },
  KNOWN_AS_ANOTHER: {
    en: "You are known here as another person already; an officer can merge the two.",
    zh: "您在本行已是另一登记人员，请由民政干部核实后合并。",
  },
  LAST_IDENTITY: {
    en: "This is the last way in that you have; your station or an officer can end it.",
    zh: "这是您唯一的登录方式，请由所属站点或民政干部解除。",
  },
  ID_NUMBER_INVALID: { en: "The ID number is not valid as it stands.", zh: "证件号码有误，请核对证件原件。" },
  NAME_INVALID: {
    en: "A person's name has a letter, and holds no ID number and no mobile number.",
    zh: "姓名须有文字，且不得含有身份证号或手机号。",
  },
  PHONE_INVALID: {
    en: "The telephone number is not valid as it stands.",
    zh: "电话号码有误，请核对后重新填写。",
  },
  PAPERS_DISAGREE: {
    en: "This ID number is known with another name or birth date; look at the papers again.",
    zh: "该证件号码已登记，但姓名或出生日期不一致，请核对证件原件。",
  },
  DUPLICATE_USCC: { en: "This unified social credit code is taken.", zh: "该统一社会信用代码已被登记。" },
  DUPLICATE_VOLUNTEER_NO: { en: "This volunteer number is taken.", zh: "该志愿者编号已被使用。" },
  DUPLICATE_HOUSEHOLD: { en: "This household number is taken in its village.", zh: "该户号在本村已登记。" },
  DUPLICATE_SLUG: { en: "This short name is taken.", zh: "该简称已被使用。" },
  ORGANIZATION_INACTIVE: {
    en: "The organisation is suspended or dissolved: nothing begins there. What has happened, an officer may record.",
    zh: "该组织已暂停或注销，不得开展新事项；此前已发生的服务可由民政干部补录。",
  },
  ACTIVITIES_OPEN: {
    en: "Activities of this organisation are still to come or going on; end or cancel them first.",
    zh: "该组织尚有未结束的活动，请先结束或取消。",
  },
  VOLUNTEER_NOT_FOUND: { en: "No active volunteer has this number.", zh: "未找到该志愿者，或其状态不可用。" },
  SERVICE_TYPE_NOT_FOUND: { en: "The catalogue in force has no such service.", zh: "现行服务目录中没有该服务。" },
  INVALID_INTERVAL: {
    en: "The service ends at or before its start, or lasts over 24 hours.",
    zh: "服务结束时间不晚于开始时间，或超过 24 小时。",
  },
  IN_THE_FUTURE: { en: "That day or time has not come yet.", zh: "该日期或时间尚未到来。" },
  SESSION_TOO_SHORT: { en: "The service is shorter than the shortest that counts.", zh: "服务时长低于最短计入时长。" },
  SESSION_TOO_LONG: { en: "The service is longer than the longest one session allows.", zh: "服务时长超过单次上限。" },
  BACKFILL_WINDOW_PASSED: { en: "The service is too long ago to be recorded.", zh: "服务日期过久，已超过补录期限。" },
  BACKFILL_NEEDS_EVIDENCE: { en: "A late entry needs evidence.", zh: "逾期补录须提供证明材料。" },
  RECORD_OVERLAP: { en: "The volunteer has another record at that time.", zh: "该志愿者在同一时间已有其他记录。" },
  KEY_UNREADABLE: {
    en: "The key of what is kept here cannot be read; the operator can restore it.",
    zh: "此处内容的密钥无法读取，可由运维人员恢复。",
  },
  PERSON_ERASED: {
    en: "This person's data were erased; nothing more is kept of them.",
    zh: "此人的个人信息已删除，不再保存任何新内容。",
  },
  PAID_DUTY: {
    en: "The volunteer is on paid duty at that time; a leave needs evidence.",
    zh: "该时段为该志愿者的在岗时间；如为休假须附凭证。",
  },
  TRAINING_MISSING: {
    en: "The hours of training of the last term are not complete.",
    zh: "上一登记周期的继续教育学时不足。",
  },
  SELF_CONFIRMATION: {
    en: "Nobody confirms their own service, or decides on what concerns them.",
    zh: "不得确认本人的服务，或处理涉及自身的事项。",
  },
  SAME_PERSON: {
    en: "You logged, edited or confirmed this already; it takes another person.",
    zh: "您已录入、修改或确认过该记录，须由他人处理。",
  },
  OWN_STAFF: {
    en: "The volunteer is on this station's staff; somebody from elsewhere must confirm.",
    zh: "志愿者为本站工作人员，须由站外人员确认。",
  },
  ANSWER_PENDING: { en: "The subject may still answer the notice.", zh: "当事人仍可在期限内陈述申辩。" },
  GROUND_NOT_FOUND: {
    en: "The rules in force know no such ground for this kind.",
    zh: "现行规定中没有该类信用记录事由。",
  },
  ROUND_CLOSED: { en: "The round takes no applications today.", zh: "本轮评定当前不接受申报。" },
  ALREADY_APPLIED: { en: "The organisation has applied in this round already.", zh: "该组织已申报本轮评定。" },
  QUORUM_MISSING: { en: "Too few members have voted for a decision.", zh: "参加表决的委员人数不足。" },
  RECUSAL_NEEDED: {
    en: "You are on this organisation's staff, or were of late; you can only recuse yourself.",
    zh: "您是或近期曾是该组织工作人员，应当回避。",
  },
  NOTICE_RUNNING: { en: "The notice is still running.", zh: "公示期尚未届满。" },
  SEED_PUBLISHED: { en: "This month's seed was published already.", zh: "该月的抽样种子已公布。" },
  SEED_MISSING: {
    en: "This is not the seed whose hash was published for the month, or it is not told yet: from the day after.",
    zh: "与该月已公布散列的种子不符，或种子尚未公开（自公布散列次日起公开）。",
  },
  NOT_DRAWN: { en: "This record is in no sample of its month.", zh: "该记录不在当月样本之内。" },
  STILL_ACTIVE: {
    en: "This person takes part in something yet; end that first.",
    zh: "此人仍有未结束的身份或事项，请先办结。",
  },
  POLICY_RETROACTIVE: { en: "A policy cannot begin before today.", zh: "政策不得追溯生效。" },
  CONSENT_MISSING: { en: "The volunteer has not consented.", zh: "未取得志愿者本人同意。" },
  GUARDIAN_CONSENT_MISSING: { en: "A minor needs a guardian's consent.", zh: "未成年人须取得监护人同意。" },
  DIVISION_NOT_FOUND: { en: "There is no such division.", zh: "未找到该行政区划。" },
  DIVISION_CODE_INVALID: {
    en: "A division's code is a short name in lower case, or an official code of 6, 9 or 12 digits that fits its kind.",
    zh: "区划代码须为小写简称，或与类别相符的 6、9、12 位官方代码。",
  },
  DUPLICATE_DIVISION: {
    en: "Another division has this official code, or this name beside it, or another line is about the same division.",
    zh: "官方代码已被占用，或同级已有同名区划，或本批另一行已涉及该区划。",
  },
  DIVISION_MISPLACED: {
    en: "A division lies in a wider one, never in itself or in what lies in it.",
    zh: "区划须隶属于上一级区划，不得隶属于自身或其下级。",
  },
  DIVISION_RETIRED: {
    en: "This division is retired: it keeps its history and takes nothing new.",
    zh: "该行政区划已停用，保留历史，不再接受新内容。",
  },
  DIVISION_IN_USE: {
    en: "Divisions in it are still in use; retire them first, or move them.",
    zh: "其下仍有使用中的区划，请先停用或调整隶属。",
  },
  USCC_INVALID: { en: "The unified social credit code is not valid.", zh: "统一社会信用代码无效。" },
  INSUFFICIENT_CREDIT: { en: "The account does not have that many free minutes.", zh: "账户可用时间不足。" },
  BALANCE_CAP: { en: "The account would hold more than it may.", zh: "超过账户存储上限。" },
  UNIT_MISMATCH: { en: "Accounts of different units never share a transfer.", zh: "不同单位的账户之间不得转账。" },
  HOLD_ENDED: { en: "The hold was settled, released or expired already.", zh: "该冻结已结清、解除或过期。" },
  EXCEEDS_HOLD: { en: "More than was held cannot be settled.", zh: "结算数量超过冻结数量。" },
  ALREADY_REVERSED: { en: "The transfer was reversed already.", zh: "该笔记账已冲正。" },
  ACTIVITY_INCOMPLETE: {
    en: "Something is missing that a published activity must say.",
    zh: "发布活动所须的信息尚不完整。",
  },
  ACTIVITY_UNRESOLVED: {
    en: "Somebody's attendance or record still waits for an outcome.",
    zh: "尚有签到或服务记录未处理完毕。",
  },
  HAS_SIGN_UPS: { en: "People have signed up; cancel it instead.", zh: "已有人报名，请改为取消活动。" },
  PEOPLE_HAVE_COME: { en: "People have checked in; end it instead.", zh: "已有人签到，请改为结束活动。" },
  SIGN_UP_CLOSED: { en: "This shift takes no sign-ups now.", zh: "该班次当前不接受报名。" },
  ALREADY_SIGNED_UP: { en: "You have signed up for this shift already.", zh: "您已报名该班次。" },
  DOUBLE_BOOKED: { en: "You have promised that time to another shift.", zh: "该时段您已报名其他班次。" },
  SHIFT_FULL: { en: "The shift has no place left.", zh: "该班次名额已满。" },
  MINOR_NOT_ADMITTED: { en: "This activity is not open to minors.", zh: "该活动不接受未成年人参加。" },
  TOO_MANY_NO_SHOWS: {
    en: "Too many no-shows this year; speak with your station.",
    zh: "本年度多次无故缺席，暂不能报名，请联系所属站点。",
  },
  CODE_EXPIRED: { en: "This code is not the one shown at that time.", zh: "签到码无效或已过期。" },
  CODE_USED: { en: "You have used this code already; wait for the next.", zh: "该码您已使用，请等待下一个。" },
  TOO_MANY_TRIES: { en: "Too many tries; try again later.", zh: "尝试次数过多，请稍后再试。" },
  OUTSIDE_WINDOW: { en: "Check-in is not open at that time.", zh: "当前不在签到时间内。" },
  OUT_OF_AREA: { en: "You are too far from the venue.", zh: "您不在活动地点范围内。" },
  SENT_TOO_LATE: { en: "That was too long ago to be sent now.", zh: "补传已超过时限。" },
  ALREADY_CHECKED_IN: { en: "This volunteer has checked in already.", zh: "已签到，无需重复。" },
  NOT_CHECKED_IN: { en: "This volunteer has not checked in.", zh: "尚未签到。" },
  PLAN_FILED_LATE: {
    en: "A fundraising plan is filed at least seven days before it begins.",
    zh: "募捐方案须在活动开始七日前备案。",
  },
  NOT_REVERSIBLE: { en: "A reversal or a hold's end cannot be reversed.", zh: "该笔记账不可冲正。" },
} as const satisfies Record<string, { en: string; zh: string }>;

export type RefusalCode = keyof typeof refusals;
export const refusalCodes = Object.keys(refusals) as RefusalCode[];

/** A no that a person can act on: a stable code, the facts that explain it, and where in the input it lies. */
export class Refusal extends Error {
  override name = "Refusal";
  constructor(
    readonly code: RefusalCode,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly path: readonly string[] = [],
  ) {
    super(refusals[code].en);
  }
  at(...path: string[]): Refusal {
    return new Refusal(this.code, this.details, [...path, ...this.path]);
  }
}

export function refuse(code: RefusalCode, details?: Record<string, unknown>, path?: string[]): never {
  throw new Refusal(code, details, path);
}
