import type { IdentityLink } from "../../../domain/facts/people";
import { refuse } from "../../../domain/kit/refusal";
import type { Tx } from "../../../storage/store";
import type { Bank } from "../../bank";
import { readingHashOf } from "../../credit-records/sight";
import type { Parts } from "./handing";
import { factAt } from "./naming";
import type { SeparatePerson } from "./papers";
import { registrationsIn } from "./run";
import { type Topic, topicOf } from "./topics";

/** For each capacity and role of a person, whether it goes. */
interface Held {
  volunteer: boolean[];
  recipient: boolean[];
  worker: boolean[];
  grants: boolean[];
}

/** Says what goes where two people who were taken for one person are parted. */
export class Separator {
  constructor(private readonly bank: Bank) {}

  /**
   * The parts that the officer named. Each must be the person's; something must go, and something must stay. NOT_FOUND,
   * INVALID_INPUT.
   */
  async partsOf(tx: Tx, input: SeparatePerson): Promise<Parts> {
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
   * The ways to sign in that go. Where the officer names some, those go and no others; otherwise each goes with the thing for
   * which it was made. STILL_ACTIVE with the ids of those that may be either person's: the officer names those that go by
   * `separateIdentityIds`.
   */
  async goingLinks(tx: Tx, input: SeparatePerson, parts: Parts): Promise<IdentityLink[]> {
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

  /** For each capacity and role of the person, whether it goes. */
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

  /**
   * The sealed rows of a person that belong to these parts. A sealed row names nothing; the first entry after it that names
   * it says what it is about. A row that no entry names stays.
   */
  async sealedOf(tx: Tx, personId: string, parts: Parts): Promise<string[]> {
    const ids: string[] = [];
    const whole = await this.mergedParts(tx, personId, parts);
    const files = new Set([...whole].map((id) => readingHashOf(this.bank.vault, id)));
    for (const row of await tx.sealedOfPerson(personId)) {
      const fact = await factAt(tx, row.seq);
      const topic = fact && topicOf(fact);
      if (topic && (await belongs(tx, topic, parts, { whole, files }))) ids.push(row.id);
    }
    return ids;
  }

  /** The ids of what goes, with the registrations that were merged into it: what was said about those belongs to it now. */
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

  /** Renews the search terms of both. Certificates go with the social worker, earlier ones included. */
  async partTerms(tx: Tx, { socialWorkerId }: Parts, from: string, to: string): Promise<void> {
    if (socialWorkerId !== null) {
      const certificates = (await tx.searchTermsOf(from)).filter(({ kind }) => kind === "certificate");
      await tx.addSearchTerms(to, certificates);
      await tx.replaceSearchTerms(from, "certificate", []);
    }
    for (const personId of [from, to]) await this.bank.papers.renewTerms(tx, personId);
  }
}

/**
 * For the things for which a way to sign in may have been made, whether each goes. An invitation says what it is for, and a
 * person who registers themselves is a volunteer. A recipient need not sign in, so that counts only for a person who is
 * nothing else.
 */
function madeFor({ kind, linkedBy }: IdentityLink, { volunteer, recipient, worker, grants }: Held): readonly boolean[] {
  const asInvited = kind === "CODE" || kind === "SELF";
  // Guardianships go with the volunteer.
  if (asInvited && linkedBy === "GUARDIAN") return volunteer.length > 0 ? volunteer : [false];
  const invited = !asInvited ? [] : linkedBy === "VOLUNTEER" ? volunteer : grants;
  if (invited.length > 0) return invited;
  const signsIn = [...volunteer, ...worker, ...grants];
  return signsIn.length > 0 ? signsIn : recipient;
}

/**
 * Whether words are about one of the parts. An officer may have given a record, a visit or a training to another registration
 * since the entry was written, so its registration of today counts.
 */
async function belongs(
  tx: Tx,
  topic: Topic,
  parts: Parts,
  { whole, files }: { whole: ReadonlySet<string>; files: ReadonlySet<string> },
): Promise<boolean> {
  switch (topic.of) {
    case "VOLUNTEER":
    case "CAPACITY":
      return whole.has(topic.id);
    case "RECORD": {
      const record = (await tx.records([topic.id])).get(topic.id);
      return record !== undefined && whole.has(record.volunteerId);
    }
    case "VISIT": {
      const visit = (await tx.visits([topic.id])).get(topic.id);
      return whole.has(visit?.recipientId ?? topic.recipientId);
    }
    case "TRAINING": {
      const training = (await tx.trainings([topic.id])).get(topic.id);
      return whole.has(training?.socialWorkerId ?? topic.socialWorkerId);
    }
    case "GRANT":
      return parts.grantIds.has(topic.id);
    case "POST":
      return parts.posts;
    case "CREDIT_FILE":
      return files.has(topic.subjectHash);
    // These are nothing that can be named to go: a person keeps seats and offices, and the profile of staff.
    case "SEAT":
    case "PERSON":
      return false;
  }
}
