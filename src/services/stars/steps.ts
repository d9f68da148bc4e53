import type { ActorKind } from "../../domain/facts/actors";
import type { Volunteer } from "../../domain/facts/people";
import { type StarAction, type StarAward, starStep } from "../../domain/facts/stars";
import { noTotals, type ServiceTotals } from "../../domain/hours/totals";
import { dayOf } from "../../domain/kit/calendar";
import type { Profile } from "../../domain/people/volunteers";
import type { Policies } from "../../domain/policies";
import {
  basisOn,
  countedMinutes,
  downgraded,
  isUndecided,
  mayBeShown,
  type StarBasisOfDay,
  standingAward,
  starNoticeUntil,
  takeStar,
} from "../../domain/stars";
import type { StoredStar, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import { workingCalendar } from "../bank/calendar";

/** The person who takes a step with a star, and the role in which they may. */
export interface StarActor {
  personId: string;
  role: ActorKind;
}
const bySystem: StarActor = { personId: "system", role: "SYSTEM" };

/** Writes the steps of stars, and takes those that follow from hours: in the transaction that moves the hours. */
export class StarSteps {
  constructor(readonly bank: Bank) {}

  /**
   * What becomes of a volunteer's stars when hours were posted or taken back. A posting that reaches the next star costs the
   * statements of one proposal; every other one costs none, for what it compares was read by the posting.
   */
  async follow(
    tx: Tx,
    policies: Policies,
    volunteer: Volunteer,
    { before, after }: { before: ServiceTotals; after: ServiceTotals },
  ): Promise<void> {
    const today = dayOf(tx.now);
    if (countedMinutes(after, policies, today) < countedMinutes(before, policies, today))
      return this.bringDown(tx, policies, volunteer.id, after);
    const basis = basisOn(after, policies, today);
    if (basis.level <= basisOn(before, policies, today).level) return;
    if (volunteer.group || volunteer.state !== "ACTIVE") return;
    const awards = await this.of(tx, volunteer.id);
    const held = standingAward(awards)?.heldLevel ?? 0;
    if (held >= basis.level || awards.some((award) => isUndecided(award) && award.level >= basis.level)) return;
    await this.propose(tx, bySystem, volunteer, { level: basis.level, basis, policies });
  }

  /** Brings down each star that the hours no longer carry: a step of the bank, with the hours as its evidence. */
  async bringDown(tx: Tx, policies: Policies, volunteerId: string, totals: ServiceTotals): Promise<void> {
    const today = dayOf(tx.now);
    const minutes = countedMinutes(totals, policies, today);
    for (const award of await this.of(tx, volunteerId)) {
      const heldLevel = downgraded(award, minutes, policies, today);
      if (heldLevel === null) continue;
      const { state } = takeStar(award, "DOWNGRADE");
      const policyIds = [award.policyId, policies.inForce("star.downgradeOnReversal", today).id];
      const after = { ...award, state, heldLevel, basisMinutes: minutes, policyIds };
      await this.move(tx, bySystem, after, "DOWNGRADE", award, null);
    }
  }

  /** Proposes the star, and puts it on public notice, unless nothing of the volunteer may be shown in public. */
  async propose(
    tx: Tx,
    by: StarActor,
    volunteer: Volunteer,
    { level, basis, policies }: { level: number; basis: StarBasisOfDay; policies: Policies },
  ): Promise<StoredStar> {
    const today = dayOf(tx.now);
    const profile = (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
    const shown = mayBeShown(profile?.birthDate ?? null, policies, today);
    const { state } = takeStar(null, "PROPOSE", { to: shown ? "PUBLIC_NOTICE" : "PROPOSED" });
    const award = {
      id: this.bank.id("star", tx.now),
      volunteerId: volunteer.id,
      divisionCode: volunteer.divisionCode,
      organizationId: volunteer.vouchedBy,
      level,
      heldLevel: 0,
      state,
      basisMinutes: basis.minutes,
      policyId: basis.policyId,
      policyIds: [...basis.policyIds, policies.inForce("star.publicNoticeWorkingDays", today).id],
      noticeUntil: shown ? starNoticeUntil(today, workingCalendar(policies, today), policies) : null,
      contested: false,
      awardedOn: null,
    };
    return this.move(tx, by, award, "PROPOSE", null, null);
  }

  /** Gives the stars of a registration to another of the same person; where `only` is given, no others. */
  async give(
    tx: Tx,
    by: StarActor,
    moved: { from: string; to: string; reasonId: string; only?: ReadonlySet<string> },
  ): Promise<void> {
    for (const award of await this.of(tx, moved.from))
      if (moved.only?.has(award.id) ?? true)
        await this.move(tx, by, { ...award, volunteerId: moved.to }, "MOVE", award, moved.reasonId);
  }

  /** After two registrations were parted: each keeps what its own hours carry. */
  async parted(tx: Tx, volunteerIds: readonly string[]): Promise<void> {
    const [policies, totals] = [await this.bank.policies(tx), await tx.totals(volunteerIds)];
    for (const id of volunteerIds) await this.bringDown(tx, policies, id, totals.get(id) ?? noTotals(id));
  }

  async of(view: View, volunteerId: string): Promise<StoredStar[]> {
    return (await view.starAwardsOf([volunteerId])).get(volunteerId) ?? [];
  }

  /** Appends the step that leaves the star as given; the version counts the steps. */
  async move(
    tx: Tx,
    by: StarActor,
    award: Omit<StarAward, "version">,
    action: StarAction,
    before: StoredStar | null,
    reasonId: string | null,
  ): Promise<StoredStar> {
    const version = (before?.version ?? 0) + 1;
    const step = { version, action, from: before?.state ?? null, actorKind: by.role, reasonId };
    const fact = starStep.step(award, step);
    const seq = await tx.append(by.personId, fact, before ?? undefined);
    const stored = starStep.into.starAwards.row(fact, { seq, at: tx.now, actor: by.personId });
    return before ? { ...stored, openedSeq: before.openedSeq } : stored;
  }
}
