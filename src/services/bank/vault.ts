import { createCipheriv, createDecipheriv, createHmac, type Hash, type Hmac, hash, timingSafeEqual } from "node:crypto";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import { lettersOf, pairsOf, plainName } from "../../domain/people/names";
import type { Sealed, SearchTerm, Store, Tx, View } from "../../storage/store";
import { type Entropy, newId } from "./entropy";

const rememberedMost = 20_000;
const keyBytes = 32;

/** The keys of the persons of one call: they stay at hand however many others are remembered or forgotten meanwhile. */
interface Keys {
  readonly of: ReadonlyMap<string, Buffer>;
  /** Those whose key is there and does not open. */
  readonly damaged: ReadonlySet<string>;
}
const nobody: ReadonlySet<string> = new Set();

/**
 * Personal data and free text: AES-256-GCM under a key of the person, that key wrapped under the bank's secret and kept
 * apart from the ledger. The journal holds only SHA-256(0x02 ‖ salt ‖ ciphertext). Destroying a person's wrapped key
 * makes all of it unreadable and leaves every proof intact.
 */
export class Vault {
  private readonly remembered = new Map<string, Buffer>();
  /** Counts what was forgotten: a key that was asked for before is not remembered after it. */
  private forgettings = 0;
  /** How often the keys had changed when each of these was made, or was first sealed under by this process. */
  private readonly made = new Map<string, number>();
  private readonly unreadable = new Set<string>();
  /** Keys that were derived once, by their purpose. */
  private readonly derivedKeys = new Map<string, Buffer>();
  /** What keys have opened, by the key and the sealed bytes. */
  private readonly texts = new WeakMap<Buffer, WeakMap<Buffer, string>>();

  constructor(
    private readonly store: Store,
    private readonly entropy: Entropy,
    private readonly secret: Buffer,
    /** Hears once of each person whose key, or something sealed under it, does not open. */
    private readonly tellUnreadable: (personId: string) => void = () => undefined,
    /** How many keys are remembered. */
    private readonly most = rememberedMost,
  ) {
    invariant(secret.length === 32, "the bank's secret has 32 bytes");
  }

