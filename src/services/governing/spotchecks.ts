import { type Actor, isStaffOf } from "../../domain/actors";
import { addDays, addMonths, dayOf, startOf } from "../../domain/calendar";
import type { Evidence } from "../../domain/hours";
import { invariant } from "../../domain/invariant";
import { refuse } from "../../domain/refusal";
import { type Draw, type Drawn, drawSample, type SpotCheck, spotCheckStep } from "../../domain/spotchecks";
import { monthOf } from "../../domain/visits";
import type { PostedRecord, StoredSeed, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type {
  Connection,
  Done,
  PageInput,
  ShownSeed,
  ShownSpotCheck,
  SpotChecksService,
  SpotResult,
} from "../contract";
import { checkEvidence, checkText } from "../input";
import { paged } from "../paging";

/** The largest sample; whoever is within it by the draw, or worth a look, may be checked. */
export const sampleMost = 500;

interface Finding {
  finding: string;
  evidence?: Evidence[];
}

/**
 * Records that are looked at again. Which ones follows from a seed that was published before anybody could know what it
 * would draw; what is found is written down, and nothing follows from it by itself.
 */
export class SpotChecks implements SpotChecksService {
  constructor(private readonly bank: Bank) {}

  async publishSeed(actor: Actor, input: Parameters<SpotChecksService["publishSeed"]>[1]): Promise<Done<ShownSeed>> {
    const { idempotencyKey, ...request } = input;
    const { month } = input;
    const seed = checkText(input.seed, "seed", { most: 100, least: 8, line: true }) as string;
    if (seed === null) refuse("INVALID_INPUT", { least: 8 }, ["seed"]);
    const work = async (tx: Tx, actor: Actor) => {
      this.bank.permit(actor, "spotCheck.run", {});
      if (month >= monthOf(this.bank.today())) refuse("IN_THE_FUTURE", {}, ["month"]);
      if (await tx.spotSeed(month)) refuse("SEED_PUBLISHED", { month }, ["month"]);
      const id = this.bank.id("spotseed", tx.now);
      await tx.append(actor.personId as string, { type: "SPOT_SEED_PUBLISHED", id, month, seed });
      return month;
    };
    return this.bank.once(actor, "publishSpotCheckSeed", idempotencyKey, request, work, async (view, month) => {
      const published = await view.spotSeed(month);
      invariant(published, "a command's seed is there");
      return this.shownSeed(view, published);
    });
  }

  async seed(month: string): Promise<ShownSeed | null> {
    const view = this.bank.store.view;
    const published = await view.spotSeed(month);
    return published ? this.shownSeed(view, published) : null;
  }

  async sample(actor: Actor, { month, size, seed }: Parameters<SpotChecksService["sample"]>[1]): Promise<Drawn[]> {
    if (!Number.isSafeInteger(size) || size < 1 || size > sampleMost)
      refuse("INVALID_INPUT", { least: 1, most: sampleMost }, ["size"]);
    return this.bank.store.read(async (view) => {
      this.bank.permit(actor, "spotCheck.see", {});
      return this.draw(view, await this.drawOf(view, month, seed), size);
    });
  }

  async record(actor: Actor, input: Parameters<SpotChecksService["record"]>[1]): Promise<Done<ShownSpotCheck>> {
    const { idempotencyKey, ...request } = input;
    const finding = checkText(input.finding, "finding", { most: 2000 }) ?? refuse("REASON_MISSING", {}, ["finding"]);
    const evidence = checkEvidence(input.evidence);
    const work = async (tx: Tx, actor: Actor) => {
      this.bank.permit(actor, "spotCheck.run", {});
      const record = (await tx.records([input.recordId])).get(input.recordId) ?? refuse("NOT_FOUND", {}, ["recordId"]);
      const { organizationId, volunteerId } = record;
      const today = this.bank.today();
      if (actor.volunteerId === volunteerId || isStaffOf(organizationId, actor.grants, today))
        refuse("SELF_CONFIRMATION", {}, ["recordId"]);
      const month = monthOf(dayOf(record.endedAt - 1));
      const before = await tx.spotCheckOfRecord(record.id);
      if (!before) await this.checkDrawn(tx, month, record.id);
      const volunteer = (await tx.volunteers([volunteerId])).get(volunteerId);
      invariant(volunteer, "a record is a volunteer's");
      const by = actor.personId as string;
      const said: Finding = { finding, ...(evidence.length > 0 ? { evidence } : {}) };
      const check: SpotCheck = {
        id: before?.id ?? this.bank.id("spotcheck", tx.now),
        recordId: record.id,
        organizationId,
        month,
        ...spotCheckStep(before ?? null, input.state),
        findingId: await this.bank.vault.seal(tx, by, volunteer.personId, said),
        version: (before?.version ?? 0) + 1,
      };
      await tx.append(by, { type: "SPOT_CHECK_STEP", ...check, from: before?.state ?? null });
      return check.id;
    };
    return this.bank.once(actor, "recordSpotCheck", idempotencyKey, request, work, async (view, id) => {
      const [shown] = await this.shown(view, actor, [id]);
      return shown ?? refuse("NOT_PERMITTED", { act: "spotCheck.see" });
    });
  }

  many(actor: Actor, ids: readonly string[]): Promise<(ShownSpotCheck | null)[]> {
    return this.shown(this.bank.store.view, actor, ids);
  }

  async ofOrganization(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<ShownSpotCheck>> {
    const view = this.bank.store.view;
    const organization = await this.bank.organization(view, organizationId);
    this.bank.permit(actor, "spotCheck.answer", await this.bank.at(view, organization));
    const found = await paged(
      page,
      ["text"],
      (bounds) => view.spotChecksOfOrganization(organizationId, bounds),
      ({ id }) => [id],
    );
    const shown = await this.open(
      view,
      found.edges.map(({ node }) => node),
    );
    return { ...found, edges: found.edges.map(({ cursor }, i) => ({ cursor, node: shown[i] as ShownSpotCheck })) };
  }

  async results(organizationIds: readonly string[]): Promise<SpotResult[][]> {
    const lines = await this.bank.store.view.spotResults(organizationIds);
    return organizationIds.map((id) => lines.filter(({ organizationId }) => organizationId === id));
  }

  /** The month's draw. SEED_MISSING for another seed than the published one, and on the day of its publication. */
  private async drawOf(view: View, month: string, seed?: string): Promise<Draw> {
    const published = await view.spotSeed(month);
    if (!published || (seed !== undefined && published.seed !== seed))
      refuse("SEED_MISSING", { published: published !== undefined }, ["seed"]);
    const { beaconSeq, beacon, drawnFrom } = await this.shownSeed(view, published);
    if (beaconSeq === null || beacon === null) refuse("SEED_MISSING", { drawnFrom }, ["month"]);
    return { month, seed: published.seed, beaconSeq, beacon };
  }

  private async draw(view: View, draw: Draw, size: number): Promise<Drawn[]> {
    const first = `${draw.month}-01`;
    const span = { from: startOf(first), until: startOf(addMonths(first, 1)) };
    const posted = await view.postedBy(draw.beaconSeq, span);
    const own = await this.ownPeople(view, posted);
    const records = posted.map((record) => ({ ...record, ownPeople: own.has(record.id) }));
    return drawSample(draw, records, size, await this.bank.policies(view));
  }

  /** Records of volunteers who were on the organisation's own staff on the day of the service. */
  private async ownPeople(view: View, records: readonly PostedRecord[]): Promise<Set<string>> {
    const volunteers = await view.volunteers([...new Set(records.map(({ volunteerId }) => volunteerId))]);
    const grants = await view.grantsOfPersons([...volunteers.values()].map(({ personId }) => personId));
    const own = records.filter(({ organizationId, volunteerId, endedAt }) => {
      const held = grants.get(volunteers.get(volunteerId)?.personId ?? "") ?? [];
      return isStaffOf(organizationId, held, dayOf(endedAt - 1));
    });
    return new Set(own.map(({ id }) => id));
  }

  /** Nobody is picked by hand: NOT_DRAWN for a record that the month's largest sample does not hold. */
  private async checkDrawn(view: View, month: string, recordId: string): Promise<void> {
    const sample = await this.draw(view, await this.drawOf(view, month), sampleMost);
    if (!sample.some(({ record }) => record.id === recordId)) refuse("NOT_DRAWN", { month }, ["recordId"]);
  }

  private async shownSeed(view: View, { month, seed, at, seq }: StoredSeed): Promise<ShownSeed> {
    const drawnFrom = addDays(dayOf(at), 1);
    const known = this.bank.today() >= drawnFrom;
    const beaconSeq = known ? Math.max(seq, await view.seqAt(startOf(drawnFrom) * 1000 - 1)) : null;
    const [entry] = beaconSeq === null ? [] : await view.journalAfter(beaconSeq - 1, 1);
    return { month, seed, publishedAt: at, seq, drawnFrom, beaconSeq, beacon: entry?.leaf ?? null };
  }

  private async shown(view: View, actor: Actor, ids: readonly string[]): Promise<(ShownSpotCheck | null)[]> {
    const found = await view.spotChecks(ids);
    const houses = await this.bank.housesWhere(
      view,
      actor,
      "spotCheck.answer",
      [...found.values()].map(({ organizationId }) => organizationId),
    );
    const opened = await this.open(
      view,
      [...found.values()].filter(({ organizationId }) => houses.has(organizationId)),
    );
    return ids.map((id) => opened.find((check) => check.id === id) ?? null);
  }

  private async open(view: View, checks: readonly SpotCheck[]): Promise<ShownSpotCheck[]> {
    const said = await this.bank.vault.open<Finding>(
      view,
      checks.map(({ findingId }) => findingId),
    );
    return checks.map((check) => {
      const told = said.get(check.findingId);
      return { ...check, finding: told?.finding ?? null, evidence: told?.evidence ?? [] };
    });
  }
}
