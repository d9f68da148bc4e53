import type { SignUpAction, SignUpState } from "../facts/activities";
import type { ActorKind } from "../facts/actors";
import type { CreditRecordAction, CreditRecordState } from "../facts/credit-records";
import type { RecordState } from "../facts/hours";
import type { OrderAction, OrderSide, OrderState } from "../facts/orders";
import type {
  IdentityAction,
  IdentityState,
  RevisableField,
  TieAction,
  TieState,
  VolunteerState,
  VolunteerStepAction,
} from "../facts/people";
import type { ProxyAction, ProxyState } from "../facts/proxies";
import type { DowngradeAction, DowngradeState, RatingInstrument } from "../facts/ratings";
import type { StarAction, StarState } from "../facts/stars";
import type { Day } from "../kit/calendar";
import type { Language, Text } from "../kit/language";
import { dateOf } from "../wording/sentences";

export const noticeKinds = [
  "ACTIVITY",
  "GUARDIAN_CONSENT_ASKED",
  "CREDIT_RECORD",
  "IDENTITY",
  "RATING",
  "RECORD_LOGGED",
  "REGISTRATION",
  "TIE",
  "ROLE",
  "POST",
  "GUARDIANSHIP",
  "ORDER",
  "PROXY",
  "STAR",
] as const;
/**
 * A notice to a person: a step that another person took with something of theirs; SYSTEM where it followed from another step.
 */
export type Told = { by: ActorKind } & (
  | { kind: "ACTIVITY" | "GUARDIAN_CONSENT_ASKED"; action: SignUpAction; state: SignUpState }
  | { kind: "RATING"; action: DowngradeAction; state: DowngradeState }
  | {
      kind: "CREDIT_RECORD";
      action: CreditRecordAction;
      state: CreditRecordState;
      from?: CreditRecordState | null;
      hearing?: Hearing | null;
    }
  | { kind: "IDENTITY"; action: IdentityAction; state: IdentityState }
  | { kind: "REGISTRATION"; action: VolunteerStepAction; state: VolunteerState }
  | { kind: "ORDER"; action: OrderAction; state: OrderState; side: OrderSide }
  | { kind: "PROXY"; action: ProxyAction; state: ProxyState; side: ProxySide }
  | { kind: "TIE"; action: TieAction; state: TieState }
  | { [K in EndedKind]: { kind: K; action: "END"; state: "ENDED" } }[EndedKind]
  | { kind: "STAR"; action: StarAction; state: StarState }
  | { kind: "RECORD_LOGGED"; action: "SUBMIT"; state: RecordState }
);

/** The side of a family proxy to which a notice goes. */
export type ProxySide = "ELDER" | "PROXY";

/** The last day on which the subject of a proposed record may answer, and the unit that hears them. */
export interface Hearing {
  until: Day;
  unit: Text;
}

/** Things that other people ended: a role or a paid post of the person, or a guardianship, which both sides hear of. */
export type EndedKind = "ROLE" | "POST" | "GUARDIANSHIP";

