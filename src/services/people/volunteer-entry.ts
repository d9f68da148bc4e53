import { isDay } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import type { Papers } from "../../domain/people/papers";
import { checkLeastAge, type Profile } from "../../domain/people/volunteers";
import { type Asked, type Read, read } from "../bank/fields";
import { checkPapers } from "../bank/input";
import { type guardianConsent, registerVolunteer } from "./commands/volunteers";

export type RegisterVolunteer = Asked<typeof registerVolunteer> & {
  /** Registers for this station; else for the organisation of the actor's first station grant. */
  organizationId?: string | null;
  group?: boolean;
  /** Tells what would happen and keeps nothing; uses no key. */
  dryRun?: boolean;
};

/** Numbers of our own making stay ours: one consent by hand might be the next. */
const ownNumber = /^GH\d{10}$/;

export function checkVolunteerNo(number: string): string {
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
  const entry = read(registerVolunteer, input);
  const papers = checkPapers(entry, entry.birthDate, today);
  const profile: Profile = {
    displayName: entry.displayName,
    legalName: entry.legalName,
    idKind: papers?.kind ?? null,
    idNumber: papers?.number ?? null,
    papersSeen: papers !== null && known === "SEEN",
    said: known === "SEEN" ? [] : ["name", "phone"],
    birthDate: entry.birthDate,
    phone: entry.phone,
    skills: entry.skills ?? [],
    serviceTypes: entry.serviceTypes ?? [],
    consentedOn: entry.consent ? today : null,
    ...(entry.selfSupporting ? { selfSupporting: true } : {}),
    guardian: guardianOf(entry.guardianConsent, entry.birthDate, today),
  };
  return { profile, papers };
}

export function checkBirthDate(birthDate: string, today: string): string {
  const isBirthDate = isDay(birthDate) && birthDate <= today && birthDate >= "1900-01-01";
  return isBirthDate
    ? birthDate
    : refuse("INVALID_INPUT", { expected: "a day of birth from 1900 to today" }, ["birthDate"]);
}

/** A guardian's consent, which nobody gave before the child was born. */
export function guardianOf(
  consent: Read<typeof guardianConsent> | null,
  birthDate: string | null,
  today: string,
): Profile["guardian"] {
  if (!consent) return null;
  const { guardianName: name, relation, consentedOn, evidence } = consent;
  const from = birthDate ?? "1900-01-01";
  if (!isDay(consentedOn) || consentedOn > today || consentedOn < from)
    refuse("INVALID_INPUT", { from, until: today }, ["guardianConsent", "consentedOn"]);
  return { name, relation, consentedOn, evidence };
}
