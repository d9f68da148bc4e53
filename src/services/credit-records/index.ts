import { openingState, undecidedUntil, unfound } from "../../domain/credit-records";
import type { ActorKind } from "../../domain/facts/actors";
import type { CreditRecord } from "../../domain/facts/credit-records";
import { refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { type Actor, nobody, roleFor, system } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, read, readField } from "../bank/fields";
import type { Volunteers } from "../people/volunteers";
import { advanceCreditRecord, applyForCreditRepair, objectToCreditRecord, openCreditRecord } from "./commands";
import { CreditEnding } from "./ending";
import { CreditFiles } from "./files";
import { CreditSight, type OpenRecord, type ShownCreditRecord, type Subject } from "./sight";
import { appendStep, CreditSteps } from "./steps";

/**
 * Credit records with due process. Each has a key of its own, which seals the subject, the ground and all words; the journal,
 * the tables and the subject's own steps name nobody. When the key is destroyed, all of that is gone.
 */
export class Credit {
  readonly files: CreditFiles;
  readonly ending: CreditEnding;
  private readonly sight: CreditSight;
  private readonly steps: CreditSteps;
  constructor(
    private readonly bank: Bank,
    volunteers: Volunteers,
  ) {
    this.sight = new CreditSight(bank);
    this.files = new CreditFiles(bank, this.sight, volunteers);
    this.ending = new CreditEnding(bank, this.sight);
    this.steps = new CreditSteps(bank, this.sight);
  }

  async open(actor: Actor, input: Asked<typeof openCreditRecord>): Promise<Done<ShownCreditRecord>> {
    const { subjectId, kind, ground } = input;
    const facts = readField(openCreditRecord, "facts", input.facts);
    const evidence = readField(openCreditRecord, "evidence", input.evidence);
    if (evidence.length === 0) refuse("INVALID_INPUT", { missing: true }, ["evidence"]);
    const personId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const subject = await this.sight.subject(tx, subjectId);
      const { role, organizationId } = await this.recorder(tx, actor, subject);
      await this.sight.checkStranger(tx, await this.sight.onlooker(tx, actor), subjectId, ["subjectId"]);
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
      await appendStep(tx, by, role, record, "OPEN", null, null);
      return record.id;
    };
    // A replay tells what was recorded, not what became of it: that is read in the file, and logged.
    const shown = async (view: View, id: string) =>
      asOpened(await this.sight.shown(view, id, await this.sight.onlooker(view, actor)));
    return this.bank.admittingOnce(personId, true, () =>
      this.bank.commands.once(actor, "openCreditRecord", input, work, shown),
    );
  }

  async advance(actor: Actor, input: Asked<typeof advanceCreditRecord>): Promise<ShownCreditRecord> {
    return this.steps.step(actor, { ...read(advanceCreditRecord, input), reasonAt: "reason" });
  }

  /** The subject's word: to a notice an answer, to a record that stands an objection. */
  async object(actor: Actor, input: Asked<typeof objectToCreditRecord>): Promise<ShownCreditRecord> {
    const { statement: reason, ...asked } = read(objectToCreditRecord, input);
    const action = ({ state }: CreditRecord) => (state === "NOTICE_SENT" ? "ANSWER" : "OBJECT");
    return this.steps.step(actor, { ...asked, action, reason, reasonAt: "statement" });
  }

  async applyForRepair(actor: Actor, input: Asked<typeof applyForCreditRepair>): Promise<ShownCreditRecord> {
    const { statement: reason, ...asked } = read(applyForCreditRepair, input);
    return this.steps.step(actor, { ...asked, action: "APPLY_FOR_REPAIR", reason, reasonAt: "statement" });
  }

  /** The adverse records about a volunteer that were found to be so and stand, or stood until they were repaired. */
  async adverseOf(
    view: View,
    volunteerId: string,
  ): Promise<(Pick<CreditRecord, "state" | "foundOn"> & { ground: string })[]> {
    const records = await this.sight.recordsOf(view, [volunteerId]);
    return records.flatMap(({ state, foundOn, details }) =>
      details.kind === "ADVERSE" && foundOn !== null && state !== "REMOVED" && state !== "DISMISSED"
        ? { state, foundOn, ground: details.ground }
        : [],
    );
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
      await appendStep(tx, by, role, { ...record, detailsId }, "MOVE", record, reasonId);
      await tx.replaceSearchTerms(record.personId, "credit", [this.sight.hashOf(moved.to)]);
    }
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
          : role !== null && (await this.files.knows(view, alone, id));
      if (role !== null && near) return { role, organizationId };
    }
    return this.files.denied(view, actor, id, "credit.open");
  }
}

/** A record as its first step left it. */
function asOpened(record: ShownCreditRecord): ShownCreditRecord {
  if (record.version === 1) return record;
  const facts = record.history.find(({ factsBefore }) => factsBefore !== null)?.factsBefore ?? record.facts;
  const history = record.history.slice(0, 1);
  return { ...record, ...unfound, facts, state: openingState[record.kind], flagged: false, version: 1, history };
}
