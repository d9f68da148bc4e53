import { unfinishedStates } from "../../domain/activities/machine";
import type { ActorKind } from "../../domain/facts/actors";
import {
  type Finding,
  type Organization,
  type OrganizationState,
  type OrganizationStepAction,
  organizationMoves,
} from "../../domain/facts/organizations";
import type { Instant } from "../../domain/kit/calendar";
import { checkVersion, mayRepeat, take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import {
  checkFinding,
  findingRevisable,
  lineage,
  organizationRevisable,
  publicFindings,
} from "../../domain/organizations";
import type { Actor } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, read, readField } from "../bank/fields";
import { renderOrganization } from ".";
import { advanceOrganization, recordFinding, reviseFinding, reviseOrganization } from "./commands";

/** A step of an organisation after its registration; the reason as the officer gave it. */
export interface OrganizationStep {
  at: Instant;
  action: OrganizationStepAction;
  from: OrganizationState;
  to: OrganizationState;
  actorKind: ActorKind;
  reason: string | null;
}
/** A finding, and the reason of its last revision, for actors who may see it. */
export interface ShownFinding extends Finding {
  reason: string | null;
}

/** So many of what is open are named. */
const namedMost = 10;

/** The office's register of organisations after their registration: what changed, whether they are at work, what was found. */
export class Registry {
  constructor(private readonly bank: Bank) {}

  /** Corrects what the register says of an organisation. A field that is left out stays as it is. */
  async revise(actor: Actor, input: Asked<typeof reviseOrganization>): Promise<Organization> {
    const { name, ...asked } = read(reviseOrganization, input);
    return this.step(actor, { ...asked, action: "REVISE" }, async (tx, before, actor) => {
      const uscc = asked.uscc ?? before.uscc;
      const taken = uscc === null || uscc === before.uscc ? undefined : await tx.organizationByUscc(uscc);
      if (taken) refuse("DUPLICATE_USCC", {}, ["uscc"]);
      const after = {
        ...before,
        name: name ?? before.name,
        uscc,
        filingStatus: asked.filingStatus ?? before.filingStatus,
        divisionCode: await this.placed(tx, actor, before, asked.divisionCode),
      };
      return organizationRevisable.every((field) => after[field] === before[field]) ? null : after;
    });
  }

  /** Where it works from now on: the officer answers for both divisions, and the new one takes in what is new. */
  private async placed(tx: Tx, actor: Actor, before: Organization, divisionCode: string | null): Promise<string> {
    if (divisionCode === null) return before.divisionCode;
    const division = await this.bank.division(tx, divisionCode);
    if (division.code === before.divisionCode) return division.code;
    const { code } = await this.bank.openDivision(tx, division.code);
    this.bank.permit(actor, "organization.register", { divisions: lineage(code, await this.bank.divisions(tx)) });
    return code;
  }

  /** Taken off work, back to it, or dissolved, once nobody is expected at anything of its. */
  async advance(actor: Actor, input: Asked<typeof advanceOrganization>): Promise<Organization> {
    return this.step(actor, read(advanceOrganization, input), async (tx, before) => {
      if (input.action === "DISSOLVE") await this.checkNothingOpen(tx, before);
      return before;
    });
  }

  private async checkNothingOpen(tx: Tx, { id: organizationId }: Organization): Promise<void> {
    const open = await tx.activityList({ organizationId, states: unfinishedStates }, { first: namedMost, after: null });
    if (open.length > 0) refuse("ACTIVITIES_OPEN", { activities: open.map(({ slug }) => slug) }, ["organizationId"]);
  }

  /** The steps of each organisation, for its own leaders, officers and auditors; none for others. Batched. */
  async historyOf(actor: Actor, organizationIds: readonly string[]): Promise<OrganizationStep[][]> {
    const view = this.bank.store.view;
    const inside = await this.bank.places.organizationsWhere(view, actor, "organization.history", organizationIds);
    const steps = await view.organizationSteps([...inside]);
    const reasons = await this.bank.vault.open<{ reason: string }>(
      view,
      [...steps.values()].flat().map(({ reasonId }) => reasonId),
    );
    return organizationIds.map((id) =>
      (steps.get(id) ?? []).map(({ at, action, from, to, actorKind, reasonId }) => ({
        ...{ at, action, from, to, actorKind },
        reason: reasons.get(reasonId ?? "")?.reason ?? null,
      })),
    );
  }

