import type { SignUpState } from "../../../domain/facts/activities";
import type { ActorKind } from "../../../domain/facts/actors";
import type { Transfer } from "../../../domain/facts/ledger";
import type { Volunteer } from "../../../domain/facts/people";
import { refuse } from "../../../domain/kit/refusal";
import { openStates } from "../../../domain/orders";
import { namesAgree } from "../../../domain/people/papers";
import { type Profile, welcomeStates } from "../../../domain/people/volunteers";
import type { Actor } from "../../../domain/permissions/actors";
import type { Tx } from "../../../storage/store";
import type { Bank } from "../../bank";
import type { Credit } from "../../credit-records";
import type { Hours } from "../../hours";
import { endProxiesMerged } from "../../proxies/ending";
import type { StarSteps } from "../../stars/steps";
import type { Ties } from "../ties";
import type { Volunteers } from "../volunteers";
import type { Handing, Parts } from "./handing";
import type { Joinings } from "./joinings";

/** How many records a refusal names. */
const namedMost = 20;

/** States of a sign-up that is still open. It must be withdrawn before a merging. */
const openSignUps: readonly SignUpState[] = ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED", "CHECKED_IN"];

/** The registrations of two persons who are merged: the older one, and the one that is merged into it. */
export interface Pair {
  kept: Volunteer | null;
  lost: Volunteer | null;
}
/** A merging of two persons: `from` goes, and `to` stays. */
interface Two {
  from: string;
  to: string;
  reasonId: string;
  role: ActorKind;
}

interface Needed {
  bank: Bank;
  volunteers: Volunteers;
  credit: Credit;
  hours: Hours;
  starSteps: StarSteps;
  ties: Ties;
  joinings: Joinings;
  handing: Handing;
}

/** Merges two persons who are the same: checks what must be so before, and gives all that is theirs to the person who stays. */
export class Merger {
  constructor(private readonly services: Needed) {}

  /**
   * Whether an id is of a person: a volunteer, a recipient, a social worker, a member of staff, a head or a guardian. The
   * keys of households and of credit records have ids too, and those are of no person.
   */
  async isPerson(tx: Tx, id: string): Promise<boolean> {
    if (!(await this.services.bank.vault.knows(id)) || (await tx.mergedInto(id))) return false;
    return Boolean(
      (await tx.volunteerOfPerson(id)) ??
        (await tx.recipientOfPerson(id)) ??
        (await tx.socialWorkerOfPerson(id)) ??
        (await tx.profilesOfStaff([id])).get(id) ??
        (await tx.grantsOfPersons([id])).get(id)?.[0] ??
        (await tx.guardianshipsOf(id))[0] ??
        (await tx.headsOfPerson(id))[0],
    );
  }

  /** The registration that stays is the older one, by its day and then by its id, which begins with its instant. */
  async pairOf(tx: Tx, from: string, to: string): Promise<Pair> {
    const both = [...(await tx.volunteersOfPersons([from, to])).values()].sort((a, b) =>
      `${a.registeredOn} ${a.id}` < `${b.registeredOn} ${b.id}` ? -1 : 1,
    );
    return { kept: both[0] ?? null, lost: both[1] ?? null };
  }

  /**
   * Refuses two persons who cannot be one, and what must end before a merging. PAPERS_DISAGREE, STILL_ACTIVE,
   * ILLEGAL_TRANSITION.
   */
  async check(tx: Tx, from: string, to: string, pair: Pair): Promise<void> {
    const { kept, lost } = pair;
    await this.checkOnePerson(tx, from, to, pair);
    await this.checkSecondPersons(tx, from, to, pair);
    await this.services.joinings.check(tx, from, to);
    if (!kept || !lost) return;
    const isLeft = kept.state === lost.state || lost.state === "WITHDRAWN";
    if (!isLeft && ![kept, lost].every(({ state }) => welcomeStates.includes(state)))
      refuse("ILLEGAL_TRANSITION", { action: "MERGE", kept: kept.state, merged: lost.state }, ["mergePersonId"]);
    if (kept.group !== lost.group) refuse("INVALID_INPUT", { expected: "two people or two groups" }, ["mergePersonId"]);
    const signUps = await tx.signUpsOfVolunteer(lost.id, openSignUps, { first: 20, after: null });
    if (signUps.length > 0)
      refuse("STILL_ACTIVE", { as: "SIGN_UP", ids: signUps.map(({ id }) => id) }, ["mergePersonId"]);
    const orders = await tx.ordersOf({ volunteerId: lost.id }, openStates);
    if (orders.length > 0) refuse("STILL_ACTIVE", { as: "ORDER", ids: orders.map(({ id }) => id) }, ["mergePersonId"]);
    await this.services.hours.merged.check(tx, lost, kept);
  }

