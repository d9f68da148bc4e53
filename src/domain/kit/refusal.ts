/**
 * Everything that the bank may refuse: one table. The GraphQL enum, the database's messages, the texts that people read and the
 * tests all read it.
 */
export const refusals = {
  INVALID_INPUT: { en: "The input is not valid as it stands.", zh: "填写有误，请核对后重新提交。" },
  NOT_FOUND: { en: "There is no such thing, or you may not see it.", zh: "没有找到，或您无权查看。" },
  NOT_PERMITTED: {
    en: "You have no permission for this here. An administrator of your organisation can give it.",
    zh: "您没有办理这一项的权限。如需办理，请联系本单位管理员。",
  },
  ILLEGAL_TRANSITION: { en: "This step is not possible now.", zh: "目前的状态不能办理这一步。" },
  VERSION_CONFLICT: {
    en: "This was changed since you saw it: read it again.",
    zh: "内容已被他人更新，请刷新后再试。",
  },
  IDEMPOTENCY_CONFLICT: {
    en: "This key was used before with another input.",
    zh: "这次提交与先前一次重复，请刷新后重新填写。",
  },
  PREVIOUSLY_REFUSED: {
    en: "This key was refused before; try again with a new key.",
    zh: "这次提交先前未被接受，请刷新后重新提交。",
  },
  BATCH_TOO_LARGE: { en: "The batch is empty, or holds more lines than allowed.", zh: "本批为空，或条数超过上限。" },
  REASON_MISSING: { en: "A reason is needed.", zh: "须填写理由。" },
  LINKED_FAILED: {
    en: "Another line of this batch was refused, so no line was kept.",
    zh: "同批另有条目未被接受，本批均未保存。",
  },
  DUPLICATE_EXTERNAL_REF: {
    en: "This reference was accepted before with other content.",
    zh: "这个编号已用于另一条记录，内容不同。",
  },
  DUPLICATE_PERSON: { en: "This person is registered already.", zh: "此人已登记。" },
  INVITATION_INVALID: {
    en: "This code opens nothing: it may be mistyped, used, or taken back. Ask your station for another.",
    zh: "邀请码无效：可能输错了，或已用过、已收回。请核对，或向所属社工站要一个新码。",
  },
  INVITATION_EXPIRED: {
    en: "This invitation has expired; ask your station for another.",
    zh: "这份邀请已过期，请向所属社工站要一个新码。",
  },
  KNOWN_AS_ANOTHER: {
    en: "The bank knows you as another person already; an officer can merge the two.",
    zh: "您已有另一份登记，请到社工站，由民政部门核实后合并。",
  },
  LAST_IDENTITY: {
    en: "This is your last way to sign in; your station or an officer can end it.",
    zh: "这是您唯一的登录方式，请到所属社工站办理解除。",
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
  DUPLICATE_HEAD: {
    en: "This person is proposed, or is the head already.",
    zh: "此人已被提名或已是现任负责人。",
  },
  DUPLICATE_FINDING: {
    en: "A result of this year's check stands already; correct it, or take it back.",
    zh: "该年度的检查结果已登记，请更正或撤回原结果。",
  },
  DUPLICATE_HOUSEHOLD: { en: "This household number is taken in its village.", zh: "该户号在本村已登记。" },
  DUPLICATE_SLUG: { en: "This short name is taken.", zh: "该简称已被使用，请换一个。" },
  ORGANIZATION_INACTIVE: {
    en: "The organisation is suspended or dissolved: nothing new begins there. An officer may still record what happened before.",
    zh: "该组织已暂停或注销，不能办理新事项；此前的服务可由民政部门补录。",
  },
  ACTIVITIES_OPEN: {
    en: "Activities of this organisation are still to come or going on; end or cancel them first.",
    zh: "该组织尚有未结束的活动，请先结束或取消。",
  },
  VOLUNTEER_NOT_FOUND: {
    en: "No active volunteer has this number. Check the number, and type it again.",
    zh: "没有查到这个编号，或该志愿者已停用。请核对后再输一次。",
  },
  SERVICE_TYPE_NOT_FOUND: {
    en: "The catalogue in force has no such service.",
    zh: "服务目录中没有这项服务，请从目录中选择。",
  },
  INVALID_INTERVAL: {
    en: "The end lies at or before the start, or over 24 hours after it.",
    zh: "结束时间不晚于开始时间，或相隔超过 24 小时，请核对起止时间。",
  },
  IN_THE_FUTURE: { en: "That day or time has not come yet.", zh: "该日期或时间尚未到来。" },
  SESSION_TOO_SHORT: {
    en: "The service is shorter than the least that counts.",
    zh: "服务时间太短，不能计入，请核对起止时间。",
  },
  SESSION_TOO_LONG: {
    en: "The service is longer than one session may be.",
    zh: "服务时间超过单次上限，请核对起止时间。",
  },
  BACKFILL_WINDOW_PASSED: { en: "This happened too long ago to be recorded now.", zh: "时间过久，已超过补录期限。" },
  BACKFILL_NEEDS_EVIDENCE: { en: "A late entry needs evidence.", zh: "已过录入期限，补录须附证明材料。" },
  RECORD_OVERLAP: {
    en: "The volunteer has another record at that time.",
    zh: "该志愿者在这一时段已有另一条记录，请核对起止时间。",
  },
  KEY_UNREADABLE: {
    en: "The key of what is kept here cannot be read; the operator can restore it.",
    zh: "此处内容暂时无法读取，请联系系统运维人员。",
  },
  PERSON_ERASED: {
    en: "This person's data were erased; nothing new is kept about them.",
    zh: "此人的个人信息已删除，不再保存新的内容。",
  },
  POST_OVERLAP: {
    en: "This person already holds a paid post at that time.",
    zh: "此人在该期间已任有偿岗位，须先办理离任。",
  },
  PAID_DUTY: {
    en: "The volunteer is on paid duty at that time; a leave needs evidence.",
    zh: "这一时段是该志愿者的上班时间，不计志愿服务；如已请假，请附准假证明。",
  },
  TRAINING_MISSING: {
    en: "The hours of training of the last term are not complete.",
    zh: "上一登记周期的继续教育学时不足。",
  },
  SELF_CONFIRMATION: {
    en: "A person does not decide on what concerns themselves or their family.",
    zh: "涉及本人或近亲属、监护人、同户家人的事项，须由他人处理。",
  },
  SAME_PERSON: {
    en: "You have already logged, edited, confirmed or decided this; another person must do this step.",
    zh: "您已录入、修改、确认或处理过这条记录，须由另一人办理。",
  },
  OWN_STAFF: {
    en: "The volunteer is on this station's staff; a person from elsewhere must confirm.",
    zh: "志愿者是本站工作人员，须由站外人员确认。",
  },
  ANSWER_PENDING: { en: "The subject may still answer the notice.", zh: "当事人仍可陈述申辩，期限未到。" },
  GROUND_NOT_FOUND: {
    en: "The rules in force have no such ground for this kind of record.",
    zh: "现行规定中没有这一事由，请从列出的事由中选择。",
  },
  ROUND_CLOSED: { en: "The round takes no applications today.", zh: "本批次目前不接受申报。" },
  ALREADY_APPLIED: { en: "The organisation has applied already.", zh: "该组织已经申报过。" },
  ASSESSORS_MISSING: {
    en: "Too few assessors have handed in their points for a result.",
    zh: "评分的专家人数不足，还不能得出初评结果。",
  },
  QUORUM_MISSING: { en: "Too few members have voted for a decision.", zh: "表决人数不足，不能作出决定。" },
  RECUSAL_NEEDED: {
    en: "You are on this organisation's staff, or were until recently; you can only recuse yourself.",
    zh: "您现在或近期在该组织任职，应当回避。",
  },
  NOTICE_RUNNING: { en: "The notice is still running.", zh: "公示尚未结束。" },
  MONTH_REPORTED: { en: "This month was reported already; its figures stay.", zh: "该月数据已上报，不再改动。" },
  SEED_PUBLISHED: { en: "This month's seed was published already.", zh: "当月的抽查号已封存。" },
  SEED_MISSING: {
    en: "This is not the seed whose hash was published for the month, or the seed is not published yet; that is possible from the day after the hash.",
    zh: "与当月封存的抽查号不符，或抽查号尚未公布（封存次日起公布）。",
  },
  NOT_DRAWN: { en: "This record is in no sample of its month.", zh: "这条记录不在当月的抽查之列。" },
  STILL_ACTIVE: {
    en: "This person still takes part in something; end that first.",
    zh: "此人还有未办结的事项，请先办结。",
  },
  RECIPIENT_DECEASED: { en: "This person has died.", zh: "该探访对象已去世。" },
  VISITED_SINCE: { en: "This person was met on a later day.", zh: "该探访对象此后仍有人见到。" },
  POLICY_RETROACTIVE: { en: "A policy cannot begin before today.", zh: "规定不能早于今天生效。" },
  CONSENT_MISSING: { en: "The volunteer has not consented.", zh: "还没有志愿者本人的同意。" },
  GUARDIAN_CONSENT_MISSING: { en: "A minor needs a guardian's consent.", zh: "未成年人须经监护人同意。" },
  DIVISION_NOT_FOUND: { en: "There is no such division.", zh: "没有这个行政区划，请核对代码。" },
  DIVISION_CODE_INVALID: {
    en: "A division's code is a short name in lower case, or an official code of 6, 9 or 12 digits that fits its kind.",
    zh: "区划代码须为小写简称，或与类别相符的 6、9、12 位官方代码。",
  },
  DUPLICATE_DIVISION: {
    en: "Another division has this official code, or the one beside it has this name, or another line is about the same division.",
    zh: "官方代码已被占用，或同级已有同名区划，或本批另一行说的是同一区划。",
  },
  DIVISION_MISPLACED: {
    en: "A division must lie in a wider one, never in itself or in a part of itself.",
    zh: "区划须隶属于上一级区划，不能隶属于自身或其下级。",
  },
  DIVISION_RETIRED: {
    en: "This division is retired: it keeps its history and takes nothing new.",
    zh: "该行政区划已停用：历史保留，不再办理新事项。",
  },
  DIVISION_IN_USE: {
    en: "Divisions in it are still in use; retire them first, or move them.",
    zh: "其下仍有使用中的区划，请先停用或调整隶属。",
  },
  USCC_INVALID: { en: "The unified social credit code is not valid.", zh: "统一社会信用代码有误，请核对登记证书。" },
  INSUFFICIENT_CREDIT: { en: "The account does not have that many free minutes.", zh: "可用时间不足。" },
  INSUFFICIENT_POINTS: {
    en: "The household does not have that many points in that quarter.",
    zh: "该户这一季度的积分不足。",
  },
  BALANCE_CAP: { en: "The account would hold more than it may.", zh: "超过账户可存的上限。" },
  UNIT_MISMATCH: { en: "Accounts of different units never share a transfer.", zh: "时间与积分不能互转。" },
  HOLD_ENDED: { en: "The hold was settled, released or expired already.", zh: "这笔冻结已结清、解除或到期。" },
  EXCEEDS_HOLD: { en: "No more can be settled than was held.", zh: "结算数量超过冻结数量。" },
  ALREADY_REVERSED: { en: "The transfer was reversed already.", zh: "这笔记账已经更正过。" },
  ACTIVITY_INCOMPLETE: {
    en: "The activity cannot be announced yet: something is missing that it must say.",
    zh: "活动信息还不完整，不能发布。",
  },
  ACTIVITY_UNRESOLVED: {
    en: "An attendance or a record still waits for an outcome.",
    zh: "还有签到或服务记录没有处理完。",
  },
  HAS_SIGN_UPS: { en: "People have signed up; cancel it instead.", zh: "已有人报名，请改为取消活动。" },
  PEOPLE_HAVE_COME: { en: "People have checked in; end it instead.", zh: "已有人签到，请改为结束活动。" },
  SIGN_UP_CLOSED: { en: "This shift takes no sign-ups now.", zh: "这个班次目前不接受报名。" },
  ALREADY_SIGNED_UP: { en: "You have signed up for this shift already.", zh: "您已报名这个班次。" },
  DOUBLE_BOOKED: {
    en: "You have promised that time to another shift, or to an order.",
    zh: "这一时段您已报名另一个班次，或已接下一单服务。",
  },
  SHIFT_FULL: { en: "The shift has no place left.", zh: "这个班次名额已满。" },
  MINOR_NOT_ADMITTED: { en: "This activity is not open to minors.", zh: "该活动不接受未成年人参加。" },
  TOO_MANY_NO_SHOWS: {
    en: "You have had too many no-shows this year; speak with your station.",
    zh: "今年未到场次数过多，暂时不能报名。请联系所在镇乡（街道）社工站说明情况。",
  },
  CODE_EXPIRED: { en: "This code is not the one shown at that time.", zh: "签到码无效或已过期。" },
  CODE_USED: { en: "You have used this code already; wait for the next.", zh: "这个签到码您已用过，请等下一个。" },
  TOO_MANY_TRIES: { en: "There were too many tries; try again later.", zh: "尝试次数过多，请稍后再试。" },
  OUTSIDE_WINDOW: { en: "Check-in is not open at that time.", zh: "现在不在签到时间内。" },
  OUT_OF_AREA: { en: "You are too far from the venue.", zh: "您离活动地点太远。" },
  SENT_TOO_LATE: { en: "This happened too long ago to be sent now.", zh: "时间已过，不能补传。请联系活动负责人登记。" },
  ALREADY_CHECKED_IN: { en: "This volunteer has checked in already.", zh: "已经签到，不用重复。" },
  NOT_SIGNED_UP: {
    en: "There is no sign-up for this shift under this number; the lead can check the person in.",
    zh: "您没有报名这个班次，请找现场负责人签到。",
  },
  NOT_CHECKED_IN: { en: "This volunteer has not checked in.", zh: "还没有签到。" },
  PLAN_FILED_LATE: {
    en: "The fundraising plan was filed too late before the fundraising begins.",
    zh: "募捐方案备案过晚。",
  },
  IN_THE_PAST: { en: "That time is over.", zh: "该时间已过，请改选以后的时间。" },
  TOO_FAR_AHEAD: {
    en: "That is further ahead than help may be asked for.",
    zh: "预约时间过早，请在可预约的期限内选择。",
  },
  NO_CLAIM: {
    en: "Help is for people from a certain age, and for those whom the station lists as in need.",
    zh: "未到可兑换服务的年龄，也不在重点对象名单内；如情况特殊，请联系所在社工站。",
  },
  ORDER_TAKEN: {
    en: "Another volunteer has taken this order.",
    zh: "这一单已由其他志愿者接下，请看看别的需求。",
  },
  PROXY_LIMIT: {
    en: "That is more than family proxies may do, or than an elder may have of them.",
    zh: "已达到亲情代理人的人数或每日办理次数上限。",
  },
  NOT_QUALIFIED: {
    en: "This service needs a qualification; the station offers it to volunteers whose papers it has seen.",
    zh: "这项服务需要专业资质，由社工站核验资质后派单。",
  },
  STAR_PENDING: {
    en: "A proposal for this star, or a higher one, waits for its decision.",
    zh: "已有该星级或更高星级的提名待认定。",
  },
  STAR_HELD: { en: "The volunteer has this star, or a higher one.", zh: "该志愿者已有此星级或更高星级。" },
  STAR_MINUTES_SHORT: {
    en: "The hours that count do not reach this star.",
    zh: "计入星级的服务时间不足。",
  },
  STAR_AUTHORITY: {
    en: "This star is granted by another authority; give the paper by which it did so as the reason.",
    zh: "该星级由上级机关认定，请在事由中写明认定文件。",
  },
  STAR_ADVERSE_RECORD: {
    en: "A record in the volunteer's credit file stands against a star.",
    zh: "该志愿者信用档案中有影响星级认定的记录。",
  },
  NOT_REVERSIBLE: { en: "A reversal or a hold's end cannot be reversed.", zh: "这笔记账不能更正。" },
} as const satisfies Record<string, { en: string; zh: string }>;

export type RefusalCode = keyof typeof refusals;
export const refusalCodes = Object.keys(refusals) as RefusalCode[];

/** A refusal that a person can act on: a stable code, the facts that explain it, and the place in the input. */
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
