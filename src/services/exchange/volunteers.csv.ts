import type { IdKind } from "../../domain/people/papers";
import { registerVolunteer } from "../people/commands/volunteers";
import type { RegisterVolunteer } from "../people/volunteer-entry";
import {
  bounded,
  type Cells,
  cellTakes,
  day,
  flag,
  mark,
  optionalChoice,
  optionalMark,
  optionalText,
  text,
  unspoilt,
} from "./cells";
import type { Columns } from "./csv";

/** What lists call the papers. */
const idKindWords: Readonly<Record<IdKind, readonly string[]>> = {
  RESIDENT_ID: ["身份证", "居民身份证", "港澳台居民居住证"],
  HK_MACAO_PERMIT: ["港澳居民来往内地通行证", "回乡证"],
  TAIWAN_PERMIT: ["台湾居民来往大陆通行证", "台胞证"],
  PASSPORT: ["护照"],
  PERMANENT_RESIDENCE: ["外国人永久居留身份证", "外国人永久居留证"],
};

export const volunteersColumns = {
  volunteer_no: {
    need: "CELL",
    titles: ["志愿者编号", "编号"],
    takes: bounded(registerVolunteer.fields.volunteerNo, {
      en: "{least} to {most} letters A to Z, digits and hyphens: nobody's ID or mobile number, nor GH and ten digits",
      zh: "{least} 至 {most} 位字母、数字、连字符；不得为证件号码、手机号，也不得为 GH 加十位数字",
    }),
  },
  display_name: {
    need: "CELL",
    titles: ["姓名", "称呼"],
    takes: { en: "the name that others see", zh: "对外显示的姓名" },
  },
  birth_date: { need: "CELL", titles: ["出生日期", "生日"], takes: cellTakes.DAY },
  division: {
    need: "CELL",
    titles: ["区划", "所属区划"],
    takes: {
      en: "the code or official code of the division where the volunteer lives",
      zh: "居住地区划的代码或官方代码",
    },
    fields: ["divisionCode"],
  },
  consent: { need: "CELL", titles: ["本人同意", "同意"], takes: cellTakes.FLAG },
  guardian_name: {
    need: "COLUMN",
    titles: ["监护人", "监护人姓名"],
    takes: { en: "of a minor: the guardian who consents", zh: "未成年人填写：同意的监护人" },
    fields: ["guardianConsent"],
  },
  guardian_relation: {
    need: "COLUMN",
    titles: ["监护人关系", "与志愿者关系"],
    takes: {
      en: "what the guardian is to the minor, such as 母亲; needed with a guardian",
      zh: "与未成年人的关系，如母亲；填写监护人时必填",
    },
    fields: ["relation"],
  },
  guardian_consented_on: {
    need: "COLUMN",
    titles: ["监护人同意日期"],
    takes: { en: `${cellTakes.DAY.en}; needed with a guardian`, zh: `${cellTakes.DAY.zh}；填写监护人时必填` },
    fields: ["consentedOn"],
  },
  legal_name: {
    need: "NOTHING",
    titles: ["证件姓名", "真实姓名"],
    takes: { en: "the name in the papers, where it is another", zh: "证件上的姓名，不同时填写" },
  },
  id_kind: { need: "NOTHING", titles: ["证件类型", "证件种类"], words: idKindWords },
  id_number: {
    need: "NOTHING",
    titles: ["证件号码", "身份证号", "身份证号码"],
    takes: {
      en: "the number of papers that the station has seen; a resident ID with its check digit, and the column as text",
      zh: "站点已核对的证件号码；身份证号须校验位正确，且该列设为文本",
    },
  },
  phone: {
    need: "NOTHING",
    titles: ["电话", "手机", "手机号", "联系电话"],
    takes: { en: "one telephone number", zh: "一个电话号码" },
  },
} as const satisfies Columns;

/** One row as the registration the API takes, without its key; throws InvalidCell. */
export function toRegistration(cells: Cells): Omit<RegisterVolunteer, "idempotencyKey"> {
  const guarded = ["guardian_name", "guardian_relation", "guardian_consented_on"].some(
    (column) => optionalText(cells, column) !== null,
  );
  return {
    volunteerNo: mark(cells, "volunteer_no"),
    displayName: unspoilt("display_name", text(cells, "display_name")),
    birthDate: day(cells, "birth_date"),
    divisionCode: mark(cells, "division"),
    consent: flag(cells, "consent"),
    guardianConsent: guarded
      ? {
          guardianName: text(cells, "guardian_name"),
          relation: text(cells, "guardian_relation"),
          consentedOn: day(cells, "guardian_consented_on"),
        }
      : null,
    legalName: optionalText(cells, "legal_name"),
    idKind: optionalChoice(cells, "id_kind", idKindWords),
    idNumber: optionalMark(cells, "id_number"),
    phone: optionalText(cells, "phone"),
  };
}
