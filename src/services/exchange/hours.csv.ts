import { createHash } from "node:crypto";
import type { Evidence, EvidenceKind } from "../../domain/hours";
import { parameters } from "../../domain/policies/parameters";
import type { LogEntry } from "../hours/commands";
import { serviceHoursEntry } from "../hours/commands";
import {
  bounded,
  type Cells,
  cellTakes,
  instant,
  mark,
  named,
  no,
  optionalText,
  text,
  unspoilt,
  wholeNumber,
} from "./cells";
import type { Columns } from "./csv";

const kinds: Record<EvidenceKind, readonly string[]> = {
  PHOTO: ["照片"],
  SIGN_IN_SHEET: ["签到表"],
  AGREEMENT: ["协议", "同意书"],
  MESSAGE: ["信息", "消息"],
  LETTER: ["单位证明", "函件"],
  LEAVE: ["准假证明", "请假条"],
  OTHER: ["其他"],
};
const evidenceTakes = {
  en: "KIND:reference such as LETTER:2026-17, several with semicolons between",
  zh: "类别:编号，如 单位证明:2026-17，多项以分号分隔",
};
const services = parameters["scheme.serviceCatalogue"].value;
const line = serviceHoursEntry.fields;

export const hoursColumns = {
  external_ref: {
    need: "COLUMN",
    titles: ["外部编号", "流水号"],
    takes: bounded(line.externalRef, {
      en: "your own reference of the line, at most {most} signs; without it a line is known again by all its cells",
      zh: "贵方对该行的编号，至多 {most} 字；不填则以整行内容识别",
    }),
  },
  volunteer_no: { need: "CELL", titles: ["志愿者编号"], takes: { en: "the volunteer's number", zh: "志愿者编号" } },
  service_type: {
    need: "CELL",
    titles: ["服务类型", "服务项目"],
    takes: {
      en: `a service of the catalogue in force, by code or name; at the founding ${services.map(({ code }) => code).join(", ")}`,
      zh: `现行服务目录中的服务，填代码或名称；建立时为 ${services.map(({ code, label }) => `${code}（${label}）`).join("、")}`,
    },
  },
  started_at: { need: "CELL", titles: ["开始时间"], takes: cellTakes.INSTANT },
  ended_at: { need: "CELL", titles: ["结束时间"], takes: cellTakes.INSTANT },
  break_minutes: {
    need: "COLUMN",
    titles: ["休息分钟", "休息时长(分钟)"],
    takes: { en: `${cellTakes.WHOLE_NUMBER.en}; 0 where it is empty`, zh: `${cellTakes.WHOLE_NUMBER.zh}，不填为 0` },
  },
  place: {
    need: "COLUMN",
    titles: ["地点", "服务地点"],
    takes: bounded(line.place, { en: "text of at most {most} signs", zh: "至多 {most} 字" }),
  },
  content: {
    need: "CELL",
    titles: ["服务内容", "内容"],
    takes: bounded(line.content, { en: "what was done, at most {most} signs", zh: "做了什么，至多 {most} 字" }),
  },
  activity_lead: {
    need: "CELL",
    titles: ["活动负责人", "负责人"],
    takes: bounded(line.activityLead, {
      en: "who led the activity, at most {most} signs",
      zh: "活动负责人，至多 {most} 字",
    }),
  },
  evidence: {
    need: "COLUMN",
    titles: ["证明材料", "佐证"],
    takes: evidenceTakes,
    words: kinds,
  },
} as const satisfies Columns;

/** One row as the entry the API takes; throws InvalidCell. */
export function toHoursEntry(cells: Cells): LogEntry {
  const entry = {
    externalRef: unspoilt("external_ref", optionalText(cells, "external_ref")),
    volunteerNo: mark(cells, "volunteer_no"),
    serviceType: mark(cells, "service_type"),
    startedAt: instant(cells, "started_at"),
    endedAt: instant(cells, "ended_at"),
    breakMinutes: wholeNumber(cells, "break_minutes", 0),
    place: optionalText(cells, "place"),
    content: text(cells, "content"),
    activityLead: text(cells, "activity_lead"),
    evidence: evidence(cells),
  };
  return { ...entry, externalRef: entry.externalRef ?? derivedRef(cells) };
}

/** A line without a reference is known again by its content. A column that is empty says nothing: an earlier file may lack it. */
export function derivedRef(cells: Cells): string {
  const hash = createHash("sha256");
  for (const column of Object.keys(hoursColumns)) {
    const cell = cells[column]?.trim() ?? "";
    if (cell !== "") hash.update(`${column}=${Buffer.byteLength(cell)}:${cell}`);
  }
  return `derived:${hash.digest("hex").slice(0, 32)}`;
}

/** `KIND:ref`, several behind semicolons. */
function evidence(cells: Cells): Evidence[] {
  const cell = optionalText(cells, "evidence");
  if (cell === null) return [];
  return cell.split(/[;；]/).map((part) => {
    const [, word = "", ref = ""] = /^([^:：]*)[:：](.*)$/s.exec(part) ?? [];
    const kind = named(word, kinds);
    return kind === null || ref.trim() === "" ? no("evidence", evidenceTakes) : { kind, ref: ref.trim() };
  });
}
