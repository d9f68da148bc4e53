import type { ActivityState, ActivityStepAction, SignUpAction, SignUpState } from "../facts/activities";
import type { CapacityAction } from "../facts/capacities";
import type { CreditRecordAction, CreditRecordState } from "../facts/credit-records";
import type { RecordAction, RecordState } from "../facts/hours";
import type { OrderAction, OrderState } from "../facts/orders";
import type { HeadAction, HeadState, OrganizationState, OrganizationStepAction } from "../facts/organizations";
import type {
  IdentityAction,
  IdentityState,
  InvitationAction,
  InvitationState,
  TieAction,
  TieState,
  VolunteerState,
  VolunteerStepAction,
} from "../facts/people";
import type { ProxyAction, ProxyState } from "../facts/proxies";
import type { RatingState, RatingStepAction } from "../facts/ratings";
import type { SpotCheckState } from "../facts/spot-checks";
import type { StarAction, StarState } from "../facts/stars";
import type { Text } from "../kit/language";

export type MachineState =
  | ActivityState
  | CreditRecordState
  | HeadState
  | IdentityState
  | InvitationState
  | OrderState
  | ProxyState
  | OrganizationState
  | RatingState
  | RecordState
  | SignUpState
  | SpotCheckState
  | StarState
  | TieState
  | VolunteerState;
export type MachineAction =
  | ActivityStepAction
  | CapacityAction
  | CreditRecordAction
  | HeadAction
  | IdentityAction
  | InvitationAction
  | OrderAction
  | ProxyAction
  | OrganizationStepAction
  | RatingStepAction
  | RecordAction
  | SignUpAction
  | StarAction
  | TieAction
  | VolunteerStepAction;

/**
 * What people call each state of the state machines. A word that several machines share stands here once, and fits them
 * all; a state that is missing does not compile.
 */