/** What each step means for a person who did not take it: one table for the API and for the pages. */
const titles: Record<SignUpAction, Text> = {
  APPLY: { zh: "活动负责人已为您报名", en: "The lead signed you up" },
  CONSENT: { zh: "监护人已同意您的报名", en: "Your guardian agreed to your sign-up" },
  DECLINE: { zh: "监护人没有同意您的报名", en: "Your guardian did not agree to your sign-up" },
  MOVE_UP: { zh: "候补成功，您已获得名额", en: "You moved up and have a place now" },
  WITHDRAW: { zh: "您的报名已被取消", en: "Your sign-up was taken back" },
  CANCEL: { zh: "活动已取消", en: "The activity was called off" },
  POSTPONE: { zh: "活动延期，新的时间确定后会再通知您", en: "The activity was put off; look out for new times" },
  RESCHEDULE: { zh: "活动已公布新的时间", en: "The activity has new times" },
  CHECK_IN: { zh: "已为您签到", en: "You were checked in" },
  CHECK_OUT: { zh: "已为您签退", en: "You were checked out" },
  REOPEN: { zh: "您的签退已撤回，请在离开时再次签退", en: "Your check-out was taken back; check out when you leave" },
  MISS: {
    zh: "本次活动没有您的签到记录，暂记为未到场。如您到过现场或有特殊情况，请联系活动负责人更正。",
    en: "You have no check-in, so a no-show is noted for now. If you were there or had a reason, ask the lead to correct it.",
  },
  RESOLVE: { zh: "已更正您的到场情况", en: "Your attendance was put right" },
};
const creditTitles: Record<CreditRecordAction, Text> = {
  OPEN: { zh: "已登记一条关于您的信用记录", en: "Something was recorded about you" },
  NOTIFY: {
    zh: "拟将您的一条行为记为不良信息。您可以在期限内说明情况（陈述、申辩）。",
    en: "An adverse record about you is proposed; you may answer it in time",
  },
  DISMISS: { zh: "关于您的信用记录不予认定", en: "A record about you was let go" },
  CONFIRM: { zh: "关于您的信用记录已报请认定", en: "A record about you was put to the office" },
  EXTEND: { zh: "您的异议处理期限已延长", en: "Your objection takes longer to decide" },
  UPHOLD: { zh: "您的异议没有得到支持，记录不变", en: "Your objection was heard; the record is upheld" },
  CORRECT: { zh: "您的异议部分成立，记录已更正", en: "Your objection was heard; the record is corrected" },
  REMOVE: { zh: "您的异议成立，记录已撤销", en: "Your objection was heard; the record is removed" },
  REPAIR: { zh: "您的信用修复申请已通过", en: "The record was repaired" },
  REFUSE_REPAIR: { zh: "您的信用修复申请没有通过", en: "The repair was refused" },
  REFER: { zh: "该事项已移送有权机关", en: "The matter was handed on to the competent authority" },
  NOTE_OUTCOME: { zh: "有权机关的处理结果已登记", en: "What the competent authority decided was noted" },
  ANSWER: { zh: "已陈述申辩", en: "The notice was answered" },
  OBJECT: { zh: "已提出异议", en: "An objection was raised" },
  APPLY_FOR_REPAIR: { zh: "已申请信用修复", en: "A repair was applied for" },
  EXPIRE: { zh: "信用记录的保存期已满", en: "The record has had its time" },
  ERASE: { zh: "记录已删除", en: "The record was erased" },
  MOVE: {
    zh: "您的重复登记已合并，这条信用记录随之转入",
    en: "It came along when your second registration was merged",
  },
};
const ratingTitles: Record<DowngradeAction, Text> = {
  PROPOSE: {
    zh: "拟降低或取消贵单位的评定等级，请在期限内陈述申辩",
    en: "Your organisation's rating may be brought down; you may answer the proposal",
  },
  ANSWER: { zh: "已就拟降级陈述申辩", en: "The proposal to bring the rating down was answered" },
  TAKE: { zh: "贵单位的评定等级已降低或取消", en: "Your organisation's rating was brought down, or taken away" },
  DROP: { zh: "不再降低或取消贵单位的评定等级", en: "Your organisation's rating holds; the proposal was let go" },
};
/** What each instrument is called. */
export const instrumentLabels: Record<RatingInstrument, Text> = {
  PLATFORM_STAR: { zh: "平台星级", en: "Platform stars" },
  EVALUATION_GRADE: { zh: "社会组织评估等级", en: "Evaluation grade" },
};
const identityTitles: Record<IdentityAction, Text> = {
  LINK: { zh: "您增加了一个登录方式", en: "You have a new way to sign in" },
  UNLINK: { zh: "您的一个登录方式已解除", en: "A way to sign in was ended" },
};
const tieTitles: Record<TieAction, Text> = {
  ALLOW: { zh: "已登记：您允许一个组织查看您的信息", en: "It was noted that you let an organisation see you" },
  END: { zh: "一个组织不能再查看您的信息", en: "An organisation does not see you any more" },
};
/** What a step with an order means for each side; a step that a side is not told of has no text. */
const orderTitles: Record<OrderSide, Partial<Record<OrderAction, Text>>> = {
  AS_RECIPIENT: {
    REQUEST: { zh: "已为您申请一次服务", en: "Help was asked for in your name" },
    MATCH: { zh: "有志愿者接下了您的服务申请", en: "A volunteer has taken your order" },
    DELIVER: { zh: "志愿者已登记完成服务，请验收", en: "The help was entered as given; accept it if it was" },
    ACCEPT: { zh: "已为您验收服务", en: "The help was accepted in your name" },
    SETTLE: { zh: "您的服务争议已处理，按处理结果结算", en: "The dispute about your order was decided; it is paid" },
    VOID: { zh: "您的服务争议已处理，未作支付", en: "The dispute about your order was decided; nothing is paid" },
    CANCEL: { zh: "您的服务申请已取消，时间已退回", en: "Your order was cancelled; its minutes are free again" },
    MISS: { zh: "已登记一方未到场，时间已退回", en: "A side did not appear; your minutes are free again" },
    EXPIRE: {
      zh: "您的服务申请已到期未完成，冻结的时间已退回",
      en: "Your order was not carried out in time; its minutes are free again",
    },
    DISPUTE: { zh: "有人对您的这次服务提出异议", en: "The help that you were given is disputed" },
  },
  AS_VOLUNTEER: {
    OFFER: { zh: "社工站向您派了一单，是否接单由您决定", en: "A station offers you an order; you decide" },
    MATCH: { zh: "社工站按您的答复为您接下一单", en: "A station noted that you take an order" },
    DELIVER: { zh: "已为您登记完成一次服务", en: "Your help was entered as given" },
    ACCEPT: { zh: "您的服务已验收", en: "The help that you gave was accepted" },
    SETTLE: { zh: "您的服务争议已处理，按处理结果结算", en: "The dispute about your help was decided; it is paid" },
    VOID: { zh: "您的服务争议已处理，未作支付", en: "The dispute about your help was decided; nothing is paid" },
    CANCEL: { zh: "您接下的订单已取消", en: "An order that you took was cancelled" },
    MISS: { zh: "您接下的订单已登记一方未到场", en: "A side of an order that you took did not appear" },
    EXPIRE: { zh: "您接下的订单已过期", en: "An order that you took has had its time" },
    DISPUTE: { zh: "对方对您的服务提出异议，您可以说明情况", en: "Your help is disputed; you may answer" },
  },
};
const proxyTitles: Record<ProxySide, Partial<Record<ProxyAction, Text>>> = {
  ELDER: {
    REQUEST: { zh: "有亲属申请代您办理", en: "A relative asks to act for you" },
    APPROVE: { zh: "社工站已核验亲属材料，等待您同意", en: "The papers of a relative were seen; you decide" },
    ACCEPT: { zh: "已按您的意思登记亲情代理", en: "Your word was noted: a relative acts for you" },
    REFUSE: { zh: "一项亲情代理申请未通过", en: "A relative's request to act for you was refused" },
    REVOKE: { zh: "一项亲情代理已终止", en: "A relative does not act for you any more" },
  },
  PROXY: {
    APPROVE: { zh: "您的材料已核验，等待老人同意", en: "Your papers were seen; the elder decides" },
    ACCEPT: { zh: "您可以代老人办理了", en: "You may act for the elder now" },
    REFUSE: { zh: "您的亲情代理申请未通过", en: "Your request to act for an elder was refused" },
    REVOKE: { zh: "您的亲情代理已终止", en: "You do not act for the elder any more" },
  },
};
/** Whether a side is told of a step. */
export const isTold = (side: OrderSide, action: OrderAction): boolean => action in orderTitles[side];
export const isProxyTold = (side: ProxySide, action: ProxyAction): boolean => action in proxyTitles[side];
const somethingNew: Text = { zh: "有新的进展", en: "There is news" };
const endedTitles: Record<EndedKind, Text> = {
  ROLE: { zh: "您的一项工作权限已终止", en: "A role of yours was ended" },
  POST: { zh: "您的一个岗位已终止", en: "A post of yours was ended" },
  GUARDIANSHIP: { zh: "一项监护关系已终止", en: "A guardianship was ended" },
};
const registrationTitles: Record<VolunteerStepAction, Text> = {
  ACTIVATE: { zh: "社工站已核验您的身份，志愿者登记生效", en: "A station vouched for your registration" },
  SUSPEND: { zh: "您的志愿者登记已暂停", en: "Your registration was suspended" },
  RESTORE: { zh: "您的志愿者登记已恢复", en: "Your registration was restored" },
  WITHDRAW: { zh: "您已退出志愿者登记", en: "Your registration was ended" },
  RETURN: { zh: "您已重新加入志愿者登记", en: "You are registered again after you had left" },
  RECORD_DEATH: { zh: "您的登记已按去世处理", en: "Your death was recorded" },
  UNDO_DEATH: { zh: "误录的去世登记已撤销", en: "A death that was recorded by mistake was taken back" },
  REVISE: { zh: "您的登记信息已更正", en: "What is kept of you was corrected" },
  SEPARATE: { zh: "误并到一起的登记已分开", en: "What had been joined to another person by mistake was parted" },
  TAKE_OVER: { zh: "您的重复登记已合并到此", en: "Your second registration was merged into this one" },
  MERGE: { zh: "此登记已合并到您的另一登记", en: "This registration was merged into your other one" },
};
const starTitles: Record<StarAction, Text> = {
  PROPOSE: { zh: "您已被提名为星级志愿者", en: "You are proposed for a star" },
  OBJECT: { zh: "有人对您的星级提名提出异议", en: "An objection was raised to your star" },
  GRANT: { zh: "您的志愿者星级已认定", en: "You have a new star" },
  REFUSE: { zh: "您的星级提名没有通过", en: "The star was not granted" },
  SUSPEND: { zh: "您的志愿者星级已暂停", en: "Your star was suspended" },
  RESTORE: { zh: "您的志愿者星级已恢复", en: "Your star was restored" },
  DOWNGRADE: {
    zh: "您的部分服务时间已更正，志愿者星级随之降低",
    en: "Hours of yours were taken back, and your star was brought down with them",
  },
  MOVE: { zh: "您的重复登记已合并，星级随之转入", en: "Your star came along when your second registration was merged" },
};
/** The fields that a correction may change, as people call them. */
export const fieldLabels: Record<RevisableField, Text> = {
  displayName: { zh: "姓名", en: "name" },
  legalName: { zh: "法定姓名", en: "legal name" },
  birthDate: { zh: "出生日期", en: "birth date" },
  idNumber: { zh: "证件", en: "papers" },
  phone: { zh: "电话", en: "phone" },
  divisionCode: { zh: "所在地区", en: "division" },
  organizationId: { zh: "所属社工站", en: "station" },
  volunteerNo: { zh: "志愿者编号", en: "volunteer number" },
  guardianConsent: { zh: "监护人同意", en: "guardian's consent" },
};
/** A step of the office without an objection: one officer proposes it, and another officer takes it. */
const ownMotionTitles: Partial<Record<CreditRecordAction, Text>> = {
  CORRECT: {
    zh: "民政部门主动更正一条关于您的信用信息",
    en: "The office corrects a record about you of its own motion",
  },
  REMOVE: {
    zh: "民政部门主动撤销一条关于您的信用信息",
    en: "The office removes a record about you of its own motion",
  },
};
const hearingTitle: Text = {
  zh: "拟将您的一条行为记为不良信息。您可在{day}及以前向{unit}说明情况（陈述、申辩）。",
  en: "An adverse record about you is proposed; you may answer it until {day}, to {unit}",
};
const recordStands: Text = { zh: "关于您的信用记录已认定", en: "A record about you now stands" };
const recordLogged: Text = {
  zh: "有组织登记了您的一次服务。如不是您做的，请联系该组织或社工站提出异议",
  en: "An organisation recorded a service of yours; if you did not give it, object there or at your station",
};
const consentAsked: Text = {
  zh: "未成年人报名，等待您的同意",
  en: "A minor signed up and waits for your consent",
};
const overByNow: Text = { zh: "活动已结束，您的报名随之取消", en: "The activity is over, and your sign-up with it" };
const endedWith: Text = {
  zh: "您的志愿者登记已停用，此次报名随之取消",
  en: "Your registration does not stand any more, and this sign-up ended with it",
};
const letGo: Text = { zh: "活动已改期，您的报名已取消", en: "With the new times your sign-up was ended" };

