import type { ActorKind } from "../../domain/facts/actors";
import type { RevisableField, Volunteer, VolunteerState, VolunteerStepAction } from "../../domain/facts/people";
import { noTotals, type ServiceTotals } from "../../domain/hours/totals";
import type { Day, Instant } from "../../domain/kit/calendar";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import { below, lineage } from "../../domain/organizations";
import { maskPhone } from "../../domain/people/phones";
import { isAwaited, maskIdNumber, maskName, type Profile } from "../../domain/people/volunteers";
import { type Actor, roleFor, scopeOf, type Where } from "../../domain/permissions/actors";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { type Asked, read } from "../bank/fields";
import { paged } from "../bank/paging";
import { volunteerFilter } from "./commands/volunteers";

export interface VolunteerEvent {
  at: Instant;
  action: VolunteerStepAction;
  from: VolunteerState;
  to: VolunteerState;
  fields: RevisableField[];
  actorKind: ActorKind;
  reason: string | null;
}

/** What the actor may see of a volunteer's person; null where it may not. */
export interface VisiblePerson {
  displayName: string | null;
  /** Whether the name is masked: without a tie there is the number and that, and nothing else. */
  masked: boolean;
  maskedIdNumber: string | null;
  maskedPhone: string | null;
  birthDate: Day | null;
}

/** The volunteers that an actor sees, and those that the actor knows by number and masked name. */
interface Sight {
  readonly seen: ReadonlySet<string>;
  readonly met: ReadonlySet<string>;
}
const noVolunteers: ReadonlySet<string> = new Set();

type SightAct = "volunteer.see" | "volunteer.private" | "account.see";

/** Says what an actor sees of volunteers. Everything is batched. */
export class VolunteerSight {
  constructor(private readonly bank: Bank) {}

  /** The steps after the registration, the first first; none where they are not yours to see. Batched. */
  async historyOf(actor: Actor, ids: readonly string[]): Promise<VolunteerEvent[][]> {
    const view = this.bank.store.view;
    const known = await this.visible(view, actor, [...(await view.volunteers(ids)).values()], "volunteer.private");
    const steps = await view.volunteerSteps([...known]);
    const reasons = await this.bank.vault.open<{ reason: string }>(
      view,
      [...steps.values()].flat().map(({ reasonId }) => reasonId),
    );
    return ids.map((id) =>
      (steps.get(id) ?? []).map(({ at, action, from, to, fields, actorKind, reasonId }) => ({
        ...{ at, action, from, to, fields, actorKind },
        reason: reasons.get(reasonId ?? "")?.reason ?? null,
      })),
    );
  }

  /** Only the volunteers that the actor may find; NOT_PERMITTED for an actor who may find none. */
  async find(actor: Actor, filter: Asked<typeof volunteerFilter>, page: PageInput): Promise<Connection<Volunteer>> {
    const view = this.bank.store.view;
    const { volunteerNo, text, state: states, divisionCode } = read(volunteerFilter, filter, ["filter"]);
    const divisionCodes = await this.bank.divisionsIn(view, divisionCode);
    const scope = await this.bank.places.scope(view, actor, "volunteer.find");
    const since = await this.bank.tiedSince(view);
    // A volunteer who waits for a station is found by the whole number alone; no text search tells what the masked name holds.
    const asked = scope && volunteerNo && !text ? await view.volunteerByNo(volunteerNo) : undefined;
    const waits = asked !== undefined && (await this.awaited(view, actor, [asked])).has(asked.id);
    return paged(
      page,
      { name: "volunteers", shape: ["text"] },
      async (bounds) =>
        view.volunteerList(
          {
            no: volunteerNo ?? undefined,
            states,
            divisionCodes,
            terms: this.bank.vault.soughtTerms(text),
            ...(waits
              ? { personIds: [asked.personId] }
              : { within: scope ? { ...scope, opens: "NAME", since } : undefined }),
          },
          bounds,
        ),
      (volunteer) => [volunteer.volunteerNo],
    );
  }

  /** Null entries for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Soon<(Volunteer | null)[]> {
    const view = this.bank.store.view;
    return whenKnown(view.volunteers(ids), (volunteers) =>
      whenKnown(this.visible(view, actor, [...volunteers.values()], "volunteer.see"), (visible) =>
        ids.map((id) => (visible.has(id) ? (volunteers.get(id) ?? null) : null)),
      ),
    );
  }

  /** The volunteers of `many`, and those with a record or a sign-up where the actor works: `persons` masks their names. */
  async faces(actor: Actor, ids: readonly string[]): Promise<(Volunteer | null)[]> {
    const view = this.bank.store.view;
    const volunteers = await view.volunteers(ids);
    const { seen, met } = await this.sightOf(view, actor, [...volunteers.values()]);
    return ids.map((id) => (seen.has(id) || met.has(id) ? (volunteers.get(id) ?? null) : null));
  }

  persons(actor: Actor, ids: readonly string[]): Soon<VisiblePerson[]> {
    const view = this.bank.store.view;
    return whenKnown(view.volunteers(ids), (byId) => {
      const volunteers = [...byId.values()];
      return whenKnown(this.sightOf(view, actor, volunteers), ({ seen, met }) =>
        whenKnown(this.visible(view, actor, volunteers, "volunteer.private"), (known) => {
          const shown = volunteers.flatMap(({ id, profileId }) => (seen.has(id) || met.has(id) ? profileId : []));
          return whenKnown(this.bank.vault.open<Profile>(view, shown), (profiles) =>
            ids.map((id) => {
              const profile = profiles.get(byId.get(id)?.profileId ?? "");
              return personSeen(profile, { masked: !seen.has(id), own: known.has(id) });
            }),
          );
        }),
      );
    });
  }

