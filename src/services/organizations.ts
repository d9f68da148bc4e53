import type { Actor } from "../domain/actors";
import { invariant } from "../domain/invariant";
import { below, type Division, lineage, type Organization } from "../domain/organizations";
import { refuse } from "../domain/refusal";
import { isUscc } from "../domain/uscc";
import type { View } from "../storage/store";
import { type Bank } from "./bank";
import type { Connection, Done, OrganizationsService, PageInput } from "./contract";
import { checkChoices, checkSlug, checkText } from "./input";
import { paged } from "./paging";

export class Organizations implements OrganizationsService {
  constructor(private readonly bank: Bank) {}

  async register(actor: Actor, input: Parameters<OrganizationsService["register"]>[1]): Promise<Done<Organization>> {
    const { idempotencyKey, ...request } = input;
    const name = checkText(input.name, "name", { most: 100, least: 2, line: true }) as string;
    if (input.slug != null) checkSlug(input.slug);
    if (input.uscc != null && !isUscc(input.uscc)) refuse("USCC_INVALID", {}, ["uscc"]);
    return this.bank.once(
      actor,
      "registerOrganization",
      idempotencyKey,
      request,
      async (tx, actor) => {
        const divisions = await this.bank.divisions(tx);
        if (!divisions.has(input.divisionCode)) refuse("DIVISION_NOT_FOUND", {}, ["divisionCode"]);
        this.bank.permit(actor, "organization.register", {
          divisions: lineage(input.divisionCode, divisions),
        });
        const id = this.bank.id("organization", tx.now);
        const slug = input.slug ?? `organization-${id.slice(-12)}`;
        if (await tx.organizationBySlug(slug)) refuse("DUPLICATE_SLUG", {}, ["slug"]);
        if (input.uscc && (await tx.organizationByUscc(input.uscc))) refuse("DUPLICATE_USCC", {}, ["uscc"]);
        const { kind, filingStatus, divisionCode } = input;
        const organization: Organization = {
          id,
          slug,
          name,
          kind,
          uscc: input.uscc ?? null,
          filingStatus,
          divisionCode,
          state: "ACTIVE",
          version: 1,
        };
        await tx.append(actor.personId as string, { type: "ORGANIZATION_STEP", ...organization });
        return id;
      },
      render,
    );
  }

  async many(ids: readonly string[]): Promise<(Organization | null)[]> {
    const found = await this.bank.store.view.organizations(ids);
    return ids.map((id) => found.get(id) ?? null);
  }

  async bySlug(slug: string): Promise<Organization | null> {
    return (await this.bank.store.view.organizationBySlug(slug)) ?? null;
  }

  async list(
    filter: Parameters<OrganizationsService["list"]>[0],
    page: PageInput,
  ): Promise<Connection<Organization> & { totalCount(): Promise<number> }> {
    const view = this.bank.store.view;
    const wanted = {
      slug: filter.slug ?? undefined,
      text: filter.text ?? undefined,
      kinds: checkChoices(filter.kind, "kind"),
      certified:
        filter.compliant == null
          ? undefined
          : { on: this.bank.today(), least: await this.requiredWorkers(), reached: filter.compliant },
      divisionCodes: filter.divisionCode ? below(filter.divisionCode, await this.bank.divisions(view)) : undefined,
    };
    const found = await paged(
      page,
      ["text", "text"],
      (bounds) => view.organizationList(wanted, bounds),
      (organization) => [organization.name, organization.id],
    );
    return { ...found, totalCount: () => view.organizationCount(wanted) };
  }

  async requiredWorkers(): Promise<number> {
    return (await this.bank.policies(this.bank.store.view)).count("station.minCertifiedWorkers", this.bank.today());
  }

  divisions(): Promise<Division[]> {
    return this.bank.store.view.divisions();
  }
}

const render = async (view: View, id: string): Promise<Organization> => {
  const organization = (await view.organizations([id])).get(id);
  invariant(organization, "a command's organisation is there");
  return organization;
};
