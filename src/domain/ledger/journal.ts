import { createHash } from "node:crypto";
import { invariant } from "../invariant";

/**
 * The journal's bytes, version 1. A body is a header and then the kind's fields in the order written here:
 *
 *     version u8 = 1 | kind u8 | seq u64 | recordedAt u64 (µs) | at u64 (ms, the rules' clock) | origin text | actor text | fields
 *
 * `int` is a signed 64-bit big-endian number; `text` its UTF-8 bytes behind a u32 length; `bytes` likewise; `texts` a u32
 * count and that many texts; a `?` puts a presence byte (0 or 1) in front. The leaf is SHA-256(0x00 ‖ body), as in
 * RFC 6962. Fields are only ever added under a new version byte: old leaves must verify for ever.
 */
export const journalShapes = {
  BANK_OPENED: { code: 1, fields: { unit: "text" } },
  ACCOUNT_OPENED: {
    code: 2,
    fields: { id: "text", kind: "text", unit: "text", owner: "text?", floor: "int?", ceiling: "int?" },
  },
  POLICY_SET: {
    code: 3,
    fields: { id: "text", key: "text", value: "text", effectiveFrom: "text", citation: "text", status: "text" },
  },
  TRANSFER: { code: 4, fields: transferFields() },
  HOLD: { code: 5, fields: transferFields() },
  SETTLE: { code: 6, fields: transferFields() },
  RELEASE: { code: 7, fields: transferFields() },
  REVERSAL: { code: 8, fields: transferFields() },
  RECORD_STEP: {
    code: 9,
    fields: {
      id: "text",
      organizationId: "text",
      volunteerId: "text",
      externalRef: "text?",
      contentHash: "text",
      serviceType: "text",
      startedAt: "int",
      endedAt: "int",
      breakMinutes: "int",
      serviceMinutes: "int",
      origin: "text",
      state: "text",
      confirmationsNeeded: "int",
      handledBy: "texts",
      confirmedBy: "texts",
      recordBy: "text",
      creditableMinutes: "int?",
      creditedMinutes: "int?",
      disputeHoldSeq: "int?",
      replacedBy: "text?",
      detailsId: "text",
      version: "int",
      action: "text",
      from: "text?",
      actorKind: "text",
      reasonId: "text?",
    },
  },
  DIVISION_SET: {
    code: 10,
    fields: { code: "text", officialCode: "text?", name: "text", kind: "text", parentCode: "text?" },
  },
  ORGANIZATION_STEP: {
    code: 11,
    fields: {
      id: "text",
      slug: "text",
      name: "text",
      kind: "text",
      uscc: "text?",
      filingStatus: "text",
      divisionCode: "text",
      state: "text",
      version: "int",
    },
  },
  VOLUNTEER_STEP: {
    code: 12,
    fields: {
      id: "text",
      personId: "text",
      volunteerNo: "text",
      divisionCode: "text",
      state: "text",
      accountId: "text",
      group: "int",
      overflow: "text",
      registeredOn: "text",
      vouchedBy: "text?",
      profileId: "text",
      version: "int",
      reasonId: "text?",
    },
  },
  GRANT_STEP: {
    code: 13,
    fields: {
      id: "text",
      personId: "text",
      role: "text",
      organizationId: "text?",
      divisionCode: "text?",
      validFrom: "text",
      validUntil: "text?",
      version: "int",
      reasonId: "text?",
    },
  },
  SEALED: { code: 14, fields: { id: "text", personId: "text", commitment: "bytes" } },
  IDENTITY_LINKED: { code: 15, fields: { hash: "text", personId: "text" } },
  CAMPAIGN_SET: {
    code: 16,
    fields: {
      id: "text",
      slug: "text",
      name: "text",
      nameEn: "text?",
      tagline: "text?",
      taglineEn: "text?",
      day: "text",
      version: "int",
    },
  },
  ACTIVITY_STEP: {
    code: 17,
    fields: {
      id: "text",
      slug: "text",
      campaignId: "text?",
      organizationId: "text",
      divisionCode: "text",
      name: "text",
      serviceType: "text",
      state: "text",
      startsAt: "int",
      endsAt: "int",
      capacity: "int",
      hazardous: "int",
      openToMinors: "int",
      outsideCounty: "int",
      authors: "texts",
      reviewedBy: "text?",
      detailsId: "text",
      announcedName: "text?",
      announcedDetailsId: "text?",
      version: "int",
      action: "text",
      from: "text?",
      actorKind: "text",
      reasonId: "text?",
    },
  },
  SHIFT_SET: {
    code: 18,
    fields: {
      id: "text",
      activityId: "text",
      startsAt: "int",
      endsAt: "int",
      capacity: "int",
      venueId: "text",
      announcedVenueId: "text?",
      radiusMetres: "int?",
      dropped: "int",
      version: "int",
    },
  },
  SIGN_UP_STEP: {
    code: 19,
    fields: {
      id: "text",
      shiftId: "text",
      activityId: "text",
      volunteerId: "text",
      state: "text",
      late: "int",
      malicious: "int",
      accompanied: "int",
      version: "int",
      action: "text",
      from: "text?",
      actorKind: "text",
      reasonId: "text?",
    },
  },
  ATTENDANCE_STEP: {
    code: 20,
    fields: {
      id: "text",
      signUpId: "text",
      shiftId: "text",
      activityId: "text",
      volunteerId: "text",
      checkedInAt: "int",
      checkedInBy: "text",
      method: "text",
      codeSlot: "int?",
      sentLate: "int",
      placeVerdict: "text",
      device: "text?",
      checkedOutAt: "int?",
      checkedOutBy: "text?",
      outcome: "text",
      recordId: "text?",
      version: "int",
      action: "text",
      actorKind: "text",
    },
  },
  FUNDRAISING_SET: {
    code: 21,
    fields: {
      activityId: "text",
      organizationName: "text",
      planFilingNo: "text",
      permitNo: "text",
      howToQuery: "text",
      filedOn: "text",
      startsOn: "text",
      endsOn: "text",
      emergency: "int",
      interimDisclosedOn: "texts",
      disclosedOn: "text?",
      dueOn: "text?",
      version: "int",
    },
  },
  GUARDIAN_SET: {
    code: 22,
    fields: { id: "text", volunteerId: "text", personId: "text", ended: "int", version: "int", reasonId: "text?" },
  },
  CALENDAR_SET: { code: 23, fields: { personId: "text", version: "int" } },
  SOCIAL_WORKER_SET: {
    code: 24,
    fields: {
      id: "text",
      personId: "text",
      organizationId: "text",
      level: "text",
      certificateHash: "text",
      registeredOn: "text",
      registeredUntil: "text",
      profileId: "text",
      version: "int",
    },
  },
  TRAINING_SET: {
    code: 25,
    fields: {
      id: "text",
      socialWorkerId: "text",
      hours: "int",
      on: "text",
      detailsId: "text",
      withdrawn: "int",
      version: "int",
      reasonId: "text?",
    },
  },
  POST_SET: {
    code: 26,
    fields: {
      id: "text",
      personId: "text",
      organizationId: "text",
      post: "text",
      grade: "int",
      validFrom: "text",
      validUntil: "text?",
      version: "int",
      reasonId: "text?",
    },
  },
  ORGANIZATION_PROFILE_SET: {
    code: 27,
    fields: {
      organizationId: "text",
      registeredOn: "text?",
      hub: "int",
      villageKind: "text?",
      supervisorId: "text?",
      version: "int",
    },
  },
  HEAD_STEP: {
    code: 28,
    fields: {
      id: "text",
      organizationId: "text",
      personId: "text",
      state: "text",
      proposedBy: "text",
      profileId: "text",
      version: "int",
      action: "text",
      from: "text?",
      actorKind: "text",
      reasonId: "text?",
    },
  },
  AWARD_SET: {
    code: 29,
    fields: {
      id: "text",
      organizationId: "text",
      name: "text",
      grantedBy: "text",
      on: "text",
      withdrawn: "int",
      version: "int",
      reasonId: "text?",
    },
  },
  HOUSEHOLD_SET: {
    code: 30,
    fields: {
      id: "text",
      personId: "text",
      householdNo: "text",
      divisionCode: "text",
      accountId: "text",
      version: "int",
    },
  },
  VILLAGE_POINTS_SET: {
    code: 31,
    fields: {
      id: "text",
      householdId: "text",
      transferSeq: "int",
      points: "int",
      on: "text",
      reasonId: "text",
      reversedBySeq: "int?",
      version: "int",
    },
  },
  HOUSEHOLD_QUARTER_SET: { code: 32, fields: { householdId: "text", quarter: "text", accountId: "text" } },
} as const;

