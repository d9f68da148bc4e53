import type { ActorKind } from "../domain/actors";
import type { Language } from "./context";

const labels: Record<ActorKind, Record<Language, string>> = {
  VOLUNTEER: { zh: "志愿者", en: "Volunteer" },
  GUARDIAN: { zh: "监护人", en: "Guardian" },
  RECIPIENT: { zh: "服务对象", en: "Recipient" },
  FAMILY_PROXY: { zh: "亲情代理人", en: "Family proxy" },
  ACTIVITY_LEAD: { zh: "活动负责人", en: "Activity lead" },
  ORGANIZATION_ADMIN: { zh: "组织管理员", en: "Organisation admin" },
  STATION_WORKER: { zh: "社工站专员", en: "Station worker" },
  STATION_SUPERVISOR: { zh: "社工站站长", en: "Station supervisor" },
  OFFICER: { zh: "民政干部", en: "Civil-affairs officer" },
  ASSESSOR: { zh: "评估专家", en: "Assessor" },
  REVIEWER: { zh: "复核委员", en: "Reviewer" },
  AUDITOR: { zh: "审计员", en: "Auditor" },
  PUBLIC: { zh: "公众", en: "Public" },
  SYSTEM: { zh: "系统", en: "System" },
};

/** As what somebody acted; never who it was. */
export function actorOf({ actorKind: kind }: { actorKind: ActorKind }, { language }: { language: Language }): object {
  return { kind, label: actorLabel(kind, language) };
}

/** A role's name for people: who it was stays out of it. */
export function actorLabel(kind: ActorKind, language: Language): string {
  return labels[kind][language];
}