export const stateWords: Readonly<Record<MachineState, Text>> = {
  ACCEPTED: { zh: "已接受", en: "accepted" },
  ACTIVE: { zh: "有效", en: "active" },
  ALLOWED: { zh: "已允许", en: "allowed" },
  APPLIED: { zh: "已申报", en: "applied" },
  APPROVED: { zh: "已审核通过", en: "approved" },
  CALL_PUBLISHED: { zh: "已发布通知", en: "called for" },
  CANCELLED: { zh: "已取消", en: "cancelled" },
  CHECKED_IN: { zh: "已签到", en: "checked in" },
  CLOSED: { zh: "已办结", en: "closed" },
  COMMITTEE_VOTED: { zh: "委员会表决", en: "voted on by the committee" },
  COMPLETED: { zh: "已完成", en: "completed" },
  CONFIRMED: { zh: "已确认", en: "confirmed" },
  CORRECTED: { zh: "已更正", en: "corrected" },
  DECEASED: { zh: "已去世", en: "deceased" },
  DELIVERED: { zh: "待验收", en: "delivered" },
  DISMISSED: { zh: "不予认定", en: "dismissed" },
  DISPUTED: { zh: "有异议", en: "disputed" },
  DISSOLVED: { zh: "已注销", en: "dissolved" },
  DOWNGRADED: { zh: "已降级", en: "brought down" },
  DRAFT: { zh: "草稿", en: "a draft" },
  ELIGIBILITY_CHECKED: { zh: "资格审查通过", en: "found eligible" },
  ENDED: { zh: "已结束", en: "ended" },
  ERASED: { zh: "已删除", en: "erased" },
  EVIDENCE_REQUESTED: { zh: "待补材料", en: "waiting for evidence" },
  EXCUSED: { zh: "已请假", en: "excused" },
  EXPIRED: { zh: "已到期", en: "expired" },
  FAILED: { zh: "未通过", en: "failed" },
  GRANTED: { zh: "已认定", en: "granted" },
  INELIGIBLE: { zh: "未授予", en: "not awarded" },
  LINKED: { zh: "已关联", en: "linked" },
  MATCHED: { zh: "已接单", en: "taken by a volunteer" },
  MERGED: { zh: "已合并", en: "merged" },
  NO_SHOW: { zh: "未到场", en: "a no-show" },
  NOTICE_SENT: { zh: "已告知", en: "notified" },
  OBJECTED: { zh: "异议处理中", en: "objected to" },
  OBSERVED: { zh: "已发现", en: "observed" },
  OFFICE_APPROVED: { zh: "站点已核验，待老人同意", en: "approved by the station" },
  ONGOING: { zh: "进行中", en: "under way" },
  OPEN: { zh: "待使用", en: "open" },
  PASSED: { zh: "通过", en: "passed" },
  PENDING: { zh: "待批准", en: "pending" },
  PENDING_GUARDIAN: { zh: "等待监护人同意", en: "waiting for a guardian's consent" },
  POSTED: { zh: "已入账", en: "posted" },
  POSTPONED: { zh: "已延期", en: "postponed" },
  PRELIMINARY: { zh: "初评", en: "preliminary" },
  PROPOSED: { zh: "待审核", en: "proposed" },
  PUBLIC_NOTICE: { zh: "公示中", en: "on public notice" },
  PUBLISHED: { zh: "已公布", en: "published" },
  REAL_NAME_PENDING: { zh: "等待实名核验", en: "waiting for a real-name check" },
  REAPPLY_OPEN: { zh: "有效，可再申报", en: "valid, and open to a new application" },
  RECORDING: { zh: "时长登记中", en: "recording hours" },
  REFERRED: { zh: "已移送有权机关", en: "referred to the authority" },
  REFUSED: { zh: "未通过", en: "refused" },
  REGISTERED: { zh: "已登记，等待核验身份", en: "registered, and waiting for a station" },
  REJECTED: { zh: "未予确认", en: "rejected" },
  REMOVED: { zh: "已撤销", en: "removed" },
  REPAIR_APPLIED: { zh: "已申请修复", en: "waiting for a repair" },
  REPAIR_REFUSED: { zh: "未予修复", en: "refused a repair" },
  REPAIRED: { zh: "已修复", en: "repaired" },
  REQUESTED: { zh: "已提出，等待办理", en: "asked for, and waiting" },
  RETURNED: { zh: "已退回", en: "returned" },
  REVERSED: { zh: "已更正", en: "reversed" },
  REVIEW_REQUESTED: { zh: "申请复核", en: "up for a review" },
  REVIEWED: { zh: "已复核", en: "reviewed" },
  REVOKED: { zh: "已取消", en: "taken away" },
  SETTLED: { zh: "已结算", en: "settled" },
  SITE_VISIT: { zh: "实地考察", en: "at the site visit" },
  SUBMITTED: { zh: "待确认", en: "waiting for a confirmation" },
  SUSPENDED: { zh: "已暂停", en: "suspended" },
  UNDER_REVIEW: { zh: "审核中", en: "under review" },
  UNLINKED: { zh: "已解除关联", en: "unlinked" },
  UPHELD: { zh: "已维持", en: "upheld" },
  VALID: { zh: "有效", en: "valid" },
  VOIDED: { zh: "已作废", en: "voided" },
  WAITLISTED: { zh: "候补中", en: "on the waiting list" },
  WITHDRAWN: { zh: "已退出", en: "withdrawn" },
};

