import type { Text } from "../kit/language";
import type { RefusalCode } from "../kit/refusal";
import { personalTexts } from "../people/numbers";
import { paperFaults } from "../people/papers";
import { phoneFaults } from "../people/phones";
import { unfinishedLabels } from "../people/unfinished";
import { actionWords, stateWords } from "./machines";

export interface Sentence extends Text {
  /** Names facts whose values are not printed, and the value that each must have. */
  when?: Readonly<Record<string, boolean>>;
  /** Says all that the code says, and the facts: the code's own sentence is left out. */
  whole?: true;
}

/**
 * A sentence is used where all of its facts are among the details. Days are civil days, and times are those of Asia/Shanghai.
 * What a field expects is said in English alone, since the authors of clients read it.
 */
export const factSentences: Partial<Record<RefusalCode, readonly Sentence[]>> = {
  INVALID_INPUT: [
    { when: { missing: true }, en: "It is missing.", zh: "此项必填。" },
    { when: { controlCharacters: true }, en: "It contains invisible characters.", zh: "其中含有不可见字符。" },
    {
      when: { unreadable: true },
      en: "It contains a character that other computers cannot show; type it again.",
      zh: "其中含有自造字或乱码，其他电脑无法显示，请重新输入该字。",
    },
    { when: { repeated: true }, en: "It is given twice.", zh: "内容重复。" },
    { en: "", zh: "{personal}。" },
    { when: { organizationNeeded: true }, en: "This role is held at an organisation.", zh: "这一岗位须填写组织。" },
    {
      when: { organizationNeeded: false },
      en: "This role is held at no organisation.",
      zh: "这一岗位不属于任何组织。",
    },
    { en: "Expected: {expected}.", zh: "" },
    { en: "Give one of {oneOf}.", zh: "请填写其中之一：{oneOf}。" },
    { en: "It needs {needs}.", zh: "还须填写 {needs}。" },
    { en: "It must be one of {known}.", zh: "可填：{known}。" },
    { en: "It must be from {least} to {most}.", zh: "应在 {least} 至 {most} 之间。" },
    { en: "It must be at most {most}.", zh: "不能超过 {most}。" },
    { en: "It must be at least {least}.", zh: "不能少于 {least}。" },
    { en: "It must be at most {bytesMax} bytes long.", zh: "" },
    { en: "It may last at most {monthsMost} months.", zh: "最长 {monthsMost} 个月。" },
    { en: "It must be a day from {from} to {until}.", zh: "须为{from}至{until}之间的日期。" },
    { en: "It must be {from} or later.", zh: "最早为{from}。" },
    { en: "A volunteer must be at least {leastAge} years old.", zh: "志愿者须年满 {leastAge} 周岁，请核对出生日期。" },
  ],
  ILLEGAL_TRANSITION: [
    {
      whole: true,
      en: "It is {from} now; this step is not possible: {action}.",
      zh: "目前是“{from}”，不能办理“{action}”。",
    },
    { en: "The step was: {action}.", zh: "要办理的是“{action}”。" },
    { en: "The notice ran until {noticeUntil}.", zh: "公示已于{noticeUntil}结束。" },
    { en: "Recusals that are not decided: {recusalsUndecided}.", zh: "尚有 {recusalsUndecided} 项回避申请未决定。" },
  ],
  DUPLICATE_EXTERNAL_REF: [
    {
      en: "It stands for the service of {on}, which was entered on {enteredOn}.",
      zh: "该编号已用于{on}的服务（{enteredOn}录入），请换一个编号。",
    },
  ],
  SELF_CONFIRMATION: [{ en: "It is about {near}.", zh: "本项涉及{near}。" }],
  VERSION_CONFLICT: [{ en: "Its version is {version} now.", zh: "当前版本为 {version}。" }],
  BATCH_TOO_LARGE: [
    {
      whole: true,
      en: "A batch holds {least} to {most} lines; this one has {entries}.",
      zh: "每批 {least} 至 {most} 条，本批 {entries} 条。",
    },
    { en: "One batch holds at most {most} lines.", zh: "每批最多 {most} 条。" },
  ],
  INVITATION_EXPIRED: [{ en: "It was valid until {expiredAt}.", zh: "有效期到{expiredAt}为止。" }],
  INVITATION_INVALID: [{ en: "Tries that are left within this hour: {left}.", zh: "一小时内还可再试 {left} 次。" }],
  NAME_INVALID: [
    { en: "Expected: {personal}.", zh: "{personal}。" },
    {
      when: { unreadable: true },
      en: "It contains a character that other computers cannot show; type it again.",
      zh: "其中含有自造字或乱码，其他电脑无法显示，请重新输入该字。",
    },
  ],
  ID_NUMBER_INVALID: [{ en: "{reason}", zh: "{reason}。" }],
  PHONE_INVALID: [{ en: "{reason}", zh: "{reason}。" }],
  PAPERS_DISAGREE: [{ en: "These differ: {disagree}.", zh: "不一致之处：{disagree}。" }],
  IN_THE_FUTURE: [
    { en: "Today is {today}.", zh: "今天是{today}。" },
    { en: "It is {now}.", zh: "现在是{now}。" },
    { en: "It ends at {endsAt}.", zh: "结束时间为{endsAt}。" },
  ],
  SESSION_TOO_SHORT: [
    {
      whole: true,
      en: "The service lasts {serviceMinutes} minutes; at least {shortest} minutes count.",
      zh: "本次服务 {serviceMinutes} 分钟，不足 {shortest} 分钟，请核对起止时间。",
    },
  ],
  SESSION_TOO_LONG: [
    {
      whole: true,
      en: "The service lasts {serviceMinutes} minutes; one session may last {longest} minutes.",
      zh: "本次服务 {serviceMinutes} 分钟，超过单次上限 {longest} 分钟，请核对起止时间。",
    },
  ],
  BACKFILL_WINDOW_PASSED: [
    {
      whole: true,
      en: "The service ended more than {windowDays} days ago; it can be recorded only within {windowDays} days.",
      zh: "服务已过 {windowDays} 天，超过补录期限。",
    },
    {
      whole: true,
      en: "The last day to record this was {recordBy}.",
      zh: "最迟应在{recordBy}录入，现已超过期限。",
    },
    { whole: true, en: "The last day to record this was {by}.", zh: "最迟应在{by}录入，现已超过期限。" },
    { whole: true, en: "Nothing before {from} is recorded any more.", zh: "{from}以前的事项不再录入。" },
  ],
  BACKFILL_NEEDS_EVIDENCE: [
    {
      whole: true,
      en: "A late entry needs evidence: the last day without it was {recordBy}.",
      zh: "已过{recordBy}的录入期限，补录须附证明材料。",
    },
  ],
  GUARDIAN_CONSENT_MISSING: [
    {
      whole: true,
      en: "A person below the age of {adultAge} needs a guardian's consent.",
      zh: "未满 {adultAge} 周岁须经监护人同意。",
    },
    {
      whole: true,
      en: "An adult must come along with a minor below the age of {age}.",
      zh: "未满 {age} 周岁须有成年人陪同参加。",
    },
  ],
  MINOR_NOT_ADMITTED: [
    {
      whole: true,
      en: "This activity is not open to people below the age of {adultAge}.",
      zh: "该活动不接受未满 {adultAge} 周岁的未成年人参加。",
    },
  ],
  ORGANIZATION_INACTIVE: [
    {
      whole: true,
      en: "The organisation is {state}: nothing new begins there. An officer may still record what happened before.",
      zh: "该组织{state}，不能办理新事项；此前的服务可由民政部门补录。",
    },
  ],
  ACTIVITIES_OPEN: [
    {
      whole: true,
      en: "These activities of the organisation are still to come or going on: {activities}. End or cancel them first.",
      zh: "该组织尚有未结束的活动（{activities}），请先结束或取消。",
    },
  ],
  PAID_DUTY: [
    {
      whole: true,
      en: "The volunteer is on paid duty from {from} to {until}; a leave needs evidence.",
      zh: "{from}至{until}是该志愿者的上班时间，不计志愿服务；如已请假，请附准假证明。",
    },
  ],
  TRAINING_MISSING: [
    {
      whole: true,
      en: "The last term has {earnedHours} hours of training; {requiredHours} are required.",
      zh: "上一登记周期已修 {earnedHours} 学时，须满 {requiredHours} 学时。",
    },
  ],
  ANSWER_PENDING: [
    {
      whole: true,
      en: "The subject may still answer the notice: until {answerBy}.",
      zh: "当事人可在{answerBy}前陈述申辩，期满后再办理。",
    },
  ],
  ROUND_CLOSED: [
    {
      whole: true,
      en: "The round takes applications from {opensOn} to {closesOn}.",
      zh: "本批次的申报时间为{opensOn}至{closesOn}。",
    },
  ],
  ALREADY_APPLIED: [
    {
      whole: true,
      en: "The organisation has applied already, in the round that takes applications from {opensOn} to {closesOn}.",
      zh: "该组织已申报{opensOn}至{closesOn}的批次，请勿重复申报。",
    },
  ],
  ASSESSORS_MISSING: [
    {
      whole: true,
      en: "{sheets} assessors have handed in their points; a result needs {needed}.",
      zh: "已有 {sheets} 名专家评分，至少需 {needed} 名。",
    },
  ],
  QUORUM_MISSING: [
    {
      whole: true,
      en: "{voted} of {members} members have voted; a decision needs {needed}.",
      zh: "委员会共 {members} 人，已有 {voted} 人表决，至少需 {needed} 人。",
    },
  ],
  RECUSAL_NEEDED: [
    {
      whole: true,
      en: "You are on this organisation's staff, or were within the last {years} years; you can only recuse yourself.",
      zh: "您现在或近 {years} 年内在该组织任职，应当回避。",
    },
  ],
  NOTICE_RUNNING: [
    { whole: true, en: "The notice runs until {noticeUntil}.", zh: "公示到{noticeUntil}结束，请在次日起办理。" },
  ],
  MONTH_REPORTED: [
    {
      whole: true,
      en: "{month} was reported on {reportedOn}; its figures stay.",
      zh: "{month}的数据已于{reportedOn}上报，不再改动。",
    },
  ],
  SEED_PUBLISHED: [{ whole: true, en: "The seed of {month} was published already.", zh: "{month}的抽查号已封存。" }],
  SEED_MISSING: [{ en: "It can be drawn from {drawnFrom} on.", zh: "自{drawnFrom}起可抽取。" }],
  NOT_DRAWN: [{ whole: true, en: "This record is in no sample of {month}.", zh: "这条记录不在{month}的抽查之列。" }],
  RECIPIENT_DECEASED: [
    {
      whole: true,
      en: "A visit on {on} found that this person had died; take that visit back if it was entered by mistake.",
      zh: "{on}的探访登记其已去世；如系误登，请先撤回那次探访。",
    },
    {
      whole: true,
      en: "The death of this person was recorded on {recordedOn}, as that of a volunteer; an officer can take that back.",
      zh: "{recordedOn}已登记此人（志愿者）去世；如系误登，请由民政干部撤销。",
    },
  ],
  VISITED_SINCE: [
    {
      whole: true,
      en: "A later visit, on {on}, met this person; take that visit back if it was entered by mistake.",
      zh: "{on}的探访见到了本人；如系误登，请先撤回那次探访。",
    },
  ],
  POLICY_RETROACTIVE: [
    {
      whole: true,
      en: "A policy cannot begin before today, which is {today}.",
      zh: "规定不能早于今天（{today}）生效。",
    },
  ],
  DIVISION_IN_USE: [
    {
      whole: true,
      en: "Divisions in it are still in use ({divisions} of them); retire them first, or move them.",
      zh: "其下仍有 {divisions} 个使用中的区划，请先停用或调整隶属。",
    },
  ],
  DIVISION_MISPLACED: [
    {
      whole: true,
      en: "Divisions may lie in each other at most {depthMost} levels deep.",
      zh: "区划隶属最多 {depthMost} 级。",
    },
  ],
  INSUFFICIENT_CREDIT: [
    {
      whole: true,
      en: "The account has {free} free minutes; {asked} are needed.",
      zh: "可用时间有 {free} 分钟，需要 {asked} 分钟。",
    },
  ],
  EXCEEDS_HOLD: [
    {
      whole: true,
      en: "{held} minutes are held, and {asked} were to be settled.",
      zh: "已冻结 {held} 分钟，申请结算 {asked} 分钟。",
    },
  ],
  ACTIVITY_INCOMPLETE: [{ en: "Missing: {missing}.", zh: "还缺：{missing}。" }],
  ACTIVITY_UNRESOLVED: [
    {
      whole: true,
      en: "Volunteers who have not checked out: {missingCheckOut}; without a record: {missingRecord}; records that wait: {recordsWaiting}.",
      zh: "还没处理完：未签退 {missingCheckOut} 人，缺少记录 {missingRecord} 人，待确认记录 {recordsWaiting} 条。",
    },
  ],
  HAS_SIGN_UPS: [
    {
      whole: true,
      en: "People have signed up ({signUps}); cancel it instead.",
      zh: "已有 {signUps} 人次报名，请改为取消活动。",
    },
    {
      whole: true,
      en: "People have signed up ({signedUp}); cancel it instead.",
      zh: "已有 {signedUp} 人次报名，请改为取消活动。",
    },
  ],
  PEOPLE_HAVE_COME: [
    {
      whole: true,
      en: "People have checked in ({checkedIn}); end it instead.",
      zh: "已有 {checkedIn} 人签到，请改为结束活动。",
    },
  ],
  SIGN_UP_CLOSED: [
    {
      whole: true,
      en: "This shift ended at {endsAt}; it takes no sign-ups now.",
      zh: "班次已在{endsAt}结束，不接受报名。",
    },
    { en: "It is {state}.", zh: "目前是“{state}”。" },
  ],
  DUPLICATE_FINDING: [
    {
      whole: true,
      en: "A result of the check of {year} stands already; correct it, or take it back.",
      zh: "{year} 年度的检查结果已登记，请更正或撤回原结果。",
    },
  ],
  INSUFFICIENT_POINTS: [
    {
      whole: true,
      en: "The household has {points} points in that quarter, and {asked} were to be taken.",
      zh: "该户这一季度现有 {points} 分，不能扣 {asked} 分。",
    },
  ],
  SHIFT_FULL: [
    {
      whole: true,
      en: "The shift has no place left; people who wait already: {waiting}.",
      zh: "这个班次名额已满，候补已有 {waiting} 人。",
    },
  ],
  TOO_MANY_NO_SHOWS: [
    {
      whole: true,
      en: "You have {noShows} no-shows this year and cannot sign up for now; speak with your station.",
      zh: "您今年已有 {noShows} 次未到场，暂时不能报名。请联系所在镇乡（街道）社工站说明情况。",
    },
  ],
  TOO_MANY_TRIES: [
    {
      whole: true,
      en: "There were too many tries; try again in {minutes} min.",
      zh: "尝试次数过多，请 {minutes} 分钟后再试。",
    },
    {
      whole: true,
      en: "There were too many tries; try again in {retryAfter} min.",
      zh: "尝试次数过多，请 {retryAfter} 分钟后再试。",
    },
  ],
  OUTSIDE_WINDOW: [
    {
      whole: true,
      en: "Check-in is open from {opensAt} to {closesAt}.",
      zh: "现在不在签到时间内，签到时间为{opensAt}至{closesAt}。",
    },
    { whole: true, en: "Check-in opens at {opensAt}.", zh: "签到自{opensAt}开始。" },
    { whole: true, en: "Check-in was open until {closesAt}.", zh: "签到已于{closesAt}截止。" },
  ],
  OUT_OF_AREA: [
    {
      whole: true,
      en: "You are too far from the venue: you must be within {radiusMetres} metres.",
      zh: "您离活动地点太远，须在 {radiusMetres} 米内签到。",
    },
  ],
  SENT_TOO_LATE: [
    {
      whole: true,
      en: "This happened too long ago to be sent now; it can be sent within {hoursMost} hours.",
      zh: "已超过 {hoursMost} 小时，不能补传。请联系活动负责人登记。",
    },
  ],
  PLAN_FILED_LATE: [
    {
      whole: true,
      en: "This plan should have been filed {days} days before the fundraising begins, by {by}.",
      zh: "须在募捐开始 {days} 日前备案，本次最迟为{by}。",
    },
    { en: "The last day for it was {by}.", zh: "本次最迟为{by}。" },
  ],
  STILL_ACTIVE: [
    {
      whole: true,
      en: "This person still takes part in something: {kinds}. End that first.",
      zh: "此人还有未办结的事项：{kinds}。请先办结。",
    },
  ],
};