function transferFields() {
  return {
    debit: "text",
    credit: "text",
    minutes: "int",
    phase: "text",
    kind: "text",
    holdSeq: "int?",
    reversesSeq: "int?",
    effectiveOn: "text",
    expiresAt: "int?",
    recordId: "text?",
    policyIds: "texts",
  } as const;
}

export type JournalKind = keyof typeof journalShapes;
export const journalKinds = Object.keys(journalShapes) as JournalKind[];

interface Types {
  int: number;
  "int?": number | null;
  text: string;
  "text?": string | null;
  texts: string[];
  bytes: Uint8Array;
}
type FieldType = keyof Types;
type Fields<S> = { -readonly [K in keyof S]: S[K] extends FieldType ? Types[S[K]] : never };

/** A fact as the rest of the bank sees it: its kind and that kind's fields. */
export type Fact = { [K in JournalKind]: { type: K } & Fields<(typeof journalShapes)[K]["fields"]> }[JournalKind];
export type FactOf<K extends JournalKind> = Extract<Fact, { type: K }>;

export interface Stamp {
  seq: number;
  /** Microseconds since 1970, strictly rising: when the bank wrote it. */
  recordedAt: number;
  /** Milliseconds: the clock the rules went by. */
  at: number;
  origin: string;
  actor: string;
}
export type JournalEntry = Stamp & { fact: Fact };

