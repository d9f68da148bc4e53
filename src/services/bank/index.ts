import type { ActorKind } from "../../domain/facts/actors";
import type { AccountKind } from "../../domain/facts/ledger";
import type { Division, Organization } from "../../domain/facts/organizations";
import type { Grant, Guardianship } from "../../domain/facts/people";
import type { PolicyVersion } from "../../domain/facts/policies";
import type { IdPrefix } from "../../domain/facts/words";
import { type Day, dayOf, type Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { Refusal, type RefusalCode, refuse } from "../../domain/kit/refusal";
import { isKeepable } from "../../domain/kit/texts";
import type { Account } from "../../domain/ledger/accounts";
import { below, lineage } from "../../domain/organizations";
import { divisionCodeOf, knownDivision, openDivision } from "../../domain/organizations/divisions";
import { type Named, namesAgree, type Papers } from "../../domain/people/papers";
import { isGuarded, type Profile, type SaidField } from "../../domain/people/volunteers";
import {
  type Act,
  type Actor,
  deny,
  type HeldGrant,
  permit,
  roleFor,
  type Scope,
  scopeOf,
  system,
  type Where,
} from "../../domain/permissions/actors";
import { Policies } from "../../domain/policies";
import type { Store, StoredCommand, Tx, View } from "../../storage/store";
import type { Done } from "./answers";
import { type Entropy, newId } from "./entropy";
import { AnsweredBefore, currentStep } from "./steps";
import { type Capacity, capacities, certificateTerm, type Findable, paperTerm, renewedTerms, termsOf } from "./terms";
import { Vault } from "./vault";

/** What profiles of all capacities have in common. */
export type PersonProfile = Findable & { birthDate?: Day | null; said?: readonly SaidField[] };

export interface BankOptions {
  store: Store;
  clock: () => Instant;
  entropy: Entropy;
  /** 32 bytes: wraps personal keys and keys the search hashes. */
  secret: Buffer;
  /** The bank's name in every journal entry, e.g. `goodhours.example/zhuji`. */
  origin: string;
  /** Whose tokens carry our own person ids as subjects: the demo's key alone. Null where people come from an issuer of theirs. */
  issuer: string | null;
  /** Whose tokens the bank believes, where that is not `issuer`: no other issuer's subject is a way in. */
  tokenIssuer?: string;
  /** Hears once of each person whose key does not open. The server sets it, and writes a line of its log. */
  tellUnreadable?: (personId: string) => void;
}

/** What every service shares: the store, the vault, the clock, permission, idempotency and paging. */
export class Bank {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: () => Instant;
  readonly entropy: Entropy;

  constructor(readonly options: BankOptions) {
    this.store = options.store;
    this.clock = options.clock;
    this.entropy = options.entropy;
    this.vault = new Vault(options.store, options.entropy, options.secret, (id) => options.tellUnreadable?.(id));
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

  /** Where something at an organisation happens, with the divisions above it. */
  async at(view: View, organization: Organization, volunteerId?: string): Promise<Where> {
    return {
      organizationId: organization.id,
      divisions: lineage(organization.divisionCode, await this.divisions(view)),
      volunteerId,
    };
  }

  /** A volunteer's registration is kept by the station that registered or activated them, and by the office of their division. */
  async placesOf(
    view: View,
    { id: volunteerId, vouchedBy, divisionCode }: { id: string; vouchedBy: string | null; divisionCode: string },
  ): Promise<Where[]> {
    const divisions = lineage(divisionCode, await this.divisions(view));
    return [
      { volunteerId, divisions },
      ...(vouchedBy === null ? [] : [{ volunteerId, organizationId: vouchedBy, divisions }]),
    ];
  }

  /** From when on a sign-up or a submission still ties its volunteer: for so long hours may be entered and corrected. */
  async tiedSince(view: View): Promise<Instant> {
    const days = (await this.policies(view)).count("record.backfill.windowDays", this.today());
    return this.clock() - days * 86_400_000;
  }

  /** Who answers for each of these volunteers today; the grown up have nobody. */
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

  /** For which volunteers somebody answers today. */
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

  /** The places where the actor may do it, divisions spelled out; null where it may everywhere. Refuses whoever may nowhere. */
  async scope(view: View, actor: Actor, act: Act): Promise<Omit<Scope, "all"> | null> {
    const { all, organizationIds, divisionCodes } = scopeOf(actor, act, this.today());
    if (all) return null;
    if (organizationIds.length + divisionCodes.length === 0) refuse("NOT_PERMITTED", { act });
    const divisions = divisionCodes.length === 0 ? new Map() : await this.divisions(view);
    return { organizationIds, divisionCodes: divisionCodes.flatMap((code) => below(code, divisions)) };
  }

  /** Where something is to happen there that its own people do not begin: ORGANIZATION_INACTIVE. */
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

  /** The stations of a place's divisions and of those above, each as a place; and the divisions themselves, for the office. */
  async stationsOver(view: View, where: Where): Promise<Where[]> {
    const stations = await view.organizationList(
      { kinds: ["SOCIAL_WORK_STATION"], divisionCodes: where.divisions ?? [] },
      { first: 100, after: null },
    );
    return [{ ...where, organizationId: null }, ...stations.map(({ id }) => ({ ...where, organizationId: id }))];
  }

  /** A division's places: its stations, those above it, and the office. */
  async placesOver(view: View, divisionCode: string): Promise<Where[]> {
    return this.stationsOver(view, { divisions: lineage(divisionCode, await this.divisions(view)) });
  }

  /** In which of these divisions the actor may do what their stations may. */
  async divisionsWhere(view: View, actor: Actor, act: Act, codes: readonly string[]): Promise<Set<string>> {
    const { all, ...scope } = scopeOf(actor, act, this.today());
    if (all || codes.length === 0) return new Set(codes);
    const within = await this.divisionsUnder(view, scope);
    return new Set(codes.filter((code) => within.includes(code)));
  }

  /** All divisions in which the actor may do what their stations may; null for all there are. Refuses whoever may nowhere. */
  async divisionScope(view: View, actor: Actor, act: Act): Promise<string[] | null> {
    const { all, ...scope } = scopeOf(actor, act, this.today());
    if (all) return null;
    const within = await this.divisionsUnder(view, scope);
    return within.length > 0 ? within : refuse("NOT_PERMITTED", { act });
  }

  private async divisionsUnder(view: View, { organizationIds, divisionCodes }: Omit<Scope, "all">): Promise<string[]> {
    if (organizationIds.length + divisionCodes.length === 0) return [];
    const divisions = await this.divisions(view);
    const organizations = [...(await view.organizations(organizationIds)).values()];
    const stations = organizations.filter(({ kind }) => kind === "SOCIAL_WORK_STATION");
    const heads = [...divisionCodes, ...stations.map(({ divisionCode }) => divisionCode)];
    return [...new Set(heads.flatMap((code) => below(code, divisions)))];
  }

  /** At which of these organisations the actor may do it. */
  async organizationsWhere(
    view: View,
    actor: Actor,
    act: Act,
    organizationIds: readonly string[],
  ): Promise<Set<string>> {
    if (organizationIds.length === 0) return new Set();
    const divisions = await this.divisions(view);
    const permitted = new Set<string>();
    for (const { id, divisionCode } of (await view.organizations(organizationIds)).values())
      if (this.permitAny(actor, act, [{ organizationId: id, divisions: lineage(divisionCode, divisions) }]))
        permitted.add(id);
    return permitted;
  }

  async organization(view: View, id: string, path: string[] = ["organizationId"]): Promise<Organization> {
    return (await view.organizations([id])).get(id) ?? refuse("NOT_FOUND", {}, path);
  }

  /** Makes the key that seals what is said of an organisation, before the ledger says so; for whoever may say something. */
  async admitWords(actor: Actor, act: Act, organizationId: string, path?: string[]): Promise<void> {
    const view = this.store.view;
    this.permit(actor, act, await this.at(view, await this.organization(view, organizationId, path)));
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

  /** The person who holds this certificate of social work; null where nobody does. */
  async personByCertificate(view: View, certificateNo: string): Promise<string | null> {
    const { kind, hash } = certificateTerm(this.vault, certificateNo);
    return (await view.personsByTerm(kind, [hash]))[0] ?? null;
  }

  /** The person whose papers a station has seen; null where nobody is known by them. What somebody only said finds nobody. */
  async personByPapers(view: View, papers: Papers | null): Promise<string | null> {
    return papers === null ? null : ((await this.holders(view, papers))[0] ?? null);
  }

  /** Everybody whose papers a station has seen these to be. */
  async holders(view: View, papers: Papers): Promise<string[]> {
    const { kind, hash } = paperTerm(this.vault, papers);
    return view.personsByTerm(kind, [hash]);
  }

  /**
   * Whether seen papers may be this person's. PAPERS_DISAGREE where who is known by them has another name or birth date,
   * for a station to look again; DUPLICATE_PERSON where they are another's, or the person is known by another number.
   */
  async checkPapers(
    view: View,
    personId: string,
    papers: Papers | null,
    named: Named & { birthDate?: Day | null },
    { path = ["idNumber"], corrects = false }: { path?: string[]; corrects?: boolean } = {},
  ): Promise<void> {
    if (papers === null) return;
    // What is corrected need not agree with what stood there before.
    const known = (await this.holders(view, papers)).filter((holder) => !corrects || holder !== personId);
    for (const holder of known) await this.checkAgrees(view, holder, papers, named, path);
    const others = known.some((other) => other !== personId);
    const knownOtherwise = !corrects && !known.includes(personId) && (await view.hasTerm(personId, "id"));
    if (others || knownOtherwise) refuse("DUPLICATE_PERSON", {}, path);
  }

  /** By which terms a person is found, anew: of all capacities together. Certificates stay, also earlier ones. */
  async renewTerms(tx: Tx, personId: string): Promise<void> {
    const profiles = await this.profilesOf(tx, personId);
    const terms = profiles.flatMap(({ capacity, profile }) => termsOf(this.vault, capacity, profile));
    for (const kind of renewedTerms)
      await tx.replaceSearchTerms(
        personId,
        kind,
        terms.filter((term) => term.kind === kind).map(({ hash }) => hash),
      );
  }

  private async checkAgrees(
    view: View,
    personId: string,
    papers: Papers,
    named: Named & { birthDate?: Day | null },
    path: string[],
  ): Promise<void> {
    const profiles = await this.profilesOf(view, personId);
    const known = profiles.filter(({ profile }) => profile.idNumber === papers.number);
    const wrong = new Set<"name" | "birthDate">();
    for (const { profile } of known) {
      if (!namesAgree(profile, named)) wrong.add("name");
      const [theirs, ours] = [profile.birthDate ?? null, named.birthDate ?? null];
      if (theirs !== null && ours !== null && theirs !== ours) wrong.add("birthDate");
    }
    if (wrong.size > 0) refuse("PAPERS_DISAGREE", { disagree: [...wrong] }, path);
  }

  /** What is sealed of a person in each capacity, as it stands. */
  async profilesOf(view: View, personId: string): Promise<{ capacity: Capacity; profile: PersonProfile }[]> {
    const ids: Record<Capacity, string | undefined> = {
      VOLUNTEER: (await view.volunteerOfPerson(personId))?.profileId,
      RECIPIENT: (await view.recipientOfPerson(personId))?.profileId,
      SOCIAL_WORKER: (await view.socialWorkerOfPerson(personId))?.profileId,
      STAFF: (await view.profilesOfStaff([personId])).get(personId),
    };
    const opened = await this.vault.open<PersonProfile>(
      view,
      capacities.map((capacity) => ids[capacity] ?? null),
    );
    return capacities.flatMap((capacity) => {
      const profile = opened.get(ids[capacity] ?? "");
      return profile ? [{ capacity, profile: { ...profile, papersSeen: profile.papersSeen ?? true } }] : [];
    });
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

  /** The same for several new persons: `kept` are those who were made. */
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

  /** Does a step, which needs no key but may have one, under the roles that the actor holds when its turn comes. */
  async act<T>(actor: Actor, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> {
    const step = currentStep();
    const who = actor.personId;
    const [key, requestHash] =
      step && step.key !== null && who !== null
        ? [step.key, this.requestHash(step.operation, step.request)]
        : [null, ""];
    if (key !== null) this.checkKey(key);
    const answer = await this.store.write(async (tx) => {
      const before = key === null ? undefined : await this.command(tx, who as string, key);
      if (before) return { before };
      const head = step && (await tx.head()).seq;
      const value = await work(tx, await this.renewed(tx, actor));
      if (step) Object.assign(step, { acted: true, changed: (await tx.head()).seq !== head });
      if (key !== null)
        await this.saveCommand(tx, who as string, key, { requestHash, outcome: { done: subjectOf(value) } });
      return { value };
    });
    if (answer.before === undefined) return answer.value as T;
    if (answer.before.requestHash !== requestHash) refuse("IDEMPOTENCY_CONFLICT", {}, ["idempotencyKey"]);
    throw new AnsweredBefore((answer.before.outcome as { done?: string | null }).done ?? null);
  }

  /** Roles are read inside the transaction, like everything a decision needs: one may have ended while the command waited. */
  async renewed(view: View, actor: Actor): Promise<Actor> {
    if (actor === system || actor.personId === null) return actor;
    return { ...actor, grants: (await this.held(view, [actor.personId])).get(actor.personId) ?? [] };
  }

  /** What each of these persons holds, with how the houses stand at which they hold it. */
  async held(view: View, personIds: readonly string[]): Promise<Map<string, HeldGrant[]>> {
    const grants = await view.grantsOfPersons(personIds);
    const organizations = await view.organizations(
      [...grants.values()].flat().flatMap((grant) => grant.organizationId ?? []),
    );
    const state = ({ organizationId }: Grant) => organizations.get(organizationId ?? "")?.state ?? null;
    return new Map(
      [...grants].map(([id, held]) => [id, held.map((grant) => ({ ...grant, organizationState: state(grant) }))]),
    );
  }

  /**
   * Does a command once for its key. The key is resolved before any rule; a refusal that depends on the bank's state is
   * frozen under it. `render` tells the outcome anew, so that a replay shows what the actor may see today. A refusal that
   * `work` returns, and does not throw, keeps what was written before it, such as the count of tries.
   */
  async once<O, T>(
    actor: Actor,
    operation: string,
    key: string,
    request: unknown,
    work: (tx: Tx, actor: Actor) => Promise<O | Refusal>,
    render: (view: View, outcome: O) => Promise<T>,
  ): Promise<Done<T>> {
    const who = actor.personId ?? refuse("NOT_PERMITTED", { act: operation });
    this.checkKey(key);
    const requestHash = this.requestHash(operation, request);
    const earlier = async (view: View) => {
      const stored = await this.command(view, who, key);
      if (stored && stored.requestHash !== requestHash) refuse("IDEMPOTENCY_CONFLICT", {}, ["idempotencyKey"]);
      return stored?.outcome as Outcome<O> | undefined;
    };
    const answer = await this.store
      .write(async (tx) => {
        const before = await earlier(tx);
        if (before) return replay(before);
        const done = await work(tx, await this.renewed(tx, actor));
        if (done instanceof Refusal) {
          if (!passing.includes(done.code))
            await this.saveCommand(tx, who, key, { requestHash, outcome: frozen(done) });
          return { refusal: done };
        }
        await this.saveCommand(tx, who, key, { requestHash, outcome: { done } });
        return { value: await render(tx, done), replayed: false, outcome: done };
      })
      .catch((error: unknown) => this.freeze(error, who, key, requestHash, earlier));
    if ("refusal" in answer) throw answer.refusal;
    if ("value" in answer) return { value: answer.value as T, replayed: false };
    return { value: await this.store.read((view) => render(view, answer.outcome as O)), replayed: true };
  }

  command(view: View, who: string, key: string): Promise<StoredCommand | undefined> {
    return view.command(who, this.keptKey(key));
  }

  saveCommand(tx: Tx, who: string, key: string, command: StoredCommand): Promise<void> {
    return tx.saveCommand(who, this.keptKey(key), command);
  }

  /** A client may make its key of a telephone number. The bank keeps a key for good, so it keeps the hash alone. */
  private keptKey(key: string): string {
    return this.vault.shortHash("command-key", key);
  }

  checkKey(key: string): void {
    if (key.length === 0 || Buffer.byteLength(key, "utf8") > 200 || !isKeepable(key))
      refuse("INVALID_INPUT", { bytesMax: 200 }, ["idempotencyKey"]);
  }

  /** Keyed: nobody without the secret can try what was asked. */
  requestHash(operation: string, request: unknown): string {
    return this.vault.hash("command", `${operation}\0${canonical(request)}`);
  }

  private async freeze<O>(
    error: unknown,
    who: string,
    key: string,
    requestHash: string,
    earlier: (view: View) => Promise<Outcome<O> | undefined>,
  ): Promise<{ outcome: O; replayed: true }> {
    if (!(error instanceof Refusal) || passing.includes(error.code)) throw error;
    await this.store.write(async (tx) => {
      if (await earlier(tx)) return;
      await this.saveCommand(tx, who, key, { requestHash, outcome: frozen(error) });
    });
    throw error;
  }
}

/** What is made of a list, made once for each list: a table that was not changed is read as the same one. */
function derived<T extends object, D>(known: WeakMap<T, D>, from: T, make: (from: T) => D): D {
  const made = known.get(from) ?? make(from);
  known.set(from, made);
  return made;
}

type Outcome<O> = { done: O } | { refused: { code: RefusalCode; details: Record<string, unknown>; path: string[] } };

const frozen = ({ code, details, path }: Refusal) => ({ refused: { code, details, path: [...path] } });

/** Refusals of the request as such, which the same request may outgrow: they do not use up its key. */
const passing: readonly RefusalCode[] = [
  "INVALID_INPUT",
  "NOT_PERMITTED",
  "IDEMPOTENCY_CONFLICT",
  "BATCH_TOO_LARGE",
  "TOO_MANY_TRIES",
  // The operator restores the key, and the same request goes through.
  "KEY_UNREADABLE",
  // Where somebody stands is looked at and forgotten: it is no part of the request that its key stands for.
  "OUT_OF_AREA",
];

function replay<O>(outcome: Outcome<O>): { outcome: O; replayed: true } {
  if ("refused" in outcome)
    throw Object.assign(new Refusal(outcome.refused.code, outcome.refused.details, outcome.refused.path), {
      replayed: true,
    });
  return { outcome: outcome.done, replayed: true };
}

/** One spelling of a value: keys sorted, absent and null alike. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  const fields = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(fields).filter((name) => fields[name] !== null && fields[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`)
    .join(",")}}`;
}

/** What a step was about, by id: what it answers, or what that is named by. */
function subjectOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  const { id } = (value ?? {}) as { id?: unknown };
  return typeof id === "string" ? id : null;
}
