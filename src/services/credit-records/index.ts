import {
  actOf,
  type CreditCourse,
  type CreditRecordKind,
  creditStep,
  openingState,
  standingStates,
  undecidedUntil,
  unfound,
} from "../../domain/credit-records";
import type { ActorKind } from "../../domain/facts/actors";
import {
  type CreditAction,
  type CreditRecord,
  type CreditRecordAction,
  creditMoves,
  type SubjectAction,
} from "../../domain/facts/credit-records";
import type { Evidence } from "../../domain/hours";
import type { Day, Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { mayTake } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { checkNotOwn } from "../../domain/people/near";
import { maskName } from "../../domain/people/volunteers";
import { type Actor, nobody, roleFor, system } from "../../domain/permissions/actors";
import type { CreditStepRow, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { workingCalendar } from "../bank/calendar";
import { type Asked, read, readField } from "../bank/fields";
import { organizationsOf, ownOf } from "../bank/near";
import { paged, shownPage } from "../bank/paging";
import type { Volunteers } from "../people/volunteers";
import {
  advanceCreditRecord,
  applyForCreditRepair,
  objectToCreditRecord,
  openCreditRecord,
  readingPurpose,
} from "./commands";
import { CreditSight, type Onlooker, type OpenRecord, type Said, type ShownCreditRecord, type Subject } from "./sight";

/** One reading of a file. */
export interface CreditReading {
  at: Instant;
  actorKind: ActorKind;
  /** Null once erased. */
  purpose: string | null;
}
export interface CreditFile {
  subject: { id: string; label: string };
  records: ShownCreditRecord[];
}
/** What everybody may know of an organisation's record: no facts, no words. */
export interface PublicCreditRecord {
  recordId: string;
  kind: CreditRecordKind;
  ground: string;
  flagged: boolean;
  foundOn: Day | null;
  expiresOn: Day | null;
}

/** Records that one turn ends at most; what is left waits for the next. */
const endingMost = 500;

/** A step as it is asked for: by the unit or the office with a reason, by the subject with a statement and what proves it. */
interface StepInput {
  recordId: string;
  action: CreditAction | SubjectAction | ((record: CreditRecord) => SubjectAction);
  expectedVersion: number | null;
  reason: string;
  reasonAt: "reason" | "statement";
  evidence?: Evidence[];
  /** What happened, as it is now known to have been; of CORRECT alone. */
  correction?: string | null;
}

/**
 * Credit records with due process. Each has a key of its own, which seals the subject, the ground and all words; the journal,
 * the tables and the subject's own steps name nobody. When the key is destroyed, all of that is gone.
 */
export class Credit {
  private readonly sight: CreditSight;
  constructor(
    private readonly bank: Bank,
    private readonly volunteers: Volunteers,
  ) {
    this.sight = new CreditSight(bank);
  }

  async open(actor: Actor, input: Asked<typeof openCreditRecord>): Promise<Done<ShownCreditRecord>> {
    const { subjectId, kind, ground } = input;
    const facts = readField(openCreditRecord, "facts", input.facts);
    const evidence = readField(openCreditRecord, "evidence", input.evidence);
    if (evidence.length === 0) refuse("INVALID_INPUT", { least: 1 }, ["evidence"]);
    const personId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const subject = await this.sight.subject(tx, subjectId);
      const { role, organizationId } = await this.recorder(tx, actor, subject);
      await this.checkStranger(tx, await this.sight.onlooker(tx, actor), subjectId, ["subjectId"]);
      if (subject.personId !== null) await this.bank.vault.checkNotErased(tx, subject.personId);
      const policies = await this.bank.policies(tx);
      if (!policies.creditGrounds(this.bank.today()).some((known) => known.code === ground && known.kind === kind))
        refuse("GROUND_NOT_FOUND", { kind }, ["ground"]);
      const by = actor.personId as string;
      const details: OpenRecord["details"] = { subjectId, kind, ground, facts, evidence };
      const record: CreditRecord = {
        ...unfound,
        id: this.bank.id("creditrecord", tx.now),
        personId,
        organizationId,
        divisionCode: subject.divisionCode,
        state: openingState[kind],
        expiresOn: undecidedUntil(this.bank.today(), policies),
        detailsId: await this.bank.vault.seal(tx, personId, details),
      };
      await tx.addSearchTerms(personId, [{ kind: "credit", hash: this.sight.hashOf(subjectId) }]);
      await this.append(tx, by, role, record, "OPEN", null, null);
      return record.id;
    };
    // A replay tells what was recorded, not what became of it: that is read in the file, and logged.
    const shown = async (view: View, id: string) =>
      asOpened(await this.shown(view, id, await this.sight.onlooker(view, actor)));
    return this.bank.admittingOnce(personId, true, () =>
      this.bank.commands.once(actor, "openCreditRecord", input, work, shown),
    );
  }

  async advance(actor: Actor, input: Asked<typeof advanceCreditRecord>): Promise<ShownCreditRecord> {
    return this.step(actor, { ...read(advanceCreditRecord, input), reasonAt: "reason" });
  }

  /** The subject's word: to a notice an answer, to a record that stands an objection. */
  async object(actor: Actor, input: Asked<typeof objectToCreditRecord>): Promise<ShownCreditRecord> {
    const { statement: reason, ...asked } = read(objectToCreditRecord, input);
    const action = ({ state }: CreditRecord) => (state === "NOTICE_SENT" ? "ANSWER" : "OBJECT");
    return this.step(actor, { ...asked, action, reason, reasonAt: "statement" });
  }

  async applyForRepair(actor: Actor, input: Asked<typeof applyForCreditRepair>): Promise<ShownCreditRecord> {
    const { statement: reason, ...asked } = read(applyForCreditRepair, input);
    return this.step(actor, { ...asked, action: "APPLY_FOR_REPAIR", reason, reasonAt: "statement" });
  }

  /** Writes down who reads it and what for before it answers. */
  async file(actor: Actor, subjectId: string, purposeGiven: string): Promise<CreditFile> {
    const purpose = readingPurpose.read(purposeGiven, ["purpose"]) ?? refuse("REASON_MISSING", {}, ["purpose"]);
    if (actor.personId === null) refuse("NOT_PERMITTED", { act: "credit.see" });
    return this.bank.commands.act(actor, async (tx, actor) => {
      const subject = await this.sight.subject(tx, subjectId);
      const { role, records, own, whole } = await this.reader(tx, actor, subject);
      // A subject who reads their own file is shown as the subject, and not by name.
      const by = own ? "subject" : (actor.personId as string);
      // What was said of a person goes when the person is forgotten; an organisation has no key, so it is the reader's word.
      const purposeId = await this.bank.vault.sealWords(tx, by, subject.personId ?? (actor.personId as string), {
        purpose,
      });
      const subjectHash = this.sight.readingHashOf(subjectId);
      const id = this.bank.id("creditread", tx.now);
      await tx.append(by, { type: "CREDIT_FILE_READ", id, subjectHash, actorKind: role, purposeId });
      // An organisation's own credit record opens no name: without a tie the unit sees it masked.
      const known = own || whole || subject.personId === null || (await this.knows(tx, actor, subjectId));
      const label = known ? subject.label : maskName(subject.label);
      return { subject: { id: subjectId, label }, records: await this.sight.show(tx, records) };
    });
  }

  /** The newest first: all readings for the subject and the office, their own for a recording unit. */
  async accessLog(actor: Actor, subjectId: string, page: PageInput): Promise<Connection<CreditReading>> {
    const view = this.bank.store.view;
    const { whole } = await this.reader(view, actor, await this.sight.subject(view, subjectId));
    const readerId = whole ? null : actor.personId;
    const readings = await paged(
      page,
      { name: "accessLog", shape: ["count"] },
      (bounds) => view.creditReads(this.sight.readingHashOf(subjectId), readerId, bounds),
      ({ seq }) => [seq],
    );
    return shownPage(readings, async (rows) => {
      const purposes = await this.bank.vault.open<{ purpose: string }>(
        view,
        rows.map(({ purposeId }) => purposeId),
      );
      return rows.map(({ at, actorKind, purposeId }) => {
        return { at, actorKind, purpose: purposes.get(purposeId)?.purpose ?? null };
      });
    });
  }

  /** The subject of each record, without its facts; null where the actor may not see it. Batched. */
  async cases(actor: Actor, ids: readonly string[]): Promise<({ id: string; subjectId: string } | null)[]> {
    const view = this.bank.store.view;
    const onlooker = await this.sight.onlooker(view, actor);
    const records = await this.sight.opened(view, [...(await view.creditRecords(ids)).values()]);
    const seen = new Map(records.filter((record) => onlooker.sees(record)).map((record) => [record.id, record]));
    return ids.map((id) => {
      const record = seen.get(id);
      return record ? { id, subjectId: record.details.subjectId } : null;
    });
  }

  /** Whether an adverse record about the subject stands. */
  async standsAgainst(view: View, subjectId: string): Promise<boolean> {
    const records = await this.sight.recordsOf(view, [subjectId]);
    return records.some(({ state, details }) => details.kind === "ADVERSE" && standingStates.includes(state));
  }

  /** What is public about organisations, by law. Batched. */
  async publicOf(organizationIds: readonly string[]): Promise<PublicCreditRecord[][]> {
    const view = this.bank.store.view;
    const grounds = (await this.bank.policies(view)).creditGrounds(this.bank.today());
    const shown = new Set(grounds.filter((ground) => ground.public).map(({ code }) => code));
    const answering = await this.sight.answerable(view, organizationIds);
    const records = (await this.sight.recordsOf(view, answering)).filter(
      ({ state, details }) => standingStates.includes(state) && shown.has(details.ground),
    );
    return organizationIds.map((organizationId) =>
      records
        .filter(({ details }) => details.subjectId === organizationId)
        .map(({ id, state, foundOn, expiresOn, details: { kind, ground } }) => {
          return { recordId: id, kind, ground, foundOn, expiresOn, flagged: state === "OBJECTED" };
        }),
    );
  }

  /** Steps of others with records about subjects for whom the actor answers. */
  async stepsFor(view: View, actor: Actor): Promise<(CreditStepRow & { ground: string })[]> {
    const { personId, volunteerId, grants } = actor;
    if (personId === null) return [];
    const organizationIds = grants.flatMap(({ organizationId }) => organizationId ?? []);
    const subjects = [
      ...(volunteerId ? [volunteerId] : []),
      ...(await this.bank.wardsOf(view, personId)),
      ...(await this.bank.places.organizationsWhere(view, actor, "credit.answer", organizationIds)),
      ...(await this.sight.remainsOf(view, personId)),
    ];
    const records = await this.sight.recordsOf(view, subjects);
    const steps = await view.creditSteps(records.map(({ id }) => id));
    return records.flatMap(({ id, personId: own, details: { ground } }) =>
      (steps.get(id) ?? [])
        // The opening of a record is no notice yet.
        .filter(({ actorId, action }) => actorId !== own && action !== "OPEN")
        .map((step) => ({ ...step, ground })),
    );
  }

  /**
   * Ends what has had its time: the record expires, its key is destroyed, and that is written down. A crash between the
   * three leaves an expired record, which the next turn finishes.
   */
  async expire(): Promise<{ erased: number; failed: unknown[] }> {
    const [view, today] = [this.bank.store.view, this.bank.today()];
    const ending = await view.creditRecordsEnding(today, endingMost);
    const failed: unknown[] = [];
    for (const record of ending) await this.end(record, false).catch((error: unknown) => failed.push(error));
    return { erased: ending.length - failed.length, failed };
  }

  /** With the person goes what is kept about them, whatever its day. */
  async forget(subjectId: string): Promise<void> {
    const records = await this.sight.recordsOf(this.bank.store.view, [subjectId]);
    for (const record of records) await this.end(record, true);
  }

  /**
   * Gives the credit records of one registration to another of the same person; the readings stay where they were. Where
   * `only` is given, no other records go.
   */
  async move(
    tx: Tx,
    by: string,
    role: ActorKind,
    moved: { from: string; to: string; reason: string; only?: ReadonlySet<string> },
  ): Promise<void> {
    for (const record of await this.sight.recordsOf(tx, [moved.from])) {
      if (moved.only && !moved.only.has(record.id)) continue;
      const details = { ...record.details, subjectId: moved.to };
      const detailsId = await this.bank.vault.seal(tx, record.personId, details);
      const reasonId = await this.bank.vault.seal(tx, record.personId, { reason: moved.reason });
      await this.append(tx, by, role, { ...record, detailsId }, "MOVE", record, reasonId);
      await tx.replaceSearchTerms(record.personId, "credit", [this.sight.hashOf(moved.to)]);
    }
  }

  /** All records about a person in full, for the person's own copy. */
  async about(view: View, subjectId: string): Promise<ShownCreditRecord[]> {
    return this.sight.show(view, await this.sight.recordsOf(view, [subjectId]));
  }

  private async end({ id, personId }: CreditRecord, early: boolean): Promise<void> {
    const take = (action: "EXPIRE" | "ERASE", state: "EXPIRED" | "ERASED", more?: (tx: Tx) => Promise<void>) =>
      this.bank.commands.act(system, async (tx) => {
        const record = (await tx.creditRecords([id])).get(id);
        // Another process, or a decision, may have come first.
        if (!record || !mayTake(creditMoves, record.state, action)) return;
        if (action === "EXPIRE" && !early && (await this.sight.opened(tx, [record])).length > 0) return;
        await more?.(tx);
        await this.append(tx, "system", "SYSTEM", { ...record, state }, action, record, null);
      });
    await take("EXPIRE", "EXPIRED");
    if ((await this.bank.store.view.creditRecords([id])).get(id)?.state !== "EXPIRED") return;
    await this.bank.vault.dismiss(personId);
    await take("ERASE", "ERASED", (tx) => tx.replaceSearchTerms(personId, "credit", []));
  }

  private async step(actor: Actor, input: StepInput): Promise<ShownCreditRecord> {
    const { reason, evidence = [], correction = null } = input;
    if (correction !== null && input.action !== "CORRECT")
      refuse("INVALID_INPUT", { expected: "CORRECT" }, ["correction"]);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const onlooker = await this.sight.onlooker(tx, actor);
      const record = await this.sight.record(tx, input.recordId, onlooker);
      const action = typeof input.action === "function" ? input.action(record) : input.action;
      // The subject's own steps are written under the record's pseudonym: the journal does not say who the subject is.
      const bySubject = actOf(action, record.state) === "credit.answer";
      const by = bySubject ? record.personId : (actor.personId as string);
      if (await this.alreadyDone(tx, record, action, by, { reason, correction }))
        return this.shown(tx, record.id, onlooker);
      const role = await this.permit(tx, onlooker, action, record);
      const [today, policies] = [this.bank.today(), await this.bank.policies(tx)];
      const rules = { policies, calendar: workingCalendar(policies, today), today };
      // A person may have confirmed under an id that was merged into their own since.
      const selves = await tx.selves(by);
      const judge = record.confirmedBy.find((id) => selves.includes(id)) ?? by;
      const { course, proposed } = await this.course(tx, record);
      const asked = { action, by: judge, reason, reasonAt: input.reasonAt, expectedVersion: input.expectedVersion };
      const after = creditStep(record, record.details.kind, asked, rules, course);
      const proposes = isOwnMotion(action, record) && course.pending !== action;
      // The second officer takes what the first proposed, and no other words.
      const takes = isOwnMotion(action, record) && !proposes;
      if (takes && correction !== null && correction !== proposed)
        refuse("INVALID_INPUT", { expected: "the facts that were proposed" }, ["correction"]);
      const facts = takes ? proposed : correction;
      // The words before stand in the step that took their place.
      const isReplaced = facts !== null && !proposes;
      if (isReplaced) after.detailsId = await this.bank.vault.seal(tx, record.personId, { ...record.details, facts });
      const words: Said = {
        reason,
        ...(evidence.length > 0 ? { evidence } : {}),
        ...(isReplaced ? { factsBefore: record.details.facts } : {}),
        ...(proposes ? { proposes } : {}),
        ...(proposes && facts !== null ? { factsProposed: facts } : {}),
      };
      const reasonId = await this.bank.vault.seal(tx, record.personId, words);
      await this.append(tx, by, role, after, action, record, reasonId);
      return this.shown(tx, record.id, onlooker);
    });
  }

  /** What the steps of a record say beside its state, and the facts that its last step proposes. */
  private async course(tx: Tx, { id }: OpenRecord): Promise<{ course: CreditCourse; proposed: string | null }> {
    const steps = (await tx.creditSteps([id])).get(id) ?? [];
    const last = steps.at(-1);
    const words = (await this.bank.vault.open<Said>(tx, [last?.reasonId ?? null])).get(last?.reasonId ?? "");
    const referred = steps.findLastIndex(({ action }) => action === "REFER");
    const outcomeNoted = steps.slice(referred + 1).some(({ action }) => action === "NOTE_OUTCOME");
    const pending = words?.proposes ? (last?.action ?? null) : null;
    return { course: { pending, outcomeNoted }, proposed: words?.factsProposed ?? null };
  }

  /** The same step again by the same actor answers the same; where a step may be taken often, the same words too. */
  private async alreadyDone(
    tx: Tx,
    { id, state, details }: OpenRecord,
    action: CreditAction | SubjectAction,
    by: string,
    { reason, correction }: { reason: string; correction: string | null },
  ): Promise<boolean> {
    const last = (await tx.creditSteps([id])).get(id)?.at(-1);
    if (last?.action !== action || last.actorId !== by) return false;
    const words = (await this.bank.vault.open<Said>(tx, [last.reasonId])).get(last.reasonId ?? "");
    if (correction !== null && correction !== (words?.proposes ? words.factsProposed : details.facts)) return false;
    if (!mayTake(creditMoves, state, action) || action === "CONFIRM") return true;
    return words?.reason === reason;
  }

  private async append(
    tx: Tx,
    by: string,
    actorKind: ActorKind,
    record: CreditRecord,
    action: CreditRecordAction,
    before: CreditRecord | null,
    reasonId: string | null,
  ): Promise<void> {
    const [version, from] = [(before?.version ?? 0) + 1, before?.state ?? null];
    const step = { version, action, from, actorKind, reasonId };
    await tx.append(by, { type: "CREDIT_RECORD_STEP", ...record, ...step });
  }

  /** The subject's steps are the subject's; all others are of the recording unit and the office, and nobody's about themselves. */
  private async permit(
    tx: Tx,
    onlooker: Onlooker,
    action: CreditAction | SubjectAction,
    record: OpenRecord,
  ): Promise<ActorKind> {
    const act = actOf(action, record.state);
    const { subjectId } = record.details;
    if (act === "credit.answer") return onlooker.speaksFor(subjectId) ?? refuse("NOT_PERMITTED", { act });
    const role = onlooker.at(act, record) ?? refuse("NOT_PERMITTED", { act });
    await this.checkStranger(tx, onlooker, subjectId);
    return role;
  }

  /** Nobody handles a record about themselves, about their family, or about an organisation where one of them works. SELF_CONFIRMATION. */
  private async checkStranger(tx: Tx, onlooker: Onlooker, subjectId: string, path?: string[]): Promise<void> {
    if (onlooker.speaksFor(subjectId) !== null) refuse("SELF_CONFIRMATION", {}, path);
    const own = await ownOf(tx, onlooker.actor);
    const volunteer = (await tx.volunteers([subjectId])).get(subjectId);
    checkNotOwn(own, volunteer?.personId ?? null, path);
    if ((await organizationsOf(tx, own, [this.bank.today()])).has(subjectId)) refuse("SELF_CONFIRMATION", {}, path);
  }

  /**
   * The role in which the actor records, and the unit. Of a volunteer, every unit that knows the volunteer may record; of an
   * organisation, a station above it; of both, the office. NOT_FOUND where the actor may not even see the subject.
   */
  private async recorder(
    view: View,
    actor: Actor,
    { id, divisionCode, personId }: Subject,
  ): Promise<{ role: ActorKind; organizationId: string | null }> {
    if (actor === system) return { role: "SYSTEM", organizationId: null };
    const today = this.bank.today();
    const divisions = lineage(divisionCode, await this.bank.divisions(view));
    const stations = personId === null ? await this.bank.places.withStations(view, { divisions }) : [];
    for (const grant of actor.grants) {
      const { organizationId } = grant;
      const alone: Actor = { ...nobody, personId: actor.personId, grants: [grant] };
      const role = roleFor(alone, "credit.open", { organizationId, divisions }, today);
      const near =
        personId === null
          ? organizationId === null ||
            (organizationId !== id && stations.some((at) => at.organizationId === organizationId))
          : role !== null && (await this.knows(view, alone, id));
      if (role !== null && near) return { role, organizationId };
    }
    return this.denied(view, actor, id, "credit.open");
  }

  /** The role in which the actor reads the subject's file: the whole file, or what their own unit recorded. */
  private async reader(
    view: View,
    actor: Actor,
    { id, divisionCode }: Subject,
  ): Promise<{ role: ActorKind; records: OpenRecord[]; whole: boolean; own: boolean }> {
    const records = await this.sight.recordsOf(view, [id]);
    const onlooker = await this.sight.onlooker(view, actor);
    const own = onlooker.speaksFor(id);
    const whole = own ?? onlooker.at("credit.see", { organizationId: null, divisionCode });
    if (whole) return { role: whole, records, whole: true, own: own !== null };
    const mine = records.filter((record) => onlooker.at("credit.see", record));
    const role = mine[0] && onlooker.at("credit.see", mine[0]);
    return role ? { role, records: mine, whole: false, own: false } : this.denied(view, actor, id, "credit.see");
  }

  private async knows(view: View, actor: Actor, volunteerId: string): Promise<boolean> {
    const volunteers = [...(await view.volunteers([volunteerId])).values()];
    return (await this.volunteers.sight.visible(view, actor, volunteers, "volunteer.see")).has(volunteerId);
  }

  /** Everybody knows organisations. Nothing is said about a volunteer whom the actor may not see. */
  private async denied(view: View, actor: Actor, id: string, act: "credit.open" | "credit.see"): Promise<never> {
    const known = id.startsWith("organization_") || (await this.knows(view, actor, id));
    return known ? this.bank.deny(actor, act, ...actor.grants) : refuse("NOT_FOUND", {}, ["subjectId"]);
  }

  private async shown(view: View, id: string, onlooker: Onlooker): Promise<ShownCreditRecord> {
    const [shown] = await this.sight.show(view, [await this.sight.record(view, id, onlooker)]);
    invariant(shown, "what is shown is what was given");
    return shown;
  }
}

/** Whether a step corrects or removes what nobody objected to. */
function isOwnMotion(action: CreditRecordAction, { state }: CreditRecord): boolean {
  return state !== "OBJECTED" && (action === "CORRECT" || action === "REMOVE");
}

/** A record as its first step left it. */
function asOpened(record: ShownCreditRecord): ShownCreditRecord {
  if (record.version === 1) return record;
  const facts = record.history.find(({ factsBefore }) => factsBefore !== null)?.factsBefore ?? record.facts;
  const history = record.history.slice(0, 1);
  return { ...record, ...unfound, facts, state: openingState[record.kind], flagged: false, version: 1, history };
}
