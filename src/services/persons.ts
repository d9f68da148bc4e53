import type { SignUpState } from "../domain/activities/signups";
import type { Actor, ActorKind } from "../domain/actors";
import type { Joined } from "../domain/capacities";
import type { Evidence } from "../domain/hours";
import type { IdentityLink } from "../domain/identities";
import { invariant } from "../domain/invariant";
import { type Fact } from "../domain/ledger/facts";
import type { Transfer } from "../domain/ledger/transfers";
import { namesAgree } from "../domain/papers";
import { refuse } from "../domain/refusal";
import { type Profile, type SaidField, saidOf, type Volunteer, welcomeStates } from "../domain/volunteers";
import type { Tx } from "../storage/store";
import type { Bank, PersonProfile } from "./bank";
import type { Done, MergedPeople, MergePeople, PersonsService, SeparatePerson } from "./contract";
import type { Credit } from "./governing/credit";
import type { Hours } from "./hours";
import { checkOneEvidence, type Identities } from "./identities";
import { checkText } from "./input";
import type { Joinings } from "./joinings";
import { Naming } from "./naming";
import type { Capacity } from "./terms";
import type { Ties } from "./ties";
import { another, mergingsOf, registrationsIn, type Unmerging } from "./unmerging";
import type { Volunteers } from "./volunteers";

/** How many records a refusal names. */
const namedMost = 20;

/** States of a sign-up that is still to come to something: it is withdrawn first. */
const openSignUps: readonly SignUpState[] = ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED", "CHECKED_IN"];
/** The registrations of two who are merged: the older, and the one that goes into it. */
interface Pair {
  kept: Volunteer | null;
  lost: Volunteer | null;
}
/** What goes from one person to another: capacities by id, and what is said to go with them. */
interface Parts {
  volunteer: Volunteer | null;
  recipientId: string | null;
  socialWorkerId: string | null;
  /** Whether paid posts go: they are the social worker's, or the volunteer's where there is none. */
  posts: boolean;
  grantIds: ReadonlySet<string>;
}

/** For each that a person is, whether it goes. */
interface Held {
  volunteer: boolean[];
  recipient: boolean[];
  worker: boolean[];
  grants: boolean[];
}

interface Needed {
  bank: Bank;
  volunteers: Volunteers;
  identities: Identities;
  credit: Credit;
  hours: Hours;
  ties: Ties;
  joinings: Joinings;
  unmerging: Unmerging;
}
/** Two who are merged, in the tables of the one that goes, and of the one that stays. */
interface Merging {
  from: string;
  to: string;
  reasonId: string;
  role: ActorKind;
}

/** Persons who were mistaken for one, or for two, put right by an officer: nothing is lost, and each has what is theirs. */
export class Persons implements PersonsService {
  private readonly bank: Bank;
  constructor(private readonly services: Needed) {
    this.bank = services.bank;
  }

