import { type CreditRecordKind, standingStates } from "../../domain/credit-records";
import type { ActorKind } from "../../domain/facts/actors";
import type { Day, Instant } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { maskName } from "../../domain/people/volunteers";
import type { Actor } from "../../domain/permissions/actors";
import type { CreditStepRow, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { paged, shownPage } from "../bank/paging";
import type { Volunteers } from "../people/volunteers";
import { readingPurpose } from "./commands";
import type { CreditSight, OpenRecord, ShownCreditRecord, Subject } from "./sight";

/** One reading of a file. */
export interface CreditReading {
  at: Instant;
  actorKind: ActorKind;
  /** Null once it is erased. */
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

/** Reads the credit files of subjects: for the subject, for the units that recorded something, and what is public for everybody. */
export class CreditFiles {
  constructor(
    private readonly bank: Bank,
    private readonly sight: CreditSight,
    private readonly volunteers: Volunteers,
  ) {}

  /** Writes down the reader and the purpose of the reading before it answers. */
  async read(actor: Actor, subjectId: string, purposeGiven: string): Promise<CreditFile> {
    const purpose = readingPurpose.read(purposeGiven, ["purpose"]) ?? refuse("REASON_MISSING", {}, ["purpose"]);
    if (actor.personId === null) refuse("NOT_PERMITTED", { act: "credit.see" });
    return this.bank.commands.act(actor, async (tx, actor) => {
      const subject = await this.sight.subject(tx, subjectId);
      const { role, records, own, whole } = await this.reader(tx, actor, subject);
      // A subject who reads their own file is shown as the subject, and not by name.
      const by = own ? "subject" : (actor.personId as string);
      // The purpose is sealed under the key of the person read about, and goes with it; an organisation has no key, so the reader's is taken.
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

  /** The steps that others took with records about subjects that the actor answers for. */
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

  /** All records about a person in full, for the person's own copy. */
  async about(view: View, subjectId: string): Promise<ShownCreditRecord[]> {
    return this.sight.show(view, await this.sight.recordsOf(view, [subjectId]));
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

  async knows(view: View, actor: Actor, volunteerId: string): Promise<boolean> {
    const volunteers = [...(await view.volunteers([volunteerId])).values()];
    return (await this.volunteers.sight.visible(view, actor, volunteers, "volunteer.see")).has(volunteerId);
  }

  /** Everybody knows organisations. The refusal says nothing about a volunteer that the actor may not see. */
  async denied(view: View, actor: Actor, id: string, act: "credit.open" | "credit.see"): Promise<never> {
    const known = id.startsWith("organization_") || (await this.knows(view, actor, id));
    return known ? this.bank.deny(actor, act, ...actor.grants) : refuse("NOT_FOUND", {}, ["subjectId"]);
  }
}
