import { createCipheriv, createDecipheriv, createHash, createHmac, timingSafeEqual } from "node:crypto";
import { invariant } from "../domain/invariant";
import { refuse } from "../domain/refusal";
import type { SearchTerm, Store, Tx, View } from "../storage/store";
import { type Entropy, newId } from "./entropy";

const cachedKeysMax = 20_000;

/**
 * Personal data and free text: AES-256-GCM under a key of the person, that key wrapped under the bank's secret and kept
 * apart from the ledger. The journal holds only SHA-256(0x02 ‖ salt ‖ ciphertext). Destroying a person's wrapped key
 * makes all of it unreadable and leaves every proof intact.
 */
export class Vault {
  private readonly keys = new Map<string, Buffer>();

  constructor(
    private readonly store: Store,
    private readonly entropy: Entropy,
    private readonly secret: Buffer,
  ) {
    invariant(secret.length === 32, "the bank's secret has 32 bytes");
  }

  /** Makes the person's key; called before the transaction that first seals something for them. */
  async admit(personId: string): Promise<void> {
    const key = this.entropy.bytes(32);
    await this.store.keys.add(personId, encrypt(key, this.wrappingKey(), this.entropy.bytes(12)));
    this.remember(personId, key);
  }

  /** Makes a key where there is none yet, for what has words and no person: an organisation. Two at once agree on the first. */
  async ensure(id: string): Promise<void> {
    if (await this.knows(id)) return;
    try {
      await this.admit(id);
    } catch (error) {
      if (!(await this.knows(id))) throw error;
    }
  }

  /** Takes back a key under which nothing was sealed after all: what it was made for was refused. */
  async dismiss(personId: string): Promise<void> {
    await this.store.keys.remove(personId);
    this.keys.delete(personId);
  }

  /** Fetches keys ahead of a transaction, which may await nothing but the store. */
  async prepare(personIds: readonly string[]): Promise<void> {
    const missing = [...new Set(personIds)].filter((id) => !this.keys.has(id));
    if (missing.length === 0) return;
    for (const [id, wrapped] of await this.store.keys.wrapped(missing))
      this.remember(id, decrypt(wrapped, this.wrappingKey()));
  }

  /** Whether this person was ever admitted, and has not been erased. */
  async knows(personId: string): Promise<boolean> {
    await this.prepare([personId]);
    return this.keys.has(personId);
  }

  /** Keeps something of a person, under their key; PERSON_ERASED where that key was destroyed. */
  async seal(tx: Tx, actor: string, personId: string, value: unknown): Promise<string> {
    await this.prepare([personId]);
    // Whoever was erased stays so: nothing more is kept of them.
    const key = this.keys.get(personId) ?? refuse("PERSON_ERASED");
    const ciphertext = encrypt(Buffer.from(JSON.stringify(value), "utf8"), key, this.entropy.bytes(12));
    const salt = this.entropy.bytes(16);
    const id = newId("sealed", tx.now, this.entropy);
    const seq = await tx.append(actor, { type: "SEALED", id, personId, commitment: commitment(salt, ciphertext) });
    await tx.seal({ id, personId, salt, ciphertext }, seq);
    return id;
  }

  /** What can still be read; rows of erased persons are absent. */
  async open<T>(view: View, ids: readonly (string | null)[]): Promise<Map<string, T>> {
    const rows = await view.sealed(ids.filter((id) => id !== null));
    await this.prepare([...rows.values()].map((row) => row.personId));
    const opened = new Map<string, T>();
    for (const row of rows.values()) {
      const key = this.keys.get(row.personId);
      if (key) opened.set(row.id, JSON.parse(decrypt(row.ciphertext, key).toString("utf8")) as T);
    }
    return opened;
  }

  /** A keyed hash: the same text is found again, nobody without the secret can guess at it. */
  hash(kind: string, text: string): string {
    return createHmac("sha256", this.derived("search")).update(`${kind}\0${text}`).digest("hex");
  }

  /** By what a name is found: itself, and each pair of its letters, so that part of it finds it too. */
  nameTerms(...names: (string | null)[]): SearchTerm[] {
    const parts = new Set<string>();
    for (const name of names) {
      const letters = [...(name ?? "").toLowerCase().normalize("NFKC").replaceAll(/\s+/g, "")];
      if (letters.length === 1) parts.add(letters[0] as string);
      for (let i = 0; i + 1 < letters.length; i += 1) parts.add(`${letters[i]}${letters[i + 1]}`);
    }
    return [...parts].map((part) => ({ kind: "name", hash: this.hash("name", part) }));
  }

  /** A short signature of ours, to stand in an address or a cookie; 32 letters that cannot be guessed. */
  sign(kind: string, text: string): string {
    return Buffer.from(this.hash(kind, text), "hex").subarray(0, 24).toString("base64url");
  }

  isSigned(kind: string, text: string, signature: string): boolean {
    const [given, ours] = [Buffer.from(signature), Buffer.from(this.sign(kind, text))];
    return given.length === ours.length && timingSafeEqual(given, ours);
  }

  private wrappingKey(): Buffer {
    return this.derived("wrap");
  }

  private derived(purpose: string): Buffer {
    return createHmac("sha256", this.secret).update(purpose).digest();
  }

  private remember(personId: string, key: Buffer): void {
    // The oldest goes, one at a time: a list being opened never loses the keys it was just given.
    if (this.keys.size >= cachedKeysMax) this.keys.delete(this.keys.keys().next().value as string);
    this.keys.set(personId, key);
  }
}

export function commitment(salt: Uint8Array, ciphertext: Uint8Array): Buffer {
  return createHash("sha256")
    .update(Buffer.from([2]))
    .update(salt)
    .update(ciphertext)
    .digest();
}

/** nonce (12) ‖ tag (16) ‖ ciphertext. */
function encrypt(plain: Buffer, key: Buffer, nonce: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function decrypt(sealed: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