  async separate(actor: Actor, input: SeparatePerson): Promise<Done<{ keptId: string; separatedId: string }>> {
    const { idempotencyKey, ...request } = input;
    const words = checkWords(input);
    const { personId } = input;
    const separatedId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const role = this.bank.permit(actor, "person.separate", {});
      if (actor.personId === personId) refuse("SELF_CONFIRMATION", {}, ["personId"]);
      if (!(await this.bank.vault.knows(personId))) refuse("NOT_FOUND", {}, ["personId"]);
      if (input.mergedPersonId != null) return this.unmerge(tx, actor, role, input, { separatedId, words });
      for (const field of ["separateRecordIds", "separateMinutes"] as const)
        if (input[field] != null) refuse("INVALID_INPUT", { expected: "mergedPersonId with it" }, [field]);
      const parts = await this.partsOf(tx, input);
      const links = await this.goingLinks(tx, input, parts);
      const by = actor.personId as string;
      // The reason may name either: it is the officer's word, and in neither person's copy.
      const reasonId = await this.bank.vault.seal(tx, by, by, words);
      await tx.append(by, { type: "PERSON_SEPARATED", personId, separatedId, actorKind: role, reasonId });
      await this.bank.vault.reseal(tx, by, await this.sealedOf(tx, personId, parts), separatedId);
      await this.give(tx, actor, role, parts, { from: personId, to: separatedId, reasonId, action: "SEPARATE" });
      await this.giveIdentities(tx, by, role, links, { to: separatedId, reasonId });
      if (parts.volunteer || links.length > 0) await this.services.identities.voidAddresses(tx, by, personId);
      await this.partPapers(tx, actor, input, separatedId, { by, role, reasonId });
      await this.partTerms(tx, parts, personId, separatedId);
      return { keptId: personId, separatedId };
    };
    return this.bank.admitting(separatedId, true, async () => {
      const done = await this.bank.once(
        actor,
        "separatePerson",
        idempotencyKey,
        request,
        work,
        async (_, outcome) => outcome,
      );
      return { done, kept: done.value.separatedId === separatedId };
    });
  }

  /** Two who were merged wrongly are two again: under a new id, which the earlier one leads to. */
  private async unmerge(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    input: SeparatePerson,
    { separatedId: to, words }: { separatedId: string; words: object },
  ): Promise<{ keptId: string; separatedId: string }> {
    for (const field of [
      "keepVolunteerId",
      "separateVolunteerId",
      "separateRecipientId",
      "separateSocialWorkerId",
    ] as const)
      if (input[field] != null) refuse("INVALID_INPUT", { expected: "none beside mergedPersonId" }, [field]);
    const by = actor.personId as string;
    const from = input.personId;
    if ((await tx.selves(by)).includes(input.mergedPersonId as string))
      refuse("SELF_CONFIRMATION", {}, ["mergedPersonId"]);
    const found = await this.services.unmerging.look(tx, input);
    const certificates = (await tx.searchTermsOf(from)).filter(({ kind }) => kind === "certificate");
    const reasonId = await this.bank.vault.seal(tx, by, by, words);
    await tx.append(by, { type: "PERSON_SEPARATED", personId: from, separatedId: to, actorKind: role, reasonId });
    const joined = { by, role, reasonId };
    await this.services.unmerging.part({ tx, actor, input, ...found, from, to, joined });
    await this.partPapers(tx, actor, input, to, joined);
    const [stays, goes] = [await tx.socialWorkerOfPerson(from), await tx.socialWorkerOfPerson(to)];
    const theirs = certificates.filter(({ hash }) => goes && (!stays || hash === goes.certificateHash));
    await tx.addSearchTerms(to, theirs);
    const ours = certificates.filter((term) => !theirs.includes(term));
    await tx.replaceSearchTerms(
      from,
      "certificate",
      ours.map(({ hash }) => hash),
    );
    for (const personId of [from, to]) await this.bank.renewTerms(tx, personId);
    return { keptId: from, separatedId: to };
  }

  /**
   * A number that a station has seen is one person's: a claim of the issuer, and the next registration, would find neither
   * of two. So the officer says whose it is, and from the others it goes.
   */
  private async partPapers(tx: Tx, actor: Actor, input: SeparatePerson, to: string, joined: Joined): Promise<void> {
    const number = ({ profile }: { profile: PersonProfile }) =>
      profile.idNumber && profile.papersSeen ? `${profile.idKind} ${profile.idNumber}` : null;
    const from = input.personId;
    const [ours, theirs] = [await this.bank.profilesOf(tx, from), await this.bank.profilesOf(tx, to)];
    const shared = new Set(ours.map(number).filter((one) => one !== null && theirs.some((two) => number(two) === one)));
    if (shared.size === 0) return;
    const { papersOf } = input;
    if (papersOf == null)
      refuse("INVALID_INPUT", { expected: "KEPT, SEPARATED or NEITHER", shared: true }, ["papersOf"]);
    for (const [personId, profiles, whose] of [
      [from, ours, "KEPT"],
      [to, theirs, "SEPARATED"],
    ] as const)
      for (const known of profiles)
        if (papersOf !== whose && shared.has(number(known)))
          await this.takePapers(tx, actor, personId, known.capacity, joined);
  }

  private async takePapers(tx: Tx, actor: Actor, personId: string, capacity: Capacity, joined: Joined): Promise<void> {
    const { joinings } = this.services;
    const without = async <T extends { profileId: string }>(one: T): Promise<T> => {
      const profile = (await this.bank.vault.open<PersonProfile>(tx, [one.profileId])).get(one.profileId);
      invariant(profile, "a profile that was read opens");
      const known = {
        ...profile,
        idKind: null,
        idNumber: null,
        ...("papersSeen" in profile ? { papersSeen: false } : {}),
      };
      return { ...one, profileId: await this.bank.vault.seal(tx, joined.by, personId, known) };
    };
    const fields = ["idNumber"] as const;
    const volunteer = capacity === "VOLUNTEER" ? await tx.volunteerOfPerson(personId) : undefined;
    if (volunteer) {
      const { reasonId, role } = joined;
      await this.move(tx, actor, volunteer, await without(volunteer), { action: "REVISE", reasonId, role, fields });
    }
    const recipient = capacity === "RECIPIENT" ? await tx.recipientOfPerson(personId) : undefined;
    if (recipient) await joinings.setRecipient(tx, "REVISE", await without(recipient), joined, fields);
    const worker = capacity === "SOCIAL_WORKER" ? await tx.socialWorkerOfPerson(personId) : undefined;
    if (worker) await joinings.setWorker(tx, "REVISE", await without(worker), joined, fields);
  }

  /**
   * One person who was registered twice. The older registration stays, under the person that is kept; the other is MERGED
   * and stays beside it as a trace.
   */
  async merge(actor: Actor, input: MergePeople): Promise<Done<MergedPeople>> {
    const { idempotencyKey, ...request } = input;
    const words = checkWords(input);
    const { keepPersonId: to, mergePersonId: from } = input;
    const work = async (tx: Tx, actor: Actor): Promise<MergedPeople> => {
      const role = this.bank.permit(actor, "person.merge", {});
      if (to === from) refuse("INVALID_INPUT", { expected: "two persons" }, ["mergePersonId"]);
      const by = actor.personId as string;
      if (by === to || by === from) refuse("SELF_CONFIRMATION", {}, [by === to ? "keepPersonId" : "mergePersonId"]);
      for (const [id, field] of [
        [to, "keepPersonId"],
        [from, "mergePersonId"],
      ] as const)
        if (!(await this.isPerson(tx, id))) refuse("NOT_FOUND", {}, [field]);
      const pair = await this.pairOf(tx, from, to);
      await this.checkMergeable(tx, from, to, pair);
      const reasonId = await this.bank.vault.seal(tx, by, by, words);
      const fact = { volunteerId: pair.lost?.id ?? null, keptVolunteerId: pair.kept?.id ?? null };
      await tx.append(by, { type: "PEOPLE_MERGED", personId: from, keptId: to, ...fact, actorKind: role, reasonId });
      const sealed = await tx.sealedOfPerson(from);
      await this.bank.vault.reseal(
        tx,
        by,
        sealed.map(({ id }) => id),
        to,
      );
      const merging = { from, to, reasonId, role };
      const entries = await this.join(tx, actor, pair, merging, words.reason);
      await this.hand(tx, actor, pair, merging);
      return { keptId: to, mergedId: from, entries: entries.map(({ seq, minutes }) => ({ seq, minutes })) };
    };
    const done = await this.bank.once(
      actor,
      "mergePeople",
      idempotencyKey,
      request,
      work,
      async (_, outcome) => outcome,
    );
    // Nothing is sealed under it any more. A crash before this leaves a key that opens nothing.
    await this.bank.vault.dismiss(from);
    return done;
  }

  /**
   * Whether an id is a person's: of a volunteer, a recipient, a social worker, a member of staff, a head or a guardian. Keys
   * of households and credit records are nobody's.
   */
  private async isPerson(tx: Tx, id: string): Promise<boolean> {
    if (!(await this.bank.vault.knows(id)) || (await tx.mergedInto(id))) return false;
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

  async mergedInto(actor: Actor, personId: string): Promise<{ id: string }[]> {
    if (!this.bank.permitAny(actor, "person.separate", [{}])) return [];
    const { mergings } = await mergingsOf(this.bank.store.view, personId);
    return mergings.map(({ personId: id }) => ({ id }));
  }

  /** Which registration stays: the older one, by its day and then by its id, which begins with its instant. */
  private async pairOf(tx: Tx, from: string, to: string): Promise<Pair> {
    const both = [...(await tx.volunteersOfPersons([from, to])).values()].sort((a, b) =>
      `${a.registeredOn} ${a.id}` < `${b.registeredOn} ${b.id}` ? -1 : 1,
    );
    return { kept: both[0] ?? null, lost: both[1] ?? null };
  }

  /** What says two people, capacities of which one person has one, and what is open yet: PAPERS_DISAGREE, STILL_ACTIVE. */
  private async checkMergeable(tx: Tx, from: string, to: string, pair: Pair): Promise<void> {
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
    await this.services.hours.merged.check(tx, lost, kept);
  }

  /** Numbers of one kind, birth dates or legal names that differ are two people's, and so are a guardian and the ward. */
  private async checkOnePerson(tx: Tx, from: string, to: string, { kept, lost }: Pair): Promise<void> {
    const [theirs, ours] = [await this.bank.profilesOf(tx, from), await this.bank.profilesOf(tx, to)];
    const disagree = new Set<"idNumber" | "birthDate" | "name" | "guardian">();
    for (const { profile: one } of theirs)
      for (const { profile: other } of ours) {
        const seen = one.papersSeen && other.papersSeen && one.idNumber && other.idNumber;
        if (seen && one.idKind === other.idKind && one.idNumber !== other.idNumber) disagree.add("idNumber");
        if (one.birthDate && other.birthDate && one.birthDate !== other.birthDate) disagree.add("birthDate");
        if (one.legalName && other.legalName && !namesAgree(one, other)) disagree.add("name");
      }
    for (const ward of [kept, lost])
      for (const { personId } of ward ? ((await tx.guardianshipsFor([ward.id])).get(ward.id) ?? []) : [])
        if (personId !== ward?.personId && (personId === from || personId === to)) disagree.add("guardian");
    if (disagree.size > 0) refuse("PAPERS_DISAGREE", { disagree: [...disagree] }, ["mergePersonId"]);
  }

  /**
   * STILL_ACTIVE for records that only one person would have handled and confirmed, or confirmed twice, or that would be
   * confirmed by whose they are: they never had a second person, so they are taken back first, or confirmed by another.
   */
  private async checkSecondPersons(tx: Tx, from: string, to: string, { kept, lost }: Pair): Promise<void> {
    const [ones, others] = [await tx.selves(from), await tx.selves(to)];
    const volunteerIds = [kept, lost].flatMap((one) => (one ? [one.id] : []));
    const records = [
      ...(await tx.recordsOfBoth(ones, others, namedMost)),
      ...(volunteerIds.length > 0 ? await tx.recordsConfirmedBy(volunteerIds, [...ones, ...others], namedMost) : []),
    ];
    const recordIds = [...new Set(records.map(({ id }) => id))].slice(0, namedMost);
    if (recordIds.length > 0) refuse("STILL_ACTIVE", { as: "CONFIRMATION", recordIds }, ["mergePersonId"]);
  }

  /** The registrations become one: first the one that goes, so that the person has one at every moment. */
  private async join(
    tx: Tx,
    actor: Actor,
    { kept, lost }: Pair,
    { to, reasonId, role }: Merging,
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
    const profileId = await this.fuller(tx, by, kept, lost, to);
    await this.move(tx, actor, kept, { ...kept, personId: to, profileId }, { action: "TAKE_OVER", ...taken });
    const entries = await this.services.hours.merged.move(tx, actor, role, { from: lost, to: kept, reasonId });
    await this.services.credit.move(tx, by, role, { from: lost.id, to: kept.id, reason });
    for (const tie of (await tx.tiesOfVolunteers([lost.id])).get(lost.id) ?? []) {
      const given = { volunteerId: kept.id, organizationId: tie.organizationId, action: "ALLOW" as const, reasonId };
      if (tie.state === "ALLOWED") await this.services.ties.step(tx, { personId: by, role }, given);
    }
    return entries;
  }

  /** The profile that stays, with what only the other one says: papers that were seen, a legal name, a phone, a guardian. */
  private async fuller(tx: Tx, by: string, kept: Volunteer, lost: Volunteer, personId: string): Promise<string> {
    const opened = await this.bank.vault.open<Profile>(tx, [kept.profileId, lost.profileId]);
    const [ours, theirs] = [opened.get(kept.profileId), opened.get(lost.profileId)];
    if (!ours || !theirs) return kept.profileId;
    const said = await tx.selfRegistered([kept.id, lost.id]);
    const isSeen = (profile: Profile, { id }: Volunteer) =>
      profile.idNumber !== null && (profile.papersSeen ?? !said.has(id));
    const papers = isSeen(theirs, lost) && !isSeen(ours, kept) ? { ...theirs, papersSeen: true } : ours;
    const saidBy = (of: Profile, { id }: Volunteer, field: SaidField) => saidOf(of, said.has(id)).includes(field);
    const named: [Profile, Volunteer] = ours.legalName || !theirs.legalName ? [ours, kept] : [theirs, lost];
    const phoned: [Profile, Volunteer] = ours.phone === null ? [theirs, lost] : [ours, kept];
    const profile: Profile = {
      ...ours,
      said: [
        ...(saidBy(...named, "name") ? (["name"] as const) : []),
        ...(saidBy(...phoned, "phone") ? (["phone"] as const) : []),
      ],
      legalName: ours.legalName ?? theirs.legalName,
      phone: ours.phone ?? theirs.phone,
      guardian: ours.guardian ?? theirs.guardian,
      idKind: papers.idKind,
      idNumber: papers.idNumber,
      papersSeen: papers.papersSeen,
    };
    return this.bank.vault.seal(tx, by, personId, profile);
  }

  /** What hangs on the person rather than on a registration. */
  private async hand(tx: Tx, actor: Actor, { kept, lost }: Pair, { from, to, reasonId, role }: Merging): Promise<void> {
    const by = actor.personId as string;
    const joined = { by, role, reasonId };
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
    await this.give(tx, actor, role, parts, { from, to, reasonId, action: "TAKE_OVER" });
    const staff = await tx.profilesOfStaff([from, to]);
    const profileId = staff.get(from);
    if (profileId && !staff.has(to)) await tx.append(by, { type: "STAFF_SET", personId: to, profileId });
    const links = (await tx.identityLinksOf([from])).get(from) ?? [];
    const open = links.filter(({ state }) => state === "LINKED");
    await this.giveIdentities(tx, by, role, open, { to, reasonId });
    const terms = await tx.searchTermsOf(from);
    await tx.addSearchTerms(
      to,
      terms.filter(({ kind }) => kind === "certificate"),
    );
    for (const kind of new Set(terms.map((term) => term.kind))) await tx.replaceSearchTerms(from, kind, []);
    await this.bank.renewTerms(tx, to);
  }

  /** Who answers for whom, anew: a pair that is there already ends instead. */
  private async handGuardians(
    tx: Tx,
    by: string,
    given: { from: string; to: string; reasonId: string; lostId: string | null; keptId: string | null },
  ): Promise<void> {
    const { from, to, reasonId, lostId, keptId } = given;
    const asWard = lostId === null ? [] : ((await tx.guardianshipsFor([lostId])).get(lostId) ?? []);
    const all = new Map([...asWard, ...(await tx.guardianshipsOf(from))].map((one) => [one.id, one]));
    for (const one of all.values()) {
      const volunteerId = one.volunteerId === lostId ? (keptId as string) : one.volunteerId;
      const personId = one.personId === from ? to : one.personId;
      const others = (await tx.guardianshipsFor([volunteerId])).get(volunteerId) ?? [];
      const ends = others.some((other) => other.id !== one.id && other.personId === personId);
      if (ends && one.ended) continue;
      const pair = ends ? { volunteerId: one.volunteerId, personId: one.personId } : { volunteerId, personId };
      const step = { id: one.id, ...pair, ended: ends || one.ended ? 1 : 0, version: one.version + 1, reasonId };
      await tx.append(by, { type: "GUARDIAN_SET", ...step });
    }
  }

  private move(...given: Parameters<Volunteers["move"]>): Promise<Volunteer> {
    return this.services.volunteers.move(...given);
  }

  /** What the officer named, which must be the person's; something goes, and something stays. */
  private async partsOf(tx: Tx, input: SeparatePerson): Promise<Parts> {
    const { personId, separateGrantIds: grantIds } = input;
    const [volunteer, recipient, worker] = [
      (await tx.volunteerOfPerson(personId)) ?? null,
      await tx.recipientOfPerson(personId),
      await tx.socialWorkerOfPerson(personId),
    ];
    const own = (id: string | null | undefined, known: string | undefined, field: string): boolean =>
      id != null && (id === known || refuse("NOT_FOUND", {}, [field]));
    own(input.keepVolunteerId, volunteer?.id, "keepVolunteerId");
    const goes = {
      volunteer: own(input.separateVolunteerId, volunteer?.id, "separateVolunteerId"),
      recipient: own(input.separateRecipientId, recipient?.id, "separateRecipientId"),
      worker: own(input.separateSocialWorkerId, worker?.id, "separateSocialWorkerId"),
    };
    if (input.keepVolunteerId != null && input.keepVolunteerId === input.separateVolunteerId)
      refuse("INVALID_INPUT", { expected: "another volunteer than the one that stays" }, ["separateVolunteerId"]);
    const grants = (await tx.grantsOfPersons([personId])).get(personId) ?? [];
    for (const [i, id] of (grantIds ?? []).entries())
      if (!grants.some((grant) => grant.id === id)) refuse("NOT_FOUND", {}, ["separateGrantIds", String(i)]);
    if (!goes.volunteer && !goes.recipient && !goes.worker)
      refuse("INVALID_INPUT", { expected: "a volunteer, a recipient or a social worker" }, ["separateVolunteerId"]);
    const stays = [
      volunteer && !goes.volunteer,
      recipient && !goes.recipient,
      worker && !goes.worker,
      (await tx.profilesOfStaff([personId])).size > 0,
      grants.some(({ id }) => !grantIds?.includes(id)),
    ];
    if (!stays.some(Boolean)) refuse("INVALID_INPUT", { expected: "something that stays" }, ["personId"]);
    return {
      volunteer: goes.volunteer ? volunteer : null,
      recipientId: goes.recipient ? (recipient?.id ?? null) : null,
      socialWorkerId: goes.worker ? (worker?.id ?? null) : null,
      posts: worker ? goes.worker : goes.volunteer,
      grantIds: new Set(grantIds ?? []),
    };
  }

  /**
   * What is sealed of a person and belongs to these parts. A sealed row names nothing: the first entry after it that names
   * it says what it is about. What no entry names stays.
   */
  private async sealedOf(tx: Tx, personId: string, parts: Parts): Promise<string[]> {
    const ids: string[] = [];
    const whole = await this.mergedParts(tx, personId, parts);
    const naming = new Naming(tx);
    for (const row of await tx.sealedOfPerson(personId)) {
      const fact = await naming.of(row);
      if (fact && belongs(await asItStands(tx, fact), parts, whole)) ids.push(row.id);
    }
    return ids;
  }

  /** What goes, with the registrations that were merged into it: what was said of those is of it now. */
  private async mergedParts(tx: Tx, personId: string, parts: Parts): Promise<ReadonlySet<string>> {
    const { volunteer, recipientId, socialWorkerId } = parts;
    const whole = await registrationsIn(tx, personId, volunteer ? [volunteer.id] : []);
    for (const id of await tx.selves(personId)) {
      const [recipient, worker] = [await tx.recipientOfPerson(id), await tx.socialWorkerOfPerson(id)];
      if (recipient && recipientId !== null) whole.add(recipient.id);
      if (worker && socialWorkerId !== null) whole.add(worker.id);
    }
    return whole;
  }

  /** Each part by its own fact, under the person to whom it belongs from now on. */
  private async give(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    parts: Parts,
    { from, to, reasonId, action }: { from: string; to: string; reasonId: string; action: "SEPARATE" | "TAKE_OVER" },
  ): Promise<void> {
    const by = actor.personId as string;
    const { volunteer, recipientId, socialWorkerId } = parts;
    if (volunteer)
      await this.move(tx, actor, volunteer, { ...volunteer, personId: to }, { action: "SEPARATE", reasonId, role });
    const { joinings } = this.services;
    const joined = { by, role, reasonId };
    for (const recipient of (await tx.recipients(recipientId ? [recipientId] : [])).values())
      await joinings.setRecipient(tx, action, { ...recipient, personId: to }, joined);
    for (const worker of (await tx.socialWorkers(socialWorkerId ? [socialWorkerId] : [])).values())
      await joinings.setWorker(tx, action, { ...worker, personId: to }, joined);
    if (parts.posts)
      for (const post of (await tx.postsOfPersons([from])).get(from) ?? [])
        await tx.append(by, { type: "POST_SET", ...another(post, to), reasonId });
    if (volunteer)
      for (const guardianship of await tx.guardianshipsOf(from)) {
        const { ended, ...guardian } = another(guardianship, to);
        await tx.append(by, { type: "GUARDIAN_SET", ...guardian, ended: ended ? 1 : 0, reasonId });
      }
    for (const grant of (await tx.grantsOfPersons([from])).get(from) ?? [])
      if (parts.grantIds.has(grant.id)) await tx.append(by, { type: "GRANT_STEP", ...another(grant, to), reasonId });
  }

  /**
   * Which ways to sign in go. Where the officer names some, those and no others; else each goes with what it was made for.
   * STILL_ACTIVE with the ids of those that may be either's: the officer says by `separateIdentityIds` whose they are.
   */
  private async goingLinks(tx: Tx, input: SeparatePerson, parts: Parts): Promise<IdentityLink[]> {
    const { personId, separateIdentityIds: named } = input;
    const links = (await tx.identityLinksOf([personId])).get(personId) ?? [];
    const open = links.filter(({ state }) => state === "LINKED");
    for (const [i, id] of (named ?? []).entries())
      if (!open.some((link) => link.id === id)) refuse("NOT_FOUND", {}, ["separateIdentityIds", String(i)]);
    if (named != null) return open.filter(({ id }) => named.includes(id));
    const held = await this.heldBy(tx, personId, parts);
    const fates = open.map((link) => ({ link, goes: new Set(madeFor(link, held)) }));
    const ids = fates.flatMap(({ link, goes }) => (goes.size > 1 ? [link.id] : []));
    if (ids.length > 0) refuse("STILL_ACTIVE", { as: "IDENTITY", ids }, ["separateIdentityIds"]);
    return fates.flatMap(({ link, goes }) => (goes.has(true) ? [link] : []));
  }

  /** Of each that the person is, whether it goes. */
  private async heldBy(tx: Tx, personId: string, parts: Parts): Promise<Held> {
    const grants = (await tx.grantsOfPersons([personId])).get(personId) ?? [];
    const staff = (await tx.profilesOfStaff([personId])).has(personId);
    return {
      volunteer: (await tx.volunteerOfPerson(personId)) ? [parts.volunteer !== null] : [],
      recipient: (await tx.recipientOfPerson(personId)) ? [parts.recipientId !== null] : [],
      worker: (await tx.socialWorkerOfPerson(personId)) ? [parts.socialWorkerId !== null] : [],
      grants: [...grants.map(({ id }) => parts.grantIds.has(id)), ...(staff ? [false] : [])],
    };
  }

  private async giveIdentities(
    tx: Tx,
    by: string,
    role: ActorKind,
    links: readonly IdentityLink[],
    { to: personId, reasonId }: { to: string; reasonId: string },
  ): Promise<void> {
    for (const link of links) {
      await this.services.identities.end(tx, by, link, role, reasonId);
      const { hash, issuer } = link;
      const given = { hash, issuer, personId, kind: "PAPERS" as const, linkedBy: role, reasonId };
      await this.services.identities.begin(tx, by, given);
    }
  }

  /** By what each is found from now on. Certificates are the social worker's, also earlier ones. */
  private async partTerms(tx: Tx, { socialWorkerId }: Parts, from: string, to: string): Promise<void> {
    if (socialWorkerId !== null) {
      const certificates = (await tx.searchTermsOf(from)).filter(({ kind }) => kind === "certificate");
      await tx.addSearchTerms(to, certificates);
      await tx.replaceSearchTerms(from, "certificate", []);
    }
    for (const personId of [from, to]) await this.bank.renewTerms(tx, personId);
  }
}

