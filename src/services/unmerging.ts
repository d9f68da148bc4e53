import type { Actor } from "../domain/actors";
import { dayOf } from "../domain/calendar";
import type { Joined } from "../domain/capacities";
import { countedStates, type RecordState } from "../domain/hours";
import { invariant } from "../domain/invariant";
import type { Fact } from "../domain/ledger/facts";
import { decode } from "../domain/ledger/journal";
import type { RecipientProfile } from "../domain/recipients";
import { refuse } from "../domain/refusal";
import type { SocialWorkerProfile } from "../domain/socialworkers";
import type { Profile, Volunteer } from "../domain/volunteers";
import type { Merging, Tx } from "../storage/store";
import type { Bank } from "./bank";
import type { SeparatePerson } from "./contract";
import type { Credit } from "./governing/credit";
import type { Hours } from "./hours";
import type { Brought } from "./hours/merged";
import type { Identities } from "./identities";
import { type Joinings, withoutTheirs } from "./joinings";
import type { Ties } from "./ties";
import type { Volunteers } from "./volunteers";

/** How many entries are read at once. */
const page = 500;

/** What one merging wrote: by it the parting knows what had been whose. */
interface Run {
  at: number;
  /** What was sealed under the person who went. */
  sealed: Set<string>;
  recordIds: Set<string>;
  visitIds: Set<string>;
  trainingIds: Set<string>;
  creditIds: Set<string>;
  grantIds: Set<string>;
  postIds: Set<string>;
  identityIds: Set<string>;
  /** Recipients, social workers and a volunteer that became the other person's, whole. */
  taken: Set<string>;
  /** Recipients and social workers that went into the other person's. */
  ended: Set<string>;
  endedKinds: Set<string>;
  touched: Set<string>;
  guardianships: Extract<Fact, { type: "GUARDIAN_SET" }>[];
  organizationIds: Set<string>;
  staff: boolean;
  brought: Brought;
}
interface Needed {
  bank: Bank;
  volunteers: Volunteers;
  identities: Identities;
  credit: Credit;
  hours: Hours;
  ties: Ties;
  joinings: Joinings;
}
/** The parting as it is done: of whom, to whom, and what the merging had written. */
interface Scene {
  tx: Tx;
  actor: Actor;
  input: SeparatePerson;
  merging: Merging;
  run: Run;
  /** The person who stays, and the one who is a person again. */
  from: string;
  to: string;
  joined: Joined;
}

/** A merging that was wrong, undone by an officer's own means: each thing where it was, or where the officer says. */
export class Unmerging {
  private readonly bank: Bank;
  constructor(private readonly services: Needed) {
    this.bank = services.bank;
  }

  /** What the merging of this person wrote. NOT_FOUND; STILL_ACTIVE with the mergings that came after it. */
  async look(tx: Tx, input: SeparatePerson): Promise<{ merging: Merging; run: Run }> {
    const path = ["mergedPersonId"];
    const merging = await tx.mergingOf(input.mergedPersonId as string);
    if (merging?.keptId !== input.personId) return refuse("NOT_FOUND", {}, path);
    const later = (await tx.mergingsInto(input.personId)).filter(({ seq }) => seq > merging.seq);
    if (later.length > 0) refuse("STILL_ACTIVE", { as: "MERGING", ids: later.map(({ personId }) => personId) }, path);
    const run = await this.read(tx, merging);
    // Who was parted already is the other person's earlier name, and brought nothing.
    if (run.sealed.size === 0 && run.taken.size === 0) refuse("NOT_FOUND", {}, path);
    return { merging, run };
  }

  async part(scene: Scene): Promise<void> {
    const { tx, joined, from, to, merging } = scene;
    const { by, role, reasonId } = joined;
    const pair = await this.pairOf(scene);
    const recordIds = await this.recordsOf(scene, pair);
    await this.bank.vault.reseal(tx, by, await this.sealedOf(scene, pair, recordIds.toSeparated), to);
    await this.volunteersApart(scene, pair);
    const ended = async () => {
      const { personId, keptId, volunteerId, keptVolunteerId, reasonId: mergedReasonId } = merging;
      const known = { personId, keptId, volunteerId, keptVolunteerId, mergedReasonId };
      await tx.append(by, { type: "MERGING_ENDED", ...known, actorKind: role, reasonId });
      // What was done under the earlier id was done by the person who is one again.
      const now = { personId, keptId: to, volunteerId: null, keptVolunteerId: null };
      await tx.append(by, { type: "PEOPLE_MERGED", ...now, actorKind: role, reasonId });
    };
    if (pair) await this.hoursApart(scene, pair, recordIds.toLost, ended);
    else await ended();
    await this.capacitiesApart(scene);
    await this.guardiansApart(scene, pair);
    await this.rest(scene);
    await this.services.identities.voidAddresses(tx, by, from);
  }