  /** Two numbers of one kind, two birth dates or two legal names are of two people, and a guardian is not the ward. */
  private async checkOnePerson(tx: Tx, from: string, to: string, { kept, lost }: Pair): Promise<void> {
    const [theirs, ours] = [
      await this.services.bank.papers.profilesOf(tx, from),
      await this.services.bank.papers.profilesOf(tx, to),
    ];
    const disagree = new Set<"idNumber" | "birthDate" | "name" | "guardian">();
    for (const { profile: lostProfile } of theirs)
      for (const { profile: other } of ours) {
        const seen = lostProfile.papersSeen && other.papersSeen && lostProfile.idNumber && other.idNumber;
        if (seen && lostProfile.idKind === other.idKind && lostProfile.idNumber !== other.idNumber)
          disagree.add("idNumber");
        if (lostProfile.birthDate && other.birthDate && lostProfile.birthDate !== other.birthDate)
          disagree.add("birthDate");
        if (lostProfile.legalName && other.legalName && !namesAgree(lostProfile, other)) disagree.add("name");
      }
    for (const ward of [kept, lost])
      for (const { personId } of ward ? ((await tx.guardianshipsFor([ward.id])).get(ward.id) ?? []) : [])
        if (personId !== ward?.personId && (personId === from || personId === to)) disagree.add("guardian");
    if (disagree.size > 0) refuse("PAPERS_DISAGREE", { disagree: [...disagree] }, ["mergePersonId"]);
  }

  /**
   * STILL_ACTIVE for live records that would lose their second person: after the merging one person would have handled and
   * confirmed them, or confirmed them twice, or the volunteer would have confirmed them. They are taken back first, or
   * another person confirms them.
   */
  private async checkSecondPersons(tx: Tx, from: string, to: string, { kept, lost }: Pair): Promise<void> {
    const [ones, others] = [await tx.selves(from), await tx.selves(to)];
    const volunteerIds = [kept, lost].flatMap((volunteer) => (volunteer ? [volunteer.id] : []));
    const records = [
      ...(await tx.recordsOfBoth(ones, others, namedMost)),
      ...(volunteerIds.length > 0 ? await tx.recordsConfirmedBy(volunteerIds, [...ones, ...others], namedMost) : []),
    ];
    const recordIds = [...new Set(records.map(({ id }) => id))].slice(0, namedMost);
    if (recordIds.length > 0) refuse("STILL_ACTIVE", { as: "CONFIRMATION", recordIds }, ["mergePersonId"]);
  }

  /** Merges the registrations as volunteers. The one that goes is moved first, so that the person has one at every moment. */
  async join(
    tx: Tx,
    actor: Actor,
    { kept, lost }: Pair,
    { to, reasonId, role }: Two,
    reason: string,
  ): Promise<Transfer[]> {
    if (!kept) return [];
    const by = actor.personId as string;
    const taken = { reasonId, role };
    if (!lost) {
      if (kept.personId !== to)
        await this.move(tx, actor, kept, { ...kept, personId: to }, { action: "TAKE_OVER", ...taken });
      return [];
    }
    await this.move(tx, actor, lost, { ...lost, personId: to, state: "MERGED" }, { action: "MERGE", ...taken });
    const profileId = await this.fuller(tx, kept, lost, to);
    await this.move(tx, actor, kept, { ...kept, personId: to, profileId }, { action: "TAKE_OVER", ...taken });
    const entries = await this.services.hours.merged.move(tx, actor, role, { from: lost, to: kept, reasonId });
    await this.services.starSteps.give(tx, { personId: by, role }, { from: lost.id, to: kept.id, reasonId });
    await this.services.credit.move(tx, by, role, { from: lost.id, to: kept.id, reason });
    for (const tie of (await tx.tiesOfVolunteers([lost.id])).get(lost.id) ?? []) {
      const allow = { volunteerId: kept.id, organizationId: tie.organizationId, action: "ALLOW" as const, reasonId };
      if (tie.state === "ALLOWED") await this.services.ties.step(tx, { personId: by, role }, allow);
    }
    return entries;
  }

