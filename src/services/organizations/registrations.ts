import {
  type Division,
  type Organization,
  type OrganizationProfile,
  organizationProfileSet,
} from "../../domain/facts/organizations";
import type { Day } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { divisionCodeOf, openDivision } from "../../domain/organizations/divisions";
import type { Actor } from "../../domain/permissions/actors";
import type { Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { type Asked, filled, read } from "../bank/fields";
import { organization } from "./commands";

/** An organisation as it is registered. */
export type OrganizationLine = Asked<typeof organization>;

/** What a batch of registrations goes by, read once for all its lines. */
interface Register {
  divisions: ReadonlyMap<string, Division>;
  villageKinds: readonly string[];
  bySlug: Map<string, Organization>;
  byUscc: Map<string, Organization>;
  /** Organisations by name and division, for lines that say neither a short name nor a code. */
  byName: Map<string, Organization>;
  profiles: Map<string, OrganizationProfile>;
}

/** Registers organisations, one or many. */
export class Registrations {
  constructor(private readonly bank: Bank) {}

  /** What a line says, by its form alone. */
  check(asked: OrganizationLine): OrganizationLine {
    const line = read(organization, asked);
    if (line.registeredOn !== null) checkRegisteredOn(line.registeredOn, this.bank.today());
    return line;
  }

  /** The organisations that these lines may be about, and what else they are compared with. */
  async register(tx: Tx, lines: readonly OrganizationLine[]): Promise<Register> {
    const unnamed = lines.filter(({ slug, uscc }) => slug == null && uscc == null);
    const known = [
      ...(await tx.organizationsBySlug(lines.flatMap(({ slug }) => slug ?? []))),
      ...(await tx.organizationsByUscc(lines.flatMap(({ uscc }) => uscc ?? []))),
      ...(await tx.organizationsByName(unnamed.map(({ name }) => name))),
    ];
    const register: Register = {
      divisions: await this.bank.divisions(tx),
      villageKinds: (await this.bank.policies(tx)).villageKinds(this.bank.today()).map(({ code }) => code),
      bySlug: new Map(),
      byUscc: new Map(),
      byName: new Map(),
      profiles: await tx.organizationProfiles(known.map(({ id }) => id)),
    };
    for (const organization of known) enter(register, organization);
    return register;
  }

  /** Registers an organisation; answers with its id. */
  async add(tx: Tx, actor: Actor, register: Register, line: OrganizationLine): Promise<string> {
    const { divisions } = register;
    const { code: divisionCode } = openDivision(line.divisionCode, divisions);
    this.bank.permit(actor, "organization.register", { divisions: lineage(divisionCode, divisions) });
    this.checkUnique(register, line);
    const id = this.bank.id("organization", tx.now);
    const { name, kind, filingStatus } = line;
    const slug = line.slug ?? `organization-${id.slice(-12)}`;
    const uscc = line.uscc ?? null;
    const organization: Organization = {
      id,
      slug,
      name,
      kind,
      uscc,
      filingStatus,
      divisionCode,
      state: "ACTIVE",
      version: 1,
    };
    await tx.append(actor.personId as string, { type: "ORGANIZATION_STEP", ...organization });
    enter(register, organization);
    await this.describe(tx, actor, register, id, line);
    return id;
  }

  /** The organisation that the line repeats; undefined where it is new, or says something else than what is known. */
  knownAs(register: Register, line: OrganizationLine): Organization | undefined {
    const { slug, uscc } = line;
    const divisionCode = divisionCodeOf(line.divisionCode, register.divisions);
    const known =
      (slug == null ? undefined : register.bySlug.get(slug)) ??
      (uscc == null ? undefined : register.byUscc.get(uscc)) ??
      (slug == null && uscc == null ? register.byName.get(nameKey({ ...line, divisionCode })) : undefined);
    if (!known) return undefined;
    const is = { ...known, ...(register.profiles.get(known.id) ?? undescribed) };
    const wanted = filled({ ...line, divisionCode });
    return (Object.keys(wanted) as (keyof typeof wanted)[]).every((field) => wanted[field] === is[field])
      ? known
      : undefined;
  }

  private checkUnique({ bySlug, byUscc, villageKinds }: Register, { slug, uscc, villageKind }: OrganizationLine): void {
    if (slug != null && bySlug.has(slug)) refuse("DUPLICATE_SLUG", {}, ["slug"]);
    if (uscc != null && byUscc.has(uscc)) refuse("DUPLICATE_USCC", {}, ["uscc"]);
    if (villageKind != null && !villageKinds.includes(villageKind))
      refuse("INVALID_INPUT", { known: villageKinds }, ["villageKind"]);
  }

  private async describe(tx: Tx, actor: Actor, register: Register, organizationId: string, line: OrganizationLine) {
    const { slug, name, kind, uscc, filingStatus, divisionCode, ...described } = line;
    const stated = filled(described);
    if (Object.keys(stated).length === 0) return;
    const profile = { ...undescribed, organizationId, ...stated, version: 1 };
    await tx.append(actor.personId as string, organizationProfileSet.fact(profile));
    register.profiles.set(organizationId, profile);
  }
}

/** An organisation of which nothing was set besides its registration. */
export const undescribed: Omit<OrganizationProfile, "organizationId"> = {
  registeredOn: null,
  hub: false,
  villageKind: null,
  supervisorId: null,
  version: 0,
};

/** The day of a registration or filing has come. */
export function checkRegisteredOn(registeredOn: Day, today: Day): void {
  if (registeredOn > today) refuse("IN_THE_FUTURE", { today }, ["registeredOn"]);
}

function enter({ bySlug, byUscc, byName }: Register, organization: Organization): void {
  bySlug.set(organization.slug, organization);
  if (organization.uscc !== null) byUscc.set(organization.uscc, organization);
  byName.set(nameKey(organization), organization);
}

const nameKey = ({ name, divisionCode }: Pick<Organization, "name" | "divisionCode">) => `${divisionCode} ${name}`;
