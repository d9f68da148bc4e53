import { createHash } from "node:crypto";
import type { FactOf } from "../../../domain/facts";
import { ageOn, type Day, serviceDay } from "../../../domain/kit/calendar";
import type { Profile } from "../../../domain/people/volunteers";
import type { View } from "../../../storage/store";
import { canonical } from "../../bank";
import { shortened, type Vault } from "../../bank/vault";
import type { RecordDetails } from "../../hours/entries";

type RecordStep = FactOf<"RECORD_STEP">;

/** What a record says of sealed rows: the hash of its details, and whether its volunteer was old enough. */
interface Content {
  readonly where: string;
  readonly step: RecordStep;
}
interface Age {
  readonly where: string;
  readonly profileId: string;
  readonly day: Day;
  readonly least: number;
  readonly isUnder: boolean;
}

/** Birth dates that are remembered, so that a volunteer's profile is not opened for each of their records. */
const birthDatesMost = 10_000;

/**
 * Collects what records say of sealed rows while a part of the journal is replayed, and compares it with the rows where the
 * keys are at hand. A row whose person was erased does not open any more, and proves nothing.
 */
export class SealedClaims {
  private contents: Content[] = [];
  private ages: Age[] = [];
  private readonly birthDates = new Map<string, Day | null>();
  /** The last step of each replaced record, by the id of the record that replaced it. */
  private readonly replaced = new Map<string, RecordStep>();
  private findings: { where: string; what: string }[] = [];

  /** Takes the content hash of a record's first step. The hash of a record that replaces another is made from that one's. */
  record(where: string, step: RecordStep, before: RecordStep | null): void {
    if (step.replacedBy !== null) this.replaced.set(step.replacedBy, step);
    if (before !== null) return;
    const replaced = this.replaced.get(step.id);
    this.replaced.delete(step.id);
    if (!replaced) {
      this.contents.push({ where, step });
      return;
    }
    const { startedAt, endedAt, breakMinutes } = step;
    const hash = createHash("sha256").update(`${replaced.contentHash}|${startedAt}|${endedAt}|${breakMinutes}`);
    if (shortened(hash) !== step.contentHash)
      this.findings.push({ where, what: "contentHash is not made of the record that it replaces" });
  }

  /** Takes a record that was posted, with credit, or without because its volunteer was too young. */
  posted(where: string, step: RecordStep, age: Pick<Age, "profileId" | "least" | "isUnder">): void {
    this.ages.push({ where, day: serviceDay(step.endedAt), ...age });
  }

  /** Forgets what was collected, where there are no keys to check it with. */
  forget(): void {
    [this.contents, this.ages, this.findings] = [[], [], []];
  }

  /** Compares what was collected since the last time. */
  async check(view: View, vault: Vault): Promise<{ where: string; what: string }[]> {
    const { contents, ages, findings } = this;
    this.forget();
    const details = contents.map(({ step }) => step.detailsId);
    const opened = await vault.open<RecordDetails>(view, details);
    for (const { where, step } of contents) {
      const known = opened.get(step.detailsId);
      if (known && vault.shortHash("content", contentOf(step, known)) !== step.contentHash)
        findings.push({ where, what: "contentHash is not that of what is sealed" });
    }
    const birthDates = await this.birthDatesOf(view, vault, new Set(ages.map(({ profileId }) => profileId)));
    for (const { where, profileId, day, least, isUnder } of ages) {
      const birthDate = birthDates.get(profileId);
      if (birthDate === undefined) continue;
      if (isUnder !== (birthDate !== null && ageOn(birthDate, day) < least))
        findings.push({ where, what: "creditableMinutes is not what the age that is sealed gives" });
    }
    return findings;
  }

  private async birthDatesOf(view: View, vault: Vault, profileIds: ReadonlySet<string>) {
    const unknown = [...profileIds].filter((id) => !this.birthDates.has(id));
    if (this.birthDates.size + unknown.length > birthDatesMost) this.birthDates.clear();
    const missing = [...profileIds].filter((id) => !this.birthDates.has(id));
    for (const [id, { birthDate }] of await vault.open<Pick<Profile, "birthDate">>(view, missing))
      this.birthDates.set(id, birthDate);
    return this.birthDates;
  }
}

/** The text that the service hashes for an entry, written here a second time. */
function contentOf(step: RecordStep, details: RecordDetails): string {
  const { volunteerId, serviceType, startedAt, endedAt, breakMinutes } = step;
  const { place, content, activityLead, evidence, recipientId } = details;
  const served = { serviceType, startedAt, endedAt, breakMinutes };
  return canonical({ volunteerId, ...served, place, content, activityLead, evidence, recipientId });
}
