import { ourDefault, type Parameter } from "../parameter";

export const spotChecksParameters = {
  "spotCheck.devicePeople": {
    label: { en: "People on one device of a day above which it is worth a look", zh: "同一设备一日内超过即提示的人数" },
    shape: "count",
    most: 1000,
    value: 3,
    citation: ourDefault,
    status: "OURS",
  },
  "spotCheck.burstRecords": {
    label: {
      en: "Records of one organisation with the same begin and end that are worth a look",
      zh: "同一组织起止时间相同即提示的记录数",
    },
    shape: "count",
    most: 100000,
    value: 30,
    citation: ourDefault,
    status: "OURS",
  },
  "spotCheck.confirmerRecords": {
    label: {
      en: "Records of a month from which one confirmer of nearly all is worth a look",
      zh: "一人确认绝大部分记录即提示的月记录数",
    },
    shape: "count",
    most: 100000,
    value: 20,
    citation: ourDefault,
    status: "OURS",
  },
  "spotCheck.roundRecords": {
    label: {
      en: "Entered records of a month, all on the hour, that are worth a look",
      zh: "一月内均为整点的录入记录达到即提示的条数",
    },
    shape: "count",
    most: 1000,
    value: 4,
    citation: ourDefault,
    status: "OURS",
  },
  "spotCheck.travelMinutes": {
    label: {
      en: "Minutes between two towns below which a way is worth a look",
      zh: "异地两次服务间隔低于即提示的分钟数",
    },
    shape: "count",
    most: 1440,
    value: 15,
    citation: ourDefault,
    status: "OURS",
  },
} as const satisfies Record<string, Parameter>;