/**
 * Of what a way to sign in may have been made for, whether it goes: an invitation says it, and who registers themselves is
 * a volunteer. A recipient has no need to sign in: that counts only for whoever is nothing else.
 */
function madeFor({ kind, linkedBy }: IdentityLink, { volunteer, recipient, worker, grants }: Held): readonly boolean[] {
  const asInvited = kind === "CODE" || kind === "SELF";
  // Guardianships go with the volunteer.
  if (asInvited && linkedBy === "GUARDIAN") return volunteer.length > 0 ? volunteer : [false];
  const said = !asInvited ? [] : linkedBy === "VOLUNTEER" ? volunteer : grants;
  if (said.length > 0) return said;
  const signsIn = [...volunteer, ...worker, ...grants];
  return signsIn.length > 0 ? signsIn : recipient;
}

export function checkWords(given: { reason: string; evidence?: Evidence | null }) {
  const reason = checkText(given.reason, "reason", { most: 1000 }) ?? refuse("REASON_MISSING", {}, ["reason"]);
  return { reason, evidence: given.evidence ? checkOneEvidence(given.evidence) : null };
}

/** The entry with whose it is today: an officer may have given a record, a visit or a training to another since. */
async function asItStands(tx: Tx, fact: Fact): Promise<Fact> {
  const now = async <T>(found: Promise<Map<string, T>>, id: string) => (await found).get(id);
  if (fact.type === "RECORD_STEP") {
    const record = await now(tx.records([fact.id]), fact.id);
    return { ...fact, volunteerId: record?.volunteerId ?? fact.volunteerId };
  }
  if (fact.type === "VISIT_SET") {
    const visit = await now(tx.visits([fact.id]), fact.id);
    return { ...fact, recipientId: visit?.recipientId ?? fact.recipientId };
  }
  if (fact.type !== "TRAINING_SET") return fact;
  const training = await now(tx.trainings([fact.id]), fact.id);
  return { ...fact, socialWorkerId: training?.socialWorkerId ?? fact.socialWorkerId };
}

/** Whether what an entry says is about one of the parts. What somebody did, and how they sign in, is none of these. */
function belongs(fact: Fact, parts: Parts, whole: ReadonlySet<string>): boolean {
  switch (fact.type) {
    // The step comes before what stands after it, and names the reason first.
    case "RECIPIENT_MOVED":
    case "RECIPIENT_SET":
    case "SOCIAL_WORKER_MOVED":
    case "SOCIAL_WORKER_SET":
    case "VOLUNTEER_STEP":
      return whole.has(fact.id);
    case "VISIT_SET":
      return whole.has(fact.recipientId);
    case "TRAINING_SET":
      return whole.has(fact.socialWorkerId);
    case "POST_SET":
      return parts.posts;
    case "GRANT_STEP":
      return parts.grantIds.has(fact.id);
    case "VOLUNTEER_MOVED":
    case "RECORD_STEP":
    case "SIGN_UP_STEP":
    case "ATTENDANCE_STEP":
    case "GUARDIAN_SET":
    case "TIE_STEP":
      return whole.has(fact.volunteerId);
    case "SPOT_CHECK_STEP":
    case "CREDIT_FILE_READ":
      return parts.volunteer !== null;
    default:
      return false;
  }
}
