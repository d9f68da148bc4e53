import { createHash } from "node:crypto";
import type { FactOf } from "../../../domain/facts";
import { ageOn, type Day, serviceDay } from "../../../domain/kit/calendar";
import type { Profile } from "../../../domain/people/volunteers";
import type { View } from "../../../storage/store";
import { canonical } from "../../bank/canonical";
import { shortened, type Vault } from "../../bank/vault";
import type { RecordDetails } from "../../hours/entries";

type RecordStep = FactOf<"RECORD_STEP">;

/** What a record says of the row in which its details are sealed: their hash, and what else it is made of. */
type Content = Pick<
  RecordStep,
  "id" | "volunteerId" | "serviceType" | "startedAt" | "endedAt" | "breakMinutes" | "detailsId" | "contentHash"
>;
/** Whether a record says that its volunteer was too young for credit. */
interface Age {
  readonly where: string;
  readonly profileId: string;
  readonly day: Day;
  readonly least: number;
  readonly isUnder: boolean;
}
interface Wrong {
  readonly where: string;
  readonly what: string;
}
/** What records of one part of the journal say of sealed rows. */
export interface Sealing {
  contents: Content[];
  ages: Age[];
  findings: Wrong[];
}
const nothing = (): Sealing => ({ contents: [], ages: [], findings: [] });

/** Collects what records say of sealed rows while the journal is replayed. */
export class SealedClaims {
  private sealing = nothing();
  /** The last step of each replaced record, by the id of the record that replaced it. */
  private readonly replaced = new Map<string, RecordStep>();

  /** Takes the content hash of a record's first step. The hash of a record that replaces another is made from that one's. */
  record(where: string, step: RecordStep, before: RecordStep | null): void {
    if (step.replacedBy !== null) this.replaced.set(step.replacedBy, step);
    if (before !== null) return;
    const replaced = this.replaced.get(step.id);
    this.replaced.delete(step.id);
    const { id, volunteerId, serviceType, startedAt, endedAt, breakMinutes, detailsId, contentHash } = step;
    if (!replaced) {
      const served = { serviceType, startedAt, endedAt, breakMinutes };
      this.sealing.contents.push({ id, volunteerId, ...served, detailsId, contentHash });
      return;
    }
    const made = shortened(
      createHash("sha256").update(`${replaced.contentHash}|${startedAt}|${endedAt}|${breakMinutes}`),
    );
    if (made !== contentHash)
      this.sealing.findings.push({ where, what: "contentHash is not made of the record that it replaces" });
  }

  /** Takes a record that was posted, with credit, or without because its volunteer was too young. */
  posted(where: string, step: RecordStep, age: Pick<Age, "profileId" | "least" | "isUnder">): void {
    this.sealing.ages.push({ where, day: serviceDay(step.endedAt), ...age });
  }

  /** What was collected since the last time. */
  take(): Sealing {
    const { sealing } = this;
    this.sealing = nothing();
    return sealing;
  }
}

/** Birth dates that are remembered, so that a volunteer's profile is not opened for each of their records. */
const birthDatesMost = 10_000;

/**
 * Holds what records say of sealed rows against the rows, with the keys. A row whose person was erased does not open any more,
 * and proves nothing.
 */
export class SealedRows {
  private readonly birthDates = new Map<string, Day | null>();

  constructor(
    private readonly view: View,
    private readonly vault: Vault,
  ) {}

  async check({ contents, ages, findings }: Sealing): Promise<Wrong[]> {
    const wrong = [...findings];
    const opened = await this.vault.open<RecordDetails>(
      this.view,
      contents.map(({ detailsId }) => detailsId),
    );
    for (const content of contents) {
      const details = opened.get(content.detailsId);
      if (details && this.vault.shortHash("content", contentOf(content, details)) !== content.contentHash)
        wrong.push({ where: `serviceRecords ${content.id}`, what: "contentHash is not that of what is sealed" });
    }
    const birthDates = await this.birthDatesOf(new Set(ages.map(({ profileId }) => profileId)));
    for (const { where, profileId, day, least, isUnder } of ages) {
      const birthDate = birthDates.get(profileId);
      if (birthDate === undefined) continue;
      if (isUnder !== (birthDate !== null && ageOn(birthDate, day) < least))
        wrong.push({ where, what: "creditableMinutes is not what the age that is sealed gives" });
    }
    return wrong;
  }

  private async birthDatesOf(profileIds: ReadonlySet<string>) {
    const unknown = [...profileIds].filter((id) => !this.birthDates.has(id));
    if (this.birthDates.size + unknown.length > birthDatesMost) this.birthDates.clear();
    const missing = [...profileIds].filter((id) => !this.birthDates.has(id));
    for (const [id, { birthDate }] of await this.vault.open<Pick<Profile, "birthDate">>(this.view, missing))
      this.birthDates.set(id, birthDate);
    return this.birthDates;
  }
}

/** The text that the service hashes for an entry, written here a second time. */
function contentOf(step: Content, details: RecordDetails): string {
  const { volunteerId, serviceType, startedAt, endedAt, breakMinutes } = step;
  const { externalRef, ...content } = details;
  return canonical({ volunteerId, serviceType, startedAt, endedAt, breakMinutes, ...content });
}
