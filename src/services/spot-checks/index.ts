import type { SpotCheck } from "../../domain/facts/spot-checks";
import { type Evidence, posts } from "../../domain/hours";
import { addDays, addMonths, type Day, dayOf, type Instant, serviceDay, startOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { decode } from "../../domain/ledger/journal";
import { lineage } from "../../domain/organizations";
import { checkNotOwn } from "../../domain/people/near";
import { type Actor, isStaffOf } from "../../domain/permissions/actors";
import { type Draw, type Drawn, drawSample, outcomeAt, seedHashOf, spotCheckMoves } from "../../domain/spot-checks";
import { monthOf } from "../../domain/visits";
import type { PostedRecord, StoredRecord, StoredSeed, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { organizationsOf, ownOf } from "../bank/near";
import { paged, shownPage } from "../bank/paging";
import { type publishSpotCheckSeed, recordSpotCheck, type revealSpotCheckSeed } from "./commands";

/** A month's seed; the beacon is the leaf of the last entry of the day on which its hash was published, null until that is over. */
export interface ShownSeed {
  month: string;
  seedHash: string;
  /** The seed; null until it is told. */
  seed: string | null;
  publishedAt: Instant;
  seq: number;
  drawnFrom: Day;
  beaconSeq: number | null;
  beacon: Buffer | null;
}
export interface ShownSpotCheck extends SpotCheck {
  /** Null once it is erased. */
  finding: string | null;
  evidence: Evidence[];
}
export interface SpotResult {
  month: string;
  passed: number;
  failed: number;
}

/** The largest sample: records within it by the draw, and odd ones, may be checked. */
export const sampleMost = 500;

interface SealedFinding {
  finding: string;
  evidence?: Evidence[];
}

/**
 * Records that are looked at again. Which ones follows from a seed that was published before anybody could know what it
 * would draw; what is found is written down, and nothing follows from it by itself.
 */
export class SpotChecks {
  constructor(private readonly bank: Bank) {}

  async publishSeed(actor: Actor, input: Asked<typeof publishSpotCheckSeed>): Promise<Done<ShownSeed>> {
    const { month, seedHash } = input;
    if (!/^[0-9a-f]{64}$/.test(seedHash)) refuse("INVALID_INPUT", { expected: "SHA-256, 64 hex digits" }, ["seedHash"]);
    const work = async (tx: Tx, actor: Actor) => {
      this.bank.permit(actor, "spotCheck.run", {});
      const today = this.bank.today();
      if (month >= monthOf(today)) refuse("IN_THE_FUTURE", { today }, ["month"]);
      if (await tx.spotSeed(month)) refuse("SEED_PUBLISHED", { month }, ["month"]);
      const id = this.bank.id("spotseed", tx.now);
      await tx.append(actor.personId as string, { type: "SPOT_SEED_SET", id, month, seedHash, seed: null });
      return month;
    };
    return this.bank.commands.once(actor, "publishSpotCheckSeed", input, work, async (view, month) => {
      const published = await view.spotSeed(month);
      invariant(published, "a command's seed is there");
      return this.shownSeed(view, published);
    });
  }

  /** Tells the seed whose hash was published, from the next day on; the same again changes nothing. */
  async revealSeed(actor: Actor, { month, seed }: Asked<typeof revealSpotCheckSeed>): Promise<ShownSeed> {
    return this.bank.commands.act(actor, async (tx, actor) => {
      this.bank.permit(actor, "spotCheck.run", {});
      const published = await tx.spotSeed(month);
      if (!published || published.seedHash !== seedHashOf(seed))
        refuse("SEED_MISSING", { published: published !== undefined }, ["seed"]);
      const { drawnFrom } = await this.shownSeed(tx, published);
      if (this.bank.today() < drawnFrom) refuse("SEED_MISSING", { drawnFrom }, ["month"]);
      if (published.seed === null) {
        const { id, seedHash } = published;
        await tx.append(actor.personId as string, { type: "SPOT_SEED_SET", id, month, seedHash, seed });
      }
      return this.shownSeed(tx, { ...published, seed });
    });
  }

  /** The seed of a month, which everybody may read; null before it is published. */
  async seed(month: string): Promise<ShownSeed | null> {
    const view = this.bank.store.view;
    const published = await view.spotSeed(month);
    return published ? this.shownSeed(view, published) : null;
  }

  async sample(actor: Actor, { month, size, seed }: { month: string; size: number; seed: string }): Promise<Drawn[]> {
    if (!Number.isSafeInteger(size) || size < 1 || size > sampleMost)
      refuse("INVALID_INPUT", { least: 1, most: sampleMost }, ["size"]);
    return this.bank.store.read(async (view) => {
      this.bank.permit(actor, "spotCheck.see", {});
      return this.draw(view, await this.drawOf(view, month, seed), size);
    });
  }

  async record(actor: Actor, input: Asked<typeof recordSpotCheck>): Promise<Done<ShownSpotCheck>> {
    const finding = readField(recordSpotCheck, "finding", input.finding);
    const evidence = readField(recordSpotCheck, "evidence", input.evidence);
    // What was drawn stays drawn, so it is looked at before the writer's turn.
    const month = await this.drawnIn(this.bank.store.view, input.recordId);
    const work = async (tx: Tx, actor: Actor) => {
      this.bank.permit(actor, "spotCheck.run", {});
      const record = (await tx.records([input.recordId])).get(input.recordId) ?? refuse("NOT_FOUND", {}, ["recordId"]);
      const volunteer = (await tx.volunteers([record.volunteerId])).get(record.volunteerId);
      invariant(volunteer, "a record is a volunteer's");
      await this.checkDisinterested(tx, actor, record);
      if (typeof month !== "string") throw month;
      const before = await tx.spotCheckOfRecord(record.id);
      const by = actor.personId as string;
      const sealed: SealedFinding = { finding, ...(evidence.length > 0 ? { evidence } : {}) };
      const check: SpotCheck = {
        id: before?.id ?? this.bank.id("spotcheck", tx.now),
        recordId: record.id,
        organizationId: record.organizationId,
        month,
        ...take(spotCheckMoves, before ?? null, input.state),
        outcome: outcomeAt(input.state, before ?? null),
        findingId: await this.bank.vault.sealWords(tx, by, volunteer.personId, sealed),
      };
      await tx.append(by, { type: "SPOT_CHECK_STEP", ...check, from: before?.state ?? null });
      return check.id;
    };
    return this.bank.commands.once(actor, "recordSpotCheck", input, work, async (view, id) => {
      const [shown] = await this.shown(view, actor, [id]);
      return shown ?? refuse("NOT_PERMITTED", { act: "spotCheck.see" });
    });
  }

  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(ShownSpotCheck | null)[]> {
    return this.shown(this.bank.store.view, actor, ids);
  }

  async ofOrganization(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<ShownSpotCheck>> {
    const view = this.bank.store.view;
    const organization = await this.bank.organization(view, organizationId);
    this.bank.permit(actor, "spotCheck.answer", await this.bank.places.at(view, organization));
    const checks = await paged(
      page,
      { name: "spotChecks", shape: ["text"] },
      (bounds) => view.spotChecksOfOrganization(organizationId, bounds),
      ({ id }) => [id],
    );
    return shownPage(checks, (rows) => this.open(view, rows));
  }

  /** What was published, by month. Batched. */
  async results(organizationIds: readonly string[]): Promise<SpotResult[][]> {
    const lines = await this.bank.store.view.spotResults(organizationIds);
    return organizationIds.map((id) => lines.filter(({ organizationId }) => organizationId === id));
  }

  /** An actor checks no record of their own or of their family, none that they entered or confirmed, and none of an organisation where they or their family work. */
  private async checkDisinterested(view: View, actor: Actor, record: StoredRecord): Promise<void> {
    const { organizationId, volunteerId, handledBy, confirmedBy, endedAt } = record;
    const path = ["recordId"];
    const own = await ownOf(view, actor);
    checkNotOwn(own, (await view.volunteers([volunteerId])).get(volunteerId)?.personId ?? null, path);
    const organizationIds = await organizationsOf(view, own, [this.bank.today(), serviceDay(endedAt)]);
    if (organizationIds.has(organizationId)) refuse("SELF_CONFIRMATION", {}, path);
    for (const id of [...handledBy, ...confirmedBy]) if (own.get(id) === "SELF") refuse("SAME_PERSON", {}, path);
  }

  /** The month's draw by the seed that was told. SEED_MISSING for another one, and before it was told. */
  private async drawOf(view: View, month: string, seed?: string): Promise<Draw> {
    const published = await view.spotSeed(month);
    if (!published || published.seed === null || (seed !== undefined && published.seed !== seed))
      refuse("SEED_MISSING", { published: published !== undefined, told: (published?.seed ?? null) !== null }, [
        "seed",
      ]);
    const { beaconSeq, beacon, drawnFrom } = await this.shownSeed(view, published);
    if (beaconSeq === null || beacon === null) refuse("SEED_MISSING", { drawnFrom }, ["month"]);
    return { month, seed: published.seed as string, beaconSeq, beacon };
  }

  private async draw(view: View, draw: Draw, size: number): Promise<Drawn[]> {
    const first = `${draw.month}-01`;
    const span = { from: startOf(first), until: startOf(addMonths(first, 1)) };
    const posted = await view.postedDuring(span, draw.beaconSeq);
    const own = await this.ownPeople(view, posted);
    const divisions = await this.bank.divisions(view);
    const records = posted.map((record) => ({
      ...record,
      divisions: lineage(record.divisionCode, divisions),
      ownPeople: own.has(record.id),
    }));
    return drawSample(draw, records, size, await this.bank.policies(view));
  }

  /** Records of volunteers who were on the organisation's own staff on the day of the service. */
  private async ownPeople(view: View, records: readonly PostedRecord[]): Promise<Set<string>> {
    const volunteers = await view.volunteers([...new Set(records.map(({ volunteerId }) => volunteerId))]);
    const grants = await view.grantsOfPersons([...volunteers.values()].map(({ personId }) => personId));
    const own = records.filter(({ organizationId, volunteerId, endedAt }) => {
      const held = grants.get(volunteers.get(volunteerId)?.personId ?? "") ?? [];
      return isStaffOf(organizationId, held, serviceDay(endedAt));
    });
    return new Set(own.map(({ id }) => id));
  }

  /** The month in whose largest sample a record is, or why it may not be checked: nobody is picked by hand. */
  private async drawnIn(view: View, recordId: string): Promise<string | Refusal> {
    try {
      const posted = (await view.recordSteps([recordId])).get(recordId)?.find(posts);
      if (!posted) return new Refusal("NOT_DRAWN", {}, ["recordId"]);
      const month = monthOf(dayOf(posted.at));
      const sample = await this.draw(view, await this.drawOf(view, month), sampleMost);
      const drawn = sample.some(({ record }) => record.id === recordId);
      return drawn ? month : new Refusal("NOT_DRAWN", { month }, ["recordId"]);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  private async shownSeed(view: View, { month, seed, seedHash, openedSeq }: StoredSeed): Promise<ShownSeed> {
    const [published] = await view.journalAfter(openedSeq - 1, 1);
    invariant(published, "a seed was published by an entry");
    const { at: publishedAt } = decode(published.body);
    const drawnFrom = addDays(dayOf(publishedAt), 1);
    const known = this.bank.today() >= drawnFrom;
    const beaconSeq = known ? Math.max(openedSeq, await view.seqAt(startOf(drawnFrom) * 1000 - 1)) : null;
    const [entry] = beaconSeq === null ? [] : await view.journalAfter(beaconSeq - 1, 1);
    return { month, seed, seedHash, publishedAt, seq: openedSeq, drawnFrom, beaconSeq, beacon: entry?.leaf ?? null };
  }

  private async shown(view: View, actor: Actor, ids: readonly string[]): Promise<(ShownSpotCheck | null)[]> {
    const spotChecks = await view.spotChecks(ids);
    const organizationIds = await this.bank.places.organizationsWhere(
      view,
      actor,
      "spotCheck.answer",
      [...spotChecks.values()].map(({ organizationId }) => organizationId),
    );
    const opened = await this.open(
      view,
      [...spotChecks.values()].filter(({ organizationId }) => organizationIds.has(organizationId)),
    );
    return ids.map((id) => opened.find((check) => check.id === id) ?? null);
  }

  private async open(view: View, checks: readonly SpotCheck[]): Promise<ShownSpotCheck[]> {
    const sealed = await this.bank.vault.open<SealedFinding>(
      view,
      checks.map(({ findingId }) => findingId),
    );
    return checks.map((check) => {
      const words = sealed.get(check.findingId);
      return { ...check, finding: words?.finding ?? null, evidence: words?.evidence ?? [] };
    });
  }
}