  /** The two registrations of volunteers, where there are two: which was merged, which stayed, and whose each is. */
  private async pairOf({ tx, merging, run }: Scene): Promise<Pair | null> {
    const { volunteerId, keptVolunteerId } = merging;
    if (volunteerId === null || keptVolunteerId === null) return null;
    const found = await tx.volunteers([volunteerId, keptVolunteerId]);
    const [lost, kept] = [found.get(volunteerId), found.get(keptVolunteerId)];
    invariant(lost && kept, "registrations that were merged are there");
    return { lost, kept, lostGoes: run.sealed.has(lost.profileId) };
  }

  /** Which records go to the registration that was merged, and which to the person who is one again. */
  private async recordsOf({ tx, input, run }: Scene, pair: Pair | null) {
    const named = input.separateRecordIds ?? null;
    const toLost = new Set<string>();
    const toSeparated = new Set<string>();
    if (!pair) {
      if (named) refuse("INVALID_INPUT", { expected: "two volunteers who were merged" }, ["separateRecordIds"]);
      return { toLost, toSeparated };
    }
    const all = new Set(await this.services.hours.merged.idsOf(tx, pair.kept));
    for (const [i, id] of (named ?? []).entries())
      if (!all.has(id)) refuse("NOT_FOUND", {}, ["separateRecordIds", String(i)]);
    for (const id of all) {
      const goes = named ? named.includes(id) : run.recordIds.has(id) === pair.lostGoes;
      if (goes) toSeparated.add(id);
      if (goes === pair.lostGoes) toLost.add(id);
    }
    return { toLost, toSeparated };
  }

  /**
   * What is sealed of the one who is a person again: what the merging had sealed anew, and what was sealed since of what
   * goes. Records that the officer names go, or stay, with their words.
   */
  private async sealedOf({ tx, input, from, merging, run }: Scene, pair: Pair | null, records: ReadonlySet<string>) {
    const volunteerId = pair && (pair.lostGoes ? pair.lost.id : pair.kept.id);
    const ids: string[] = [];
    const named = input.separateRecordIds != null;
    for (const { id, seq } of await tx.sealedOfPerson(from)) {
      const isEarlier = seq < merging.seq;
      const fact = isEarlier && !named ? null : await this.naming(tx, id, seq);
      const goes = fact?.type === "RECORD_STEP" ? records.has(fact.id) : null;
      if (goes ?? (isEarlier ? run.sealed.has(id) : isOf(fact, run, volunteerId))) ids.push(id);
    }
    return ids;
  }

  /** Each registration by itself: the merged one as it was, the other without what only the merged one had said. */
  private async volunteersApart(scene: Scene, pair: Pair | null): Promise<void> {
    const { tx, actor, joined, run, merging, to } = scene;
    const { volunteers } = this.services;
    const step = { action: "SEPARATE" as const, reasonId: joined.reasonId, role: joined.role };
    if (!pair) {
      const [kept] = (await tx.volunteers(merging.keptVolunteerId ? [merging.keptVolunteerId] : [])).values();
      if (kept && run.taken.has(kept.id)) await volunteers.move(tx, actor, kept, { ...kept, personId: to }, step);
      return;
    }
    const { lost, kept, lostGoes } = pair;
    const personId = lostGoes ? kept.personId : to;
    const profileId = await this.profileBefore<Profile>(scene, "VOLUNTEER_STEP", kept, lost.profileId, personId, [
      ["legalName"],
      ["phone"],
      ["guardian"],
      ["idKind", "idNumber", "papersSeen"],
    ]);
    if (profileId !== kept.profileId || personId !== kept.personId)
      await volunteers.move(tx, actor, kept, { ...kept, personId, profileId }, step);
    const state = (await tx.stateBefore(lost.id, "MERGED")) ?? "ACTIVE";
    const back = lostGoes ? to : lost.personId;
    await volunteers.move(tx, actor, lost, { ...lost, personId: back, state }, step);
  }

