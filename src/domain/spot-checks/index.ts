import { createHash } from "node:crypto";
import type { RecordOrigin } from "../facts/hours";
import type { SpotCheck, SpotCheckState } from "../facts/spot-checks";
import { dayOf, type Instant, serviceDay } from "../kit/calendar";
import type { Minutes } from "../kit/minutes";
import type { Moves } from "../kit/moves";
import type { Policies } from "../policies";

/**
 * The reasons for which a record is in a sample: the draw took it, or something about it is worth a look. This is never a
 * penalty.
 */
export const spotCheckReasons = [
  "RANDOM",
  "LONG_DAY",
  "BACKFILLED",
  "ROUND_NUMBERS",
  "SAME_CONFIRMER",
  "BURST",
  "SAME_DEVICE",
  "IMPOSSIBLE_TRAVEL",
  "OWN_PEOPLE",
] as const;
export type SpotCheckReason = (typeof spotCheckReasons)[number];

/** domain.md 6.6: a step is called by the state that it leads to. The record itself is left as it is. */
export const spotCheckMoves: Moves<SpotCheckState, SpotCheckState> = {
  EVIDENCE_REQUESTED: { from: [null], to: "EVIDENCE_REQUESTED", reason: false },
  PASSED: { from: [null, "EVIDENCE_REQUESTED"], to: "PASSED", reason: false },
  FAILED: { from: [null, "EVIDENCE_REQUESTED"], to: "FAILED", reason: false },
  PUBLISHED: { from: ["PASSED", "FAILED"], to: "PUBLISHED", reason: false },
};

/** What stands as the outcome once a check is in a state: what was found last. */
export function outcomeAt(state: SpotCheckState, before: Pick<SpotCheck, "outcome"> | null): SpotCheck["outcome"] {
  return state === "PASSED" || state === "FAILED" ? state : (before?.outcome ?? null);
}

export const seedHashOf = (seed: string) => createHash("sha256").update(seed, "utf8").digest("hex");
export interface Draw {
  month: string;
  seed: string;
  /** The last entry of the day on which the seed's hash was published. */
  beaconSeq: number;
  beacon: Buffer;
}

/** SHA-256(seed ‖ 0x00 ‖ beacon ‖ record id), in hex: the lowest are drawn. Anybody can do it again. */
export function rankOf({ seed, beacon }: Pick<Draw, "seed" | "beacon">, recordId: string): string {
  return createHash("sha256").update(seed, "utf8").update("\0").update(beacon).update(recordId, "utf8").digest("hex");
}

/** A record as the draw looks at it. */
export interface DrawnRecord {
  id: string;
  organizationId: string;
  /** The division in which its organisation works, with the divisions above. */
  divisions: string[];
  volunteerId: string;
  startedAt: Instant;
  endedAt: Instant;
  serviceMinutes: Minutes;
  origin: RecordOrigin;
  confirmedBy: string[];
  /** The device by which the volunteer checked in, if any: a keyed hash. */
  device: string | null;
  /** Whether the volunteer was on the organisation's own staff on the day. */
  ownPeople: boolean;
}
export interface DrawReason {
  code: SpotCheckReason;
  /** The numbers behind the reason; they hold no names. */
  detail: string;
}
export interface Drawn {
  record: DrawnRecord;
  reasons: DrawReason[];
}

/** Staff can be entered later with an earlier day. The reason is therefore shown, and draws nobody. */
const weight = (reasons: readonly DrawReason[]) => reasons.filter(({ code }) => code !== "OWN_PEOPLE").length;

const minute = 60_000;
const hour = 60 * minute;

/**
 * The sample of a month. One half is taken by the draw alone, the other half are the records with the most reasons to look, the
 * lowest rank first among equals. It is the same for everybody, for ever: it is drawn from what stood on the ledger at the
 * beacon.
 */
