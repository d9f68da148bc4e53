import type { Scratch, ScratchMap, View } from "../../storage/store";
import type { KeyFault, Vault } from "../bank/vault";

const page = 500;

const faults: Record<KeyFault, string> = {
  MISSING: "has no key, and was not erased",
  DAMAGED: "has a key that does not open",
  ANOTHER: "has a key that does not open what is sealed",
};

/** A fault of the keys: the id of the person, or the bank's mark, and what is wrong. */
interface KeyFinding {
  where: string;
  what: string;
}
/** So many are named, for people to read; of the others it is said how many there are. */
const listedMost = 1000;

/** Opens one sealed row of each person, and names each whose key is missing or does not open although they were not erased. */
export async function auditKeys(
  view: View,
  vault: Vault,
  scratch?: Scratch,
): Promise<{ keys: number; findings: KeyFinding[]; unlisted: number }> {
  const own = scratch ? null : await view.scratch();
  try {
    const firsts = (scratch ?? (own as Scratch)).map<string>(firstRows);
    // Where the sealed rows were compared, the first of each person was noted.
    if (own) for await (const row of view.scan("sealed")) noteFirst(firsts, row);
    return await opened(view, vault, firsts);
  } finally {
    own?.close();
  }
}

export const firstRows = "first sealed rows";
export function noteFirst(firsts: ScratchMap<string>, { id, personId }: { id?: unknown; personId?: unknown }): void {
  if (!firsts.has(personId as string)) firsts.set(personId as string, id as string);
}

async function opened(view: View, vault: Vault, firsts: ScratchMap<string>) {
  for await (const { personId } of view.scan("erasures")) firsts.delete(personId as string);
  // The key of a credit record goes when its time is over, without an erasure of anybody.
  for await (const { personId, state } of view.scan("creditRecords"))
    if (state === "EXPIRED" || state === "ERASED") firsts.delete(personId as string);
  const findings: KeyFinding[] = [];
  let [keys, unlisted] = [0, 0];
  const finds = (where: string, what: string) => {
    if (findings.length < listedMost) findings.push({ where, what });
    else unlisted += 1;
  };
  let ids: string[] = [];
  const open = async () => {
    const rows = [...(await view.sealed(ids)).values()];
    for (const [personId, fault] of await vault.faults(rows)) finds(personId, faults[fault]);
    ids = [];
  };
  for (const [, id] of firsts.entries()) {
    keys += 1;
    ids.push(id);
    if (ids.length === page) await open();
  }
  await open();
  // Each of these keys was made by a counted change. A mark with fewer changes would let an older copy of the keys pass.
  const { keyChanges } = (await view.bankMark()) ?? { keyChanges: keys };
  if (keyChanges < keys) finds("bankMarks", "keyChanges are fewer than the keys of what is sealed");
  return { keys, findings, unlisted };
}
