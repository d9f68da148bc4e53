import type { Sealed, View } from "../../storage/store";
import type { KeyFault, Vault } from "../bank/vault";

const page = 500;

const faults: Record<KeyFault, string> = {
  MISSING: "has no key, and was not erased",
  DAMAGED: "has a key that does not open",
  ANOTHER: "has a key that does not open what is sealed",
};

/** A fault of the keys: the id of the person, or the bank's mark, and what is wrong. */
export interface KeyFinding {
  where: string;
  what: string;
}

/** Opens one sealed row of each person, and names each whose key is missing or does not open although they were not erased. */
export async function auditKeys(
  view: View,
  vault: Vault,
  progress: (text: string) => void = () => undefined,
): Promise<{ keys: number; findings: KeyFinding[] }> {
  progress("opening a sealed row of each person");
  const first = new Map<string, Sealed>();
  for await (const sealed of view.scan("sealed")) {
    if (!first.has(sealed.personId)) first.set(sealed.personId, sealed);
  }
  for await (const { personId } of view.scan("erasures")) first.delete(personId as string);
  // The key of a credit record goes when its time is over, without an erasure of anybody.
  for await (const { personId, state } of view.scan("creditRecords"))
    if (state === "EXPIRED" || state === "ERASED") first.delete(personId as string);
  const rows = [...first.values()];
  const findings: KeyFinding[] = [];
  for (let i = 0; i < rows.length; i += page)
    for (const [personId, fault] of await vault.faults(rows.slice(i, i + page)))
      findings.push({ where: personId, what: faults[fault] });
  // Each of these keys was made by a counted change. A mark with fewer changes would let an older copy of the keys pass.
  const { keyChanges } = (await view.bankMark()) ?? { keyChanges: rows.length };
  if (keyChanges < rows.length)
    findings.push({ where: "bankMarks", what: "keyChanges are fewer than the keys of what is sealed" });
  return { keys: rows.length, findings };
}