  /** The volunteers that the actor sees, and those that the actor knows by number and masked name: from lists, or since they wait for a station. */
  private sightOf(view: View, actor: Actor, volunteers: readonly Volunteer[]): Soon<Sight> {
    return whenKnown(this.visible(view, actor, volunteers, "volunteer.see"), (seen) => {
      const rest = volunteers.filter(({ id }) => !seen.has(id));
      return rest.length === 0 ? { seen, met: noVolunteers } : this.sightWith(view, actor, seen, rest);
    });
  }

  private async sightWith(
    view: View,
    actor: Actor,
    seen: ReadonlySet<string>,
    rest: readonly Volunteer[],
  ): Promise<Sight> {
    const met = await this.met(
      view,
      actor,
      rest.map(({ id }) => id),
    );
    return { seen, met: new Set([...met, ...(await this.awaited(view, actor, rest))]) };
  }

  totals(ids: readonly string[]): Soon<ServiceTotals[]> {
    return whenKnown(this.bank.store.view.totals(ids), (totals) => ids.map((id) => totals.get(id) ?? noTotals(id)));
  }

  /** Which of these the actor may see; one question to the database per organisation the actor works at, not per volunteer. */
  visible(view: View, actor: Actor, volunteers: readonly Volunteer[], act: SightAct): Soon<Set<string>> {
    const today = this.bank.today();
    // One's own things need no look at places.
    const visible = new Set<string>();
    const others: Volunteer[] = [];
    for (const volunteer of volunteers)
      if (roleFor(actor, act, { volunteerId: volunteer.id }, today)) visible.add(volunteer.id);
      else others.push(volunteer);
    return others.length === 0 ? visible : this.visibleByPlace(view, actor, others, act, visible);
  }

  private async visibleByPlace(
    view: View,
    actor: Actor,
    volunteers: readonly Volunteer[],
    act: SightAct,
    visible: Set<string>,
  ): Promise<Set<string>> {
    const today = this.bank.today();
    const divisions = await this.bank.divisions(view);
    let rest: Volunteer[] = [];
    for (const volunteer of volunteers) {
      const where: Where = {
        volunteerId: volunteer.id,
        organizationId: volunteer.vouchedBy,
        divisions: lineage(volunteer.divisionCode, divisions),
      };
      if (roleFor(actor, act, where, today)) visible.add(volunteer.id);
      else rest.push(volunteer);
    }
    if (rest.length > 0 && actor.personId !== null) {
      const guardianIds = [actor.personId];
      for (const volunteerId of await this.bank.wardsOf(view, actor.personId))
        if (roleFor(actor, act, { volunteerId, guardianIds }, today)) visible.add(volunteerId);
      rest = rest.filter((volunteer) => !visible.has(volunteer.id));
    }
    const workplaces = [...new Set(actor.grants.flatMap((grant) => grant.organizationId ?? []))].filter(
      (organizationId) => roleFor(actor, act, { organizationId }, today),
    );
    if (rest.length === 0 || workplaces.length === 0) return visible;
    const tied = await view.tiedVolunteers(
      rest.map(({ id }) => id),
      workplaces,
      // A volunteer who signed up for an activity of theirs is expected there by name; nothing else is opened.
      { opens: act === "volunteer.see" ? "NAME" : "ALL", since: await this.bank.tiedSince(view) },
    );
    for (const id of tied) visible.add(id);
    return visible;
  }

  /** The volunteers with a record or a sign-up where the actor sees records: the actor knows them by number and masked name. */
  private async met(view: View, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
    const { all, ...scope } = scopeOf(actor, "hours.see", this.bank.today());
    if (all) return view.volunteersMet(ids, null);
    if (ids.length === 0 || scope.organizationIds.length + scope.divisionCodes.length === 0) return new Set();
    const divisions = await this.bank.divisions(view);
    const divisionCodes = scope.divisionCodes.flatMap((code) => below(code, divisions));
    return view.volunteersMet(ids, { ...scope, divisionCodes });
  }

  /** The volunteers who wait for a station to vouch, where the actor's station may. */
  private async awaited(view: View, actor: Actor, volunteers: readonly Volunteer[]): Promise<Set<string>> {
    const waiting = volunteers.filter(isAwaited);
    const codes = [...new Set(waiting.map(({ divisionCode }) => divisionCode))];
    const within = await this.bank.places.divisionsWhere(view, actor, "volunteer.vouch", codes);
    return new Set(waiting.flatMap(({ id, divisionCode }) => (within.has(divisionCode) ? id : [])));
  }
}

function personSeen(profile: Profile | undefined, { masked, own }: { masked: boolean; own: boolean }): VisiblePerson {
  return {
    displayName: (masked ? profile && maskName(profile.displayName) : profile?.displayName) ?? null,
    masked,
    maskedIdNumber: own ? maskIdNumber(profile?.idNumber ?? null) : null,
    maskedPhone: own ? maskPhone(profile?.phone ?? null) : null,
    birthDate: own ? (profile?.birthDate ?? null) : null,
  };
}
