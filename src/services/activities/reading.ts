import { type Signal, signalsOf } from "../../domain/activities/attendance";
import type { ActivityDetails } from "../../domain/activities/machine";
import { type Counts, noCounts, type Tally, type TallyDimension } from "../../domain/activities/tallies";
import type { Activity, ActivityStep, Campaign } from "../../domain/facts/activities";
import type { Division } from "../../domain/facts/organizations";
import { addDays, startOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { checkVersion } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { Soon } from "../../domain/kit/soon";
import { below } from "../../domain/organizations";
import type { Actor } from "../../domain/permissions/actors";
import { campaignMoves } from "../../domain/revisions";
import type { Places, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, OrderedPageInput, PageInput } from "../bank/answers";
import { type Asked, changed, read } from "../bank/fields";
import { paged, shownPage } from "../bank/paging";
import { type ShownRevision, shownRevisions } from "../bank/revisions";
import { activityFilter, createCampaign, reviseCampaign } from "./commands";
import type { Planning } from "./planning";
import type { Register } from "./register";
import { type ShownShift, Sight } from "./sight";
import type { Timekeeping } from "./timekeeping";

export type CreateCampaign = Asked<typeof createCampaign>;
type ActivityFilterInput = Asked<typeof activityFilter> & {
  campaignId?: string | null;
  organizationId?: string | null;
};
export interface Unresolved {
  missingCheckOut: number;
  missingRecord: number;
  recordsWaiting: number;
}

/** Campaigns and activities as everybody sees them, and their totals. What is not announced yet is shown to its own organisation. */
export class Activities {
  private readonly bank: Bank;
  readonly create: Planning["create"];
  readonly edit: Planning["edit"];
  readonly advance: Planning["advance"];
  /** Notes who did not come, and ends what nobody ended; called by the serving process every minute. */
  readonly keepTime: Timekeeping["keepTime"];

  /** Calls one shift of several off, and tells the volunteers on its list. PEOPLE_HAVE_COME once a volunteer has come. */
  readonly dropShift: Planning["dropShift"];
  private readonly sight: Sight;

  constructor(
    private readonly register: Register,
    planning: Planning,
    timekeeping: Timekeeping,
  ) {
    this.sight = new Sight(register);
    this.dropShift = planning.dropShift.bind(planning);
    this.bank = register.bank;
    this.create = planning.create.bind(planning);
    this.edit = planning.edit.bind(planning);
    this.advance = planning.advance.bind(planning);
    this.keepTime = timekeeping.keepTime.bind(timekeeping);
  }

  async createCampaign(actor: Actor, input: CreateCampaign): Promise<Done<Campaign>> {
    const { idempotencyKey: _, ...campaign } = read(createCampaign, input);
    return this.bank.commands.once(
      actor,
      "createCampaign",
      input,
      async (tx, actor) => {
        this.bank.permit(actor, "campaign.create", {});
        if (await tx.campaignBySlug(campaign.slug)) refuse("DUPLICATE_SLUG", {}, ["slug"]);
        const id = this.bank.id("campaign", tx.now);
        await tx.append(actor.personId as string, { type: "CAMPAIGN_SET", id, ...campaign, version: 1 });
        return id;
      },
      async (view, id) => {
        const campaign = (await view.campaigns([id])).get(id);
        invariant(campaign, "a command's campaign is there");
        return campaign;
      },
    );
  }

  /** What it is called, its motto or its day; the short name stays, since addresses hold it. */
  async reviseCampaign(actor: Actor, input: Asked<typeof reviseCampaign>): Promise<Campaign> {
    const { campaignId, reason, expectedVersion, ...changes } = read(reviseCampaign, input);
    this.bank.permit(actor, "campaign.create", {});
    if (!(await this.view.campaigns([campaignId])).has(campaignId)) refuse("NOT_FOUND", {}, ["campaignId"]);
    await this.bank.vault.ensure(campaignId);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const actorKind = this.bank.permit(actor, "campaign.create", {});
      const before = (await tx.campaigns([campaignId])).get(campaignId);
      invariant(before, "a campaign stays");
      const after: Campaign = { ...changed(before, changes), version: before.version + 1 };
      const fields = campaignMoves.REVISE.filter((field) => after[field] !== before[field]);
      if (fields.length === 0) return before;
      checkVersion(before, expectedVersion);
      const by = actor.personId as string;
      const reasonId = await this.bank.vault.seal(tx, campaignId, { reason });
      const step = { id: campaignId, version: after.version, action: "REVISE" as const, fields, actorKind, reasonId };
      await tx.append(by, { type: "CAMPAIGN_MOVED", ...step, otherId: null, profileId: null });
      await tx.append(by, { type: "CAMPAIGN_SET", ...after });
      return after;
    });
  }

  /** For officers and auditors; else empty. Batched. */
  async campaignHistories(actor: Actor, ids: readonly string[]): Promise<ShownRevision[][]> {
    const sees = this.bank.permitAny(actor, "campaign.history", [{}]) !== null;
    const steps = sees ? await shownRevisions(this.bank, this.view, ids) : new Map<string, ShownRevision[]>();
    return ids.map((id) => steps.get(id) ?? []);
  }

  campaigns(page: PageInput): Promise<Connection<Campaign>> {
    return paged(
      page,
      { name: "campaigns", shape: ["text", "text"] },
      (bounds) => this.view.campaignList(bounds),
      (campaign) => [campaign.day, campaign.id],
    );
  }

  async campaignBySlug(slug: string): Promise<Campaign | null> {
    return (await this.view.campaignBySlug(slug)) ?? null;
  }

  /** Null for absent. Batched. */
  async campaignsById(ids: readonly string[]): Promise<(Campaign | null)[]> {
    const campaigns = await this.view.campaigns(ids);
    return ids.map((id) => campaigns.get(id) ?? null);
  }

  /** Null for absent or not yours to see. Batched. */
  async many(actor: Actor, ids: readonly string[]): Promise<(Activity | null)[]> {
    const activities = await this.view.activities(ids);
    const shown = await this.sight.activities(this.view, actor, activities.values());
    return ids.map((id) => shown.get(id) ?? null);
  }

  async bySlug(actor: Actor, slug: string): Promise<Activity | null> {
    const activity = await this.view.activityBySlug(slug);
    return (activity && (await this.sight.activities(this.view, actor, [activity])).get(activity.id)) ?? null;
  }

  async list(actor: Actor, filter: ActivityFilterInput, page: PageInput): Promise<Connection<Activity>> {
    const divisions = await this.bank.divisions(this.view);
    const { state: states, serviceType, divisionCode, on } = read(activityFilter, filter, ["filter"]);
    const query = {
      states,
      serviceTypes: serviceType ?? undefined,
      divisionCodes: await this.bank.divisionsIn(this.view, divisionCode),
      campaignId: filter.campaignId ?? undefined,
      organizationId: filter.organizationId ?? undefined,
      during: on ? { from: startOf(on), to: startOf(addDays(on, 1)) } : undefined,
      seenWithin: await this.draftsWithin(actor, divisions),
    };
    const activities = await paged(
      page,
      { name: "activities", shape: ["count", "text"] },
      (bounds) => this.view.activityList(query, bounds),
      (activity) => [activity.startsAt, activity.id],
    );
    return shownPage(activities, async (rows) => {
      const shown = await this.sight.activities(this.view, actor, rows);
      return rows.map((activity) => shown.get(activity.id) ?? activity);
    });
  }

  /** Where the actor sees drafts: where they work, and where their station reviews; null for everywhere. */
  private async draftsWithin(actor: Actor, divisions: ReadonlyMap<string, Division>): Promise<Places | null> {
    if (actor.grants.length === 0) return nowhere();
    const works = await this.bank.places.scope(this.view, actor, "activity.see").catch(nowhere);
    const reviews = await this.bank.places.scope(this.view, actor, "activity.review").catch(nowhere);
    if (works === null || reviews === null) return null;
    const organizations = await this.view.organizations(reviews.organizationIds);
    const towns = [...organizations.values()].filter(({ kind }) => kind === "SOCIAL_WORK_STATION");
    return {
      organizationIds: works.organizationIds,
      divisionCodes: [
        ...works.divisionCodes,
        ...reviews.divisionCodes,
        ...towns.flatMap(({ divisionCode }) => below(divisionCode, divisions)),
      ],
    };
  }

  /** Null for an activity that is absent or hidden from the actor. Others than its own organisation see it as it was last reviewed. Batched. */
  async details(actor: Actor, ids: readonly string[]): Promise<(ActivityDetails | null)[]> {
    const shown = await this.many(actor, ids);
    const opened = await this.bank.vault.open<ActivityDetails>(
      this.view,
      shown.map((activity) => activity?.detailsId ?? null),
    );
    return shown.map((activity) => opened.get(activity?.detailsId ?? "") ?? null);
  }

  /** Steps and their reasons, for its own organisation and its reviewers; empty for others. Batched. */
  async history(actor: Actor, ids: readonly string[]): Promise<(ActivityStep & { reason: string | null })[][]> {
    const activities = await this.view.activities(ids);
    const steps = await this.view.activitySteps(ids);
    const reasons = await this.bank.vault.open<{ reason: string }>(
      this.view,
      [...steps.values()].flat().map((step) => step.reasonId),
    );
    const own = new Set<string>();
    for (const activity of activities.values())
      if (await this.register.works(this.view, actor, activity)) own.add(activity.id);
    return ids.map((id) =>
      own.has(id)
        ? (steps.get(id) ?? []).map((step) => ({
            ...step,
            reason: (step.reasonId && reasons.get(step.reasonId)?.reason) || null,
          }))
        : [],
    );
  }

  /** Null for absent or not yours to see. Batched. */
  async shifts(actor: Actor, ids: readonly string[]): Promise<(ShownShift | null)[]> {
    const shifts = await this.view.shifts(ids);
    const shown = await this.sight.shifts(this.view, actor, shifts.values());
    return ids.map((id) => shown.get(id) ?? null);
  }

  /** Of sign-ups that the actor sees: also where the announcement was taken back since. Batched. */
  async shiftsOfSignUps(actor: Actor, shiftIds: readonly string[]): Promise<(ShownShift | null)[]> {
    const shifts = [...(await this.view.shifts(shiftIds)).values()];
    const seen = await this.sight.shifts(this.view, actor, shifts);
    const hidden = shifts.filter(({ id }) => !seen.has(id));
    const announced = hidden.length > 0 ? await this.sight.announcedShifts(this.view, hidden) : seen;
    return shiftIds.map((id) => seen.get(id) ?? announced.get(id) ?? null);
  }

  /** The shifts of each activity, also those that were dropped. Batched. */
  async shiftsOf(actor: Actor, activityIds: readonly string[]): Promise<ShownShift[][]> {
    const shifts = await this.view.shiftsOfActivities(activityIds);
    const shown = await this.sight.shifts(this.view, actor, [...shifts.values()].flat());
    return activityIds.map((id) =>
      (shifts.get(id) ?? []).flatMap((shift) => shown.get(shift.id) ?? []).sort((a, b) => a.startsAt - b.startsAt),
    );
  }

  /** Totals of campaigns, activities or shifts, with the journal position they are true at; zeros where nothing was counted. Batched. */
  async totals(subjects: readonly string[]): Promise<(Counts & { asOfSeq: number })[]> {
    // The head first: what is read after it is true at it, or a little later.
    const asOfSeq = (await this.view.head()).seq;
    const totals = await this.view.totalsOf(subjects);
    return subjects.map((subject) => ({ ...(totals.get(subject) ?? noCounts), asOfSeq }));
  }

  breakdown(subject: string, dimension: TallyDimension): Soon<Tally[]> {
    return this.view.breakdown(subject, dimension);
  }

  organizationsOf(campaignId: string, order: "SERVICE_MINUTES" | "NAME", page: OrderedPageInput) {
    return paged(
      page,
      {
        name: `campaign organizations ${order}`,
        shape: [order === "NAME" ? "text" : "count", "text"],
        natural: order === "NAME" ? "ASC" : "DESC",
      },
      (bounds) => this.view.campaignOrganizations(campaignId, order, bounds),
      (line) => [order === "NAME" ? line.name : line.serviceMinutes, line.organizationId],
    );
  }

  /** Null where the actor may not see it. */
  async unresolved(actor: Actor, activityId: string): Promise<Unresolved | null> {
    const activity = (await this.view.activities([activityId])).get(activityId);
    const where = activity && (await this.register.whereOf(this.view, activity));
    if (!where || !this.bank.permitAny(actor, "activity.see", [where])) return null;
    const counts = new Map(
      (await this.view.attendanceCounts(activityId)).map(({ outcome, count }) => [outcome, count]),
    );
    return {
      missingCheckOut: counts.get("OPEN") ?? 0,
      missingRecord: counts.get("MISSING_RECORD") ?? 0,
      recordsWaiting: await this.view.recordsWaiting(activityId),
    };
  }

  /** Null where the actor may not see it. */
  async signals(actor: Actor, activityId: string): Promise<Signal[] | null> {
    const activity = (await this.view.activities([activityId])).get(activityId);
    if (
      !activity ||
      !this.bank.permitAny(actor, "activity.signals", await this.register.reviewPlaces(this.view, activity))
    )
      return null;
    const attendances = await this.view.attendancesOfActivity(activityId);
    const missed = await this.view.signUpsOfActivity(activityId, ["NO_SHOW"]);
    const stood = attendances.filter((attendance) => attendance.outcome !== "DISCARDED");
    return signalsOf(stood, stood.length + missed.length);
  }

  private get view(): View {
    return this.bank.store.view;
  }
}

const nowhere = () => ({ organizationIds: [], divisionCodes: [] });
