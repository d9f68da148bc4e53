import type { FactOf } from "../../../domain/facts";
import type { Day } from "../../../domain/kit/calendar";
import { remembering } from "../../../domain/kit/remembered";
import type { PolicyKey } from "../../../domain/policies/parameters";

/** One version of a policy. */
export interface Version {
  id: string;
  value: number;
  effectiveFrom: Day;
}

/** How many looked-up versions of a policy are remembered. */
const rememberedMost = 1_000;

/** The versions of each policy that were set so far, and which one was in force on a day: by other code than the services'. */
export class RulesInForce {
  private readonly versions = new Map<string, Version[]>();
  /** What was looked up of each policy since the last version was set. */
  private readonly remembered = new Map<string, (day: Day) => Version>();

  set({ id, key, value, effectiveFrom }: FactOf<"POLICY_SET">): void {
    const versions = this.versions.get(key) ?? [];
    this.versions.set(key, versions);
    this.remembered.clear();
    versions.push({ id, value: Number(value), effectiveFrom });
  }

  byId(key: PolicyKey, id: string | undefined): Version | undefined {
    return this.versions.get(key)?.find((version) => version.id === id);
  }

  /** The version that was in force on a day, of those that were set by now; the first one for all days before it. */
  on(key: PolicyKey, day: Day): Version {
    const inForce = this.remembered.get(key) ?? remembering(rememberedMost, (day: Day) => this.look(key, day));
    this.remembered.set(key, inForce);
    return inForce(day);
  }

  private look(key: PolicyKey, day: Day): Version {
    const versions = this.versions.get(key) ?? [];
    const begun = versions.filter(({ effectiveFrom }) => effectiveFrom <= day);
    const from = begun.length > 0 ? begun : versions;
    const days = from.map(({ effectiveFrom }) => effectiveFrom).sort();
    const wanted = begun.length > 0 ? days.at(-1) : days[0];
    const same = from.filter(({ effectiveFrom }) => effectiveFrom === wanted);
    return (begun.length > 0 ? same.at(-1) : same[0]) ?? { id: "", value: Number.NaN, effectiveFrom: day };
  }
}
