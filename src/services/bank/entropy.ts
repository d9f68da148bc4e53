import { createHash, randomBytes } from "node:crypto";
import { UUID } from "uuidv7";
import { signsOf, uuidOf } from "../../domain/facts/ids";
import type { IdPrefix } from "../../domain/facts/words";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";

/** Where ids, salts and keys come from: the machine, or in `seed` a string, so that the same seed makes the same bank. */
export interface Entropy {
  bytes(count: number): Buffer;
}

/** Bytes that are drawn from the machine at once: a draw of a few costs it as much as one of thousands. */
const drawnBytes = 4096;

export function systemEntropy(): Entropy {
  let drawn = Buffer.alloc(0);
  let at = 0;
  return {
    bytes(count) {
      if (count > drawn.length - at) [drawn, at] = [randomBytes(Math.max(count, drawnBytes)), 0];
      const end = at + count;
      const bytes = Buffer.from(drawn.subarray(at, end));
      // No byte is given twice, and none that was given stays here.
      drawn.fill(0, at, end);
      at = end;
      return bytes;
    },
  };
}

/** A hash in counter mode. For the demo only: the seed gives every key away. */
export function seededEntropy(seed: string): Entropy {
  let count = 0;
  return {
    bytes(length) {
      const blocks: Buffer[] = [];
      for (let have = 0; have < length; have += 32)
        blocks.push(createHash("sha256").update(`${seed}:${count++}`).digest());
      return Buffer.concat(blocks).subarray(0, length);
    },
  };
}

/** A TypeID over a UUIDv7 of the bank's clock: opaque to clients, sorted by time in the database. */
export function newId(prefix: IdPrefix, now: number, entropy: Entropy): string {
  const random = entropy.bytes(10);
  const uuid = UUID.fromFieldsV7(
    now,
    random.readUInt16BE(0) & 0xfff,
    random.readUInt32BE(2) & 0x3fffffff,
    random.readUInt32BE(6),
  );
  return `${prefix}_${signsOf(uuid.bytes)}`;
}

/** The instant at which an id of ours was made, whatever day the thing that bears it is dated. */
export function madeAt(id: string): Instant {
  const uuid = uuidOf(id.slice(-26));
  invariant(uuid, "an id of ours ends with a UUID");
  return uuid.readUIntBE(0, 6);
}