  private async hoursApart(scene: Scene, pair: Pair, recordIds: ReadonlySet<string>, between: () => Promise<void>) {
    const { tx, actor, input, run, joined } = scene;
    const { role, reasonId } = joined;
    const [kept, lost] = [pair.kept, pair.lost];
    const said = input.separateMinutes ?? null;
    const account = (await tx.accounts([kept.accountId])).get(kept.accountId);
    invariant(account, "a volunteer has an account");
    const balance = account.creditsPosted - account.debitsPosted;
    if (said !== null && (!Number.isSafeInteger(said) || said < 0 || said > Math.max(0, balance)))
      refuse("INSUFFICIENT_CREDIT", { asked: said, free: Math.max(0, balance) }, ["separateMinutes"]);
    const minutes = said === null || pair.lostGoes ? said : Math.max(0, balance) - said;
    const given = { from: kept, to: lost, recordIds, reasonId, brought: run.brought, minutes, between };
    await this.services.hours.merged.part(tx, actor, role, given);
    const [from, to] = [kept.id, lost.id];
    const all = run.creditIds;
    await this.services.credit.move(tx, joined.by, role, { from, to, reason: input.reason, only: all });
    for (const tie of (await tx.tiesOfVolunteers([kept.id])).get(kept.id) ?? []) {
      const ends = { volunteerId: kept.id, organizationId: tie.organizationId, action: "END" as const, reasonId };
      if (tie.state === "ALLOWED" && run.organizationIds.has(tie.organizationId))
        await this.services.ties.step(tx, { personId: joined.by, role }, ends);
    }
  }

  /** Recipients and social workers: those that became the other's whole, and those that went into the other's. */
  private async capacitiesApart(scene: Scene): Promise<void> {
    const { tx, run, from, to, joined, merging } = scene;
    const { joinings } = this.services;
    const recipient = await tx.recipientOfPerson(from);
    if (recipient && run.taken.has(recipient.id))
      await joinings.setRecipient(tx, "SEPARATE", { ...recipient, personId: to }, joined);
    const worker = await tx.socialWorkerOfPerson(from);
    if (worker && run.taken.has(worker.id))
      await joinings.setWorker(tx, "SEPARATE", { ...worker, personId: to }, joined);
    // What was merged away stands where it stood: with the person who went.
    const lost = await tx.recipientOfPerson(merging.personId);
    if (recipient && lost && run.ended.has(lost.id)) {
      const parting = { lost, kept: recipient, personId: to, visitIds: run.visitIds, on: dayOf(run.at) };
      await joinings.partRecipients(tx, parting, joined);
      const profileId = await this.profileBefore<RecipientProfile>(
        ...([scene, "RECIPIENT_SET", recipient, lost.profileId, from] as const),
        [["legalName"], ["phone"], ["address"], ["idKind", "idNumber"]],
        true,
      );
      if (profileId !== recipient.profileId)
        await joinings.setRecipient(tx, "SEPARATE", { ...recipient, profileId }, joined);
    }
    const goes = await tx.socialWorkerOfPerson(merging.personId);
    if (worker && goes && run.ended.has(goes.id)) {
      await joinings.partWorkers(tx, { lost: goes, kept: worker, personId: to, trainingIds: run.trainingIds }, joined);
      const profileId = await this.profileBefore<SocialWorkerProfile>(
        ...([scene, "SOCIAL_WORKER_SET", worker, goes.profileId, from] as const),
        [["legalName"], ["idKind", "idNumber"]],
      );
      if (profileId !== worker.profileId) await joinings.setWorker(tx, "SEPARATE", { ...worker, profileId }, joined);
    }
  }

