import {
  type Award,
  type Division,
  type Organization,
  type OrganizationProfile,
  organizationProfileSet,
} from "../../domain/facts/organizations";
import { invariant } from "../../domain/kit/invariant";
import { checkVersion } from "../../domain/kit/moves";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { markOf, marks, type VillageKind } from "../../domain/organizations";
import type { Actor } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { BatchOf, Connection, Done, OrderedPageInput } from "../bank/answers";
import { batch, checkBatch, lineRead, lines, readLines, rehearse } from "../bank/batch";
import { type Asked, read, readField } from "../bank/fields";
import { paged } from "../bank/paging";
import {
  describeOrganization,
  organizationFilter,
  recordAward,
  type registerOrganization,
  registerOrganizations,
  withdrawAward,
} from "./commands";
import { checkRegisteredOn, Registrations, undescribed } from "./registrations";

export class Organizations {
  private readonly registrations: Registrations;

  constructor(private readonly bank: Bank) {
    this.registrations = new Registrations(bank);
  }

  async register(actor: Actor, input: Asked<typeof registerOrganization>): Promise<Done<Organization>> {
    const line = this.registrations.check(input);
    return this.bank.commands.once(
      actor,
      "registerOrganization",
      input,
      async (tx, actor) => {
        const register = await this.registrations.register(tx, [line]);
        return this.registrations.add(tx, actor, register, line);
      },
      renderOrganization,
    );
  }

  async registerAll(actor: Actor, input: Asked<typeof registerOrganizations>): Promise<BatchOf<Organization>> {
    const { dryRun, ...request } = input;
    checkBatch(registerOrganizations, "organizations", input.organizations);
    const read = readLines(input.organizations, (line) => this.registrations.check(line));
    const work = async (tx: Tx, actor: Actor) => {
      await this.bank.places.scope(tx, actor, "organization.register");
      const valid = read.flatMap((line) => (line instanceof Refusal ? [] : line));
      const register = await this.registrations.register(tx, valid);
      return lines(read, input.mode, async (asked) => {
        const line = lineRead(asked);
        const known = this.registrations.knownAs(register, line);
        return known
          ? { id: known.id, repeated: true }
          : { id: await this.registrations.add(tx, actor, register, line), repeated: false };
      });
    };
    if (dryRun) return rehearse(this.bank, actor, work, seen);
    return batch(this.bank, actor, "registerOrganizations", request, work, seen);
  }

  async many(ids: readonly string[]): Promise<(Organization | null)[]> {
    const organizations = await this.bank.store.view.organizations(ids);
    return ids.map((id) => organizations.get(id) ?? null);
  }

  async bySlug(slug: string): Promise<Organization | null> {
    return (await this.bank.store.view.organizationBySlug(slug)) ?? null;
  }

  async list(filter: Asked<typeof organizationFilter>, page: OrderedPageInput): Promise<Connection<Organization>> {
    const view = this.bank.store.view;
    const {
      slug,
      text,
      kind: kinds,
      hub,
      villageKind,
      minPlatformStar,
      compliant,
      divisionCode,
    } = read(organizationFilter, filter, ["filter"]);
    const wanted = {
      slug: slug ?? undefined,
      text: text ?? undefined,
      kinds,
      hub: hub ?? undefined,
      villageKinds: villageKind ?? undefined,
      stars: minPlatformStar === null ? undefined : { least: minPlatformStar, on: this.bank.today() },
      certified:
        compliant === null
          ? undefined
          : { on: this.bank.today(), least: await this.requiredWorkers(), reached: compliant },
      divisionCodes: await this.bank.divisionsIn(view, divisionCode),
    };
    return paged(
      page,
      { name: "organizations NAME", shape: ["text", "text"], natural: "ASC" },
      (bounds) => view.organizationList(wanted, bounds),
      (organization) => [organization.name, organization.id],
    );
  }

  /** How many certified social workers a station needs today. */
  async requiredWorkers(): Promise<number> {
    return (await this.bank.policies(this.bank.store.view)).count("station.minCertifiedWorkers", this.bank.today());
  }

  /** What an organisation is besides its registration, set by the office. VERSION_CONFLICT where it has changed since. */
  async describe(actor: Actor, input: Asked<typeof describeOrganization>): Promise<Organization> {
    const { organizationId, expectedVersion, ...described } = read(describeOrganization, input);
    const { registeredOn, villageKind, supervisorId } = described;
    if (registeredOn !== null) checkRegisteredOn(registeredOn, this.bank.today());
    return this.bank.commands.act(actor, async (tx, actor) => {
      const organization = await this.bank.organization(tx, organizationId);
      this.bank.permit(actor, "organization.describe", await this.bank.places.at(tx, organization));
      if (supervisorId === organizationId) refuse("INVALID_INPUT", { expected: "another" }, ["supervisorId"]);
      if (supervisorId !== null) await this.bank.organization(tx, supervisorId, ["supervisorId"]);
      const known = (await this.bank.policies(tx)).villageKinds(this.bank.today()).map(({ code }) => code);
      const before = (await tx.organizationProfiles([organizationId])).get(organizationId);
      // An organisation keeps a kind that has left the list.
      if (villageKind !== null && villageKind !== before?.villageKind && !known.includes(villageKind))
        refuse("INVALID_INPUT", { known }, ["villageKind"]);
      const profile = { organizationId, ...described, version: (before?.version ?? 0) + 1 };
      const fields = Object.keys(described) as (keyof typeof described)[];
      if (before && fields.every((field) => before[field] === described[field])) return organization;
      checkVersion(before, expectedVersion);
      await tx.append(actor.personId as string, organizationProfileSet.fact(profile));
      return organization;
    });
  }

