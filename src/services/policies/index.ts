import type { PolicyVersion } from "../../domain/facts/policies";
import type { Population } from "../../domain/indicators";
import { addDays, type Day, isDay } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { knownDivision } from "../../domain/organizations/divisions";
import type { Actor } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import { checkPolicy } from "../../domain/policies/check";
import type { PolicyKey } from "../../domain/policies/parameters";
import type { ServiceType } from "../../domain/policies/values";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, read, readField } from "../bank/fields";
import { comparing, type ListOrder, paged, pageOf } from "../bank/paging";
import type { Matching } from "../visits/matching";
import { policyFilter, setPolicy } from "./commands";

const policyOrder: ListOrder = { name: "policies", shape: ["text", "count"] };

export class PolicyVersions {
  constructor(
    private readonly bank: Bank,
    private readonly matching: Matching,
  ) {}

  current(): Promise<Policies> {
    return this.bank.policies(this.bank.store.view);
  }

  async list(filter: Asked<typeof policyFilter>, page: PageInput): Promise<Connection<PolicyVersion>> {
    const view = this.bank.store.view;
    const position = (version: PolicyVersion) => [version.key, version.seq];
    const { on, key } = read(policyFilter, filter, ["filter"]);
    const wanted = key ?? undefined;
    if (on === null) return paged(page, policyOrder, (bounds) => view.policyList({ keys: wanted }, bounds), position);
    const book = await this.current();
    const keys = [...new Set(book.versions.map((version) => version.key))]
      .filter((key) => !wanted || wanted.includes(key))
      .sort();
    const held = keys.flatMap((key) => {
      const version = book.inForce(key as PolicyKey, on);
      return version.effectiveFrom <= on ? [version] : [];
    });
    return paged(
      page,
      policyOrder,
      async (bounds) => pageOf(held, bounds, ({ key }, [at]) => comparing(key, at as string)),
      position,
    );
  }

  async many(ids: readonly string[]): Promise<(PolicyVersion | null)[]> {
    const versions = new Map((await this.current()).versions.map((version) => [version.id, version]));
    return ids.map((id) => versions.get(id) ?? null);
  }

  /** Last day in force, or null while no later version is set. */
  async effectiveTo(ids: readonly string[]): Promise<(Day | null)[]> {
    const book = await this.current();
    return ids.map((id) => {
      const version = book.versions.find((candidate) => candidate.id === id);
      return version ? book.effectiveTo(version, (day) => addDays(day, -1)) : null;
    });
  }

  async catalogue(on: Day = this.bank.today()): Promise<ServiceType[]> {
    return (await this.current()).inForce("scheme.serviceCatalogue", on).value as ServiceType[];
  }

  async set(
    actor: Actor,
    input: Omit<Asked<typeof setPolicy>, "value"> & { value: unknown },
  ): Promise<Done<PolicyVersion>> {
    if (!isDay(input.effectiveFrom))
      refuse("INVALID_INPUT", { expected: "a day such as 2026-09-12" }, ["effectiveFrom"]);
    const citation = readField(setPolicy, "citation", input.citation);
    return this.bank.commands.once(
      actor,
      "setPolicy",
      input,
      async (tx, actor) => {
        this.bank.permit(actor, "policy.set", {});
        checkPolicy(input, this.bank.today());
        const id = this.bank.id("policy", tx.now);
        await tx.append(actor.personId as string, {
          type: "POLICY_SET",
          id,
          key: input.key,
          value: await this.read(tx, input),
          effectiveFrom: input.effectiveFrom,
          citation,
          status: "CITED",
        });
        if (input.key.startsWith("visit.")) await this.matching.renewAll(tx, actor.personId as string);
        return id;
      },
      async (view: View, id) => {
        const version = (await view.policies()).find((candidate) => candidate.id === id);
        invariant(version, "a command's policy is there");
        return version;
      },
    );
  }

  /** A value as it is kept: what is set for divisions is kept under their own codes. DIVISION_NOT_FOUND. */
  private async read(tx: Tx, { key, value }: { key: string; value: unknown }): Promise<unknown> {
    if (key !== "indicator.populations") return value;
    const divisions = await this.bank.divisions(tx);
    const populations = (value as Population[]).map((population, i) => ({
      ...population,
      code: knownDivision(population.code, divisions, ["value", String(i), "code"]).code,
    }));
    const codes = populations.map(({ code }) => code);
    const again = codes.findIndex((code, i) => codes.indexOf(code) < i);
    if (again !== -1) refuse("DUPLICATE_DIVISION", {}, ["value", String(again), "code"]);
    return populations;
  }
}
