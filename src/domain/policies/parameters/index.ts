import { ourDefault, type Parameter } from "../parameter";
import { activitiesParameters } from "./activities";
import { creditRecordsParameters } from "./credit-records";
import { hoursParameters } from "./hours";
import { indicatorsParameters } from "./indicators";
import { ordersParameters } from "./orders";
import { proxiesParameters } from "./proxies";
import { ratingsParameters } from "./ratings";
import { schemeParameters } from "./scheme";
import { spotChecksParameters } from "./spot-checks";
import { starsParameters } from "./stars";
import { villagePointsParameters } from "./village-points";
import { visitsParameters } from "./visits";
import { workersParameters } from "./workers";

export { balanceMost, countMost, type Parameter } from "../parameter";

/** Every parameter the rules read, with the value a new bank starts from (domain.md 2.1). */
export const parameters = {
  ...hoursParameters,
  ...activitiesParameters,
  ...ordersParameters,
  ...proxiesParameters,
  ...starsParameters,
  ...workersParameters,
  "record.disputeWorkingDays": {
    label: {
      en: "Working days within which an objection to a record is decided",
      zh: "对服务记录的异议须处理的工作日数",
    },
    shape: "count",
    most: 60,
    value: 5,
    citation: "《志愿服务记录与证明出具办法（试行）》第十三条（及时核实）；五个工作日为本市自行规定",
    status: "OURS",
  },
  "clock.nearWorkingDays": {
    label: { en: "Working days before its date from which a clock is near", zh: "期限临近的工作日数" },
    shape: "count",
    most: 60,
    value: 3,
    citation: ourDefault,
    status: "OURS",
  },
  ...villagePointsParameters,
  ...visitsParameters,
  ...creditRecordsParameters,
  ...indicatorsParameters,
  ...spotChecksParameters,
  ...ratingsParameters,
  ...schemeParameters,
} as const satisfies Record<string, Parameter>;
export type PolicyKey = keyof typeof parameters;
