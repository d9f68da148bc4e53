import type { Act } from "../../domain/permissions/actors";
import type { ActText } from "./text";

const station = { en: "A station of their division or of one above it.", zh: "所在镇乡街道及以上站点。" };

/** Acts with orders: asking for help, giving it, and paying for it. */
export const orders = {
  "order.request": { what: { en: "Ask for help that is paid with time", zh: "申请用时间兑换服务" }, only: station },
  "order.see": {
    what: { en: "See an order with its two sides", zh: "查看订单及双方" },
    only: {
      en: "An active volunteer sees orders that wait too, without the recipient.",
      zh: "在册志愿者另可查看待接订单，不显示服务对象。",
    },
  },
  "order.claim": { what: { en: "Take an order, or decline an offer", zh: "接单、谢绝派单" } },
  "order.offer": {
    what: { en: "Offer an order to a volunteer, and see who fits", zh: "向志愿者派单、查看合适人选" },
    only: station,
  },
  "order.deliver": { what: { en: "Enter that an order was carried out", zh: "登记订单已完成服务" }, only: station },
  "order.accept": {
    what: { en: "Accept what was delivered, and pay for it", zh: "验收服务并结算" },
    only: {
      en: "Never the volunteer, their family, or the person who entered it.",
      zh: "不得为志愿者本人或其家人、登记该次服务的人。",
    },
  },
  "order.cancel": { what: { en: "Cancel an order, or report a no-show", zh: "取消订单、登记未到场" } },
  "order.dispute": { what: { en: "Dispute what was delivered", zh: "对服务提出异议" } },
  "order.resolve": {
    what: { en: "Decide a dispute about an order", zh: "处理订单争议" },
    only: { en: "Never one of the two sides, or of their families.", zh: "不得为双方本人或其家人。" },
  },
  "proxy.see": { what: { en: "See who acts for an elder", zh: "查看老人的亲情代理人" }, only: station },
  "proxy.approve": {
    what: { en: "Approve a family proxy after seeing the papers", zh: "核验材料后同意亲情代理" },
    only: { en: "Never for one's own family.", zh: "不得为本人或其家人。" },
  },
  "proxy.accept": {
    what: { en: "Agree to a family proxy, or note the elder's own word", zh: "同意亲情代理，或代记老人本人的意思" },
    only: { en: "Never the person who approved it.", zh: "不得为核验材料的人。" },
  },
  "proxy.revoke": { what: { en: "Refuse or end a family proxy", zh: "不予同意、终止亲情代理" }, only: station },
} as const satisfies Partial<Record<Act, ActText>>;