export function noticeTitle(event: Told, language: Language): string {
  const { kind, state, by } = event;
  const ownMotion = kind === "CREDIT_RECORD" && event.from !== "OBJECTED" ? ownMotionTitles[event.action] : undefined;
  if (ownMotion) return ownMotion[language];
  if (kind === "CREDIT_RECORD" && event.action === "NOTIFY" && event.hearing) {
    const { until, unit } = event.hearing;
    return hearingTitle[language].replace("{day}", dateOf(until, language) ?? until).replace("{unit}", unit[language]);
  }
  if (kind === "CREDIT_RECORD") return (state === "ACTIVE" ? recordStands : creditTitles[event.action])[language];
  if (kind === "RATING") return ratingTitles[event.action][language];
  if (kind === "REGISTRATION") return registrationTitles[event.action][language];
  if (kind === "ORDER") return (orderTitles[event.side][event.action] ?? somethingNew)[language];
  if (kind === "PROXY") return (proxyTitles[event.side][event.action] ?? somethingNew)[language];
  if (kind === "TIE") return tieTitles[event.action][language];
  if (kind === "IDENTITY") return identityTitles[event.action][language];
  if (kind === "STAR") return starTitles[event.action][language];
  if (kind === "RECORD_LOGGED") return recordLogged[language];
  if (kind === "ROLE" || kind === "POST" || kind === "GUARDIANSHIP") return endedTitles[kind][language];
  const { action } = event;
  if (kind === "GUARDIAN_CONSENT_ASKED") return consentAsked[language];
  if (action === "CANCEL" && by === "SYSTEM") return overByNow[language];
  if (action === "WITHDRAW" && by === "SYSTEM") return endedWith[language];
  if (action === "RESCHEDULE" && state === "WITHDRAWN") return letGo[language];
  return titles[action][language];
}
