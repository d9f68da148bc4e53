import { ourDefault, type Parameter } from "../parameter";

export const proxiesParameters = {
  "proxy.maxPerElder": {
    label: { en: "Family proxies that a recipient may have at a time", zh: "每位服务对象同时可有的亲情代理人数" },
    shape: "count",
    least: 1,
    most: 20,
    value: 3,
    citation: "CaTeam666 时间银行：每位老人至多三名代理人",
    status: "CITED",
  },
  "proxy.dailyActions": {
    label: { en: "Steps that a family proxy may take with orders in a day", zh: "亲情代理人每日可办理的订单步骤数" },
    shape: "count",
    least: 1,
    most: 100,
    value: 5,
    citation: "CaTeam666 时间银行：代理人每日至多五次操作",
    status: "CITED",
  },
  "proxy.validMonths": {
    label: { en: "Months for which a family proxy holds", zh: "亲情代理的有效月数" },
    shape: "count",
    least: 1,
    most: 120,
    value: 12,
    citation: ourDefault,
    status: "OURS",
  },
} as const satisfies Record<string, Parameter>;