/** The words for facts whose values are codes. They stand by refusal, since two refusals may use one name for different facts. */
export const factWords: Partial<Record<RefusalCode, Readonly<Record<string, Readonly<Record<string, Text>>>>>> = {
  ILLEGAL_TRANSITION: { from: stateWords, action: actionWords },
  INVALID_INPUT: { personal: personalTexts },
  ORGANIZATION_INACTIVE: { state: stateWords },
  SIGN_UP_CLOSED: { state: stateWords },
  NAME_INVALID: { personal: personalTexts },
  ID_NUMBER_INVALID: { reason: paperFaults },
  PHONE_INVALID: { reason: phoneFaults },
  SELF_CONFIRMATION: {
    near: {
      WARD: { zh: "您所监护的人", en: "a minor whose guardian you are" },
      GUARDIAN: { zh: "您的监护人", en: "your guardian" },
      HOUSEHOLD: { zh: "您的家庭成员", en: "a member of your household" },
    },
  },
  STILL_ACTIVE: { kinds: unfinishedLabels },
  ACTIVITY_INCOMPLETE: {
    missing: {
      riskNotice: { zh: "风险提示", en: "the notice of risks" },
      contact: { zh: "咨询方式", en: "the contact for questions" },
      insurance: { zh: "保险", en: "the insurance" },
      agreement: { zh: "志愿服务协议", en: "the agreement with volunteers" },
    },
  },
  PAPERS_DISAGREE: {
    disagree: {
      name: { zh: "姓名", en: "the name" },
      birthDate: { zh: "出生日期", en: "the birth date" },
      idNumber: { zh: "证件号码", en: "the ID number" },
      guardian: { zh: "监护关系", en: "the guardianship" },
    },
  },
};