  /** The profile that stays, with what only the other one has: papers that were seen, a legal name, a phone, a guardian. */
  private async fuller(tx: Tx, kept: Volunteer, lost: Volunteer, personId: string): Promise<string> {
    const opened = await this.services.bank.vault.open<Profile>(tx, [kept.profileId, lost.profileId]);
    const [ours, theirs] = [opened.get(kept.profileId), opened.get(lost.profileId)];
    if (!ours || !theirs) return kept.profileId;
    const isSeen = ({ idNumber, papersSeen }: Profile) => idNumber !== null && papersSeen;
    const papers = isSeen(theirs) && !isSeen(ours) ? theirs : ours;
    const named = ours.legalName || !theirs.legalName ? ours : theirs;
    const phoned = ours.phone === null ? theirs : ours;
    const profile: Profile = {
      ...ours,
      said: [...named.said.filter((field) => field === "name"), ...phoned.said.filter((field) => field === "phone")],
      legalName: ours.legalName ?? theirs.legalName,
      phone: ours.phone ?? theirs.phone,
      guardian: ours.guardian ?? theirs.guardian,
      idKind: papers.idKind,
      idNumber: papers.idNumber,
      papersSeen: papers.papersSeen,
    };
    return this.services.bank.vault.seal(tx, personId, profile);
  }

  /** Gives what belongs to the person and not to the registration as a volunteer. */
  async hand(tx: Tx, actor: Actor, { kept, lost }: Pair, { from, to, reasonId, role }: Two): Promise<void> {
    const by = actor.personId as string;
    const joined = { by, role, reasonId };
    await endProxiesMerged(this.services.bank, tx, by, { from, to, reasonId });
    const [recipient, worker] = [await tx.recipientOfPerson(from), await tx.socialWorkerOfPerson(from)];
    const [ourRecipient, ourWorker] = [await tx.recipientOfPerson(to), await tx.socialWorkerOfPerson(to)];
    if (recipient && ourRecipient) await this.services.joinings.recipients(tx, recipient, ourRecipient, joined);
    if (worker && ourWorker) await this.services.joinings.workers(tx, worker, ourWorker, joined);
    await this.handGuardians(tx, by, { from, to, reasonId, lostId: lost?.id ?? null, keptId: kept?.id ?? null });
    const parts: Parts = {
      volunteer: null,
      recipientId: ourRecipient ? null : (recipient?.id ?? null),
      socialWorkerId: ourWorker ? null : (worker?.id ?? null),
      posts: true,
      grantIds: new Set(((await tx.grantsOfPersons([from])).get(from) ?? []).map(({ id }) => id)),
    };
    await this.services.handing.give(tx, actor, parts, { from, to, action: "TAKE_OVER" }, joined);
    const staff = await tx.profilesOfStaff([from, to]);
    const profileId = staff.get(from);
    if (profileId && !staff.has(to)) await tx.append(by, { type: "STAFF_SET", personId: to, profileId });
    const links = (await tx.identityLinksOf([from])).get(from) ?? [];
    const open = links.filter(({ state }) => state === "LINKED");
    await this.services.handing.giveIdentities(tx, open, to, joined);
    const terms = await tx.searchTermsOf(from);
    await tx.addSearchTerms(
      to,
      terms.filter(({ kind }) => kind === "certificate"),
    );
    for (const kind of new Set(terms.map((term) => term.kind))) await tx.replaceSearchTerms(from, kind, []);
    await this.services.bank.papers.renewTerms(tx, to);
  }

  /** Moves the guardianships. One whose pair exists already ends instead. */
  private async handGuardians(
    tx: Tx,
    by: string,
    merging: { from: string; to: string; reasonId: string; lostId: string | null; keptId: string | null },
  ): Promise<void> {
    const { from, to, reasonId, lostId, keptId } = merging;
    const asWard = lostId === null ? [] : ((await tx.guardianshipsFor([lostId])).get(lostId) ?? []);
    const all = new Map(
      [...asWard, ...(await tx.guardianshipsOf(from))].map((guardianship) => [guardianship.id, guardianship]),
    );
    for (const guardianship of all.values()) {
      const volunteerId = guardianship.volunteerId === lostId ? (keptId as string) : guardianship.volunteerId;
      const personId = guardianship.personId === from ? to : guardianship.personId;
      const others = (await tx.guardianshipsFor([volunteerId])).get(volunteerId) ?? [];
      const ends = others.some((other) => other.id !== guardianship.id && other.personId === personId);
      if (ends && guardianship.ended) continue;
      const pair = ends
        ? { volunteerId: guardianship.volunteerId, personId: guardianship.personId }
        : { volunteerId, personId };
      const step = {
        id: guardianship.id,
        ...pair,
        ended: ends || guardianship.ended,
        version: guardianship.version + 1,
        reasonId,
      };
      await tx.append(by, { type: "GUARDIAN_SET", ...step });
    }
  }

  private move(...step: Parameters<Volunteers["move"]>): Promise<Volunteer> {
    return this.services.volunteers.move(...step);
  }
}
