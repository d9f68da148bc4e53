import { actOf, type CreditCourse, creditStep } from "../../domain/credit-records";
import type { ActorKind } from "../../domain/facts/actors";
import {
  type CreditAction,
  type CreditRecord,
  type CreditRecordAction,
  creditMoves,
  type SubjectAction,
} from "../../domain/facts/credit-records";
import type { Evidence } from "../../domain/hours";
import { mayTake } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { workingCalendar } from "../bank/calendar";
import type { CreditSight, Onlooker, OpenRecord, Said, ShownCreditRecord } from "./sight";

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

/** The steps of a credit record, by the recording unit, the office and the subject. */
export class CreditSteps {
  constructor(
    private readonly bank: Bank,
    private readonly sight: CreditSight,
  ) {}

  async step(actor: Actor, input: StepInput): Promise<ShownCreditRecord> {
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
        return this.sight.shown(tx, record.id, onlooker);
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
      await appendStep(tx, by, role, after, action, record, reasonId);
      return this.sight.shown(tx, record.id, onlooker);
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

  /** An actor who takes the same step again gets the same answer; where a step may be taken often, only with the same words. */
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

  /** Only the subject takes the subject's steps. The recording unit and the office take all others, and nobody takes them about themselves. */
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
    await this.sight.checkStranger(tx, onlooker, subjectId);
    return role;
  }
}

/** Writes a step of a credit record. */
export async function appendStep(
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

/** Whether a step corrects or removes a record to which nobody objected. */
function isOwnMotion(action: CreditRecordAction, { state }: CreditRecord): boolean {
  return state !== "OBJECTED" && (action === "CORRECT" || action === "REMOVE");
}
