import type { VillageKind } from "../../organizations";
import { ourDefault, type Parameter } from "../parameter";
import type { ServiceType } from "../values";

const catalogue: ServiceType[] = (
  [
    ["ESCORT_OUTING", "陪同外出", "Going along", false, true],
    ["COMPANION_TALK", "聊天陪伴", "Company and talk", false, true],
    ["MEAL_DELIVERY", "送餐", "Meal delivery", false, true],
    ["HOUSE_CLEANING", "保洁", "House cleaning", false, true],
    ["LAUNDRY", "洗涤", "Laundry", false, true],
    ["HAIRDRESSING", "理发", "Hairdressing", false, true],
    ["SMALL_REPAIR", "小家电维修", "Small repairs", false, false],
    ["SMART_DEVICE_HELP", "智能设备指导", "Smart device help", false, true],
    ["ANTI_FRAUD_TALK", "防诈宣讲", "Anti-fraud talk", false, true],
    ["FREE_CLINIC", "义诊", "Free clinic", true, false],
    ["STUDY_HELP", "课业辅导", "Study help", false, true],
    ["ENVIRONMENT", "环境整治", "Environment", false, true],
    ["MEDIATION", "纠纷调解", "Mediation", false, false],
    ["PATROL", "平安巡防", "Safety patrol", false, false],
    ["DISABILITY_SUPPORT", "助残", "Disability support", false, true],
    ["FESTIVAL_EVENT", "大型活动", "Large event", false, true],
  ] as const
).map(([code, label, labelEn, needsQualification, openToMinors]) => ({
  code,
  label,
  labelEn,
  needsQualification,
  openToMinors,
}));

/** The seed policy does not name the five; these are candidates (domain.md 5.2), and the office sets its own. */
const villageKinds: VillageKind[] = (
  [
    ["ELDERS_COUNCIL", "乡贤参事会", "Council of elders", true],
    ["WEDDINGS_FUNERALS_COUNCIL", "红白理事会", "Council for weddings and funerals", true],
    ["MEDIATION_COUNCIL", "邻里纠纷调解会", "Mediation council", true],
    ["SAFETY_PATROL", "平安巡防队", "Safety patrol", true],
    ["VOLUNTEER_OR_CULTURE_TEAM", "志愿服务队或文体团队", "Volunteer or culture team", true],
    ["LOCAL_SPECIALTY", "地方特色组织", "Local speciality", false],
  ] as const
).map(([code, label, labelEn, core]) => ({ code, label, labelEn, core }));

export const schemeParameters = {
  "onboarding.invitationDays": {
    label: { en: "Days for which a one-time code of an invitation holds", zh: "邀请码的有效天数" },
    shape: "count",
    least: 1,
    most: 90,
    value: 14,
    citation: "本平台默认规定：纸质邀请单发放与使用的合理期限",
    status: "OURS",
  },
  "privacy.keptYears": {
    label: {
      en: "Years for which an erased person's lines, which name nobody, are kept",
      zh: "删除个人信息后匿名记录的保存年数",
    },
    shape: "count",
    most: 50,
    value: 10,
    citation: "《浙江省公共信用信息管理条例》第二十条（查询记录）；《中华人民共和国个人信息保护法》第四十七条",
    status: "CITED",
  },
  "village.organizationKinds": {
    label: { en: "Kinds of village organisations, 5+X", zh: "村级“5+X”社会组织的类别" },
    shape: "villageKinds",
    value: villageKinds,
    citation: "《诸暨市推进新时代民政事业高质量发展的意见》第10项（五类核心由本市填列）",
    status: "MEMORY",
  },
  "scheme.label": {
    label: { en: "What people see the scheme called", zh: "对外显示的名称" },
    shape: "text",
    value: "善时",
    citation: ourDefault,
    status: "OURS",
  },
  "scheme.serviceCatalogue": {
    label: { en: "Services that may be recorded", zh: "可记录的服务目录" },
    shape: "catalogue",
    value: catalogue,
    citation: "《沪助养老时光汇服务清单》（2026）；诸暨便民服务联盟",
    status: "CITED",
  },
  "calendar.exceptions": {
    label: { en: "Working days added to or taken from the calendar of holidays", zh: "在节假日历之外增减的工作日" },
    shape: "calendar",
    value: { working: [], holidays: [] },
    citation: "《国务院办公厅关于部分节假日安排的通知》",
    status: "CITED",
  },
} as const satisfies Record<string, Parameter>;