export function encode(stamp: Stamp, fact: Fact): Buffer {
  const parts: Buffer[] = [
    Buffer.from([1, journalShapes[fact.type].code]),
    u64(stamp.seq),
    u64(stamp.recordedAt),
    u64(stamp.at),
    text(stamp.origin),
    text(stamp.actor),
  ];
  const values: Record<string, unknown> = { ...fact };
  for (const [name, type] of Object.entries(journalShapes[fact.type].fields))
    parts.push(write(type as FieldType, values[name], `${fact.type}.${name}`));
  return Buffer.concat(parts);
}

export function decode(body: Uint8Array): JournalEntry {
  const reader = new Reader(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  invariant(reader.byte() === 1, "journal body version 1");
  const code = reader.byte();
  const type = journalKinds.find((kind) => journalShapes[kind].code === code);
  invariant(type, `journal kind ${code}`);
  const stamp = {
    seq: reader.int(),
    recordedAt: reader.int(),
    at: reader.int(),
    origin: reader.text(),
    actor: reader.text(),
  };
  const fact: Record<string, unknown> = { type };
  for (const [name, shape] of Object.entries(journalShapes[type].fields)) fact[name] = reader.read(shape as FieldType);
  reader.end();
  // The table of shapes has just said which fields of which types these are; the compiler cannot follow it there.
  return { ...stamp, fact: fact as unknown as Fact };
}

export function leafHash(body: Uint8Array): Buffer {
  return createHash("sha256")
    .update(Buffer.from([0]))
    .update(body)
    .digest();
}

function u64(value: number): Buffer {
  invariant(Number.isSafeInteger(value), `a whole safe number, got ${value}`);
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

function block(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function text(value: string): Buffer {
  return block(Buffer.from(value, "utf8"));
}

function write(type: FieldType, value: unknown, name: string): Buffer {
  if (type.endsWith("?")) {
    if (value === null || value === undefined) return Buffer.from([0]);
    return Buffer.concat([Buffer.from([1]), write(type.slice(0, -1) as FieldType, value, name)]);
  }
  if (type === "int") {
    invariant(typeof value === "number", `${name} is a number`);
    return u64(value);
  }
  if (type === "texts") {
    invariant(Array.isArray(value), `${name} is a list`);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(value.length);
    return Buffer.concat([count, ...value.map((one) => text(one as string))]);
  }
  if (type === "bytes") {
    invariant(value instanceof Uint8Array, `${name} is bytes`);
    return block(value);
  }
  invariant(typeof value === "string", `${name} is text`);
  return text(value);
}

class Reader {
  private at = 0;
  constructor(private readonly bytes: Buffer) {}
  private take(length: number): Buffer {
    invariant(this.at + length <= this.bytes.length, "journal body is complete");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  byte(): number {
    return this.take(1)[0] as number;
  }
  int(): number {
    const value = Number(this.take(8).readBigInt64BE());
    invariant(Number.isSafeInteger(value), "journal numbers are safe");
    return value;
  }
  block(): Buffer {
    return this.take(this.take(4).readUInt32BE());
  }
  text(): string {
    return this.block().toString("utf8");
  }
  read(type: FieldType): unknown {
    if (type.endsWith("?")) return this.byte() === 0 ? null : this.read(type.slice(0, -1) as FieldType);
    if (type === "int") return this.int();
    if (type === "texts") return Array.from({ length: this.take(4).readUInt32BE() }, () => this.text());
    return type === "bytes" ? new Uint8Array(this.block()) : this.text();
  }
  end(): void {
    invariant(this.at === this.bytes.length, "journal body has no trailing bytes");
  }
}