  /** Makes the person's key; called before the transaction that first seals something for them. */
  async admit(personId: string): Promise<void> {
    const key = this.entropy.bytes(32);
    await this.store.keys.add(personId, encrypt(key, this.wrappingKey(), this.entropy.bytes(12)));
    this.remember(this.remembered, personId, key);
    const mark = await this.store.keys.mark();
    if (mark !== null) this.remember(this.made, personId, mark.changes);
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

  /** Forgets keys that another process destroyed: nothing is opened or sealed by what this one remembers of them. */
  forget(personIds: readonly string[]): void {
    this.forgettings += 1;
    for (const id of personIds) this.remembered.delete(id);
  }

  /** Takes back a key under which nothing was sealed after all: what it was made for was refused. */
  async dismiss(personId: string): Promise<void> {
    await this.store.keys.remove(personId);
    this.forget([personId]);
  }

  /** Fetches keys ahead, so that a transaction does not wait for each of them. */
  async prepare(personIds: readonly string[]): Promise<void> {
    await this.keysOf(personIds);
  }

  /** Persons without a key are absent. What is sealed of a person whose key does not open cannot be read; of everybody else it can. */
  private keysOf(personIds: Iterable<string>): Soon<Keys> {
    const of = new Map<string, Buffer>();
    const missing = new Set<string>();
    for (const id of personIds) {
      const key = this.remembered.get(id);
      if (key) of.set(id, key);
      else missing.add(id);
    }
    return missing.size === 0 ? { of, damaged: nobody } : this.fetch(of, [...missing]);
  }

  private async fetch(of: Map<string, Buffer>, missing: readonly string[]): Promise<Keys> {
    const damaged = new Set<string>();
    const { forgettings } = this;
    for (const [id, wrapped] of await this.store.keys.wrapped(missing)) {
      const key = decrypt(wrapped, this.wrappingKey());
      if (key?.length !== keyBytes) damaged.add(id);
      else {
        of.set(id, key);
        if (forgettings === this.forgettings) this.remember(this.remembered, id, key);
      }
    }
    for (const id of damaged) this.tell(id);
    return { of, damaged };
  }

  /** The oldest goes, one at a time. */
  private remember<T>(kept: Map<string, T>, personId: string, value: T): void {
    if (kept.size >= this.most) kept.delete(kept.keys().next().value as string);
    kept.set(personId, value);
  }

  /** Whether this person was ever admitted, and has not been erased. */
  knows(personId: string): Soon<boolean> {
    return whenKnown(this.keysOf([personId]), ({ of, damaged }) => of.has(personId) || damaged.has(personId));
  }

  /**
   * Keeps something of a person, under their key: it is sealed by the entry that names the row's id next. PERSON_ERASED where that key
   * was destroyed, KEY_UNREADABLE where it is damaged.
   */
  async seal(tx: Tx, owner: string, value: unknown): Promise<string> {
    // A row about a merged person is sealed under the key of the person into whom they were merged.
    const personId = (await this.knows(owner)) ? owner : ((await tx.mergedInto(owner)) ?? owner);
    const { of, damaged } = await this.keysOf([personId]);
    // A person who was erased stays erased: nothing more is kept of them.
    const key = of.get(personId) ?? refuse(damaged.has(personId) ? "KEY_UNREADABLE" : "PERSON_ERASED");
    const ciphertext = encrypt(Buffer.from(JSON.stringify(value), "utf8"), key, this.entropy.bytes(12));
    const salt = this.entropy.bytes(16);
    const id = newId("sealed", tx.now, this.entropy);
    tx.seal({ id, personId, salt, ciphertext }, commitment(salt, ciphertext));
    await this.count(tx, personId);
    return id;
  }

  /**
   * Tells the bank how often its keys have changed, so that an older copy of them, without this one, is known for what it is.
   * A key that was made before a restart, or by another process, counts as well: nothing may have been sealed under it yet.
   */
  private async count(tx: Tx, personId: string): Promise<void> {
    const changes = this.made.get(personId) ?? (await this.store.keys.mark())?.changes;
    if (changes === undefined) return;
    this.remember(this.made, personId, changes);
    await tx.noteKeyChanges(changes);
  }

  /**
   * Keeps why something was done about a person, under that person's key. Once the person is erased, it is kept under the
   * key of who did it: what is left open of an erased person can be decided, and nothing more is kept under their name.
   */
  async sealWords(tx: Tx, by: string, about: string, words: object): Promise<string> {
    const personId = (await tx.mergedInto(about)) ?? about;
    return this.seal(tx, (await tx.erasure(personId)) ? by : about, words);
  }

  /** Refuses to begin something new about an erased person: PERSON_ERASED. */
  async checkNotErased(view: View, personId: string): Promise<void> {
    if (await view.erasure(personId)) refuse("PERSON_ERASED");
  }

  /** Keeps what was sealed under another person's key from now on, each in its own row; the journal commits to it anew. */
  async reseal(tx: Tx, actor: string, ids: readonly string[], personId: string): Promise<void> {
    const known = await tx.sealed(ids);
    // In the order that is asked for: two databases give rows in orders of their own, and each takes its salt from the next bytes.
    const rows = [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
    const { of, damaged } = await this.keysOf([personId, ...rows.map((row) => row.personId)]);
    const keyOf = (id: string) => of.get(id) ?? refuse(damaged.has(id) ? "KEY_UNREADABLE" : "PERSON_ERASED");
    const key = keyOf(personId);
    for (const row of rows) {
      const plain = decrypt(row.ciphertext, keyOf(row.personId)) ?? refuse("KEY_UNREADABLE");
      const ciphertext = encrypt(plain, key, this.entropy.bytes(12));
      const salt = this.entropy.bytes(16);
      await tx.reseal(actor, { id: row.id, personId, salt, ciphertext }, commitment(salt, ciphertext));
    }
    await this.count(tx, personId);
  }

  /** What can be read; rows of erased persons are absent, and so are those that a damage made unreadable. */
  open<T>(view: View, ids: readonly (string | null)[]): Soon<Map<string, T>> {
    return whenKnown(view.sealed(ids.filter((id) => id !== null)), (rows) =>
      whenKnown(this.keysOf([...rows.values()].map((row) => row.personId)), ({ of }) => {
        const opened = new Map<string, T>();
        for (const row of rows.values()) {
          const key = of.get(row.personId);
          if (key === undefined) continue;
          const plain = this.textOf(row.ciphertext, key);
          if (plain === null) this.tell(row.personId);
          else opened.set(row.id, JSON.parse(plain) as T);
        }
        return opened;
      }),
    );
  }

  /** The reason why sealed rows do not open, for each person whose rows do not: for the audit. */
  async faults(rows: readonly Sealed[]): Promise<Map<string, KeyFault>> {
    const { of, damaged } = await this.keysOf(rows.map(({ personId }) => personId));
    const faults = new Map<string, KeyFault>();
    for (const { personId, ciphertext } of rows) {
      const key = of.get(personId);
      if (damaged.has(personId)) faults.set(personId, "DAMAGED");
      else if (key === undefined) faults.set(personId, "MISSING");
      else if (decrypt(ciphertext, key) === null) faults.set(personId, "ANOTHER");
    }
    return faults;
  }

  /** A row that is remembered is opened once. What was opened by a key is forgotten with the key, and with the row. */
  private textOf(ciphertext: Buffer, key: Buffer): string | null {
    const texts = this.texts.get(key) ?? new WeakMap<Buffer, string>();
    this.texts.set(key, texts);
    const known = texts.get(ciphertext);
    if (known !== undefined) return known;
    const text = decrypt(ciphertext, key)?.toString("utf8") ?? null;
    if (text !== null) texts.set(ciphertext, text);
    return text;
  }

  private tell(personId: string): void {
    if (this.unreadable.has(personId) || this.unreadable.size >= this.most) return;
    this.unreadable.add(personId);
    this.tellUnreadable(personId);
  }

  /** A keyed hash: the same text is found again, nobody without the secret can guess at it. */
  hash(kind: string, text: string): string {
    return createHmac("sha256", this.derived("search")).update(`${kind}\0${text}`).digest("hex");
  }

  /** The same in 16 bytes and 22 signs, for what every record holds: keyed, so nobody can look for two texts with one hash. */
  shortHash(kind: string, text: string): string {
    return shortened(createHmac("sha256", this.derived("search")).update(`${kind}\0${text}`));
  }

  /** The terms by which a name is found: the name, and each pair of its letters, so that a part of it finds it too. */
  nameTerms(...names: (string | null)[]): SearchTerm[] {
    const pairs = new Set(names.flatMap((name) => pairsOf(name ?? "")));
    return [...pairs].map((pair) => ({ kind: "name", hash: this.hash("name", pair) }));
  }

  /** The single letters by which names are found. */
  letterTerms(...names: (string | null)[]): SearchTerm[] {
    const letters = new Set(names.flatMap((name) => lettersOf(name ?? "")));
    return [...letters].map((letter) => ({ kind: "letter", hash: this.hash("letter", letter) }));
  }

  /** The terms that a person must have for a text to be part of their name: its pairs of letters, or the one letter that it is. */
  soughtTerms(text: string | null): { kind: "name" | "letter"; hashes: string[] } {
    const isOne = [...plainName(text ?? "")].length === 1;
    const terms = isOne ? this.letterTerms(text) : this.nameTerms(text);
    return { kind: isOne ? "letter" : "name", hashes: terms.map(({ hash }) => hash) };
  }

  /** A short signature of ours, to stand in an address or a cookie; 32 letters that cannot be guessed. */
  sign(kind: string, text: string): string {
    return Buffer.from(this.hash(kind, text), "hex").subarray(0, 24).toString("base64url");
  }

  isSigned(kind: string, text: string, signature: string): boolean {
    const [theirs, ours] = [Buffer.from(signature), Buffer.from(this.sign(kind, text))];
    return theirs.length === ours.length && timingSafeEqual(theirs, ours);
  }

  private wrappingKey(): Buffer {
    return this.derived("wrap");
  }

  private derived(purpose: string): Buffer {
    const known = this.derivedKeys.get(purpose) ?? derived(this.secret, purpose);
    this.derivedKeys.set(purpose, known);
    return known;
  }
}

export type KeyFault = "MISSING" | "DAMAGED" | "ANOTHER";

/** The first 16 bytes of a hash, in 22 signs of base64url. */
export const shortened = (hash: Hash | Hmac): string => hash.digest().subarray(0, 16).toString("base64url");

function derived(secret: Buffer, purpose: string): Buffer {
  return createHmac("sha256", secret).update(purpose).digest();
}

/** A proof by which a bank, or its keys, recognise the secret. It does not tell the secret, and fits no other bank. */
export function proofOf(secret: Buffer, of: "bank" | "keys", bankId: string): string {
  return createHmac("sha256", derived(secret, "proof")).update(`${of}\0${bankId}`).digest("hex");
}

/** Whether a key that was wrapped under this secret opens what was sealed with it. */
export function opens(secret: Buffer, wrapped: Buffer, ciphertext: Buffer): boolean {
  const key = decrypt(wrapped, derived(secret, "wrap"));
  return key?.length === keyBytes && decrypt(ciphertext, key) !== null;
}

const commitmentPrefix = Buffer.from([2]);

export function commitment(salt: Uint8Array, ciphertext: Uint8Array): Buffer {
  return hash("sha256", Buffer.concat([commitmentPrefix, salt, ciphertext]), "buffer");
}

/** nonce (12) ‖ tag (16) ‖ ciphertext. */
function encrypt(plain: Buffer, key: Buffer, nonce: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const [body, end] = [cipher.update(plain), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), body, end]);
}

/** Opens sealed bytes; null where they were sealed under another key, or were damaged since. */
function decrypt(sealed: Buffer, key: Buffer): Buffer | null {
  if (sealed.length < 28) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  try {
    const plain = decipher.update(sealed.subarray(28));
    // GCM has no padding: the end gives no more bytes, and throws where the tag is another.
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}
