import { createHash } from "node:crypto";
import type { ActorKind } from "../../domain/facts/actors";
import { hashedRefPrefix, type RecordAction, recordStep, type ServiceRecord } from "../../domain/facts/hours";
import type { Division, Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
import type { Evidence, Interval, Rules } from "../../domain/hours";
import * as hours from "../../domain/hours";
import { aroundDays, type Day, dayOf, serviceDay } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { orderIdOf } from "../../domain/orders";
import { lineage } from "../../domain/organizations";
import { checkNotOwn, selvesOf } from "../../domain/people/near";
import { type Act, type Actor, acts, asOfficer } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import { checkDuty, type Duty, dutiesOf } from "../../domain/workers/posts";
import type { Span, StoredRecord, Tx, View } from "../../storage/store";
import { placeOfRecord, type Tallies } from "../activities/tallies";
import type { Bank } from "../bank";
import { workingCalendar } from "../bank/calendar";
import { readField } from "../bank/fields";
import { ownOf } from "../bank/near";
import { shortened } from "../bank/vault";
import { voidServiceRecord } from "./commands";
import { type CheckedEntry, contentOf, detailsOf, type RecordDetails } from "./entries";

/** What a step says beside the record itself, sealed: why it was taken and what speaks for it, or how good the service was. */
export interface Reason {
  reason?: string;
  evidence?: Evidence[];
  quality?: number;
}
/** What one transaction reads once for all its lines. */
export interface RecordScene {
  rules: Rules;
  policies: Policies;
  /** The paid duties of the volunteers whose service is entered, by person. */
  duties: ReadonlyMap<string, readonly Duty[]>;
  /** The volunteers about whom a dry run tells the organisation only what it recorded itself. */
  hushed?: ReadonlySet<string>;
  /** The hashes of the references of a batch. */
  refs?: ReadonlyMap<string, string>;
  /** Live records around all lines of a batch, those that it accepted included; where absent each line asks for its own. */
  live?: LiveRecords;
}

/** Live records around the lines of a batch, read at once. */
export class LiveRecords {
  private constructor(
    private readonly asked: ReadonlySet<string>,
    private readonly records: Map<string, StoredRecord[]>,
  ) {}

  static async around(tx: Tx, spans: readonly Span[]): Promise<LiveRecords> {
    const asked = new Map(spans.map((span) => [keyOf(span), span]));
    const live = new LiveRecords(new Set(asked.keys()), new Map());
    for (const record of await tx.liveInSpans([...asked.values()])) live.add(record);
    return live;
  }

  /** Those of the civil days that an interval touches; undefined where it was not asked for. */
  of(volunteerId: string, interval: Interval): StoredRecord[] | undefined {
    const span = spanAround(volunteerId, interval);
    if (!this.asked.has(keyOf(span))) return undefined;
    return (this.records.get(volunteerId) ?? [])
      .filter((record) => record.endedAt > span.from && record.startedAt < span.to)
      .sort((a, b) => a.startedAt - b.startedAt);
  }

  /** A line was accepted: those after it are judged beside it. */
  add(record: StoredRecord): void {
    const own = this.records.get(record.volunteerId);
    if (own) own.push(record);
    else this.records.set(record.volunteerId, [record]);
  }
}
const keyOf = ({ volunteerId, from, to }: Span) => `${volunteerId} ${from} ${to}`;

/** A record's steps: found and permitted, decided by the domain, appended to the journal. */
export class Records {
  constructor(
    private readonly bank: Bank,
    private readonly tallies: Tallies,
  ) {}

  async scene(tx: Tx, volunteers: readonly Volunteer[] = []): Promise<RecordScene> {
    const policies = await this.bank.policies(tx);
    const people = volunteers.map(({ personId }) => personId);
    const [posts, grants] = [await tx.postsOfPersons(people), await this.bank.held(tx, people)];
    const duties = new Map(people.map((id) => [id, dutiesOf(posts.get(id) ?? [], grants.get(id) ?? [])]));
    return { policies, duties, rules: { policies, calendar: workingCalendar(policies, dayOf(tx.now)), now: tx.now } };
  }

  /** Refuses time that an organisation pays for; where an organisation is named, only time that it pays for itself. PAID_DUTY. */
  checkDuty(
    { rules, duties }: RecordScene,
    { personId }: Pick<Volunteer, "personId">,
    interval: Interval,
    evidence: readonly Evidence[],
    onlyAt: string | null = null,
  ): void {
    const held = duties.get(personId) ?? [];
    const compared = onlyAt === null ? held : held.filter(({ organizationId }) => organizationId === onlyAt);
    checkDuty(interval, compared, evidence, rules);
  }

  /** The hash of an entry as it was first accepted: a reference that comes again must have the same content. */
  contentHash(entry: CheckedEntry, volunteerId: string): string {
    return this.bank.vault.shortHash("content", contentOf(entry, volunteerId));
  }

  /** The form of a reference in the journal. Only this organisation finds it again. */
  refHash(organizationId: string, reference: string): string {
    return refHash(this.bank, organizationId, reference);
  }

  /** Where a reference was used: by which record, of which day's service, and on which day it was entered. */
  async usedBy(view: View, { id, endedAt }: StoredRecord): Promise<{ recordId: string; on: Day; enteredOn: Day }> {
    const [first] = (await view.recordSteps([id])).get(id) ?? [];
    invariant(first, "a record has a first step");
    return { recordId: id, on: serviceDay(endedAt), enteredOn: dayOf(first.at) };
  }

  /** Appends the step that leaves the record as given; the version counts the steps. */
  async move(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    record: ServiceRecord & { openedSeq?: number },
    action: RecordAction,
    before: StoredRecord | null,
    reasonId: string | null,
  ): Promise<StoredRecord> {
    const [by, version] = [actor.personId as string, (before?.version ?? 0) + 1];
    const fact = recordStep.step(record, { version, action, from: before?.state ?? null, actorKind: role, reasonId });
    const seq = await tx.append(by, fact, before ?? undefined);
    const place = await placeOfRecord(tx, record);
    if (place) await this.tallies.record(tx, place, before, record);
    const stored = recordStep.into.serviceRecords.row(fact, { seq, at: tx.now, actor: by });
    return before ? { ...stored, openedSeq: before.openedSeq } : stored;
  }

  /** The record, the volunteer and the role under which the actor may do this to it; NOT_FOUND when it is not theirs to see. */
  async mine(
    tx: Tx,
    actor: Actor,
    recordId: string,
    act:
      | "hours.confirm"
      | "hours.return"
      | "hours.reject"
      | "hours.void"
      | "hours.resubmit"
      | "hours.dispute"
      | "hours.resolve"
      | "hours.reverse",
    path: string[] = ["recordId"],
  ) {
    const record = (await tx.records([recordId])).get(recordId) ?? refuse("NOT_FOUND", {}, path);
    const { volunteerId, organizationId } = record;
    const { divisions } = await this.bank.places.at(tx, await this.bank.organization(tx, organizationId));
    const guardianIds = await this.guardiansFor(tx, actor, act, record);
    const where = { organizationId, divisions, volunteerId, guardianIds };
    if (!this.bank.permitAny(actor, "hours.see", [where])) refuse("NOT_FOUND", {}, path);
    const role = this.bank.permit(actor, act, where);
    const orderId = orderIdOf(record.externalRef);
    // Who accepts, disputes or decides an order does the same with its record; afterwards the record goes its own way.
    if (orderId !== null && !laterActs.includes(act)) refuse("ILLEGAL_TRANSITION", { orderId }, path);
    return { record, role, volunteer: await volunteerOf(tx, record) };
  }

  /** The recipient of a record must be on a list that the organisation may see. NOT_FOUND tells nothing of others. */
  private async checkRecipient(tx: Tx, organization: Organization, recipientId: string | null): Promise<void> {
    if (recipientId === null) return;
    const path = ["recipientId"];
    const recipient = (await tx.recipients([recipientId])).get(recipientId) ?? refuse("NOT_FOUND", {}, path);
    const divisions = lineage(recipient.divisionCode, await this.bank.divisions(tx));
    if (!divisions.includes(organization.divisionCode)) refuse("NOT_FOUND", {}, path);
  }

  /** The guardians of the volunteer, where the act may depend on them: for each record of a batch it would open a profile in vain. */
  private async guardiansFor(tx: Tx, actor: Actor, act: Act, { volunteerId }: StoredRecord): Promise<string[]> {
    const matters = (acts[act] as readonly string[]).includes("GUARDIAN") || actor.grants.length === 0;
    return matters ? ((await this.bank.guardiansOf(tx, [volunteerId])).get(volunteerId) ?? []) : [];
  }

  /** Rows 3 to 10 of DESIGN §3 in their order, then the record. */
  async accept(
    tx: Tx,
    scene: RecordScene,
    actor: Actor,
    role: ActorKind,
    organization: Organization,
    volunteer: Volunteer | undefined,
    entry: CheckedEntry,
    fixedOrigin: "IMPORTED" | null,
  ): Promise<StoredRecord> {
    if (volunteer?.state !== "ACTIVE")
      refuse("VOLUNTEER_NOT_FOUND", {}, [entry.volunteerNo ? "volunteerNo" : "volunteerId"]);
    hours.checkServiceType(entry.serviceType, entry.endedAt, scene.policies);
    await this.checkRecipient(tx, organization, entry.recipientId);
    const assessment = hours.assess(entry, scene.rules);
    if (!fixedOrigin) hours.checkLateness(assessment, entry, entry.evidence.length, scene.rules);
    const all = scene.live?.of(volunteer.id, entry) ?? (await liveAround(tx, volunteer.id, entry));
    const hushed = scene.hushed?.has(volunteer.id) ?? false;
    const own = all.filter((other) => other.organizationId === organization.id);
    const live = hushed ? own : all;
    const knows = { organizationId: role === "VOLUNTEER" ? null : organization.id };
    // The organisation's own records are checked first: a line that they refuse shows nothing of other organisations'.
    hours.checkOverlap(entry, own, knows);
    this.checkDuty(scene, volunteer, entry, entry.evidence, organization.id);
    hours.checkOverlap(entry, live, knows);
    if (!hushed) this.checkDuty(scene, volunteer, entry, entry.evidence);
    const origin = fixedOrigin ?? (assessment.late ? "BACKFILLED" : "ENTERED");
    const detailsId = await this.bank.vault.seal(tx, volunteer.personId, detailsOf(entry));
    const record = hours.submitted({
      id: this.bank.id("record", tx.now),
      organizationId: organization.id,
      volunteerId: volunteer.id,
      externalRef:
        entry.externalRef && (scene.refs?.get(entry.externalRef) ?? this.refHash(organization.id, entry.externalRef)),
      contentHash: this.contentHash(entry, volunteer.id),
      serviceType: entry.serviceType,
      startedAt: entry.startedAt,
      endedAt: entry.endedAt,
      breakMinutes: entry.breakMinutes,
      serviceMinutes: assessment.serviceMinutes,
      origin,
      confirmationsNeeded: hours.confirmationsNeeded(entry, origin, live, scene.rules),
      handledBy: [actor.personId as string],
      recordBy: assessment.recordBy,
      detailsId,
    });
    const accepted = await this.move(tx, actor, role, record, "SUBMIT", null, null);
    scene.live?.add(accepted);
    return accepted;
  }

  /** A shorter record in the place of one that a verdict refused: it waits for the same confirmations, and its texts stay. */
  async shortened(
    tx: Tx,
    { actor, role }: { actor: Actor; role: ActorKind },
    record: StoredRecord,
    { endedAt, reference }: { endedAt: number; reference: string },
  ): Promise<StoredRecord> {
    const { serviceMinutes, recordBy } = hours.assess({ ...record, endedAt }, (await this.scene(tx)).rules);
    const details = (await this.bank.vault.open<RecordDetails>(tx, [record.detailsId])).get(record.detailsId);
    if (!details) refuse("PERSON_ERASED");
    const { volunteerId, serviceType, startedAt, breakMinutes } = record;
    const entry = {
      ...details,
      volunteerId,
      volunteerNo: null,
      externalRef: reference,
      serviceType,
      startedAt,
      endedAt,
    };
    const shorter = hours.submitted({
      ...record,
      id: this.bank.id("record", tx.now),
      externalRef: reference,
      contentHash: this.contentHash({ ...entry, breakMinutes }, volunteerId),
      endedAt,
      serviceMinutes,
      recordBy,
    });
    return this.move(tx, actor, role, shorter, "SUBMIT", null, null);
  }

  /** Keeps origin, texts and confirmations; tested for interval, length and overlap, not for lateness. */
  async replacementOf(
    tx: Tx,
    scene: RecordScene,
    { record, volunteer, evidence }: { record: StoredRecord; volunteer: Volunteer; evidence: readonly Evidence[] },
    interval: Interval,
  ): Promise<StoredRecord> {
    const { serviceMinutes, recordBy } = hours.assess(interval, scene.rules);
    const { organizationId, id: own } = record;
    hours.checkOverlap(interval, await liveAround(tx, record.volunteerId, interval), { organizationId, own });
    this.checkDuty(scene, volunteer, interval, evidence);
    const contentHash = shortened(
      createHash("sha256").update(
        `${record.contentHash}|${interval.startedAt}|${interval.endedAt}|${interval.breakMinutes}`,
      ),
    );
    return {
      ...record,
      ...interval,
      id: this.bank.id("record", tx.now),
      externalRef: null,
      contentHash,
      serviceMinutes,
      recordBy,
      state: "SUBMITTED",
      creditableMinutes: null,
      creditedMinutes: null,
      disputeHoldSeq: null,
      replacedBy: null,
      version: 0,
      openedSeq: 0,
    };
  }

  /** Nobody decides about their own, nor twice about one service: SELF_CONFIRMATION, SAME_PERSON. */
  async checkDecider(
    tx: Tx,
    actor: Actor,
    { record, volunteer }: { record: StoredRecord; volunteer: Volunteer },
    on: "OBJECTION" | "REVERSAL",
  ): Promise<void> {
    const own = await ownOf(tx, actor);
    checkNotOwn(own, volunteer.personId);
    const where = await this.bank.places.at(tx, await this.bank.organization(tx, record.organizationId));
    const officer = this.bank.permitAny(asOfficer(actor), "hours.reverse", [where]) !== null;
    const adjusters = await this.adjustersOf(tx, record);
    hours.checkDecider(record, { selves: selvesOf(own), adjusters, officer }, on);
  }

  /** The persons who put the record, and each one before it, in the place of another. */
  private async adjustersOf(tx: Tx, { id }: StoredRecord): Promise<string[]> {
    const earlier = (await tx.recordsReplacedBy([id])).get(id);
    if (!earlier) return [];
    const steps = (await tx.recordSteps([earlier.id])).get(earlier.id) ?? [];
    const adjusted = steps.flatMap(({ action, actorId }) => (action === "ADJUST" ? actorId : []));
    return [...adjusted, ...(await this.adjustersOf(tx, earlier))];
  }

  /** An actor who takes the same step again gets the same answer, unless the client saw another version before it. */
  async alreadyDone(
    tx: Tx,
    actor: Actor,
    record: StoredRecord,
    action: RecordAction,
    expectedVersion?: number | null,
  ): Promise<boolean> {
    if (expectedVersion != null && expectedVersion !== record.version - 1) return false;
    const last = (await tx.recordSteps([record.id])).get(record.id)?.at(-1);
    return last?.action === action && last.actorId === actor.personId;
  }

  async reason(tx: Tx, actor: Actor, volunteer: Volunteer, text: string, evidence?: Evidence[]): Promise<string> {
    const reason = readField(voidServiceRecord, "reason", text);
    return this.bank.vault.sealWords(tx, actor.personId as string, volunteer.personId, {
      reason,
      ...(evidence?.length ? { evidence } : {}),
    } satisfies Reason);
  }

  async openProfiles(tx: Tx, records: readonly StoredRecord[]): Promise<void> {
    const volunteers = [...(await tx.volunteers(records.map((record) => record.volunteerId))).values()];
    await this.bank.vault.prepare(volunteers.map((volunteer) => volunteer.personId));
  }
}

/** What is done with a record that was posted. */
const laterActs: readonly Act[] = ["hours.dispute", "hours.resolve", "hours.reverse"];

/** Live records of the civil days an interval touches, the day limit's and the overlap's neighbours. */
export async function liveAround(tx: Tx, volunteerId: string, interval: Interval): Promise<StoredRecord[]> {
  const { from, to } = spanAround(volunteerId, interval);
  return tx.liveRecords([volunteerId], from, to);
}

/** The civil days that an interval touches. */
export function spanAround(volunteerId: string, { startedAt, endedAt }: Pick<Interval, "startedAt" | "endedAt">): Span {
  return { volunteerId, ...aroundDays(startedAt, endedAt) };
}

export async function volunteerOf(view: View, record: StoredRecord): Promise<Volunteer> {
  const volunteer = (await view.volunteers([record.volunteerId])).get(record.volunteerId);
  invariant(volunteer, "a record has a volunteer");
  return volunteer;
}
export function whereOf(
  organization: Organization,
  divisions: ReadonlyMap<string, Division>,
  volunteerId?: string | null,
) {
  return { organizationId: organization.id, divisions: lineage(organization.divisionCode, divisions), volunteerId };
}

/** A reference is found by a keyed hash of the organisation and of what it wrote. */
export const refHash = ({ vault }: Pick<Bank, "vault">, organizationId: string, reference: string): string =>
  hashedRefPrefix + vault.shortHash("reference", `${organizationId}\0${reference}`);
