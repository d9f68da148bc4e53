import type { ActorKind } from "../../domain/facts/actors";
import type { AccountKind } from "../../domain/facts/ledger";
import type { Division, Organization } from "../../domain/facts/organizations";
import type { Grant, Guardianship } from "../../domain/facts/people";
import type { PolicyVersion } from "../../domain/facts/policies";
import type { IdPrefix } from "../../domain/facts/words";
import { type Day, dayOf, type Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import type { Account } from "../../domain/ledger/accounts";
import { below } from "../../domain/organizations";
import { divisionCodeOf, knownDivision, openDivision } from "../../domain/organizations/divisions";
import { isGuarded, type Profile } from "../../domain/people/volunteers";
import {
  type Act,
  type Actor,
  deny,
  type HeldGrant,
  permit,
  roleFor,
  system,
  type Where,
} from "../../domain/permissions/actors";
import { Policies } from "../../domain/policies";
import type { Store, View } from "../../storage/store";
import type { Done } from "./answers";
import { CommandLog } from "./command-log";
import { type Entropy, newId } from "./entropy";
import { PersonPapers } from "./papers";
import { Places } from "./places";
import { Vault } from "./vault";

export interface BankOptions {
  store: Store;
  clock: () => Instant;
  entropy: Entropy;
  /** 32 bytes: wraps personal keys and keys the search hashes. */
  secret: Buffer;
  /** The bank's name in every journal entry, e.g. `goodhours.example/zhuji`. */
  origin: string;
  /** The issuer whose tokens carry our own person ids as subjects: the demo's key alone. Null where people sign in at another issuer. */
  issuer: string | null;
  /** The issuer whose tokens the bank believes, where that is not `issuer`. Subjects of other issuers cannot sign in. */
  tokenIssuer?: string;
  /** Hears once of each person whose key does not open. The server sets it, and writes a line of its log. */
  tellUnreadable?: (personId: string) => void;
}

/** What every service shares: the store, the vault, the clock, permissions, and what is done once for a key. */
export class Bank {
  readonly store: Store;
  readonly vault: Vault;
  readonly places: Places;
  readonly papers: PersonPapers;
  readonly commands: CommandLog;
  readonly clock: () => Instant;
  readonly entropy: Entropy;

  constructor(readonly options: BankOptions) {
    this.store = options.store;
    this.clock = options.clock;
    this.entropy = options.entropy;
    this.vault = new Vault(options.store, options.entropy, options.secret, (id) => options.tellUnreadable?.(id));
    this.places = new Places(
      () => this.today(),
      (view) => this.divisions(view),
    );
    this.papers = new PersonPapers(this.vault);
    this.commands = new CommandLog(this.store, this.vault, (view, actor) => this.renewed(view, actor));
  }

  today(): Day {
    return dayOf(this.clock());
  }

  id(prefix: IdPrefix, now = this.clock()): string {
    return newId(prefix, now, this.entropy);
  }

  private readonly byCode = new WeakMap<readonly Division[], ReadonlyMap<string, Division>>();
  /** All divisions by code, in the order of their last steps. A province has ten thousand. */
  async divisions(view: View): Promise<ReadonlyMap<string, Division>> {
    return derived(
      this.byCode,
      await view.divisions(),
      (all) => new Map(all.map((division) => [division.code, division])),
    );
  }

  /** The division that a text names. DIVISION_NOT_FOUND. */
  async division(view: View, text: string): Promise<Division> {
    return knownDivision(text, await this.divisions(view));
  }

  /** The division in which something new begins. DIVISION_NOT_FOUND, DIVISION_RETIRED. */
  async openDivision(view: View, text: string): Promise<Division> {
    return openDivision(text, await this.divisions(view));
  }

  /** A filter's division and all below it: none where no division has that code, undefined where the filter names none. */
  async divisionsIn(view: View, text: string | null | undefined): Promise<string[] | undefined> {
    if (!text) return undefined;
    const divisions = await this.divisions(view);
    return below(divisionCodeOf(text, divisions), divisions);
  }

  private readonly inOrder = new WeakMap<readonly PolicyVersion[], Policies>();
  /** All policies. */
  async policies(view: View): Promise<Policies> {
    return derived(this.inOrder, await view.policies(), (versions) => new Policies(versions));
  }

  /** The instant since which a sign-up or a submission ties its volunteer: for so long hours may be entered and corrected. */
  async tiedSince(view: View): Promise<Instant> {
    const days = (await this.policies(view)).count("record.backfill.windowDays", this.today());
    return this.clock() - days * 86_400_000;
  }

  /** The guardians of each of these volunteers today; an adult has none. */
  async guardiansOf(view: View, volunteerIds: readonly string[]): Promise<Map<string, string[]>> {
    const linked = await view.guardianshipsFor(volunteerIds);
    const holding = await this.holding(view, [...linked.values()].flat());
    return new Map(
      [...linked.keys()].map((id) => [
        id,
        holding.filter(({ volunteerId }) => volunteerId === id).map(({ personId }) => personId),
      ]),
    );
  }

  /** The volunteers whose guardian the person is today. */
  async wardsOf(view: View, personId: string): Promise<string[]> {
    return (await this.holding(view, await view.guardianshipsOf(personId))).map(({ volunteerId }) => volunteerId);
  }

  private async holding(view: View, guardianships: readonly Guardianship[]): Promise<Guardianship[]> {
    if (guardianships.length === 0) return [];
    const wards = await view.volunteers(guardianships.map(({ volunteerId }) => volunteerId));
    const profiles = await this.vault.open<Profile>(
      view,
      [...wards.values()].map(({ profileId }) => profileId),
    );
    return guardianships.filter((guardianship) =>
      isGuarded(profiles.get(wards.get(guardianship.volunteerId)?.profileId ?? ""), guardianship, this.today()),
    );
  }

  permit(actor: Actor, act: Act, ...places: readonly Where[]): ActorKind {
    return permit(actor, act, places, this.today());
  }
  deny(actor: Actor, act: Act, ...places: readonly Where[]): never {
    return deny(actor, act, places, this.today());
  }

  /** Refuses what others begin at an organisation that is not active: ORGANIZATION_INACTIVE. */
  checkActive({ state }: Organization): void {
    if (state !== "ACTIVE") refuse("ORGANIZATION_INACTIVE", { state }, ["organizationId"]);
  }

  permitAny(actor: Actor, act: Act, places: readonly Where[]): ActorKind | null {
    for (const place of places) {
      const role = roleFor(actor, act, place, this.today());
      if (role) return role;
    }
    return null;
  }

  async organization(view: View, id: string, path: string[] = ["organizationId"]): Promise<Organization> {
    return (await view.organizations([id])).get(id) ?? refuse("NOT_FOUND", {}, path);
  }

  /** Makes the key under which words about an organisation are sealed, before the ledger names it; for an actor who may do the act there. */
  async admitWords(actor: Actor, act: Act, organizationId: string, path?: string[]): Promise<void> {
    const view = this.store.view;
    this.permit(actor, act, await this.places.at(view, await this.organization(view, organizationId, path)));
    await this.vault.ensure(organizationId);
  }

  /** The id of the bank's own account of a kind. */
  async bankAccountId(view: View, kind: AccountKind): Promise<string> {
    const id = await view.bankAccountId(kind);
    invariant(id, `the bank has an account ${kind}`);
    return id;
  }

  async bankAccount(view: View, kind: AccountKind): Promise<Account> {
    const account = await view.bankAccount(kind);
    invariant(account, `the bank has an account ${kind}`);
    return account;
  }

  /**
   * Does what may make a new person. Their own key seals what is kept of them, so it is durable before the ledger says so;
   * only what is known to have been refused, or done before, gives it back: an unknown outcome may have happened.
   */
  async admitting<T>(personId: string, isNew: boolean, work: () => Promise<{ done: T; kept: boolean }>): Promise<T> {
    if (isNew) await this.vault.admit(personId);
    try {
      const { done, kept } = await work();
      if (isNew && !kept) await this.vault.dismiss(personId);
      return done;
    } catch (error) {
      if (isNew && error instanceof Refusal) await this.vault.dismiss(personId);
      throw error;
    }
  }

  /** Does the same for a command. Where its key was used before, its answer is about the person who was made then. */
  admittingOnce<T extends { personId: string }>(
    personId: string,
    isNew: boolean,
    once: () => Promise<Done<T>>,
  ): Promise<Done<T>> {
    return this.admitting(personId, isNew, async () => {
      const done = await once();
      return { done, kept: done.value.personId === personId };
    });
  }

  /** Does the same for several new persons; `kept` are the persons who were made. */
  async admittingAll<T>(
    personIds: readonly string[],
    work: () => Promise<{ done: T; kept: ReadonlySet<string> }>,
  ): Promise<T> {
    const dismiss = async (ids: readonly string[]) => {
      for (const id of ids) await this.vault.dismiss(id);
    };
    for (const id of personIds) await this.vault.admit(id);
    try {
      const { done, kept } = await work();
      await dismiss(personIds.filter((id) => !kept.has(id)));
      return done;
    } catch (error) {
      if (error instanceof Refusal) await dismiss(personIds);
      throw error;
    }
  }

  /** Roles are read inside the transaction, like everything a decision needs: one may have ended while the command waited. */
  async renewed(view: View, actor: Actor): Promise<Actor> {
    if (actor === system || actor.personId === null) return actor;
    return { ...actor, grants: (await this.held(view, [actor.personId])).get(actor.personId) ?? [] };
  }

  /** The grants of each person, with the state of the organisation at which each is held. */
  held(view: View, personIds: readonly string[]): Soon<Map<string, HeldGrant[]>> {
    return whenKnown(view.grantsOfPersons(personIds), (grants) => {
      const places = [...grants.values()].flat().flatMap((grant) => grant.organizationId ?? []);
      return whenKnown(view.organizations(places), (organizations) => {
        const state = ({ organizationId }: Grant) => organizations.get(organizationId ?? "")?.state ?? null;
        return new Map(
          [...grants].map(([id, held]) => [id, held.map((grant) => ({ organizationState: state(grant), ...grant }))]),
        );
      });
    });
  }
}

/** What is made of a list, made once for each list: a table that was not changed is read as the same one. */
function derived<T extends object, D>(known: WeakMap<T, D>, from: T, make: (from: T) => D): D {
  const made = known.get(from) ?? make(from);
  known.set(from, made);
  return made;
}
