import type { PolicyVersion } from "../facts/policies";
import type { IndicatorTarget, Population } from "../indicators";
import type { Day } from "../kit/calendar";
import { invariant } from "../kit/invariant";
import type { Text } from "../kit/language";
import type { VillageKind } from "../organizations";
import type { RecipientCategory } from "../visits/recipients";
import type { PolicyKey } from "./parameters";
import type { Band, CreditGround, Occasion, ServiceType, Weight } from "./values";

/** All versions of all policies, and which one was in force on a day: what every rule about numbers asks. */
export class Policies {
  /** The id of the version that was set last; null where there is none. */
  readonly latest: string | null;
  private readonly byKey = new Map<string, PolicyVersion[]>();

  constructor(readonly versions: readonly PolicyVersion[]) {
    for (const version of versions) {
      const own = this.byKey.get(version.key);
      if (own) own.push(version);
      else this.byKey.set(version.key, [version]);
    }
    this.latest = versions.reduce<PolicyVersion | null>((a, b) => (a && a.seq > b.seq ? a : b), null)?.id ?? null;
  }

  inForce(key: PolicyKey, day: Day): PolicyVersion {
    let latest: PolicyVersion | undefined;
    let first: PolicyVersion | undefined;
    for (const version of this.byKey.get(key) ?? []) {
      if (!first || version.effectiveFrom < first.effectiveFrom) first = version;
      if (version.effectiveFrom > day) continue;
      if (
        !latest ||
        version.effectiveFrom > latest.effectiveFrom ||
        (version.effectiveFrom === latest.effectiveFrom && version.seq > latest.seq)
      ) {
        latest = version;
      }
    }
    // A service older than the bank itself is judged by the first version the bank had.
    const version = latest ?? first;
    invariant(version, `no version of policy ${key}`);
    return version;
  }

  count(key: PolicyKey, day: Day): number {
    return this.inForce(key, day).value as number;
  }

  choice<T extends string>(key: PolicyKey, day: Day): T {
    return this.inForce(key, day).value as T;
  }

  occasions(day: Day): Occasion[] {
    return this.inForce("visit.occasions", day).value as Occasion[];
  }

  creditGrounds(day: Day): CreditGround[] {
    return this.inForce("credit.grounds", day).value as CreditGround[];
  }

  /**
   * The name of a ground, from the last version in force by the day that had it; a code stays readable after it was removed.
   */
  creditGroundName(code: string, day: Day): Text {
    const known = this.versions
      .filter(({ key, effectiveFrom }) => key === "credit.grounds" && effectiveFrom <= day)
      .sort((a, b) =>
        a.effectiveFrom === b.effectiveFrom ? a.seq - b.seq : a.effectiveFrom < b.effectiveFrom ? -1 : 1,
      )
      .flatMap(({ value }) => value as CreditGround[]);
    const ground = known.findLast((candidate) => candidate.code === code);
    return { zh: ground?.label ?? code, en: ground?.labelEn ?? code };
  }

  weights(key: PolicyKey, day: Day): Weight[] {
    return this.inForce(key, day).value as Weight[];
  }

  bands(key: PolicyKey, day: Day): Band[] {
    return this.inForce(key, day).value as Band[];
  }

  /** The names of the parts of a score in the version by which they were counted. */
  partNames(key: PolicyKey, versionId: string): Map<string, Text> {
    const version = this.versions.find((known) => known.key === key && known.id === versionId);
    const weights = (version?.value ?? []) as Weight[];
    return new Map(weights.map(({ code, label, labelEn }) => [code, { zh: label, en: labelEn }]));
  }

  targets(day: Day): IndicatorTarget[] {
    return this.inForce("indicator.targets", day).value as IndicatorTarget[];
  }

  populations(day: Day): Population[] {
    return this.inForce("indicator.populations", day).value as Population[];
  }

  /** The categories of recipients that a rule names. */
  categories(key: PolicyKey, day: Day): RecipientCategory[] {
    return this.inForce(key, day).value as RecipientCategory[];
  }

  villageKinds(day: Day): VillageKind[] {
    return this.inForce("village.organizationKinds", day).value as VillageKind[];
  }

  serviceType(code: string, day: Day): ServiceType | undefined {
    return (this.inForce("scheme.serviceCatalogue", day).value as ServiceType[]).find((type) => type.code === code);
  }

  /** The day before the next version of the same key begins; null while none is set. */
  effectiveTo(version: PolicyVersion, dayBefore: (day: Day) => Day): Day | null {
    const later = this.versions.filter(
      (other) =>
        other.key === version.key &&
        (other.effectiveFrom > version.effectiveFrom ||
          (other.effectiveFrom === version.effectiveFrom && other.seq > version.seq)),
    );
    const next = later.map((other) => other.effectiveFrom).sort()[0];
    return next === undefined ? null : dayBefore(next);
  }
}
