import { BadConfig } from "../config";
import type { Role } from "../domain/facts/actors";
import type { Grant } from "../domain/facts/people";
import { Refusal } from "../domain/kit/refusal";
import { grantedRoles, system } from "../domain/permissions/actors";
import type { Appointment } from "../services/people";
import { type OpenBank, Stop } from "./output";
import { roleNamed, spelledRole } from "./token";

export interface GrantOptions {
  role: string;
  organization?: string;
  division?: string;
  person?: string;
  name?: string;
  /** What the issuer calls the person. */
  subject?: string;
  issuer: string | null;
  from?: string;
  until?: string;
}

/** Gives a role on the machine that holds the keys: the way to a bank's first officer. All of it happens, or nothing. */
export async function addGrant(bank: OpenBank, wanted: GrantOptions): Promise<Appointment> {
  if (wanted.person !== undefined && wanted.name !== undefined)
    throw new Stop("name the person by --person <id>, or a new one by --name <display name>", "WRONG_USAGE");
  const { subject, issuer } = wanted;
  if (subject !== undefined && issuer === null)
    throw new BadConfig("TOKEN_ISSUER: needed with --subject: the issuer that knows the person by it");
  if (wanted.person === undefined && wanted.name === undefined && subject === undefined)
    throw new Stop(
      "name the person by --person <id>, by --subject <subject>, or a new one by --name <display name>",
      "WRONG_USAGE",
    );
  const terms = {
    personId: wanted.person,
    displayName: wanted.name,
    identity: subject === undefined || issuer === null ? undefined : { subject, issuer },
    role: roleNamed(wanted.role) as Role,
    organizationId: wanted.organization === undefined ? null : await organizationNamed(bank, wanted.organization),
    divisionCode: wanted.division ?? null,
    validFrom: wanted.from ?? bank.services.today(),
    validUntil: wanted.until ?? null,
  };
  return bank.services.people.appoint(system, terms).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal(error.code, error.details, error.path.map(asOption)) : error;
  });
}

/** A refusal names what was typed, not the field of the API that it became. */
const asOption = (field: string) => `--${options[field] ?? field}`;
const options: Readonly<Record<string, keyof GrantOptions>> = {
  personId: "person",
  displayName: "name",
  organizationId: "organization",
  divisionCode: "division",
  validFrom: "from",
  validUntil: "until",
};

export async function revokeGrant(bank: OpenBank, grantId: string, reason: string): Promise<Grant> {
  return bank.services.people.revokeRole(system, { grantId, reason });
}

/** The grants with the names of their holders, ended grants included. The name of an erased person is null. */
export async function listGrants(
  bank: OpenBank,
  at: { organization?: string; role?: string },
): Promise<(Grant & { displayName: string | null })[]> {
  const view = bank.options.store.view;
  const wanted = at.role === undefined ? undefined : roleNamed(at.role);
  if (wanted !== undefined && !(grantedRoles as readonly string[]).includes(wanted))
    throw new Stop(`--role: expected one of ${grantedRoles.map(spelledRole).join(", ")}`, "WRONG_USAGE");
  const all: Grant[] = [];
  if (at.organization) all.push(...(await view.grantsOfOrganization(await organizationNamed(bank, at.organization))));
  else for await (const grant of view.scan("grants")) all.push(grant);
  const grants = all.filter((grant) => wanted === undefined || grant.role === wanted);
  const ids = [...new Set(grants.map(({ personId }) => personId))];
  const names = await bank.services.people.labels(system, ids);
  const nameOf = new Map(ids.map((id, i) => [id, names[i] ?? null]));
  return grants.map((grant) => ({ ...grant, displayName: nameOf.get(grant.personId) ?? null }));
}

async function organizationNamed(bank: OpenBank, slug: string): Promise<string> {
  const organization = await bank.options.store.view.organizationBySlug(slug);
  if (!organization) throw new Stop(`no organisation ${slug}`);
  return organization.id;
}