  /** Who answered for whom before: for the registration that was merged, and by the person who is one again. */
  private async guardiansApart({ tx, run, joined, from, to, merging }: Scene, pair: Pair | null): Promise<void> {
    for (const brought of run.guardianships) {
      const held = (await tx.guardianshipsFor([brought.volunteerId])).get(brought.volunteerId);
      const now = held?.find(({ id }) => id === brought.id);
      // What a station has said since is its own word.
      if (!now || now.version !== brought.version) continue;
      // A pair that the other had already was ended where it stood; else it was moved.
      const wasEnded = brought.volunteerId === pair?.lost.id || brought.personId === merging.personId;
      const volunteerId = pair && brought.volunteerId === pair.kept.id ? pair.lost.id : brought.volunteerId;
      const personId = [from, merging.personId].includes(brought.personId) ? to : brought.personId;
      const others = (await tx.guardianshipsFor([volunteerId])).get(volunteerId) ?? [];
      if (others.some((other) => other.id !== now.id && other.personId === personId)) continue;
      const ended = wasEnded ? 0 : brought.ended;
      const step = { id: now.id, volunteerId, personId, ended, version: now.version + 1 };
      await tx.append(joined.by, { type: "GUARDIAN_SET", ...step, reasonId: joined.reasonId });
    }
  }

  /** Roles, posts, ways to sign in and the name as staff: where the officer names some, those; else what had been brought. */
  private async rest({ tx, input, run, joined, from, to }: Scene): Promise<void> {
    const { by, role, reasonId } = joined;
    const named = input.separateGrantIds;
    const grants = (await tx.grantsOfPersons([from])).get(from) ?? [];
    for (const [i, id] of (named ?? []).entries())
      if (!grants.some((grant) => grant.id === id)) refuse("NOT_FOUND", {}, ["separateGrantIds", String(i)]);
    for (const grant of grants) {
      if (!(named ? named.includes(grant.id) : run.grantIds.has(grant.id))) continue;
      await tx.append(by, { type: "GRANT_STEP", ...another(grant, to), reasonId });
    }
    for (const post of (await tx.postsOfPersons([from])).get(from) ?? [])
      if (run.postIds.has(post.id)) await tx.append(by, { type: "POST_SET", ...another(post, to), reasonId });
    const links = ((await tx.identityLinksOf([from])).get(from) ?? []).filter(({ state }) => state === "LINKED");
    const chosen = input.separateIdentityIds;
    for (const [i, id] of (chosen ?? []).entries())
      if (!links.some((link) => link.id === id)) refuse("NOT_FOUND", {}, ["separateIdentityIds", String(i)]);
    for (const link of links) {
      if (!(chosen ? chosen.includes(link.id) : run.identityIds.has(link.id))) continue;
      await this.services.identities.end(tx, by, link, role, reasonId);
      const { hash, issuer } = link;
      const given = { hash, issuer, personId: to, kind: "PAPERS" as const, linkedBy: role, reasonId };
      await this.services.identities.begin(tx, by, given);
    }
    await this.staffApart(tx, { by, run, from, to, merged: input.mergedPersonId as string });
  }

  /** Each has the name as staff that was theirs; who had none before has the one by which they are known otherwise. */
  private async staffApart(
    tx: Tx,
    { by, run, from, to, merged }: { by: string; run: Run; from: string; to: string; merged: string },
  ): Promise<void> {
    const staff = await tx.profilesOfStaff([from, merged]);
    const theirs = staff.get(merged);
    if (theirs) await tx.append(by, { type: "STAFF_SET", personId: to, profileId: theirs });
    if (!run.staff || staff.get(from) !== theirs) return;
    const [known] = await this.bank.profilesOf(tx, from);
    const displayName = known && known.capacity !== "STAFF" ? known.profile.displayName : null;
    if (displayName === null) return;
    const profile = { displayName, legalName: null, idNumber: null, birthDate: null, phone: null };
    const more = { skills: [], serviceTypes: [], consentedOn: null, guardian: null };
    const profileId = await this.bank.vault.seal(tx, by, from, { ...profile, ...more });
    await tx.append(by, { type: "STAFF_SET", personId: from, profileId });
  }

