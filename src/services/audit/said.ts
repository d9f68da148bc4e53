import { createHash } from "node:crypto";
import type { FactOf } from "../../domain/facts";
import { ageOn, type Day, serviceDay } from "../../domain/kit/calendar";
import type { Profile } from "../../domain/people/volunteers";
import type { View } from "../../storage/store";
import { canonical } from "../bank";
import type { Vault } from "../bank/vault";
import type { RecordDetails } from "../hours/entries";

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

/**
 * Collects what records say of sealed rows while the journal is replayed, and compares it with the rows once the keys are at
 * hand. A row whose person was erased does not open any more, and proves nothing.
 */
export class Said {
  private readonly contents: Content[] = [];
  private readonly ages: Age[] = [];
  /** The last step of each replaced record, by the id of the record that replaced it. */
  private readonly replaced = new Map<string, RecordStep>();
  private readonly findings: { where: string; what: string }[] = [];

  /** Takes the content hash of a record's first step. The hash of a record that replaces another is made from that one's. */
  record(where: string, step: RecordStep, before: RecordStep | null): void {
    if (step.replacedBy !== null) this.replaced.set(step.replacedBy, step);
    if (before !== null) return;
    const replaced = this.replaced.get(step.id);
    if (!replaced) {
      this.contents.push({ where, step });
      return;
    }
    const { startedAt, endedAt, breakMinutes } = step;
    const hash = createHash("sha256").update(`${replaced.contentHash}|${startedAt}|${endedAt}|${breakMinutes}`);
    if (hash.digest("hex") !== step.contentHash)
      this.findings.push({ where, what: "contentHash is not made of the record that it replaces" });
  }

  /** Takes a record that was posted, with credit, or without because its volunteer was too young. */
  posted(where: string, step: RecordStep, age: Pick<Age, "profileId" | "least" | "isUnder">): void {
    this.ages.push({ where, day: serviceDay(step.endedAt), ...age });
  }

  async check(view: View, vault: Vault): Promise<{ where: string; what: string }[]> {
    await eachPage(this.contents, async (batch) => {
      const opened = await vault.open<RecordDetails>(
        view,
        batch.map(({ step }) => step.detailsId),
      );
      for (const { where, step } of batch) {
        const details = opened.get(step.detailsId);
        if (details && vault.hash("content", contentOf(step, details)) !== step.contentHash)
          this.findings.push({ where, what: "contentHash is not that of what is sealed" });
      }
    });
    await eachPage(this.ages, async (batch) => {
      const opened = await vault.open<Pick<Profile, "birthDate">>(
        view,
        batch.map(({ profileId }) => profileId),
      );
      for (const { where, profileId, day, least, isUnder } of batch) {
        const profile = opened.get(profileId);
        if (!profile) continue;
        const { birthDate } = profile;
        if (isUnder !== (birthDate !== null && ageOn(birthDate, day) < least))
          this.findings.push({ where, what: "creditableMinutes is not what the age that is sealed gives" });
      }
    });
    return this.findings;
  }
}

/** The text that the service hashes for an entry, written here a second time. */
function contentOf(step: RecordStep, details: RecordDetails): string {
  const { volunteerId, serviceType, startedAt, endedAt, breakMinutes } = step;
  const { place, content, activityLead, evidence, recipientId } = details;
  const served = { serviceType, startedAt, endedAt, breakMinutes };
  return canonical({ volunteerId, ...served, place, content, activityLead, evidence, recipientId });
}

const page = 500;
async function eachPage<T>(all: readonly T[], work: (batch: readonly T[]) => Promise<void>): Promise<void> {
  for (let i = 0; i < all.length; i += page) await work(all.slice(i, i + page));
}
