import type { Bank } from "../../../bank";
import { withoutTheirs } from "../joinings";
import { factAt } from "../naming";
import type { UnmergingScene } from "./scene";

/**
 * The profile of the capacity that stays, without what the merging put into it, sealed for its person. It is the present
 * profile where nothing of that stands any more.
 */
export async function profileBefore<P extends object>(
  bank: Bank,
  { tx, from, to, merging, joined }: UnmergingScene,
  type: "VOLUNTEER_STEP" | "RECIPIENT_SET" | "SOCIAL_WORKER_SET",
  kept: { id: string; profileId: string },
  theirsId: string,
  personId: string,
  groups: readonly (readonly (keyof P & string)[])[],
  withCategories = false,
): Promise<string> {
  const rows = [...(await tx.sealedOfPerson(from)), ...(await tx.sealedOfPerson(to))].sort((a, b) => b.seq - a.seq);
  let beforeId: string | null = null;
  const joint: string[] = [];
  for (const { id, seq } of rows) {
    const fact = await factAt(tx, seq);
    if (fact?.type !== type || fact.id !== kept.id || fact.profileId !== id) continue;
    if (seq > merging.seq) joint.push(id);
    else beforeId = id;
    if (beforeId !== null) break;
  }
  const opened = await bank.vault.open<P>(tx, [kept.profileId, beforeId, theirsId]);
  const [now, before, theirs] = [kept.profileId, beforeId ?? "", theirsId].map((id) => opened.get(id));
  if (!now || !before || !theirs) return kept.profileId;
  let after = withoutTheirs(now, before, theirs, groups);
  if (withCategories) after = withoutCategories(after, before, theirs);
  if (JSON.stringify(after) === JSON.stringify(now)) return kept.profileId;
  // A profile of both persons is sealed under the officer's key, as the reason is, so that it is in neither copy.
  await bank.vault.reseal(tx, joined.by, joint, joined.by);
  return bank.vault.seal(tx, personId, after);
}

/** Takes away the categories that only the other recipient had, unless a station has set the categories since. */
function withoutCategories<P extends object>(now: P, before: P, theirs: P): P {
  const of = (profile: P) => (profile as { categories?: string[] }).categories ?? [];
  const both = new Set([...of(before), ...of(theirs)]);
  const isUnion = of(now).length === both.size && of(now).every((category) => both.has(category));
  return isUnion ? { ...now, categories: of(before) } : now;
}