/** What people call each step of the state machines; a step that is missing does not compile. */
export const actionWords: Readonly<Record<MachineAction, Text>> = {
  ACCEPT: { zh: "接受", en: "accept" },
  ACTIVATE: { zh: "核验身份", en: "activate" },
  ADJUST: { zh: "调整", en: "adjust" },
  ALLOW: { zh: "允许", en: "allow" },
  ANSWER: { zh: "陈述申辩", en: "answer" },
  APPLY: { zh: "报名或申报", en: "apply" },
  APPLY_FOR_REPAIR: { zh: "申请修复", en: "apply for a repair" },
  APPROVE: { zh: "审核通过", en: "approve" },
  CANCEL: { zh: "取消", en: "cancel" },
  CHECK_ELIGIBILITY: { zh: "审查资格", en: "check eligibility" },
  CHECK_IN: { zh: "签到", en: "check in" },
  CHECK_OUT: { zh: "签退", en: "check out" },
  CLOSE: { zh: "办结", en: "close" },
  CONFIRM: { zh: "确认", en: "confirm" },
  CONSENT: { zh: "同意", en: "consent" },
  CORRECT: { zh: "更正", en: "correct" },
  CREATE: { zh: "新建", en: "create" },
  DECLINE: { zh: "不同意", en: "decline" },
  DELIVER: { zh: "登记完成", en: "enter the delivery" },
  DISMISS: { zh: "不予认定", en: "dismiss" },
  DISPUTE: { zh: "提出异议", en: "dispute" },
  DISSOLVE: { zh: "注销", en: "dissolve" },
  DOWNGRADE: { zh: "降级", en: "bring down" },
  DRAFT: { zh: "存为草稿", en: "draft" },
  DROP_SHIFT: { zh: "取消班次", en: "call off a shift" },
  EDIT: { zh: "修改", en: "edit" },
  END: { zh: "结束", en: "end" },
  ERASE: { zh: "删除", en: "erase" },
  EXPIRE: { zh: "到期", en: "expire" },
  EXTEND: { zh: "延长期限", en: "extend" },
  FILE_UP: { zh: "上报备案", en: "file above" },
  GRANT: { zh: "认定", en: "grant" },
  GRANT_RECUSAL: { zh: "同意回避", en: "grant a recusal" },
  INVITE: { zh: "邀请", en: "invite" },
  LINK: { zh: "关联", en: "link" },
  LIST: { zh: "列为重点对象", en: "list" },
  MATCH: { zh: "接单", en: "take the order" },
  MERGE: { zh: "合并", en: "merge" },
  MISS: { zh: "记为未到场", en: "note a no-show" },
  MOVE: { zh: "转移", en: "move" },
  MOVE_UP: { zh: "候补转正", en: "move up" },
  NOTE_OUTCOME: { zh: "登记处理结果", en: "note the outcome" },
  NOTIFY: { zh: "告知", en: "notify" },
  OBJECT: { zh: "提出异议", en: "object" },
  OFFER: { zh: "派单", en: "offer the order" },
  OPEN: { zh: "登记", en: "open" },
  POST: { zh: "入账", en: "post" },
  POSTPONE: { zh: "延期", en: "postpone" },
  PRELIMINARY: { zh: "初评", en: "make the preliminary" },
  PROPOSE: { zh: "提名", en: "propose" },
  PUBLISH: { zh: "发布", en: "publish" },
  PUBLISH_NOTICE: { zh: "公示", en: "publish the notice" },
  RECORD: { zh: "登记时长", en: "record hours" },
  RECORD_DEATH: { zh: "登记去世", en: "record the death" },
  REFER: { zh: "移送", en: "refer" },
  REFUSE: { zh: "不予通过", en: "refuse" },
  REFUSE_RECUSAL: { zh: "不同意回避", en: "refuse a recusal" },
  REFUSE_REPAIR: { zh: "不予修复", en: "refuse a repair" },
  REGISTER: { zh: "登记", en: "register" },
  REJECT: { zh: "不予确认", en: "reject" },
  REMOVE: { zh: "撤销", en: "remove" },
  REOPEN: { zh: "撤回签退", en: "take the check-out back" },
  REPAIR: { zh: "修复", en: "repair" },
  REPLACE: { zh: "换发", en: "replace" },
  REQUEST: { zh: "申请服务", en: "ask for help" },
  REQUEST_RECUSAL: { zh: "申请回避", en: "request a recusal" },
  REQUEST_REVIEW: { zh: "申请复核", en: "request a review" },
  RESCHEDULE: { zh: "改期", en: "reschedule" },
  RESOLVE: { zh: "处理", en: "resolve" },
  RESTORE: { zh: "恢复", en: "restore" },
  RESUBMIT: { zh: "重新提交", en: "resubmit" },
  RESUME: { zh: "恢复", en: "resume" },
  RETURN: { zh: "退回", en: "return" },
  RETURN_PLAQUE: { zh: "退回牌匾", en: "return the plaque" },
  REVERSE: { zh: "更正", en: "reverse" },
  REVIEW: { zh: "复核", en: "review" },
  REVISE: { zh: "更正信息", en: "revise" },
  REVOKE: { zh: "取消", en: "revoke" },
  SCORE: { zh: "打分", en: "score" },
  SEPARATE: { zh: "分开", en: "separate" },
  SETTLE: { zh: "处理后结算", en: "settle" },
  SITE_VISIT: { zh: "实地考察", en: "visit the site" },
  START: { zh: "开始", en: "start" },
  SUBMIT: { zh: "提交", en: "submit" },
  SUPERSEDE: { zh: "以新结果取代", en: "supersede" },
  SUPPLY_EVIDENCE: { zh: "补充材料", en: "supply evidence" },
  SUSPEND: { zh: "暂停", en: "suspend" },
  TAKE_OVER: { zh: "接收", en: "take over" },
  UNDO_DEATH: { zh: "撤销去世登记", en: "undo the death" },
  UNLINK: { zh: "解除关联", en: "unlink" },
  UNLIST: { zh: "移出重点对象", en: "take off the list" },
  UPHOLD: { zh: "维持", en: "uphold" },
  VOID: { zh: "作废", en: "void" },
  VOTE: { zh: "表决", en: "vote" },
  WITHDRAW: { zh: "退出", en: "withdraw" },
};
