import type { FactOf, SaidFact } from "../../../domain/facts";
import type { IdentityLink, Volunteer } from "../../../domain/facts/people";
import type { Recipient } from "../../../domain/facts/visits";
import { addDays, type Day, dayOf } from "../../../domain/kit/calendar";
import { invariant } from "../../../domain/kit/invariant";
import { refuse } from "../../../domain/kit/refusal";
import type { Joined } from "../../../domain/people/capacities";
import type { Profile } from "../../../domain/people/volunteers";
import type { Actor } from "../../../domain/permissions/actors";
import type { RecipientProfile } from "../../../domain/visits/recipients";
import type { SocialWorkerProfile } from "../../../domain/workers/social-workers";
import type { Merging, StoredGuardianship, Tx } from "../../../storage/store";
import type { Bank } from "../../bank";
import type { Credit } from "../../credit-records";
import { readingHashOf } from "../../credit-records/sight";
import type { Hours } from "../../hours";
import type { Said } from "../../ratings/sight";
import type { Capacities } from "../capacities";
import type { Identities } from "../identities";
import type { Ties } from "../ties";
import type { Volunteers } from "../volunteers";
import { another, Handing } from "./handing";
import { type Joinings, withoutTheirs } from "./joinings";
import { factAt } from "./naming";
import type { SeparatePerson } from "./papers";
import { isEarlierId, mergingsOf, type Run, readRun, registrationsIn } from "./run";
import { type Topic, topicOf } from "./topics";

export interface Services {
  bank: Bank;
  volunteers: Volunteers;
  identities: Identities;
  credit: Credit;
  hours: Hours;
  ties: Ties;
  joinings: Joinings;
  capacities: Capacities;
}
/** What every step of a parting works with. */
interface UnmergingScene {
  tx: Tx;
  actor: Actor;
  input: SeparatePerson;
  merging: Merging;
  run: Run;
  /** The earlier ids of the person who stays, by the entries that lead from them to the id of today. */
  earlier: readonly Merging[];
  /** The id of the person who stays, and the new id of the person who goes. */
  from: string;
  to: string;
  joined: Joined;
}

/** Undoes a merging that was a mistake: each thing goes back where it was, or where the officer says. */
export class Unmerging {
  private readonly bank: Bank;
  private readonly handing: Handing;
  constructor(private readonly services: Services) {
    this.bank = services.bank;
    this.handing = new Handing(services);
  }

  /**
   * Finds the merging of this person, and reads what it wrote. NOT_FOUND; STILL_ACTIVE with later mergings, to be undone
   * first.
   */
  async look(tx: Tx, input: SeparatePerson): Promise<Pick<UnmergingScene, "merging" | "run" | "earlier">> {
    const path = ["mergedPersonId"];
    const { mergings, earlier } = await mergingsOf(tx, input.personId);
    let merging = await tx.mergingOf(input.mergedPersonId as string);
    // A person who was parted before may be named by an earlier id.
    while (merging && (await isEarlierId(tx, merging))) merging = await tx.mergingOf(merging.keptId);
    if (!merging) return refuse("NOT_FOUND", {}, path);
    const still = (later: readonly Merging[]) =>
      refuse("STILL_ACTIVE", { as: "MERGING", ids: later.map(({ personId }) => personId) }, path);
    // Where the other person was merged into a third one, that merging is undone first.
    for (let at: Merging | undefined = merging; at; at = await tx.mergingOf(at.keptId)) {
      const { personId } = at;
      if (!mergings.some((merged) => merged.personId === personId)) continue;
      if (at !== merging) return still([at]);
      const later = mergings.filter(({ seq }) => seq > (merging as Merging).seq);
      if (later.length > 0) return still(later);
      return { merging, earlier, run: await readRun(tx, merging) };
    }
    return refuse("NOT_FOUND", {}, path);
  }

