import type { Division, Organization } from "../../domain/facts/organizations";
import type { Day } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { below, lineage } from "../../domain/organizations";
import { type Act, type Actor, roleFor, type Scope, scopeOf, type Where } from "../../domain/permissions/actors";
import type { View } from "../../storage/store";

/** Where things are done, as permissions ask: organisations, divisions and those above; and where an actor may do something. */
export class Places {
  constructor(
    private readonly today: () => Day,
    private readonly divisions: (view: View) => Promise<ReadonlyMap<string, Division>>,
  ) {}

  /** Where something at an organisation happens, with the divisions above it. */
  async at(view: View, organization: Organization, volunteerId?: string): Promise<Where> {
    return {
      organizationId: organization.id,
      divisions: lineage(organization.divisionCode, await this.divisions(view)),
      volunteerId,
    };
  }

  /** A volunteer's registration is kept by the station that registered or activated them, and by the office of their division. */
  async ofVolunteer(
    view: View,
    { id: volunteerId, vouchedBy, divisionCode }: { id: string; vouchedBy: string | null; divisionCode: string },
  ): Promise<Where[]> {
    const divisions = lineage(divisionCode, await this.divisions(view));
    return [
      { volunteerId, divisions },
      ...(vouchedBy === null ? [] : [{ volunteerId, organizationId: vouchedBy, divisions }]),
    ];
  }

  /** The places where the actor may do the act, with all divisions below; null for everywhere. NOT_PERMITTED where there is none. */
  async scope(view: View, actor: Actor, act: Act): Promise<Omit<Scope, "all"> | null> {
    const { all, organizationIds, divisionCodes } = scopeOf(actor, act, this.today());
    if (all) return null;
    if (organizationIds.length + divisionCodes.length === 0) refuse("NOT_PERMITTED", { act });
    const divisions = divisionCodes.length === 0 ? new Map() : await this.divisions(view);
    return { organizationIds, divisionCodes: divisionCodes.flatMap((code) => below(code, divisions)) };
  }

  /** The stations of a place's divisions and of those above, each as a place; and the divisions themselves, for the office. */
  async withStations(view: View, where: Where): Promise<Where[]> {
    const stations = await view.organizationList(
      { kinds: ["SOCIAL_WORK_STATION"], divisionCodes: where.divisions ?? [] },
      { first: 100, after: null },
    );
    return [{ ...where, organizationId: null }, ...stations.map(({ id }) => ({ ...where, organizationId: id }))];
  }

  /** A division's places: its stations, those above it, and the office. */
  async over(view: View, divisionCode: string): Promise<Where[]> {
    return this.withStations(view, { divisions: lineage(divisionCode, await this.divisions(view)) });
  }

  /** Those of these divisions in which the actor may do the act, for the office or for a station there. */
  async divisionsWhere(view: View, actor: Actor, act: Act, codes: readonly string[]): Promise<Set<string>> {
    const { all, ...scope } = scopeOf(actor, act, this.today());
    if (all || codes.length === 0) return new Set(codes);
    const within = await this.divisionsUnder(view, scope);
    return new Set(codes.filter((code) => within.includes(code)));
  }

  /** All divisions in which the actor may do the act, likewise; null for all there are. NOT_PERMITTED where there is none. */
  async divisionScope(view: View, actor: Actor, act: Act): Promise<string[] | null> {
    const { all, ...scope } = scopeOf(actor, act, this.today());
    if (all) return null;
    const within = await this.divisionsUnder(view, scope);
    return within.length > 0 ? within : refuse("NOT_PERMITTED", { act });
  }

  private async divisionsUnder(view: View, { organizationIds, divisionCodes }: Omit<Scope, "all">): Promise<string[]> {
    if (organizationIds.length + divisionCodes.length === 0) return [];
    const divisions = await this.divisions(view);
    const organizations = [...(await view.organizations(organizationIds)).values()];
    const stations = organizations.filter(({ kind }) => kind === "SOCIAL_WORK_STATION");
    const heads = [...divisionCodes, ...stations.map(({ divisionCode }) => divisionCode)];
    return [...new Set(heads.flatMap((code) => below(code, divisions)))];
  }

  /** Those of these organisations at which the actor may do the act. */
  async organizationsWhere(
    view: View,
    actor: Actor,
    act: Act,
    organizationIds: readonly string[],
  ): Promise<Set<string>> {
    if (organizationIds.length === 0) return new Set();
    const divisions = await this.divisions(view);
    const permitted = new Set<string>();
    for (const { id, divisionCode } of (await view.organizations(organizationIds)).values())
      if (roleFor(actor, act, { organizationId: id, divisions: lineage(divisionCode, divisions) }, this.today()))
        permitted.add(id);
    return permitted;
  }
}
