import { randomUUID } from "node:crypto";
import type { Marks, Store } from "../../storage/store";
import { opens, proofOf } from "./vault";

/** What a bank is opened with: the secret, the name that was asked for, and where its keys are. */
interface Settings {
  secret: Buffer;
  /** The name that was asked for; null where none was. */
  origin: string | null;
  keysAt: string;
}

/** Why the settings do not fit the bank, or the bank not its keys: what is wrong and what to do, in one line; null where all fit. */
export function misfit(marks: Marks, { secret, origin, keysAt }: Settings): string | null {
  const { bank, keys } = marks;
  if (origin !== null && marks.origin !== null && marks.origin !== origin)
    return `ORIGIN: the first entry of this bank names it ${marks.origin}: set that, or leave ORIGIN out`;
  if (bank === null) return marks.founded ? untied(marks, secret, keysAt) : leftOver(marks, secret, keysAt);
  if (bank.proof !== proofOf(secret, "bank", bank.bankId))
    return "GOODHOURS_SECRET: not the secret that this bank was made with: set that one";
  if (keys === null)
    return marks.keyCount === 0
      ? `the keys of this bank are empty: restore ${keysAt} from a backup`
      : `the keys of this bank are an older copy: restore ${keysAt} from the latest backup`;
  if (marks.emptied) return `the keys of this bank are empty: restore ${keysAt} from a backup`;
  if (keys.bankId !== bank.bankId) return `the keys are those of another bank: restore this bank's own as ${keysAt}`;
  if (keys.proof !== proofOf(secret, "keys", keys.bankId))
    return `the keys of this bank are damaged: restore ${keysAt} from a backup`;
  if (keys.changes < bank.keyChanges)
    return `the keys of this bank are an older copy, without those of people who came since: restore ${keysAt} from the latest backup`;
  return null;
}

/** A bank of an earlier release, which has no mark: something that was sealed last must open. */
function untied({ keys, newest, keyCount }: Marks, secret: Buffer, keysAt: string): string | null {
  if (keys !== null && keys.proof !== proofOf(secret, "keys", keys.bankId))
    return "GOODHOURS_SECRET: not the secret that the keys of this bank were made with: set that one";
  if (newest.length === 0) return null;
  if (keyCount === 0) return `the keys of this bank are empty: restore ${keysAt} from a backup`;
  const wrapped = newest.filter((row) => row.wrapped !== null);
  if (wrapped.length === 0)
    return `the keys are an older copy, or those of another bank: restore ${keysAt} from the latest backup`;
  return wrapped.some((row) => opens(secret, row.wrapped as Buffer, row.ciphertext))
    ? null
    : `GOODHOURS_SECRET: nothing that was sealed opens with it: set the bank's own, or restore ${keysAt} from a backup`;
}

/** Where a bank is to be founded: keys that lie there already may be all that is left of another one. */
function leftOver({ keys, keyCount }: Marks, secret: Buffer, keysAt: string): string | null {
  if (keyCount > 0) return `there is no bank, and keys of one: move ${keysAt} away, or restore the bank`;
  return keys === null || keys.proof === proofOf(secret, "keys", keys.bankId)
    ? null
    : `GOODHOURS_SECRET: not the secret that ${keysAt} was made with: set that one, or move the keys away`;
}

/** Ties a bank and its keys to each other and to the secret, once: at the founding, or when a bank of an earlier release is migrated. */
export async function tieKeys(store: Store, secret: Buffer): Promise<void> {
  if ((await store.view.bankMark()) !== null) return;
  const made = randomUUID();
  // The keys first: what is cut off between the two begins again with their word.
  await store.keys.tie({ bankId: made, proof: proofOf(secret, "keys", made) });
  const { bankId = made, changes = 0 } = (await store.keys.mark()) ?? {};
  await store.write(async (tx) => {
    if ((await tx.bankMark()) !== null) return;
    await tx.setBankMark({ bankId, proof: proofOf(secret, "bank", bankId), keyChanges: changes });
  });
}