  /**
   * The profile of what stays without what the merging put into it, sealed for its person; the same one where nothing
   * of it stands any more.
   */
  private async profileBefore<P extends object>(
    { tx, from, to, merging, joined }: Scene,
    type: "VOLUNTEER_STEP" | "RECIPIENT_SET" | "SOCIAL_WORKER_SET",
    kept: { id: string; profileId: string },
    theirsId: string,
    personId: string,
    groups: readonly (readonly (keyof P & string)[])[],
    withCategories = false,
  ): Promise<string> {
    const rows = [...(await tx.sealedOfPerson(from)), ...(await tx.sealedOfPerson(to))].sort((a, b) => b.seq - a.seq);
    let beforeId: string | null = null;
    const joint: string[] = [];
    for (const { id, seq } of rows) {
      const fact = await this.naming(tx, id, seq);
      if (fact?.type !== type || fact.id !== kept.id || fact.profileId !== id) continue;
      if (seq > merging.seq) joint.push(id);
      else beforeId = id;
      if (beforeId !== null) break;
    }
    const opened = await this.bank.vault.open<P>(tx, [kept.profileId, beforeId, theirsId]);
    const [now, before, theirs] = [kept.profileId, beforeId ?? "", theirsId].map((id) => opened.get(id));
    if (!now || !before || !theirs) return kept.profileId;
    let after = withoutTheirs(now, before, theirs, groups);
    if (withCategories) after = withoutCategories(after, before, theirs);
    if (JSON.stringify(after) === JSON.stringify(now)) return kept.profileId;
    // What says of both at once is in neither copy, as the officer's reason is.
    await this.bank.vault.reseal(tx, joined.by, joint, joined.by);
    return this.bank.vault.seal(tx, joined.by, personId, after);
  }

  /** The first entry after a sealed row that names it, which says what it is about. */
  private async naming(tx: Tx, id: string, seq: number): Promise<Fact | null> {
    for (let after = seq; after < seq + page * 10; after += 50) {
      const rows = await tx.journalAfter(after, 50);
      for (const { body } of rows) {
        const { fact } = decode(body);
        if (fact.type !== "SEALED_ANEW" && Object.values(fact).includes(id)) return fact;
      }
      if (rows.length < 50) break;
    }
    return null;
  }

  /** The entries of the merging, which stand one behind the other. */
  private async read(tx: Tx, merging: Merging): Promise<Run> {
    const run: Run = {
      at: 0,
      ...{ sealed: new Set(), recordIds: new Set(), visitIds: new Set(), trainingIds: new Set() },
      ...{ creditIds: new Set(), grantIds: new Set(), postIds: new Set(), identityIds: new Set() },
      ...{
        taken: new Set(),
        ended: new Set(),
        endedKinds: new Set(),
        touched: new Set(),
        organizationIds: new Set(),
        guardianships: [],
        staff: false,
      },
      brought: { minutes: 0, debt: 0, counted: [] },
    };
    const lost = merging.volunteerId && (await tx.volunteers([merging.volunteerId])).get(merging.volunteerId);
    const account = lost ? lost.accountId : null;
    const counted: { endedAt: number; creditableMinutes: number }[] = [];
    let by: string | null = null;
    for (let after = merging.seq - 1; ; after += page) {
      const rows = await tx.journalAfter(after, page);
      for (const { body } of rows) {
        const { fact, actor, at } = decode(body);
        if (by === null) {
          by = actor;
          run.at = at;
          continue;
        }
        if (actor !== by || !note(fact, merging, account, run, counted)) {
          run.brought = { ...run.brought, counted };
          return run;
        }
      }
      if (rows.length < page) break;
    }
    run.brought = { ...run.brought, counted };
    return run;
  }
}

interface Pair {
  lost: Volunteer;
  kept: Volunteer;
  /** Whether the registration that was merged was the one of the person who is one again. */
  lostGoes: boolean;
}

