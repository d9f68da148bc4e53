import type { StarAction, StarStep } from "../../domain/facts/stars";
import { noTotals, type ServiceTotals } from "../../domain/hours/totals";
import { addMonths, type Day, dayOf, type Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import { checkNotOwn, selvesOf } from "../../domain/people/near";
import { type Act, type Actor, roleFor } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import {
  basisOn,
  checkGrant,
  checkNoneOpen,
  checkProposal,
  countedMinutes,
  fraudGround,
  nextStar,
  restored,
  standingAward,
  takeStar,
} from "../../domain/stars";
import type { StoredStar, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, read, readField } from "../bank/fields";
import { ownOf } from "../bank/near";
import { paged, shownPage } from "../bank/paging";
import type { Credit } from "../credit-records";
import { decideVolunteerStar, objectToVolunteerStar, proposeVolunteerStar, starAwardFilter } from "./commands";
import type { StarActor, StarSteps } from "./steps";

/** The star that a volunteer has now. */
export interface ShownStar {
  level: number;
  awardedOn: Day | null;
  /** The minutes that count for stars today. */
  basisMinutes: number;
  policyId: string;
  next: { level: number; minutesRemaining: number } | null;
}
/** A step of an award with its words, as far as the reader may have them. */
export interface ShownStarStep extends StarStep {
  reason: string | null;
}
/** A star on public notice: its level and the number by which the volunteer is known, and nothing else of the person. */
export interface StarNotice {
  awardId: string;
  level: number;
  volunteerNo: string;
  divisionCode: string;
  noticeUntil: Day;
}
export interface StarDecided {
  at: Instant;
  actorKind: StarStep["actorKind"];
  reason: string | null;
}

/** Steps that decide about a star; the last one says how it stands, and why. */
const deciding: readonly StarAction[] = ["GRANT", "REFUSE", "SUSPEND", "RESTORE", "DOWNGRADE"];

/** Volunteer stars (domain.md 6.4): proposed, on public notice, granted, and never counted anew in silence. */
export class Stars {
  private readonly bank: Bank;
  constructor(
    private readonly steps: StarSteps,
    private readonly credit: Credit,
  ) {
    this.bank = steps.bank;
  }

  propose(actor: Actor, input: Asked<typeof proposeVolunteerStar>): Promise<Done<StoredStar>> {
    const { volunteerId, level } = read(proposeVolunteerStar, input);
    const work = async (tx: Tx, actor: Actor) => {
      const path = ["volunteerId"];
      const volunteer = (await tx.volunteers([volunteerId])).get(volunteerId) ?? refuse("NOT_FOUND", {}, path);
      const places = await this.bank.places.ofVolunteer(tx, volunteer);
      const role = this.bank.permitAny(actor, "star.propose", places);
      if (!role) {
        const seen = this.bank.permitAny(actor, "volunteer.see", places);
        return refuse(seen ? "NOT_PERMITTED" : "NOT_FOUND", seen ? { act: "star.propose" } : {}, seen ? [] : path);
      }
      checkNotOwn(await ownOf(tx, actor), volunteer.personId, path);
      if (volunteer.state !== "ACTIVE" || volunteer.group) refuse("VOLUNTEER_NOT_FOUND", {}, path);
      await this.bank.vault.checkNotErased(tx, volunteer.personId);
      const [policies, today] = [await this.bank.policies(tx), dayOf(tx.now)];
      const basis = basisOn(await totalsOf(tx, volunteerId), policies, today);
      checkProposal(level, await this.steps.of(tx, volunteerId), basis, policies, today);
      const by = { personId: actor.personId as string, role };
      return (await this.steps.propose(tx, by, volunteer, { level, basis, policies })).id;
    };
    return this.bank.commands.once(actor, "proposeVolunteerStar", input, work, async (view, id) => {
      const [award] = await this.many(actor, [id], view);
      return award ?? refuse("NOT_PERMITTED", { act: "star.see" });
    });
  }

  /**
   * An objection holds nothing up by itself: it makes the officer answer it, in words, with the decision. Answers the award to who
   * may see it; the others know of the star what its notice says.
   */
  async object(actor: Actor, input: Asked<typeof objectToVolunteerStar>): Promise<StoredStar | null> {
    const reason = readField(objectToVolunteerStar, "reason", input.reason);
    const contested = await this.bank.commands.act(actor, async (tx, actor) => {
      const award = await this.award(tx, input.awardId);
      const personId = actor.personId ?? this.bank.deny(actor, "star.object", {});
      const role = this.bank.permit(actor, "star.object", {});
      // Who may not see the award knows of it while it is on public notice, and no longer.
      if (award.state !== "PUBLIC_NOTICE" && (await this.seen(tx, actor, [award])).size === 0)
        refuse("NOT_FOUND", {}, ["awardId"]);
      if (await this.alreadyDone(tx, actor, award, "OBJECT", input.expectedVersion)) return award;
      const { state } = takeStar(award, "OBJECT", { ...input, reason });
      if (dayOf(tx.now) > (award.noticeUntil as Day))
        refuse("ILLEGAL_TRANSITION", { action: "OBJECT", from: award.state, noticeUntil: award.noticeUntil });
      const reasonId = await this.words(tx, actor, award, reason);
      return this.steps.move(tx, { personId, role }, { ...award, state, contested: true }, "OBJECT", award, reasonId);
    });
    const view = this.bank.store.view;
    return (await this.seen(view, actor, [contested])).has(contested.id) ? contested : null;
  }

  /** An officer decides: never the person who proposed it, and nobody of the volunteer's family. */
  decide(actor: Actor, input: Asked<typeof decideVolunteerStar>): Promise<StoredStar> {
    const { awardId, decision, expectedVersion } = input;
    const reason = readField(decideVolunteerStar, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const award = await this.award(tx, awardId);
      const by = await this.officer(tx, actor, award);
      if (await this.alreadyDone(tx, actor, award, decision, expectedVersion)) return award;
      const { state } = takeStar(award, decision, { expectedVersion, reason });
      const volunteer = (await tx.volunteers([award.volunteerId])).get(award.volunteerId);
      invariant(volunteer, "a star has a volunteer");
      const own = await ownOf(tx, actor);
      checkNotOwn(own, volunteer.personId, ["awardId"]);
      const [proposed] = (await tx.starSteps([awardId])).get(awardId) ?? [];
      if (selvesOf(own).includes(proposed?.actorId ?? "")) refuse("SAME_PERSON", {}, ["awardId"]);
      const [policies, today] = [await this.bank.policies(tx), dayOf(tx.now)];
      const basis = basisOn(await totalsOf(tx, volunteer.id), policies, today);
      const move = async (after: StoredStar) => {
        const reasonId = reason === null ? null : await this.words(tx, actor, award, reason);
        return this.steps.move(tx, by, after, decision, award, reasonId);
      };
      if (decision === "REFUSE") return move({ ...award, state, contested: false });
      if (decision === "SUSPEND") return move({ ...award, state, heldLevel: 0 });
      if (volunteer.state !== "ACTIVE") refuse("VOLUNTEER_NOT_FOUND", {}, ["awardId"]);
      const credit = await this.checkCredit(tx, volunteer.id, policies, today);
      const awards = await this.steps.of(tx, volunteer.id);
      if (decision === "RESTORE") {
        checkNoneOpen(award.level, awards);
        const heldLevel = restored(award, basis.minutes, policies);
        const full = heldLevel === award.level;
        const policyIds = [award.policyId, ...credit];
        const after = { ...award, heldLevel, basisMinutes: basis.minutes, policyIds };
        return move({ ...after, state: full ? "GRANTED" : "DOWNGRADED" });
      }
      checkGrant(award, { awards, basis, reason }, policies, today);
      const authority = policies.inForce("star.grantAuthority", today).id;
      return move({
        ...award,
        state,
        heldLevel: award.level,
        basisMinutes: basis.minutes,
        policyId: basis.policyId,
        policyIds: [...basis.policyIds, authority, ...credit],
        contested: false,
        awardedOn: today,
      });
    });
  }

  /** Null for absent or not yours to see. Batched. */
  async many(actor: Actor, ids: readonly string[], view: View = this.bank.store.view): Promise<(StoredStar | null)[]> {
    const awards = await view.starAwards(ids);
    const seen = await this.seen(view, actor, [...awards.values()]);
    return ids.map((id) => (seen.has(id) ? (awards.get(id) ?? null) : null));
  }

  /** The first proposed first: those of the places where the actor may see stars. */
  async list(actor: Actor, filter: Asked<typeof starAwardFilter>, page: PageInput): Promise<Connection<StoredStar>> {
    const view = this.bank.store.view;
    const { state: states, divisionCode } = read(starAwardFilter, filter, ["filter"]);
    const within = (await this.bank.places.divisionScope(view, actor, "star.see")) ?? undefined;
    const divisionCodes = await this.bank.divisionsIn(view, divisionCode);
    return paged(
      page,
      { name: "starAwards", shape: ["count"] },
      async (bounds) => view.starAwardList({ states, divisionCodes, within }, bounds),
      ({ openedSeq }) => [openedSeq],
    );
  }

  /** The stars on public notice, for everybody. */
  async notices(divisionCode: string | null | undefined, page: PageInput): Promise<Connection<StarNotice>> {
    const view = this.bank.store.view;
    const divisionCodes = await this.bank.divisionsIn(view, divisionCode);
    const awards = await paged(
      page,
      { name: "starNotices", shape: ["count"] },
      async (bounds) => view.starAwardList({ states: ["PUBLIC_NOTICE"], divisionCodes }, bounds),
      ({ openedSeq }) => [openedSeq],
    );
    return shownPage(awards, async (rows) => {
      const volunteers = await view.volunteers(rows.map(({ volunteerId }) => volunteerId));
      return rows.map(({ id: awardId, level, divisionCode, volunteerId, noticeUntil }) => {
        const volunteer = volunteers.get(volunteerId);
        invariant(volunteer && noticeUntil, "a star on public notice has a volunteer, and a last day");
        return { awardId, level, divisionCode, volunteerNo: volunteer.volunteerNo, noticeUntil };
      });
    });
  }

  /** The awards of volunteers whom the reader sees. Batched. */
  of(volunteerIds: readonly string[]): Soon<StoredStar[][]> {
    return whenKnown(this.bank.store.view.starAwardsOf(volunteerIds), (awards) =>
      volunteerIds.map((id) => awards.get(id) ?? []),
    );
  }

  /** The star that a volunteer with these awards has, and what the hours so far lack for the next one. */
  standing(awards: readonly StoredStar[], totals: ServiceTotals): Soon<ShownStar> {
    return whenKnown(this.bank.policies(this.bank.store.view), (policies) => {
      const today = this.bank.today();
      const award = standingAward(awards);
      const minutes = countedMinutes(totals, policies, today);
      const level = award?.heldLevel ?? 0;
      return {
        level,
        awardedOn: award?.awardedOn ?? null,
        basisMinutes: minutes,
        policyId: award?.policyId ?? policies.inForce("star.thresholdsHours", today).id,
        next: nextStar(level, minutes, policies, today),
      };
    });
  }

  /** All awards of each volunteer that the actor sees, the last proposed first. Batched. */
  async histories(actor: Actor, volunteerIds: readonly string[]): Promise<StoredStar[][]> {
    const view = this.bank.store.view;
    const awards = await view.starAwardsOf(volunteerIds);
    const seen = await this.seen(view, actor, [...awards.values()].flat());
    return volunteerIds.map((id) => (awards.get(id) ?? []).filter((award) => seen.has(award.id)).reverse());
  }

  /** The steps of each award, of those that the actor sees. The words of an objection are for the station and the office. Batched. */
  async stepsOf(actor: Actor, ids: readonly string[]): Promise<ShownStarStep[][]> {
    const view = this.bank.store.view;
    const seen = (await this.many(actor, ids)).flatMap((award) => award ?? []);
    const inside = await this.inside(view, actor, seen);
    const steps = await view.starSteps(seen.map(({ id }) => id));
    const isRead = ({ starAwardId, action }: StarStep) =>
      action !== "MOVE" && (action !== "OBJECT" || inside.has(starAwardId));
    const readable = [...steps.values()].flat().filter(isRead);
    const words = await this.bank.vault.open<{ reason?: string }>(
      view,
      readable.map(({ reasonId }) => reasonId),
    );
    const reasonOf = (step: StarStep) => (isRead(step) ? (words.get(step.reasonId ?? "")?.reason ?? null) : null);
    return ids.map((id) => (steps.get(id) ?? []).map((step) => ({ ...step, reason: reasonOf(step) })));
  }

  /** The last decision about each award; null before there is one. Batched. */
  async decisions(actor: Actor, ids: readonly string[]): Promise<(StarDecided | null)[]> {
    const steps = await this.stepsOf(actor, ids);
    return steps.map((taken) => taken.findLast(({ action }) => deciding.includes(action)) ?? null);
  }

  private async award(tx: Tx, id: string): Promise<StoredStar> {
    return (await tx.starAwards([id])).get(id) ?? refuse("NOT_FOUND", {}, ["awardId"]);
  }

  private async officer(tx: Tx, actor: Actor, award: StoredStar): Promise<StarActor> {
    const act: Act = "star.decide";
    const role = this.bank.permitAny(actor, act, await this.bank.places.over(tx, award.divisionCode));
    if (role) return { personId: actor.personId as string, role };
    const seen = await this.seen(tx, actor, [award]);
    return refuse(
      seen.size > 0 ? "NOT_PERMITTED" : "NOT_FOUND",
      seen.size > 0 ? { act } : {},
      seen.size > 0 ? [] : ["awardId"],
    );
  }

  /**
   * A record in the credit file stands against a star for some years; forged service records do so even where they were repaired.
   * Answers the versions of the rules by which the file was looked at. STAR_ADVERSE_RECORD.
   */
  private async checkCredit(view: View, volunteerId: string, policies: Policies, today: Day): Promise<string[]> {
    const [clean, forged] = [
      policies.inForce("star.noAdverseYears", today),
      policies.inForce("star.fraudBanYears", today),
    ];
    for (const { state, ground, foundOn } of await this.credit.adverseOf(view, volunteerId)) {
      const within = (years: unknown) => foundOn !== null && addMonths(foundOn, 12 * (years as number)) > today;
      if (state !== "REPAIRED" && within(clean.value))
        refuse("STAR_ADVERSE_RECORD", { years: clean.value }, ["awardId"]);
      if (ground === fraudGround && within(forged.value))
        refuse("STAR_ADVERSE_RECORD", { years: forged.value }, ["awardId"]);
    }
    return [clean.id, forged.id];
  }

  private async alreadyDone(
    tx: Tx,
    actor: Actor,
    award: StoredStar,
    action: StarAction,
    expectedVersion?: number | null,
  ): Promise<boolean> {
    if (expectedVersion != null && expectedVersion !== award.version - 1) return false;
    const last = (await tx.starSteps([award.id])).get(award.id)?.at(-1);
    return last?.action === action && last.actorId === actor.personId;
  }

  private async words(tx: Tx, actor: Actor, award: StoredStar, reason: string): Promise<string> {
    const volunteer = (await tx.volunteers([award.volunteerId])).get(award.volunteerId);
    invariant(volunteer, "a star has a volunteer");
    return this.bank.vault.sealWords(tx, actor.personId as string, volunteer.personId, { reason });
  }

  /** Which awards the actor sees: their own, their wards', and those of the places of their roles. */
  private async seen(view: View, actor: Actor, awards: readonly StoredStar[]): Promise<Set<string>> {
    const today = this.bank.today();
    const seen = await this.inside(view, actor, awards);
    const wards = actor.personId === null ? [] : await this.bank.wardsOf(view, actor.personId);
    const guardianIds = actor.personId === null ? [] : [actor.personId];
    for (const { id, volunteerId } of awards) {
      const where = { volunteerId, guardianIds: wards.includes(volunteerId) ? guardianIds : [] };
      if (roleFor({ ...actor, grants: [] }, "star.see", where, today)) seen.add(id);
    }
    return seen;
  }

  /** Which awards lie where the actor's roles let them see stars. */
  private async inside(view: View, actor: Actor, awards: readonly StoredStar[]): Promise<Set<string>> {
    const codes = [...new Set(awards.map(({ divisionCode }) => divisionCode))];
    if (actor.grants.length === 0 && actor.personId !== "system") return new Set();
    const within = await this.bank.places.divisionsWhere(view, actor, "star.see", codes);
    return new Set(awards.flatMap(({ id, divisionCode }) => (within.has(divisionCode) ? id : [])));
  }
}

async function totalsOf(view: View, volunteerId: string): Promise<ServiceTotals> {
  return (await view.totals([volunteerId])).get(volunteerId) ?? noTotals(volunteerId);
}
