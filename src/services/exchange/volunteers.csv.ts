import type { IdKind } from "../../domain/papers";
import type { RegisterVolunteer } from "../contract";
import { type Cells, day, flag, optionalChoice, optionalText, text } from "./cells";
import type { Columns } from "./csv";

export const volunteersColumns = [
  "volunteer_no",
  "display_name",
  "birth_date",
  "division",
  "consent",
  "guardian_name",
  "guardian_relation",
  "guardian_consented_on",
] as const;

/** What lists call the papers. */
const idKindWords: Readonly<Record<IdKind, readonly string[]>> = {
  RESIDENT_ID: ["身份证", "居民身份证", "港澳台居民居住证"],
  HK_MACAO_PERMIT: ["港澳居民来往内地通行证", "回乡证"],
  TAIWAN_PERMIT: ["台湾居民来往大陆通行证", "台胞证"],
  PASSPORT: ["护照"],
  PERMANENT_RESIDENCE: ["外国人永久居留身份证", "外国人永久居留证"],
};

export const volunteersFile: Columns = {
  required: volunteersColumns,
  optional: ["legal_name", "id_kind", "id_number", "phone"],
  values: { id_kind: idKindWords },
  fields: { divisionCode: "division", guardianConsent: "guardian_name" },
};

/** One row as the registration the API takes, without its key; throws InvalidCell. */
export function toRegistration(cells: Cells): Omit<RegisterVolunteer, "idempotencyKey"> {
  const guarded = ["guardian_name", "guardian_relation", "guardian_consented_on"].some(
    (column) => optionalText(cells, column) !== null,
  );
  return {
    volunteerNo: text(cells, "volunteer_no"),
    displayName: text(cells, "display_name"),
    birthDate: day(cells, "birth_date"),
    divisionCode: text(cells, "division"),
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
    idNumber: optionalText(cells, "id_number"),
    phone: optionalText(cells, "phone"),
  };
}
