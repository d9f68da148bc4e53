import type { RegisterVolunteer } from "../contract";
import { type Cells, day, flag, optionalText, text } from "./cells";

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
    idNumber: optionalText(cells, "id_number"),
    phone: optionalText(cells, "phone"),
  };
}
