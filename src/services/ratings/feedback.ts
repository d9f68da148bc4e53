import type { Organization } from "../../domain/facts/organizations";
import { provenStates } from "../../domain/hours";
import { addDays, type Day, dayOf, isCovered } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { below } from "../../domain/organizations";
import { type Actor, type HeldGrant, staffRoles } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import { feedbackLeast, feedbackMost } from "../../domain/ratings";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { madeAt } from "../bank/entropy";
import type { Asked } from "../bank/fields";
import type { Vault } from "../bank/vault";
import type { giveFeedback } from "./commands";
import { Recusal } from "./recusal";

/** The hash by which a platform recognises a member who gave feedback, without the name. */
export function feedbackHashOf(vault: Vault, organizationId: string, personId: string): string {
  return vault.hash("feedback", `${organizationId} ${personId}`);
}

/** What members think of a platform: a part of its stars. */
export class Feedback {
  private readonly recusal = new Recusal();
  constructor(private readonly bank: Bank) {}

  async give(actor: Actor, input: Asked<typeof giveFeedback>): Promise<Done<number>> {
    const { stars } = input;
    if (!Number.isSafeInteger(stars) || stars < feedbackLeast || stars > feedbackMost)
      refuse("INVALID_INPUT", { least: feedbackLeast, most: feedbackMost }, ["stars"]);
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      if (organization.kind !== "SERVICE_PLATFORM") refuse("NOT_FOUND", {}, ["organizationId"]);
      const today = this.bank.today();
      const policies = await this.bank.policies(tx);
      const mine = [actor.personId as string];
      if ((await this.recusal.interested(tx, mine, organization, policies, today)).size > 0)
        refuse("SELF_CONFIRMATION", {}, ["organizationId"]);
      if (!(await this.isMember(tx, actor, organization, policies, today)))
        refuse("NOT_PERMITTED", { act: "feedback.give" });
      const memberHash = feedbackHashOf(this.bank.vault, organization.id, actor.personId as string);
      const before = await tx.feedbackOf(organization.id, memberHash);
      // The journal does not name the member.
      await tx.append("member", {
        type: "FEEDBACK_GIVEN",
        id: before?.id ?? this.bank.id("feedback", tx.now),
        organizationId: organization.id,
        memberHash,
        stars,
        on: today,
        version: (before?.version ?? 0) + 1,
      });
      return stars;
    };
    return this.bank.commands.once(actor, "giveFeedback", input, work, async (_, stars) => stars);
  }

  /**
   * Whether the actor is a member of a platform: a person who has been on the staff of an organisation in its division for a while,
   * so that nobody is hired for a vote, or a volunteer with a confirmed record at one of these organisations.
   */
  private async isMember(
    view: View,
    actor: Actor,
    platform: Organization,
    policies: Policies,
    today: Day,
  ): Promise<boolean> {
    const days = { from: addDays(today, -policies.count("platformStar.memberDays", today)), until: today };
    // A grant may be dated back; its id says since when it is known.
    const span = ({ id, validFrom, validUntil }: HeldGrant) => {
      const noted = dayOf(madeAt(id));
      return { from: noted > validFrom ? noted : validFrom, until: validUntil };
    };
    const held = actor.grants.filter(
      ({ role, organizationState }) => staffRoles.includes(role) && organizationState !== "DISSOLVED",
    );
    const at = (id: string | null) => held.filter(({ organizationId }) => organizationId === id);
    const staffAt = held.flatMap(({ organizationId }) =>
      organizationId !== null && isCovered(at(organizationId).map(span), days) ? organizationId : [],
    );
    const volunteer = actor.volunteerId
      ? (await view.volunteers([actor.volunteerId])).get(actor.volunteerId)
      : undefined;
    const served = volunteer?.state === "ACTIVE" ? await view.servedAt(volunteer.id) : [];
    const organizations = await view.organizations([
      ...staffAt,
      ...served.flatMap(({ organizationId, state }) => (provenStates.includes(state) ? organizationId : [])),
    ]);
    const codes = below(platform.divisionCode, await this.bank.divisions(view));
    return [...organizations.values()].some(({ divisionCode }) => codes.includes(divisionCode));
  }
}
