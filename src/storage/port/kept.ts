export interface Sealed {
  id: string;
  personId: string;
  salt: Buffer;
  ciphertext: Buffer;
}

export interface StoredCommand {
  requestHash: string;
  outcome: unknown;
}

/** A term by which a person is found: a keyed hash of something that is sealed. */
export interface SearchTerm {
  kind: string;
  hash: string;
}

/** The mark by which a bank, its keys and its secret recognise each other. The proofs are keyed hashes, which do not tell the secret. */
export interface BankMark {
  bankId: string;
  proof: string;
  /** How often the keys had changed when something was last sealed under a new one. */
  keyChanges: number;
}

export interface KeysMark {
  bankId: string;
  proof: string;
  /** How often a key was added or destroyed. */
  changes: number;
}

/** What a bank and its keys say of themselves, read before anything is written. */
export interface Marks {
  /** Whether the journal has a first entry. */
  founded: boolean;
  /** The bank's name in that entry; null where there is none that can be read. */
  origin: string | null;
  bank: BankMark | null;
  keys: KeysMark | null;
  keyCount: number;
  /** Whether no key is left although a sealed row of a person who was not erased is there. */
  emptied: boolean;
  /** What was sealed last, with its person's wrapped key: read only where the bank has no mark, by which it would be known. */
  newest: { ciphertext: Buffer; wrapped: Buffer | null }[];
}

/** Wrapped data keys, one a person, in a file or schema of their own. */
export interface KeyStore {
  /** What the keys say of themselves; null before they were tied to a bank. */
  mark(): Promise<KeysMark | null>;
  /** Ties the keys to a bank, unless they are tied already. */
  tie(mark: Pick<KeysMark, "bankId" | "proof">): Promise<void>;
  wrapped(personIds: readonly string[]): Promise<Map<string, Buffer>>;
  add(personId: string, wrapped: Buffer): Promise<void>;
  /** Takes a key away for good: what was sealed under it cannot be read again. */
  remove(personId: string): Promise<void>;
}
