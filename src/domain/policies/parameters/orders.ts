import { recipientCategories } from "../../visits/recipients";
import { ourDefault, type Parameter } from "../parameter";

export const ordersParameters = {
  "redeem.minAge": {
    label: { en: "Age from which help may be asked for", zh: "可兑换服务的最低年龄" },
    shape: "count",
    value: 60,
    citation: "《中华人民共和国老年人权益保障法》第二条",
    status: "CITED",
  },
  "redeem.priorityCategories": {
    label: {
      en: "Categories of recipients who may ask for help at any age, and from the grant and the pool",
      zh: "不限年龄可兑换服务、并可使用政府专项时间和公共时间池的重点对象类别",
    },
    shape: "categories",
    value: recipientCategories.filter((category) => category !== "ADVANCED_AGE" && category !== "EMPTY_NEST"),
    citation:
      "南京市养老服务时间银行（2019）：政府为重点空巢独居老人发放时间；类别依《诸暨市推进新时代民政事业高质量发展的意见》第6项",
    status: "CITED",
  },
  "hold.expiryHours": {
    label: { en: "Hours after which an order that nobody has taken ends", zh: "无人接单的订单自动失效的小时数" },
    shape: "count",
    least: 1,
    most: 720,
    value: 24,
    citation: ourDefault,
    status: "OURS",
  },
  "order.aheadDays": {
    label: { en: "Days ahead for which help may be asked for", zh: "可提前多少天预约服务" },
    shape: "count",
    least: 1,
    most: 366,
    value: 60,
    citation: ourDefault,
    status: "OURS",
  },
  "order.lateCancelHours": {
    label: {
      en: "Hours before an order within which the volunteer's cancellation counts as a no-show",
      zh: "服务开始前多少小时内志愿者取消计为未到场",
    },
    shape: "count",
    most: 720,
    value: 24,
    citation: ourDefault,
    status: "OURS",
  },
} as const satisfies Record<string, Parameter>;