  async recordFinding(actor: Actor, input: Asked<typeof recordFinding>): Promise<Done<Organization>> {
    const { kind, on, result, year, endedOn } = read(recordFinding, input);
    checkFinding({ kind, result, year, on, endedOn }, this.bank.today());
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      this.bank.permit(actor, "organization.describe", await this.bank.places.at(tx, organization));
      const { id: organizationId } = organization;
      await this.checkYear(tx, organizationId, year);
      const id = this.bank.id("finding", tx.now);
      const details = { kind, result, year, on, endedOn };
      await this.setFinding(tx, actor, { id, organizationId, ...details, withdrawn: false, version: 1 }, null);
      return organizationId;
    };
    return this.bank.commands.once(actor, "recordFinding", input, work, renderOrganization);
  }

  /** A year's check has one result: another one corrects it, or comes once it was taken back. DUPLICATE_FINDING. */
  private async checkYear(view: View, organizationId: string, year: number | null): Promise<void> {
    if (year === null) return;
    const findings = (await view.findingsOf([organizationId])).get(organizationId) ?? [];
    const same = findings.find((finding) => finding.year === year && !finding.withdrawn);
    if (same) refuse("DUPLICATE_FINDING", { year, findingId: same.id }, ["year"]);
  }

  /**
   * A penalty is executed, an investigation is closed, the result of a check or the day was entered wrongly, or the whole was a
   * mistake.
   */
  async reviseFinding(actor: Actor, input: Asked<typeof reviseFinding>): Promise<Organization> {
    const { findingId, expectedVersion } = input;
    const reason = readField(reviseFinding, "reason", input.reason);
    const known = (await this.bank.store.view.findings([findingId])).get(findingId);
    if (!known) return refuse("NOT_FOUND", {}, ["findingId"]);
    await this.bank.admitWords(actor, "organization.describe", known.organizationId, ["findingId"]);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const before = (await tx.findings([findingId])).get(findingId) ?? known;
      const organization = await this.bank.organization(tx, before.organizationId);
      this.bank.permit(actor, "organization.describe", await this.bank.places.at(tx, organization));
      const after: Finding = {
        ...before,
        result: input.result ?? before.result,
        on: input.on ?? before.on,
        endedOn: input.endedOn ?? before.endedOn,
        withdrawn: before.withdrawn || (input.withdrawn ?? false),
        version: before.version + 1,
      };
      if (findingRevisable.every((field) => after[field] === before[field])) return organization;
      checkVersion(before, expectedVersion);
      if (before.withdrawn) refuse("ILLEGAL_TRANSITION", { withdrawn: true });
      checkFinding(after, this.bank.today());
      await this.setFinding(tx, actor, after, await this.bank.vault.seal(tx, organization.id, { reason }));
      return organization;
    });
  }

  /** Everybody sees published findings. The organisation, officers and auditors see all of them, with the reasons of revisions. */
  async findingsOf(actor: Actor, organizationIds: readonly string[]): Promise<ShownFinding[][]> {
    const view = this.bank.store.view;
    const inside = await this.bank.places.organizationsWhere(view, actor, "organization.history", organizationIds);
    const findings = await view.findingsOf(organizationIds);
    const isPublic = ({ kind, withdrawn }: Finding) => !withdrawn && publicFindings.includes(kind);
    const reasons = await this.bank.vault.open<{ reason: string }>(
      view,
      [...inside].flatMap((id) => (findings.get(id) ?? []).map(({ reasonId }) => reasonId)),
    );
    return organizationIds.map((id) =>
      (findings.get(id) ?? [])
        .filter((finding) => isPublic(finding) || inside.has(id))
        .map((finding) => ({ ...finding, reason: reasons.get(finding.reasonId ?? "")?.reason ?? null })),
    );
  }

  /** By id, as far as they are the actor's to see; else null. Batched. */
  async findings(actor: Actor, ids: readonly string[]): Promise<(ShownFinding | null)[]> {
    const findings = await this.bank.store.view.findings(ids);
    const organizationIds = [...new Set([...findings.values()].map(({ organizationId }) => organizationId))];
    const seen = new Map(
      (await this.findingsOf(actor, organizationIds)).flat().map((finding) => [finding.id, finding]),
    );
    return ids.map((id) => seen.get(id) ?? null);
  }

  /** `after` is null where nothing has changed. */
  private async step(
    actor: Actor,
    asked: { organizationId: string; action: OrganizationStepAction; reason: string; expectedVersion: number | null },
    decide: (tx: Tx, before: Organization, actor: Actor) => Promise<Organization | null>,
  ): Promise<Organization> {
    const { organizationId, action, expectedVersion, reason } = asked;
    await this.bank.admitWords(actor, "organization.register", organizationId);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const before = await this.bank.organization(tx, organizationId);
      const role = this.bank.permit(actor, "organization.register", await this.bank.places.at(tx, before));
      const last = (await tx.organizationSteps([organizationId])).get(organizationId)?.at(-1);
      // An officer who takes the same step again gets the same answer.
      const isAgain = last?.action === action && last.actorId === actor.personId;
      if (isAgain && action !== "REVISE") return before;
      const seen = mayRepeat(organizationMoves, action) ? { reason } : { reason, expectedVersion };
      const taken = take(organizationMoves, before, action, seen);
      const decided = await decide(tx, before, actor);
      if (!decided) return before;
      checkVersion(before, expectedVersion);
      const after = { ...decided, ...taken };
      await this.append(tx, actor, role, before, after, action, reason);
      return after;
    });
  }

  private async append(
    tx: Tx,
    actor: Actor,
    actorKind: ActorKind,
    { id: organizationId, state: from }: Organization,
    after: Organization,
    action: OrganizationStepAction,
    reason: string,
  ): Promise<void> {
    const by = actor.personId as string;
    const reasonId = await this.bank.vault.seal(tx, organizationId, { reason });
    const { version, state } = after;
    await tx.append(by, {
      type: "ORGANIZATION_MOVED",
      organizationId,
      version,
      action,
      from,
      state,
      actorKind,
      reasonId,
    });
    const { id, slug, name, kind, uscc, filingStatus, divisionCode } = after;
    const facts = { id, slug, name, kind, uscc, filingStatus, divisionCode };
    await tx.append(by, { type: "ORGANIZATION_STEP", ...facts, state, version });
  }

  private async setFinding(tx: Tx, actor: Actor, finding: Finding, reasonId: string | null): Promise<void> {
    await tx.append(actor.personId as string, { type: "FINDING_SET", ...finding, reasonId });
  }
}