  /** The profile of each organisation; it is empty where nothing was set. Batched. */
  async profiles(ids: readonly string[]): Promise<OrganizationProfile[]> {
    const profiles = await this.bank.store.view.organizationProfiles(ids);
    return ids.map((organizationId) => profiles.get(organizationId) ?? { ...undescribed, organizationId });
  }

  async villageKinds(): Promise<VillageKind[]> {
    return (await this.bank.policies(this.bank.store.view)).villageKinds(this.bank.today());
  }

  async recordAward(actor: Actor, input: Asked<typeof recordAward>): Promise<Done<Organization>> {
    if ((input.name == null) === (input.mark == null)) refuse("INVALID_INPUT", { oneOf: ["name", "mark"] }, ["name"]);
    const { grantedBy, on, ...fields } = read(recordAward, input);
    const name = fields.mark
      ? marks[fields.mark].name
      : (fields.name ?? refuse("INVALID_INPUT", { missing: true }, ["name"]));
    // Under a mark's own name it is the mark, however it was entered.
    const mark = markOf({ name });
    const today = this.bank.today();
    if (on > today) refuse("IN_THE_FUTURE", { today }, ["on"]);
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      this.bank.permit(actor, "organization.describe", await this.bank.places.at(tx, organization));
      const organizationId = organization.id;
      if (mark && marks[mark].kind !== organization.kind)
        refuse("INVALID_INPUT", { kind: marks[mark].kind }, [input.mark ? "mark" : "name"]);
      const id = this.bank.id("award", tx.now);
      const award: Award = { id, organizationId, name, grantedBy, on, withdrawn: false, version: 1 };
      await this.setAward(tx, actor, award, null);
      return organizationId;
    };
    return this.bank.commands.once(actor, "recordAward", input, work, renderOrganization);
  }

  async withdrawAward(actor: Actor, input: Asked<typeof withdrawAward>): Promise<Organization> {
    const { awardId } = input;
    const reason = readField(withdrawAward, "reason", input.reason);
    const known = (await this.bank.store.view.awards([awardId])).get(awardId) ?? refuse("NOT_FOUND", {}, ["awardId"]);
    await this.bank.admitWords(actor, "organization.describe", known.organizationId, ["awardId"]);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const award = (await tx.awards([awardId])).get(awardId) ?? known;
      const organization = await this.bank.organization(tx, award.organizationId);
      this.bank.permit(actor, "organization.describe", await this.bank.places.at(tx, organization));
      if (award.withdrawn) return organization;
      const reasonId = await this.bank.vault.seal(tx, organization.id, { reason });
      await this.setAward(tx, actor, { ...award, withdrawn: true, version: award.version + 1 }, reasonId);
      return organization;
    });
  }

  /** The honours of each organisation that were not withdrawn, the earliest first. Batched. */
  async awards(organizationIds: readonly string[]): Promise<Award[][]> {
    const awards = await this.bank.store.view.awardsOf(organizationIds);
    return organizationIds.map((id) => (awards.get(id) ?? []).filter(({ withdrawn }) => !withdrawn));
  }

  /** An honour is null where it is absent or was withdrawn. Batched. */
  async awardsById(ids: readonly string[]): Promise<(Award | null)[]> {
    const awards = await this.bank.store.view.awards(ids);
    return ids.map((id) => {
      const award = awards.get(id);
      return award && !award.withdrawn ? award : null;
    });
  }

  private async setAward(tx: Tx, actor: Actor, award: Award, reasonId: string | null): Promise<void> {
    await tx.append(actor.personId as string, { type: "AWARD_SET", ...award, reasonId });
  }

  divisions(): Promise<ReadonlyMap<string, Division>> {
    return this.bank.divisions(this.bank.store.view);
  }
}

/** What a command about an organisation answers. */
export const renderOrganization = async (view: View, id: string): Promise<Organization> => {
  const organization = (await view.organizations([id])).get(id);
  invariant(organization, "a command's organisation is there");
  return organization;
};

/** Organisations as they are now, for every actor. */
async function seen(view: View, ids: readonly string[]): Promise<(Organization | null)[]> {
  const organizations = await view.organizations(ids);
  return ids.map((id) => organizations.get(id) ?? null);
}
