import type { Actor, ActorKind } from "../domain/actors";
import type { Evidence } from "../domain/hours";
import { type Fact } from "../domain/ledger/facts";
import { decode } from "../domain/ledger/journal";
import { refuse } from "../domain/refusal";
import type { Volunteer } from "../domain/volunteers";
import type { Tx } from "../storage/store";
import type { Bank } from "./bank";
import type { Done, PersonsService, SeparatePerson } from "./contract";
import { checkOneEvidence, type Identities } from "./identities";
import { checkText } from "./input";
import type { Volunteers } from "./volunteers";

/** How many entries after a sealed row are looked at, a page at a time, for the one that names it. */
const lookAhead = 50;
const lookMost = 5000;

/** What goes from one person to another: capacities by id, and what is said to go with them. */
interface Parts {
  volunteer: Volunteer | null;
  recipientId: string | null;
  socialWorkerId: string | null;
  /** Whether paid posts go: they are the social worker's, or the volunteer's where there is none. */
  posts: boolean;
  grantIds: ReadonlySet<string>;
}

/** Persons who were mistaken for one, parted by an officer: nothing is lost, and neither keeps what is the other's. */
export class Persons implements PersonsService {
  constructor(
    private readonly bank: Bank,
    private readonly volunteers: Volunteers,
    private readonly identities: Identities,
  ) {}

  async separate(actor: Actor, input: SeparatePerson): Promise<Done<{ keptId: string; separatedId: string }>> {
    const { idempotencyKey, ...request } = input;
    const words = checkWords(input);
    const { personId } = input;
    const separatedId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const role = this.bank.permit(actor, "person.separate", {});
      if (actor.personId === personId) refuse("SELF_CONFIRMATION", {}, ["personId"]);
      if (!(await this.bank.vault.knows(personId))) refuse("NOT_FOUND", {}, ["personId"]);
      const parts = await this.partsOf(tx, input);
      const by = actor.personId as string;
      // The reason may name either: it is the officer's word, and in neither person's copy.
      const reasonId = await this.bank.vault.seal(tx, by, by, words);
      await tx.append(by, { type: "PERSON_SEPARATED", personId, separatedId, actorKind: role, reasonId });
      await this.bank.vault.reseal(tx, by, await this.sealedOf(tx, personId, parts), separatedId);
      await this.give(tx, actor, role, parts, { from: personId, to: separatedId, reasonId });
      await this.giveIdentities(tx, by, role, input, { to: separatedId, reasonId });
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
    for (const { id, seq } of await tx.sealedOfPerson(personId)) {
      const fact = await this.naming(tx, id, seq);
      if (fact && belongs(fact, parts)) ids.push(id);
    }
    return ids;
  }

  private async naming(tx: Tx, id: string, seq: number): Promise<Fact | null> {
    for (let after = seq; after < seq + lookMost; after += lookAhead) {
      const rows = await tx.journalAfter(after, lookAhead);
      for (const { body } of rows) {
        const { fact } = decode(body);
        if (fact.type !== "SEALED_ANEW" && Object.values(fact).includes(id)) return fact;
      }
      if (rows.length < lookAhead) break;
    }
    return null;
  }

  /** Each part by its own fact, under the person to whom it belongs from now on. */
  private async give(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    parts: Parts,
    { from, to, reasonId }: { from: string; to: string; reasonId: string },
  ): Promise<void> {
    const by = actor.personId as string;
    const { volunteer, recipientId, socialWorkerId } = parts;
    if (volunteer)
      await this.volunteers.move(
        tx,
        actor,
        volunteer,
        { ...volunteer, personId: to },
        { action: "SEPARATE", reasonId, role },
      );
    for (const recipient of (await tx.recipients(recipientId ? [recipientId] : [])).values())
      await tx.append(by, { type: "RECIPIENT_SET", ...changed(recipient, to), reasonId });
    for (const worker of (await tx.socialWorkers(socialWorkerId ? [socialWorkerId] : [])).values())
      await tx.append(by, { type: "SOCIAL_WORKER_SET", ...changed(worker, to) });
    if (parts.posts)
      for (const post of (await tx.postsOfPersons([from])).get(from) ?? [])
        await tx.append(by, { type: "POST_SET", ...changed(post, to), reasonId });
    if (volunteer)
      for (const guardianship of await tx.guardianshipsOf(from)) {
        const { ended, ...guardian } = changed(guardianship, to);
        await tx.append(by, { type: "GUARDIAN_SET", ...guardian, ended: ended ? 1 : 0, reasonId });
      }
    for (const grant of (await tx.grantsOfPersons([from])).get(from) ?? [])
      if (parts.grantIds.has(grant.id)) await tx.append(by, { type: "GRANT_STEP", ...changed(grant, to), reasonId });
  }

  private async giveIdentities(
    tx: Tx,
    by: string,
    role: ActorKind,
    { personId, separateIdentityIds }: SeparatePerson,
    { to, reasonId }: { to: string; reasonId: string },
  ): Promise<void> {
    const links = (await tx.identityLinksOf([personId])).get(personId) ?? [];
    for (const [i, id] of (separateIdentityIds ?? []).entries()) {
      const link = links.find((one) => one.id === id && one.state === "LINKED");
      if (!link) return refuse("NOT_FOUND", {}, ["separateIdentityIds", String(i)]);
      await this.identities.end(tx, by, link, role, reasonId);
      const { hash, issuer } = link;
      await this.identities.begin(tx, by, { hash, issuer, personId: to, kind: "PAPERS", linkedBy: role, reasonId });
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

export function checkWords(given: { reason: string; evidence?: Evidence | null }) {
  const reason = checkText(given.reason, "reason", { most: 1000 }) ?? refuse("REASON_MISSING", {}, ["reason"]);
  return { reason, evidence: given.evidence ? checkOneEvidence(given.evidence) : null };
}

/** A row as the next version's fact of another person. */
function changed<T extends { version: number }>(row: T, personId: string): T & { personId: string } {
  const { seq: _, ...fact } = { ...row, personId, version: row.version + 1 } as T & { personId: string; seq?: number };
  return fact as T & { personId: string };
}

/** Whether what an entry says is about one of the parts. What somebody did, and how they sign in, is none of these. */
function belongs(fact: Fact, parts: Parts): boolean {
  switch (fact.type) {
    case "RECIPIENT_SET":
      return fact.id === parts.recipientId;
    case "VISIT_SET":
      return fact.recipientId === parts.recipientId;
    case "SOCIAL_WORKER_SET":
      return fact.id === parts.socialWorkerId;
    case "TRAINING_SET":
      return fact.socialWorkerId === parts.socialWorkerId;
    case "POST_SET":
      return parts.posts;
    case "GRANT_STEP":
      return parts.grantIds.has(fact.id);
    case "VOLUNTEER_STEP":
      return fact.id === parts.volunteer?.id;
    case "VOLUNTEER_MOVED":
    case "RECORD_STEP":
    case "SIGN_UP_STEP":
    case "ATTENDANCE_STEP":
    case "GUARDIAN_SET":
    case "TIE_STEP":
      return fact.volunteerId === parts.volunteer?.id;
    case "SPOT_CHECK_STEP":
    case "CREDIT_FILE_READ":
      return parts.volunteer !== null;
    default:
      return false;
  }
}
