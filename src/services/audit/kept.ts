import { hash, randomBytes } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { refusalCodes } from "../../domain/kit/refusal";
import type { ScannedRow, Scratch, ScratchMap, View } from "../../storage/store";
import { type Capacity, type Findable, renewedTerms, termsOf } from "../bank/terms";
import type { Vault } from "../bank/vault";

/** Says what of the operational tables is not as it can be: no fact stands in them alone, but people are found and answered by them. */
type Finds = (where: string, what: string) => void;
/** What the journal knows, as far as these tables name it. */
export interface Journal {
  /** Whether any entry is by, or about, this person. */
  knowsPerson(id: string): boolean;
  knowsId(id: string): boolean;
}

const page = 500;
/** An id of ours: its kind, and 26 letters and digits. */
const anId = /^[a-z]+_[0-9a-hjkmnp-tv-z]{26}$/;

/** Answers that were frozen and notices that were read: how many rows each table has. */
export async function auditAnswers(view: View, journal: Journal, finds: Finds): Promise<Record<string, number>> {
  const rows = { commands: 0, noticesRead: 0 };
  for await (const page of view.pages("commands"))
    for (const row of page) {
      rows.commands += 1;
      for (const what of wrongAnswer(row, journal)) finds(`commands of ${row.actor}`, what);
    }
  for await (const { personId } of view.scan("noticesRead")) {
    rows.noticesRead += 1;
    if (!journal.knowsPerson(personId as string)) finds(`noticesRead of ${personId}`, "personId is nobody's");
  }
  return rows;
}

/** The terms by which people are found: how many there are. */
export async function auditTerms(
  view: View,
  vault: Vault,
  scratch: Scratch,
  finds: Finds,
): Promise<Record<string, number>> {
  return { searchTerms: await new Terms(view, vault, scratch, finds).audit() };
}

/** A frozen answer says that something was done, or why it was refused; what was done is in the journal. */
function* wrongAnswer({ actor, requestHash, outcome }: ScannedRow<"commands">, journal: Journal): Generator<string> {
  if (!/^[0-9a-f]{64}$/.test(requestHash)) yield "requestHash is no hash";
  const answers = Object.entries((outcome ?? {}) as Record<string, unknown>);
  const [name, value] = answers[0] ?? [];
  if (answers.length !== 1 || (name !== "done" && name !== "refused")) return yield "outcome is no answer";
  if (name === "refused") {
    const { code, path } = (value ?? {}) as { code?: unknown; path?: unknown };
    if (!(refusalCodes as readonly unknown[]).includes(code) || !Array.isArray(path)) yield "outcome is no refusal";
    return;
  }
  // An actor whose only command was refused may be unknown to the journal; one whose command was done is known.
  if (!journal.knowsPerson(actor)) yield "actor is nobody's";
  for (const id of idsIn(value, []))
    if (!journal.knowsId(id) && !journal.knowsPerson(id))
      yield "outcome names something that the journal does not know";
}
/** Adds the ids in a value to a list. */
function idsIn(value: unknown, ids: string[]): readonly string[] {
  if (typeof value === "string" && anId.test(value)) ids.push(value);
  else if (value !== null && typeof value === "object") for (const part of Object.values(value)) idsIn(part, ids);
  return ids;
}

/** The table of the people of each capacity. It names the sealed profile by which they are found. */
const capacities = {
  VOLUNTEER: "volunteers",
  RECIPIENT: "recipients",
  SOCIAL_WORKER: "socialWorkers",
  STAFF: "staff",
} as const satisfies Record<Capacity, string>;

interface Named {
  isKept: boolean;
  /** Whether a table has them, and whether it is one of people who are found by name or number. */
  isKnown: boolean;
  isFound: boolean;
  /** Whether a profile of theirs does not open any more. */
  isUnread: boolean;
}
interface Term {
  personId: string;
  kind: string;
  isKept: boolean;
  isWanted: boolean;
}
const nobodyYet: Named = { isKept: false, isKnown: false, isFound: false, isUnread: false };
interface Profiled {
  id: string;
  personId: string;
  profileId: string;
}

/**
 * Checks that every term of a readable profile is there, that no other term of these kinds is there, and that no erased person
 * has a term. Terms are put aside as hashes under a key of this one audit, which tell nobody anything.
 */
