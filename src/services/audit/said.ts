import { createHash } from "node:crypto";
import { ageOn, type Day, dayOf } from "../../domain/calendar";
import type { FactOf } from "../../domain/ledger/facts";
import type { Profile } from "../../domain/volunteers";
import type { View } from "../../storage/store";
import { canonical } from "../bank";
import type { RecordDetails } from "../contract";
import type { Vault } from "../vault";

type RecordStep = FactOf<"RECORD_STEP">;

/** What a record says of something sealed: by which details it is known again, and whether its volunteer was old enough. */
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
 * Keeps what records say of what is sealed, while the journal is replayed, and holds it against that once the keys are at
 * hand. What does not open any more, since its person was erased, proves nothing.
 */
export class Said {
  private readonly contents: Content[] = [];
  private readonly ages: Age[] = [];
  /** By the record that stands in its place. */
  private readonly replaced = new Map<string, RecordStep>();
  private readonly found: { where: string; what: string }[] = [];

  /** A record is known again by its first step, and one that stands in another's place by that one. */
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
      this.found.push({ where, what: "contentHash is not made of the record that it replaces" });
  }

  /** A record that was posted, with credit or, because its volunteer was too young, without. */
  posted(where: string, step: RecordStep, age: Pick<Age, "profileId" | "least" | "isUnder">): void {
    this.ages.push({ where, day: dayOf(step.endedAt), ...age });
  }

  async check(view: View, vault: Vault): Promise<{ where: string; what: string }[]> {
    await eachPage(this.contents, async (some) => {
      const opened = await vault.open<RecordDetails>(
        view,
        some.map(({ step }) => step.detailsId),
      );
      for (const { where, step } of some) {
        const details = opened.get(step.detailsId);
        if (details && vault.hash("content", contentOf(step, details)) !== step.contentHash)
          this.found.push({ where, what: "contentHash is not that of what is sealed" });
      }
    });
    await eachPage(this.ages, async (some) => {
      const opened = await vault.open<Pick<Profile, "birthDate">>(
        view,
        some.map(({ profileId }) => profileId),
      );
      for (const { where, profileId, day, least, isUnder } of some) {
        const profile = opened.get(profileId);
        if (!profile) continue;
        const { birthDate } = profile;
        if (isUnder !== (birthDate !== null && ageOn(birthDate, day) < least))
          this.found.push({ where, what: "creditableMinutes is not what the age that is sealed gives" });
      }
    });
    return this.found;
  }
}

/** In the spelling in which the service hashes an entry, written anew. */
function contentOf(step: RecordStep, details: RecordDetails): string {
  const { volunteerId, serviceType, startedAt, endedAt, breakMinutes } = step;
  const { place, content, activityLead, evidence, recipientId } = details;
  const said = { serviceType, startedAt, endedAt, breakMinutes, place, content, activityLead, evidence, recipientId };
  return canonical({ volunteerId, ...said });
}

const page = 500;
async function eachPage<T>(all: readonly T[], work: (some: readonly T[]) => Promise<void>): Promise<void> {
  for (let i = 0; i < all.length; i += page) await work(all.slice(i, i + page));
}
