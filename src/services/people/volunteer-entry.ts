import type { Evidence } from "../../domain/hours";
import { type Day, isDay } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { checkNumber } from "../../domain/people/numbers";
import { type IdKind, type Papers } from "../../domain/people/papers";
import { checkLeastAge, type Profile } from "../../domain/people/volunteers";
import { checkName, checkPapers, checkPhone, checkText } from "../bank/input";

export interface RegisterVolunteer {
  idempotencyKey: string;
  volunteerNo?: string | null;
  displayName: string;
  legalName?: string | null;
  /** Told from the form of the number where left out. */
  idKind?: IdKind | null;
  idNumber?: string | null;
  birthDate: Day;
  phone?: string | null;
  divisionCode: string;
  skills?: string[] | null;
  serviceTypes?: string[] | null;
  consent: boolean;
  /** At least 16 and living on own labour. */
  selfSupporting?: boolean | null;
  guardianConsent?: { guardianName: string; relation: string; consentedOn: Day; evidence?: Evidence | null } | null;
  /** True registers the actor themselves, who may otherwise register others. */
  self?: boolean | null;
  /** Registers for this station; else for the organisation of the actor's first station grant. */
  organizationId?: string | null;
  group?: boolean;
  /** Tells what would happen and keeps nothing; uses no key. */
  dryRun?: boolean;
}

/** Numbers of our own making stay ours: one consent by hand might be the next. */
const ownNumber = /^GH\d{10}$/;

export function checkVolunteerNo(typed: string): string {
  const number = checkNumber(typed, "volunteerNo", { least: 3, most: 40 });
  return ownNumber.test(number)
    ? refuse("INVALID_INPUT", { expected: "not GH and ten digits" }, ["volunteerNo"])
    : number;
}

/** The profile that an entry makes, and its papers; `SEEN` where a station has looked at them. */
export function profileOf(
  input: RegisterVolunteer,
  today: string,
  known: "SAID" | "SEEN",
): { profile: Profile; papers: Papers | null } {
  checkLeastAge(checkBirthDate(input.birthDate, today), input.group ?? false, today);
  const papers = checkPapers(input, input.birthDate, today);
  const profile: Profile = {
    displayName: checkName(input.displayName, "displayName") as string,
    legalName: checkName(input.legalName, "legalName", 0),
    idKind: papers?.kind ?? null,
    idNumber: papers?.number ?? null,
    papersSeen: papers !== null && known === "SEEN",
    said: known === "SEEN" ? [] : ["name", "phone"],
    birthDate: input.birthDate,
    phone: checkPhone(input.phone),
    skills: checkList(input.skills, "skills"),
    serviceTypes: checkList(input.serviceTypes, "serviceTypes"),
    consentedOn: input.consent ? today : null,
    ...(input.selfSupporting ? { selfSupporting: true } : {}),
    guardian: guardianOf(input.guardianConsent, input.birthDate, today),
  };
  return { profile, papers };
}

export function checkBirthDate(birthDate: string, today: string): string {
  const isBirthDate = isDay(birthDate) && birthDate <= today && birthDate >= "1900-01-01";
  return isBirthDate ? birthDate : refuse("INVALID_INPUT", {}, ["birthDate"]);
}

/** A guardian's consent, which nobody gave before the child was born. */
export function guardianOf(
  consent: RegisterVolunteer["guardianConsent"],
  birthDate: string | null,
  today: string,
): Profile["guardian"] {
  if (!consent) return null;
  const at = (field: string) => ["guardianConsent", field];
  const from = birthDate ?? "1900-01-01";
  if (!isDay(consent.consentedOn) || consent.consentedOn > today || consent.consentedOn < from)
    refuse("INVALID_INPUT", { from, until: today }, at("consentedOn"));
  return {
    name: checkName(consent.guardianName, at("guardianName")) as string,
    relation: checkText(consent.relation, at("relation"), { least: 1, most: 20, line: true }) as string,
    consentedOn: consent.consentedOn,
    evidence: consent.evidence
      ? {
          kind: consent.evidence.kind,
          ref: checkText(consent.evidence.ref, [...at("evidence"), "ref"], { most: 500, least: 1 }) as string,
        }
      : null,
  };
}

function checkList(list: readonly string[] | null | undefined, path: string): string[] {
  if ((list?.length ?? 0) > 50) refuse("INVALID_INPUT", { most: 50 }, [path]);
  return (list ?? []).map((text, i) => checkText(text, [path, String(i)], { most: 50, least: 1 }) as string);
}