/** Takes down what an entry of the merging says; false for the first entry that is none of it. */
function note(
  fact: Fact,
  { keptId, reasonId }: Merging,
  account: string | null,
  run: Run,
  counted: { endedAt: number; creditableMinutes: number }[],
): boolean {
  const given = "reasonId" in fact ? fact.reasonId : null;
  const ours = given === reasonId;
  switch (fact.type) {
    case "SEALED":
      return true;
    case "SEALED_ANEW":
      run.sealed.add(fact.id);
      return fact.personId === keptId;
    case "VOLUNTEER_MOVED":
    case "RECIPIENT_MOVED":
    case "SOCIAL_WORKER_MOVED": {
      const id = fact.type === "VOLUNTEER_MOVED" ? fact.volunteerId : fact.id;
      if (ours && fact.action === "MERGE") {
        run.ended.add(id);
        run.endedKinds.add(fact.type);
      }
      // What takes over a second registration of its kind was the other person's, and stays.
      if (ours && fact.action === "TAKE_OVER" && !run.endedKinds.has(fact.type)) run.taken.add(id);
      if (ours && fact.action === "TAKE_OVER") run.touched.add(id);
      return ours;
    }
    case "SOCIAL_WORKER_SET":
      return run.touched.has(fact.id) || run.ended.has(fact.id);
    case "RECORD_STEP":
      if (!ours) return false;
      run.recordIds.add(fact.id);
      if (countedStates.includes(fact.state as RecordState))
        counted.push({ endedAt: fact.endedAt, creditableMinutes: fact.creditableMinutes ?? 0 });
      return true;
    case "VISIT_SET":
      if (ours) run.visitIds.add(fact.id);
      return ours;
    case "TRAINING_SET":
      if (ours) run.trainingIds.add(fact.id);
      return ours;
    case "GRANT_STEP":
      if (ours) run.grantIds.add(fact.id);
      return ours;
    case "POST_SET":
      if (ours) run.postIds.add(fact.id);
      return ours;
    case "IDENTITY_STEP":
      if (ours && fact.action === "LINK") run.identityIds.add(fact.id);
      return ours;
    case "GUARDIAN_SET":
      if (ours) run.guardianships.push(fact);
      return ours;
    case "TIE_STEP":
      if (ours) run.organizationIds.add(fact.organizationId);
      return ours;
    case "VOLUNTEER_STEP":
    case "RECIPIENT_SET":
      return ours;
    case "STAFF_SET":
      run.staff ||= fact.personId === keptId;
      return fact.personId === keptId;
    case "CREDIT_RECORD_STEP":
      if (fact.action === "MOVE") run.creditIds.add(fact.id);
      return fact.action === "MOVE";
    case "TRANSFER":
      if (fact.recordId !== null) return false;
      if (fact.kind === "CLEARING" && fact.debit === account) run.brought = { ...run.brought, minutes: fact.minutes };
      if (fact.kind === "ROUNDING" && fact.credit === account) run.brought = { ...run.brought, debt: fact.minutes };
      return fact.kind === "CLEARING" || fact.kind === "ROUNDING";
    default:
      return false;
  }
}

/** Whether what was sealed since the merging is of what goes: of the registration, or of something that had been brought. */
function isOf(fact: Fact | null, run: Run, volunteerId: string | null): boolean {
  switch (fact?.type) {
    case "VOLUNTEER_STEP":
      return fact.id === volunteerId;
    case "VOLUNTEER_MOVED":
    case "SIGN_UP_STEP":
    case "ATTENDANCE_STEP":
    case "TIE_STEP":
      return fact.volunteerId === volunteerId;
    case "RECIPIENT_MOVED":
    case "RECIPIENT_SET":
    case "SOCIAL_WORKER_MOVED":
    case "SOCIAL_WORKER_SET":
      return run.taken.has(fact.id);
    case "VISIT_SET":
      return run.taken.has(fact.recipientId) || run.visitIds.has(fact.id);
    case "TRAINING_SET":
      return run.taken.has(fact.socialWorkerId) || run.trainingIds.has(fact.id);
    case "GRANT_STEP":
      return run.grantIds.has(fact.id);
    case "POST_SET":
      return run.postIds.has(fact.id);
    default:
      return false;
  }
}

/** Categories that only the other one brought go with it, unless a station has set them since. */
function withoutCategories<P extends object>(now: P, before: P, theirs: P): P {
  const of = (profile: P) => (profile as { categories?: string[] }).categories ?? [];
  const both = new Set([...of(before), ...of(theirs)]);
  const isUnion = of(now).length === both.size && of(now).every((category) => both.has(category));
  return isUnion ? { ...now, categories: of(before) } : now;
}

/** A row as the next version's fact of another person. */
export function another<T extends { version: number }>(row: T, personId: string): T & { personId: string } {
  const { seq: _, ...fact } = { ...row, personId, version: row.version + 1 } as T & { personId: string; seq?: number };
  return fact as T & { personId: string };
}