class Terms {
  private readonly key = randomBytes(32).toString("base64");
  private readonly people: ScratchMap<Named>;
  private readonly terms: ScratchMap<Term>;

  constructor(
    private readonly view: View,
    private readonly vault: Vault,
    private readonly scratch: Scratch,
    private readonly finds: Finds,
  ) {
    this.people = scratch.map("people who are found");
    this.terms = scratch.map("terms");
  }

  async audit(): Promise<number> {
    const count = await this.kept();
    for await (const { personId } of this.view.scan("erasures")) this.erased(personId as string);
    const merged = this.scratch.map<1>("merged persons");
    for await (const { personId, endedAt } of this.view.scan("mergedPersons"))
      if (endedAt === null) merged.set(personId as string, 1);
    for (const [capacity, table] of Object.entries(capacities) as [Capacity, (typeof capacities)[Capacity]][]) {
      let people: Profiled[] = [];
      for await (const { id, personId, profileId, state } of this.view.scan(table)) {
        this.note(personId as string, { isKnown: true, isFound: true });
        // What was one registration, or one person, too many is found by the one that was kept.
        if (state === "MERGED" || merged.has(personId as string)) continue;
        people.push({ id: id as string, personId: personId as string, profileId: profileId as string });
        if (people.length < page) continue;
        await this.wanted(capacity, people);
        people = [];
      }
      await this.wanted(capacity, people);
    }
    this.surplus();
    for await (const { personId } of this.view.scan("creditRecords")) this.note(personId as string, { isKnown: true });
    for (const [personId, { isKept, isKnown }] of this.people.entries())
      if (isKept && !isKnown) this.finds(`searchTerms of ${personId}`, "are nobody's who is kept");
    return count;
  }

  private async kept(): Promise<number> {
    let count = 0;
    for await (const { personId, kind, hash } of this.view.scan("searchTerms")) {
      count += 1;
      // The half that replays the journal is heard in between.
      if (count % page === 0) await turn();
      const term = { personId: personId as string, kind: kind as string, isKept: true, isWanted: false };
      this.terms.set(this.keyOf(term.personId, term.kind, hash as string), term);
      this.note(term.personId, { isKept: true });
    }
    return count;
  }

  private erased(personId: string): void {
    if (!this.people.get(personId)?.isKept) return;
    this.finds(`searchTerms of ${personId}`, "are there after an erasure");
    for (const [key] of this.terms.entries(`${personId} `)) this.terms.delete(key);
    this.people.delete(personId);
  }

  /** What each of these people is to be found by, and what of it is not there. */
  private async wanted(capacity: Capacity, people: readonly Profiled[]): Promise<void> {
    await turn();
    const profileIds = people.map(({ profileId }) => profileId);
    const opened = await this.vault.open<Findable>(this.view, profileIds);
    for (const { personId, profileId } of people) {
      const profile = opened.get(profileId);
      const lacking = new Set<string>();
      if (!profile) this.note(personId, { isUnread: true });
      else
        for (const { kind, hash } of termsOf(this.vault, capacity, profile)) {
          const key = this.keyOf(personId, kind, hash);
          const { isKept = false } = this.terms.get(key) ?? {};
          this.terms.set(key, { personId, kind, isKept, isWanted: true });
          if (!isKept) lacking.add(kind);
        }
      for (const kind of lacking) this.finds(`searchTerms of ${personId}`, `lack a term of kind ${kind}`);
    }
  }

  /** Terms come by person and kind: each kind is named once. */
  private surplus(): void {
    let last = "";
    for (const [, { personId, kind, isKept, isWanted }] of this.terms.entries()) {
      const { isFound, isUnread } = this.people.get(personId) ?? nobodyYet;
      const isTheirs = isWanted || !isKept || !isFound || isUnread;
      if (isTheirs || !(renewedTerms as readonly string[]).includes(kind) || last === `${personId} ${kind}`) continue;
      last = `${personId} ${kind}`;
      this.finds(`searchTerms of ${personId}`, `hold a term of kind ${kind} that is not theirs`);
    }
  }

  private note(personId: string, more: Partial<Named>): void {
    const named = this.people.get(personId) ?? nobodyYet;
    this.people.set(personId, { ...named, ...more });
  }

  private keyOf(personId: string, kind: string, text: string): string {
    return `${personId} ${kind} ${hash("sha256", `${this.key}${kind} ${text}`, "base64").slice(0, 22)}`;
  }
}