  async part(scene: UnmergingScene): Promise<void> {
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
      // The earlier id leads to the new one: what was done under it counts as done by the person who goes.
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

  /** The two registrations as volunteers, where both persons had one. */
  private async pairOf({ tx, merging, run, from }: UnmergingScene): Promise<Pair | null> {
    const { volunteerId, keptVolunteerId } = merging;
    if (volunteerId === null || keptVolunteerId === null) return null;
    const volunteers = await tx.volunteers([volunteerId, keptVolunteerId]);
    const [lost, kept] = [volunteers.get(volunteerId), volunteers.get(keptVolunteerId)];
    invariant(lost && kept, "registrations that were merged are there");
    // An officer has parted this registration from the person since: those two are merged again first.
    if (kept.personId !== from) refuse("STILL_ACTIVE", { as: "SEPARATION", ids: [kept.personId] }, ["mergedPersonId"]);
    return { lost, kept, lostGoes: run.sealed.has(lost.profileId) };
  }

  /** The records that go to the registration that was merged, and those that go to the person who goes. */
  private async recordsOf({ tx, input, run, merging }: UnmergingScene, pair: Pair | null) {
    const named = input.separateRecordIds ?? null;
    const toLost = new Set<string>();
    const toSeparated = new Set<string>();
    if (!pair) {
      if (named) refuse("INVALID_INPUT", { expected: "two volunteers who were merged" }, ["separateRecordIds"]);
      const [taken] = (await tx.volunteers([...run.taken].filter((id) => id === merging.keptVolunteerId))).values();
      if (taken) for (const id of (await this.services.hours.merged.replacedOf(tx, taken)).keys()) toSeparated.add(id);
      return { toLost, toSeparated };
    }
    const all = await this.services.hours.merged.replacedOf(tx, pair.kept);
    for (const [i, id] of (named ?? []).entries())
      if (!all.has(id)) refuse("NOT_FOUND", {}, ["separateRecordIds", String(i)]);
    // A record and the one that replaced it are one service and have the same words: both belong to one volunteer.
    const replacements = new Map(
      [...all].flatMap(([id, replaced]) => replaced.map((earlier) => [earlier, id] as const)),
    );
    const last = (id: string): string => {
      const next = replacements.get(id);
      return next === undefined ? id : last(next);
    };
    const brought = new Set([...run.recordIds].map(last));
    const chosen = named && new Set(named.map(last));
    for (const id of all.keys()) {
      const goes = chosen ? chosen.has(last(id)) : brought.has(last(id)) === pair.lostGoes;
      if (goes) toSeparated.add(id);
      if (goes === pair.lostGoes) toLost.add(id);
    }
    return { toLost, toSeparated };
  }

  /**
   * The sealed rows of the person who goes: those that the merging sealed anew, and those that were sealed since about what
   * goes. Records and roles that the officer names go, or stay, with their words.
   */
  private async sealedOf(scene: UnmergingScene, pair: Pair | null, records: ReadonlySet<string>) {
    const { tx, from, merging, run } = scene;
    const registrationId = pair?.lostGoes ? pair.lost.id : merging.keptVolunteerId;
    const volunteerId = pair || run.taken.has(registrationId ?? "") ? registrationId : null;
    const going: Going = {
      volunteerId,
      file: volunteerId === null ? null : readingHashOf(this.bank.vault, volunteerId),
      records,
      grantIds: grantIdsOf(scene),
      personIds: new Set(await tx.selves(merging.personId)),
    };
    const ids: string[] = [];
    for (const row of await tx.sealedOfPerson(from)) {
      const fact = await factAt(tx, row.seq);
      const topic = fact && topicOf(fact);
      // A record may have moved since, and the officer may have named a record or a role: their words go with them.
      const asBefore = row.seq < merging.seq && topic?.of !== "RECORD" && topic?.of !== "GRANT";
      if (asBefore ? run.sealed.has(row.id) : topic && (await this.isOf(tx, topic, run, going))) ids.push(row.id);
    }
    return ids;
  }

  /** Whether words are about what goes: about the registration, or about something that the merging brought. */
  private async isOf(tx: Tx, topic: Topic, run: Run, going: Going): Promise<boolean> {
    const { volunteerId, file, records, grantIds, personIds } = going;
    switch (topic.of) {
      case "VOLUNTEER":
        return topic.id === volunteerId;
      case "CAPACITY":
        return run.taken.has(topic.id);
      case "RECORD":
        return records.has(topic.id);
      case "VISIT":
        return run.taken.has(topic.recipientId) || run.visitIds.has(topic.id);
      case "TRAINING":
        return run.taken.has(topic.socialWorkerId) || run.trainingIds.has(topic.id);
      case "GRANT":
        return grantIds.has(topic.id);
      case "POST":
        return run.postIds.has(topic.id);
      case "CREDIT_FILE":
        return topic.subjectHash === file;
      case "PERSON":
        return personIds.has(topic.id);
      case "SEAT": {
        const words = (await this.bank.vault.open<Said>(tx, [topic.saidId])).get(topic.saidId);
        return words?.memberId !== undefined && personIds.has(words.memberId);
      }
    }
  }

  /** Parts the registrations: the merged one is as it was, and the other one loses what only the merged one had said. */
  private async volunteersApart(scene: UnmergingScene, pair: Pair | null): Promise<void> {
    const { tx, actor, joined, run, merging, from, to } = scene;
    const { volunteers } = this.services;
    const step = { action: "SEPARATE" as const, reasonId: joined.reasonId, role: joined.role };
    if (!pair) {
      const [kept] = (await tx.volunteers(merging.keptVolunteerId ? [merging.keptVolunteerId] : [])).values();
      if (kept?.personId === from && run.taken.has(kept.id))
        await volunteers.move(tx, actor, kept, { ...kept, personId: to }, step);
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
    const back = lostGoes ? to : from;
    await volunteers.move(tx, actor, lost, { ...lost, personId: back, state }, step);
  }

  private async hoursApart(
    scene: UnmergingScene,
    pair: Pair,
    recordIds: ReadonlySet<string>,
    between: () => Promise<void>,
  ) {
    const { tx, actor, input, run, joined } = scene;
    const { role, reasonId } = joined;
    const [kept, lost] = [pair.kept, pair.lost];
    const minutes = input.separateMinutes ?? null;
    const asked = minutes === null ? null : { of: pair.lostGoes ? ("MERGED" as const) : ("KEPT" as const), minutes };
    const whole = await registrationsIn(tx, scene.from, [lost.id]);
    const accountIds = [...(await tx.volunteers([...whole])).values()].map(({ accountId }) => accountId);
    const parting = {
      from: kept,
      to: lost,
      recordIds,
      reasonId,
      brought: run.brought,
      asked,
      between,
      accountIds,
    };
    await this.services.hours.merged.part(tx, actor, role, parting);
    const [from, to] = [kept.id, lost.id];
    const all = run.creditIds;
    await this.services.credit.move(tx, joined.by, role, { from, to, reason: input.reason, only: all });
    for (const tie of (await tx.tiesOfVolunteers([kept.id])).get(kept.id) ?? []) {
      const ends = { volunteerId: kept.id, organizationId: tie.organizationId, action: "END" as const, reasonId };
      if (tie.state === "ALLOWED" && run.organizationIds.has(tie.organizationId))
        await this.services.ties.step(tx, { personId: joined.by, role }, ends);
    }
  }

  /** Parts recipients and social workers: those that the other person got as they were, and those that were merged. */
  private async capacitiesApart(scene: UnmergingScene): Promise<void> {
    const { tx, run, from, to, joined, merging } = scene;
    const { joinings } = this.services;
    const recipient = await tx.recipientOfPerson(from);
    if (recipient && run.taken.has(recipient.id))
      await joinings.setRecipient(tx, "SEPARATE", { ...recipient, personId: to }, joined);
    const worker = await tx.socialWorkerOfPerson(from);
    if (worker && run.taken.has(worker.id))
      await joinings.setWorker(tx, "SEPARATE", { ...worker, personId: to }, joined);
    // A recipient that was merged still belongs to the id of the person who was merged.
    const lost = await tx.recipientOfPerson(merging.personId);
    if (recipient && lost && run.ended.has(lost.id)) {
      const listing = (await this.listingBefore(scene, lost))?.listing ?? listedAgain(lost, dayOf(run.at));
      const parting = {
        lost: { ...lost, ...resumed(lost, listing, this.bank.today()) },
        kept: recipient,
        personId: to,
        visitIds: run.visitIds,
      };
      const profileId = await this.profileBefore<RecipientProfile>(
        ...([scene, "RECIPIENT_SET", recipient, lost.profileId, from] as const),
        [["legalName"], ["phone"], ["address"], ["idKind", "idNumber"]],
        true,
      );
      const before = await this.listingBefore(scene, recipient);
      const again = before?.stands ? await this.relisted(scene, recipient, before.listing) : {};
      const after = { ...recipient, profileId, ...again };
      if (JSON.stringify(after) !== JSON.stringify(recipient))
        await joinings.setRecipient(tx, "SEPARATE", after, joined);
      await joinings.partRecipients(tx, parting, joined);
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

  /**
   * How the one that stays is on the list after the parting: as before the merging. The span that the merging began ends; where
   * a month of it is over already, it stays as far as it lasted.
   */
  private async relisted(
    { tx, joined }: UnmergingScene,
    { id: recipientId, listedOn, divisionCode }: Recipient,
    before: Pick<Recipient, "listedOn" | "listedUntil">,
  ): Promise<Partial<Pick<Recipient, "listedOn" | "listedUntil">>> {
    if (before.listedOn === listedOn) return before;
    const today = this.bank.today();
    const isOver = listedOn < `${today.slice(0, 7)}-01`;
    if (isOver && before.listedUntil === null) return {};
    const until = addDays(isOver ? today : listedOn, -1);
    await this.services.capacities.endListing(tx, joined.by, { recipientId, listedOn, divisionCode }, until, "MERGED");
    return before;
  }

  /** How a recipient stood on the list before the merging, and whether what the merging wrote still stands. */
  private async listingBefore({ tx, run, merging, from, to }: UnmergingScene, recipient: Recipient) {
    const after = run.recipients.get(recipient.id);
    const steps = (await tx.capacitySteps([recipient.id])).get(recipient.id) ?? [];
    const last = steps.findLast(({ seq }) => seq < merging.seq);
    let before: SaidFact | null = null;
    if (last) before = (await factAt(tx, last.seq + 1)) ?? null;
    else
      for (const row of [...(await tx.sealedOfPerson(from)), ...(await tx.sealedOfPerson(to))]) {
        const fact = row.seq < merging.seq ? await factAt(tx, row.seq) : null;
        if (fact?.type === "RECIPIENT_SET" && fact.id === recipient.id && fact.version === 1) before = fact;
      }
    if (before?.type !== "RECIPIENT_SET" || before.id !== recipient.id || before.version !== (after?.version ?? 0) - 1)
      return null;
    const { listedOn, listedUntil } = before;
    const stands = recipient.listedOn === after?.listedOn && recipient.listedUntil === after.listedUntil;
    return { listing: { listedOn, listedUntil }, stands };
  }

  /** Gives guardianships back: of the registration that was merged, and by the person who goes. */
  private async guardiansApart(scene: UnmergingScene, pair: Pair | null): Promise<void> {
    const { tx, run, joined, from, to, merging, earlier } = scene;
    const froms = [from, merging.personId, ...earlier.map(({ personId }) => personId)];
    for (const brought of run.guardianships) {
      const held = (await tx.guardianshipsFor([brought.volunteerId])).get(brought.volunteerId);
      const now = held?.find(({ id }) => id === brought.id);
      if (!now || !(await this.isAsBrought(scene, brought, now))) continue;
      // The merging ended a guardianship whose pair existed already, and moved every other one.
      const wasEnded = brought.volunteerId === pair?.lost.id || brought.personId === merging.personId;
      const volunteerId = pair && brought.volunteerId === pair.kept.id ? pair.lost.id : brought.volunteerId;
      const personId = froms.includes(brought.personId) ? to : brought.personId;
      const others = (await tx.guardianshipsFor([volunteerId])).get(volunteerId) ?? [];
      if (others.some((other) => other.id !== now.id && other.personId === personId)) continue;
      const ended = !wasEnded && brought.ended;
      const step = { id: now.id, volunteerId, personId, ended, version: now.version + 1 };
      await tx.append(joined.by, { type: "GUARDIAN_SET", ...step, reasonId: joined.reasonId });
    }
  }

  /** Whether a guardianship stands as the merging left it. A station's later step stays; that of a later merging was undone. */
  private async isAsBrought(
    { tx, earlier }: UnmergingScene,
    brought: FactOf<"GUARDIAN_SET">,
    now: StoredGuardianship,
  ): Promise<boolean> {
    if (now.version === brought.version) return true;
    const last = await factAt(tx, now.seq);
    const undone = last?.type === "GUARDIAN_SET" && earlier.some(({ reasonId }) => reasonId === last.reasonId);
    return undone && now.ended === brought.ended;
  }

  /** Whether the merging brought a way to sign in, also where later mergings and partings moved it on by new links. */
  private async isBrought(tx: Tx, { id, hash }: IdentityLink, identityIds: ReadonlySet<string>): Promise<boolean> {
    if (identityIds.has(id)) return true;
    const links = await tx.identityLinksByHash(hash);
    const leadsTo = (ended: IdentityLink, begun: IdentityLink) =>
      ended.unlinkReasonId !== null && ended.unlinkReasonId === begun.linkReasonId;
    for (let at = links.find((link) => link.id === id); at; ) {
      const begun: IdentityLink = at;
      if (identityIds.has(begun.id)) return true;
      at = links.find((link) => leadsTo(link, begun));
    }
    return false;
  }

  /**
   * Gives back roles, posts, ways to sign in and the staff profile: those that the officer names, else those that were
   * brought.
   */
  private async rest(scene: UnmergingScene): Promise<void> {
    const { tx, input, run, joined, from, to } = scene;
    const { by, reasonId } = joined;
    const grants = (await tx.grantsOfPersons([from])).get(from) ?? [];
    for (const [i, id] of (input.separateGrantIds ?? []).entries())
      if (!grants.some((grant) => grant.id === id)) refuse("NOT_FOUND", {}, ["separateGrantIds", String(i)]);
    const going = grantIdsOf(scene);
    for (const grant of grants)
      if (going.has(grant.id)) await tx.append(by, { type: "GRANT_STEP", ...another(grant, to), reasonId });
    for (const post of (await tx.postsOfPersons([from])).get(from) ?? [])
      if (run.postIds.has(post.id)) await tx.append(by, { type: "POST_SET", ...another(post, to), reasonId });
    const links = ((await tx.identityLinksOf([from])).get(from) ?? []).filter(({ state }) => state === "LINKED");
    const chosen = input.separateIdentityIds;
    for (const [i, id] of (chosen ?? []).entries())
      if (!links.some((link) => link.id === id)) refuse("NOT_FOUND", {}, ["separateIdentityIds", String(i)]);
    const theirs: IdentityLink[] = [];
    for (const link of links)
      if (chosen ? chosen.includes(link.id) : await this.isBrought(tx, link, run.identityIds)) theirs.push(link);
    await this.handing.giveIdentities(tx, theirs, to, joined);
    await this.staffApart(tx, { by, run, from, to, merged: input.mergedPersonId as string });
  }

  /**
   * Gives each person their own staff profile. One who had none before the merging gets one with the name of another
   * capacity.
   */
  private async staffApart(
    tx: Tx,
    { by, run, from, to, merged }: { by: string; run: Run; from: string; to: string; merged: string },
  ): Promise<void> {
    const staff = await tx.profilesOfStaff([from, merged]);
    const theirs = staff.get(merged);
    if (theirs) await tx.append(by, { type: "STAFF_SET", personId: to, profileId: theirs });
    if (!run.staff || staff.get(from) !== theirs) return;
    const [known] = await this.bank.papers.profilesOf(tx, from);
    const displayName = known && known.capacity !== "STAFF" ? known.profile.displayName : null;
    if (displayName === null) return;
    const profile = { displayName, legalName: null, idNumber: null, birthDate: null, phone: null };
    const more = { skills: [], serviceTypes: [], consentedOn: null, guardian: null };
    const profileId = await this.bank.vault.seal(tx, from, { ...profile, ...more });
    await tx.append(by, { type: "STAFF_SET", personId: from, profileId });
  }

  /**
   * The profile of the capacity that stays, without what the merging put into it, sealed for its person. It is the present
   * profile where nothing of that stands any more.
   */
  private async profileBefore<P extends object>(
    { tx, from, to, merging, joined }: UnmergingScene,
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
      const fact = await factAt(tx, seq);
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
    // A profile of both persons is sealed under the officer's key, as the reason is, so that it is in neither copy.
    await this.bank.vault.reseal(tx, joined.by, joint, joined.by);
    return this.bank.vault.seal(tx, personId, after);
  }
}

interface Pair {
  lost: Volunteer;
  kept: Volunteer;
  /** Whether the registration that was merged is of the person who goes. */
  lostGoes: boolean;
}

/** What goes, as far as it decides which sealed rows go. */
interface Going {
  volunteerId: string | null;
  /** The hash of the registration's credit file in the log of readings. */
  file: string | null;
  records: ReadonlySet<string>;
  grantIds: ReadonlySet<string>;
  /** The ids under which entries name the person who goes. */
  personIds: ReadonlySet<string>;
}

/** The roles that go: those that the officer names, else those that the merging brought. */
function grantIdsOf({ input, run }: UnmergingScene): ReadonlySet<string> {
  return input.separateGrantIds ? new Set(input.separateGrantIds) : run.grantIds;
}

/** Before steps were kept: whom the merging of that day took off the list is on it again. */
function listedAgain({ listedUntil }: Recipient, on: Day): Pick<Recipient, "listedUntil"> {
  return { listedUntil: listedUntil === addDays(on, -1) ? null : listedUntil };
}

/** A registration that was on the list before it was merged goes on; months that were over meanwhile stay as they were. */
function resumed(
  { listedUntil }: Recipient,
  before: Pick<Recipient, "listedOn" | "listedUntil"> | Pick<Recipient, "listedUntil">,
  today: Day,
): Partial<Pick<Recipient, "listedOn" | "listedUntil">> {
  const month = `${today.slice(0, 7)}-01`;
  if (before.listedUntil !== null || listedUntil === null || listedUntil >= addDays(month, -1)) return before;
  return { listedOn: month, listedUntil: null };
}

/** Takes away the categories that only the other recipient had, unless a station has set the categories since. */
function withoutCategories<P extends object>(now: P, before: P, theirs: P): P {
  const of = (profile: P) => (profile as { categories?: string[] }).categories ?? [];
  const both = new Set([...of(before), ...of(theirs)]);
  const isUnion = of(now).length === both.size && of(now).every((category) => both.has(category));
  return isUnion ? { ...now, categories: of(before) } : now;
}