export function drawSample(draw: Draw, records: readonly DrawnRecord[], size: number, policies: Policies): Drawn[] {
  const ranked = records
    .map((record) => ({ record, rank: rankOf(draw, record.id) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const signals = signalsOf(records, policies, `${draw.month}-01`);
  const byDraw = ranked.slice(0, Math.ceil(size / 2)).map(({ record }, i) => ({
    record,
    reasons: [{ code: "RANDOM" as const, detail: `${i + 1}/${records.length}` }, ...(signals.get(record.id) ?? [])],
  }));
  const suspects = ranked
    .slice(byDraw.length)
    .map(({ record }) => ({ record, reasons: signals.get(record.id) ?? [] }))
    .filter(({ reasons }) => weight(reasons) > 0)
    .sort((a, b) => weight(b.reasons) - weight(a.reasons))
    .slice(0, size - byDraw.length);
  // Where no record looks odd, the draw alone fills the sample.
  const rest = ranked
    .slice(byDraw.length)
    .filter(({ record }) => !suspects.some((suspect) => suspect.record.id === record.id))
    .slice(0, size - byDraw.length - suspects.length)
    .map(({ record }, i) => ({
      record,
      reasons: [
        { code: "RANDOM" as const, detail: `${byDraw.length + i + 1}/${records.length}` },
        ...(signals.get(record.id) ?? []),
      ],
    }));
  return [...byDraw, ...rest, ...suspects];
}

/** The reasons to look at each record, with the numbers; a record without any is absent. */
export function signalsOf(records: readonly DrawnRecord[], policies: Policies, day: string): Map<string, DrawReason[]> {
  const most = {
    dayMinutes: policies.count("record.maxPerDayMinutes", day),
    roundRecords: policies.count("spotCheck.roundRecords", day),
    travelMinutes: policies.count("spotCheck.travelMinutes", day),
    confirmerRecords: policies.count("spotCheck.confirmerRecords", day),
    burstRecords: policies.count("spotCheck.burstRecords", day),
    devicePeople: policies.count("spotCheck.devicePeople", day),
  };
  const reasonsOf = new Map<string, DrawReason[]>();
  const add = (group: readonly DrawnRecord[], code: SpotCheckReason, detail: string) => {
    for (const { id } of group) {
      const reasons = reasonsOf.get(id) ?? [];
      // One reason of a kind is enough.
      if (!reasons.some((reason) => reason.code === code)) reasonsOf.set(id, [...reasons, { code, detail }]);
    }
  };
  for (const group of by(records, ({ volunteerId, endedAt }) => `${volunteerId} ${serviceDay(endedAt)}`)) {
    const minutes = group.reduce((sum, { serviceMinutes }) => sum + serviceMinutes, 0);
    if (minutes > most.dayMinutes) add(group, "LONG_DAY", `${minutes} min`);
  }
  const late = records.filter(({ origin }) => origin === "BACKFILLED");
  add(late, "BACKFILLED", `${late.length}/${records.length}`);
  for (const group of by(records, ({ volunteerId }) => volunteerId)) {
    const typed = group.filter(({ origin }) => origin !== "CHECKED_IN");
    const round = typed.filter(({ startedAt, endedAt }) => startedAt % hour === 0 && endedAt % hour === 0);
    if (round.length === typed.length && round.length >= most.roundRecords)
      add(round, "ROUND_NUMBERS", `${round.length}/${typed.length}`);
    const inOrder = [...group].sort((a, b) => a.startedAt - b.startedAt);
    for (const [i, next] of inOrder.entries()) {
      const last = inOrder[i - 1];
      const gap = last ? Math.floor((next.startedAt - last.endedAt) / minute) : 0;
      if (last && isElsewhere(last, next) && gap < most.travelMinutes)
        add([last, next], "IMPOSSIBLE_TRAVEL", `${gap} min`);
    }
  }
  for (const group of by(records, ({ organizationId }) => organizationId)) {
    for (const confirmed of by(
      group.filter(({ confirmedBy }) => confirmedBy.length > 0),
      ({ confirmedBy }) => confirmedBy[0] as string,
    ))
      if (confirmed.length >= most.confirmerRecords && confirmed.length * 10 >= group.length * 9)
        add(confirmed, "SAME_CONFIRMER", `${confirmed.length}/${group.length}`);
    for (const together of by(group, ({ startedAt, endedAt }) => `${startedAt} ${endedAt}`))
      if (together.length >= most.burstRecords) add(together, "BURST", `${together.length}/${group.length}`);
    const withDevice = group.filter(({ device }) => device !== null);
    for (const shared of by(withDevice, ({ device, startedAt }) => `${device} ${dayOf(startedAt)}`)) {
      const people = new Set(shared.map(({ volunteerId }) => volunteerId)).size;
      if (people > most.devicePeople) add(shared, "SAME_DEVICE", `${people}/${withDevice.length}`);
    }
    const own = group.filter(({ ownPeople }) => ownPeople);
    add(own, "OWN_PEOPLE", `${own.length}/${group.length}`);
  }
  return reasonsOf;
}

/** Neither of the two places lies in the other: an organisation of the county may serve in any of its towns. */
function isElsewhere(record: DrawnRecord, other: DrawnRecord): boolean {
  const [place] = record.divisions;
  const [otherPlace] = other.divisions;
  return (
    place !== undefined &&
    otherPlace !== undefined &&
    !record.divisions.includes(otherPlace) &&
    !other.divisions.includes(place)
  );
}

function by<T>(rows: readonly T[], key: (row: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return [...groups.values()];
}
