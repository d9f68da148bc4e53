import type { Kit } from "../kit.sqlite";

/** What is sealed, and what serves the running alone. */
export function defineKeptTables(kit: Kit) {
  const { table, text, int, bytes, json, packed, index, primaryKey } = kit;

  /** Operational. Which notices a person has read. */
  const noticesRead = table(
    "notices_read",
    { personId: text().notNull(), noticeId: text().notNull(), readAt: int().notNull() },
    (t) => [primaryKey({ columns: [t.personId, t.noticeId], name: "notices_read_pk" })],
  );

  /** Sealed. Ciphertext under the person's key; the journal holds SHA-256(0x02 ‖ salt ‖ ciphertext). */
  const sealed = table(
    "sealed",
    {
      id: text().primaryKey(),
      personId: text().notNull(),
      seq: int().notNull(),
      salt: bytes().notNull(),
      ciphertext: bytes().notNull(),
    },
    (t) => [index("sealed_person").on(t.personId)],
  );

  /** Operational. Keyed hashes by which a person is found: ID number, certificate, and the pairs of letters and single letters of a name. */
  const searchTerms = table(
    "search_terms",
    { hash: text().notNull(), kind: text().notNull(), personId: text().notNull() },
    (t) => [
      primaryKey({ columns: [t.hash, t.kind, t.personId], name: "search_terms_pk" }),
      index("search_terms_person").on(t.personId),
    ],
  );

  /** Operational. What was answered under the hash of each key; never expires, never holds a personal field. */
  const commands = table(
    "commands",
    {
      actor: text().notNull(),
      key: text().notNull(),
      requestHash: text().notNull(),
      outcome: packed<unknown>().notNull(),
      recordedAt: int().notNull(),
    },
    (t) => [primaryKey({ columns: [t.actor, t.key], name: "commands_pk" })],
  );

  /** Operational. Sessions that were signed out of, by a hash of their token, until that expires by itself. */
  const endedSessions = table("ended_sessions", { session: text().primaryKey(), expiresAt: int().notNull() }, (t) => [
    index("ended_sessions_expiry").on(t.expiresAt),
  ]);

  /** Operational. How often a code was tried: at a venue's screen by shift, and by a person; counted for all processes of the bank. */
  const tries = table(
    "tries",
    {
      key: text().primaryKey(),
      count: int().notNull(),
      pauses: int().notNull(),
      since: int().notNull(),
      until: int(),
    },
    (t) => [index("tries_since").on(t.since)],
  );

  /** Operational. One row, made with the bank: by it the bank, its keys and its secret know each other. */
  const bankMarks = table("bank_marks", {
    bankId: text().primaryKey(),
    /** A keyed hash under the bank's secret, which it does not tell. */
    proof: text().notNull(),
    /** How often the keys had changed when something was last sealed: a copy of the keys with fewer changes is an older one. */
    keyChanges: int().notNull(),
  });

  /** Operational. When a person, or a subject who is nobody yet, typed wrong codes of late, or an address from which they were typed. */
  const wrongCodes = table(
    "wrong_codes",
    { who: text().primaryKey(), times: json<number[]>().notNull(), lastAt: int().notNull() },
    (t) => [index("wrong_codes_last").on(t.lastAt)],
  );

  return { wrongCodes, sealed, searchTerms, commands, noticesRead, endedSessions, bankMarks, tries };
}
