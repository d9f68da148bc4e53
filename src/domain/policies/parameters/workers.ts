import { ourDefault, type Parameter } from "../parameter";

export const workersParameters = {
  "station.minCertifiedWorkers": {
    label: { en: "Certified social workers that a station needs", zh: "社会工作站须有的持证社工人数" },
    shape: "count",
    most: 100,
    value: 3,
    citation: "《浙江省社会工作站建设规划》（2020）",
    status: "CITED",
  },
  "socialWorker.registrationYears": {
    label: { en: "Years for which a social worker is registered", zh: "社会工作者登记的有效年数" },
    shape: "count",
    most: 20,
    value: 3,
    citation: "《社会工作者职业水平证书登记办法》",
    status: "CITED",
  },
  "socialWorker.renewalMonths": {
    label: { en: "Last months of a term in which the next is registered", zh: "有效期届满前可再登记的月数" },
    shape: "count",
    most: 12,
    value: 3,
    citation: "《社会工作者职业水平证书登记办法》",
    status: "CITED",
  },
  "socialWorker.trainingHours": {
    label: {
      en: "Hours of training in a term, from intermediate level",
      zh: "社会工作师及以上每登记周期的继续教育学时",
    },
    shape: "count",
    most: 1000,
    value: 90,
    citation: "《社会工作者继续教育办法》",
    status: "CITED",
  },
  "socialWorker.trainingHoursAssistant": {
    label: { en: "Hours of training in a term, at assistant level", zh: "助理社会工作师每登记周期的继续教育学时" },
    shape: "count",
    most: 1000,
    value: 70,
    citation: "《社会工作者继续教育办法》",
    status: "CITED",
  },
  "duty.hours": {
    label: { en: "Hours of paid duty on a working day", zh: "工作日的在岗时段" },
    shape: "hours",
    value: ["08:30-12:00", "14:00-17:30"],
    citation: ourDefault,
    status: "OURS",
  },
} as const satisfies Record<string, Parameter>;
