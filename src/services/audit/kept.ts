import { refusalCodes } from "../../domain/kit/refusal";
import type { ScannedRow, View } from "../../storage/store";
import { type Capacity, type Findable, renewedTerms, termsOf } from "../bank/terms";
import type { Vault } from "../bank/vault";

/** What of the operational tables is not as it can be: no fact stands in them alone, but people are found and answered by them. */
export interface KeptFinding {
  where: string;
  what: string;
}
/** What the journal knows, as far as these tables name it. */
export interface Journal {
  /** Whether any entry is by, or about, this person. */
  knowsPerson(id: string): boolean;
  knowsId(id: string): boolean;
}

const page = 500;
/** An id of ours: its kind, and 26 letters and digits. */
const anId = /^[a-z]+_[0-9a-hjkmnp-tv-z]{26}$/;

/** Answers that were frozen, notices that were read, and the terms by which people are found. */
export async function auditKept(
  view: View,
  vault: Vault,
  journal: Journal,
): Promise<{ rows: Record<string, number>; findings: KeptFinding[] }> {
  const findings: KeptFinding[] = [];
  const rows = { commands: 0, noticesRead: 0, searchTerms: 0 };
  const finds = (where: string, what: string) => findings.push({ where, what });
  for await (const row of view.scan("commands")) {
    rows.commands += 1;
    for (const what of wrongAnswer(row, journal)) finds(`commands of ${row.actor}`, what);
  }
  for await (const { personId } of view.scan("noticesRead")) {
    rows.noticesRead += 1;
    if (!journal.knowsPerson(personId as string)) finds(`noticesRead of ${personId}`, "personId is nobody's");
  }
  rows.searchTerms = await auditTerms(view, vault, finds);
  return { rows, findings };
}

/** A frozen answer says that something was done, or why it was refused; what was done is in the journal. */
function* wrongAnswer({ actor, requestHash, outcome }: ScannedRow<"commands">, journal: Journal): Generator<string> {
  if (!/^[0-9a-f]{64}$/.test(requestHash)) yield "requestHash is no hash";
  const said = Object.entries((outcome ?? {}) as Record<string, unknown>);
  const [name, value] = said[0] ?? [];
  if (said.length !== 1 || (name !== "done" && name !== "refused")) return yield "outcome is no answer";
  if (name === "refused") {
    const { code, path } = (value ?? {}) as { code?: unknown; path?: unknown };
    if (!(refusalCodes as readonly unknown[]).includes(code) || !Array.isArray(path)) yield "outcome is no refusal";
    return;
  }
  // Who was refused at their very first command is nobody; who had something done is somebody.
  if (!journal.knowsPerson(actor)) yield "actor is nobody's";
  for (const id of idsIn(value))
    if (!journal.knowsId(id) && !journal.knowsPerson(id))
      yield "outcome names something that the journal does not know";
}
function* idsIn(value: unknown): Generator<string> {
  if (typeof value === "string" && anId.test(value)) yield value;
  else if (Array.isArray(value)) for (const one of value) yield* idsIn(one);
  else if (value !== null && typeof value === "object") for (const one of Object.values(value)) yield* idsIn(one);
}

/** In which table people stand by each capacity, with the sealed profile that they are found by. */
const capacities = {
  VOLUNTEER: "volunteers",
  RECIPIENT: "recipients",
  SOCIAL_WORKER: "socialWorkers",
  STAFF: "staff",
} as const satisfies Record<Capacity, string>;

/**
 * Checks that every term of a readable profile is there, that no other term of these kinds is there, and that no erased person
 * has a term.
 */
async function auditTerms(view: View, vault: Vault, finds: (where: string, what: string) => void): Promise<number> {
  const kept = new Map<string, Set<string>>();
  let count = 0;
  for await (const { personId, kind, hash } of view.scan("searchTerms")) {
    count += 1;
    const terms = kept.get(personId as string) ?? new Set();
    kept.set(personId as string, terms.add(`${kind} ${hash}`));
  }
  for await (const { personId } of view.scan("erasures"))
    if (kept.delete(personId as string)) finds(`searchTerms of ${personId}`, "are there after an erasure");
  const known = new Set<string>();
  const wanted = new Map<string, Set<string>>();
  const unread = new Set<string>();
  const merged = new Set<string>();
  for await (const { personId, endedAt } of view.scan("mergedPersons"))
    if (endedAt === null) merged.add(personId as string);
  for (const [capacity, table] of Object.entries(capacities) as [Capacity, (typeof capacities)[Capacity]][]) {
    const profiles: { id: string; personId: string; profileId: string }[] = [];
    for await (const { id, personId, profileId, state } of view.scan(table)) {
      known.add(personId as string);
      if (!wanted.has(personId as string)) wanted.set(personId as string, new Set());
      // What was one registration, or one person, too many is found by the one that was kept.
      if (state === "MERGED" || merged.has(personId as string)) continue;
      profiles.push({ id: id as string, personId: personId as string, profileId: profileId as string });
    }
    for (let i = 0; i < profiles.length; i += page) {
      const some = profiles.slice(i, i + page);
      const opened = await vault.open<Findable>(
        view,
        some.map(({ profileId }) => profileId),
      );
      // An earlier release did not say who had seen a number: volunteers who registered themselves only said theirs.
      const said = capacity === "VOLUNTEER" ? await view.selfRegistered(some.map(({ id }) => id)) : new Set();
      for (const { id, personId, profileId } of some) {
        const profile = opened.get(profileId);
        const papersSeen = profile?.papersSeen ?? !said.has(id);
        const terms = profile ? termsOf(vault, capacity, { ...profile, papersSeen }) : [];
        if (!profile) unread.add(personId);
        for (const { kind, hash } of terms) wanted.get(personId)?.add(`${kind} ${hash}`);
        for (const kind of new Set(terms.flatMap((term) => (isKept(kept.get(personId), term) ? [] : [term.kind]))))
          finds(`searchTerms of ${personId}`, `lack a term of kind ${kind}`);
      }
    }
  }
  for (const [personId, terms] of wanted) {
    if (unread.has(personId)) continue;
    const surplus = [...(kept.get(personId) ?? [])]
      .filter((term) => !terms.has(term))
      .map((term) => term.split(" ")[0]);
    for (const kind of new Set(surplus))
      if ((renewedTerms as readonly string[]).includes(kind as string))
        finds(`searchTerms of ${personId}`, `hold a term of kind ${kind} that is not theirs`);
  }
  for await (const { personId } of view.scan("creditRecords")) known.add(personId as string);
  for (const personId of kept.keys())
    if (!known.has(personId)) finds(`searchTerms of ${personId}`, "are nobody's who is kept");
  return count;
}
const isKept = (kept: ReadonlySet<string> | undefined, { kind, hash }: { kind: string; hash: string }) =>
  kept?.has(`${kind} ${hash}`) ?? false;
