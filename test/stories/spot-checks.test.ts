import { createHash } from "node:crypto";
import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { type DrawnRecord, drawSample, seedHashOf, signalsOf } from "../../src/domain/spot-checks";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { openCharity } from "../support/charity";
import { engines } from "../support/engines";
import { noteGuardian } from "../support/near";
import { policies } from "../support/policies";

const plain: DrawnRecord = {
  id: "record_0",
  organizationId: "station",
  divisions: ["fengqiao", "zhuji"],
  volunteerId: "mei",
  startedAt: at("2026-09-05", "09:10"),
  endedAt: at("2026-09-05", "10:20"),
  serviceMinutes: 70,
  origin: "ENTERED",
  confirmedBy: ["a"],
  device: null,
  ownPeople: false,
};
/** Records that differ from the plain one as told, each by another volunteer with another confirmer. */
const drawn = (count: number, of: (i: number) => Partial<DrawnRecord>) =>
  Array.from({ length: count }, (_, i) => ({
    ...plain,
    id: `record_${i}`,
    volunteerId: `v${i}`,
    confirmedBy: [`c${i}`],
    startedAt: plain.startedAt + i * 60_000,
    ...of(i),
  }));

describe("what is worth a look, and what is not yet", () => {
  test.each<[string, DrawnRecord[], string | null]>([
    ["a long day", drawn(2, () => ({ volunteerId: "mei", serviceMinutes: 301 })), "LONG_DAY 602 min"],
    ["ten hours", drawn(2, () => ({ volunteerId: "mei", serviceMinutes: 300 })), null],
    ["a late entry", drawn(1, () => ({ origin: "BACKFILLED" })), "BACKFILLED 1/1"],
    [
      "four spells on the hour",
      drawn(4, (i) => ({
        volunteerId: "mei",
        startedAt: at(`2026-09-0${i + 1}`, "09:00"),
        endedAt: at(`2026-09-0${i + 1}`, "11:00"),
      })),
      "ROUND_NUMBERS 4/4",
    ],
    [
      "four on the hour by check-in",
      drawn(4, (i) => ({
        origin: "CHECKED_IN",
        volunteerId: "mei",
        startedAt: at(`2026-09-0${i + 1}`, "09:00"),
        endedAt: at(`2026-09-0${i + 1}`, "11:00"),
      })),
      null,
    ],
    ["one confirmer", drawn(20, () => ({ confirmedBy: ["a"] })), "SAME_CONFIRMER 20/20"],
    ["one confirmer of nineteen", drawn(19, () => ({ confirmedBy: ["a"] })), null],
    ["thirty alike", drawn(30, () => ({ startedAt: plain.startedAt })), "BURST 30/30"],
    ["four on one device", drawn(4, () => ({ device: "d" })), "SAME_DEVICE 4/4"],
    ["a family on one device", drawn(3, () => ({ device: "d" })), null],
    [
      "two towns without a way between",
      [
        { ...plain, id: "record_0" },
        {
          ...plain,
          id: "record_1",
          divisions: ["lingbei", "zhuji"],
          startedAt: at("2026-09-05", "10:30"),
          endedAt: at("2026-09-05", "11:00"),
        },
      ],
      "IMPOSSIBLE_TRAVEL 10 min",
    ],
    [
      "a county's house in a town",
      [
        { ...plain, id: "record_0", divisions: ["zhuji"] },
        { ...plain, id: "record_1", startedAt: at("2026-09-05", "10:25"), endedAt: at("2026-09-05", "11:00") },
      ],
      null,
    ],
    ["the house's own people", drawn(1, () => ({ ownPeople: true })), "OWN_PEOPLE 1/1"],
  ])("%s", (_, records, expected) => {
    const signals = signalsOf(records, policies, "2026-09-01").get("record_0") ?? [];
    expect(signals.map(({ code, detail }) => `${code} ${detail}`)).toEqual(expected === null ? [] : [expected]);
  });

  test("a sample is half the draw's; where nothing is odd the draw fills it; it never holds a record twice", () => {
    const draw = { month: "2026-09", seed: "seed", beaconSeq: 1, beacon: Buffer.from("beacon") };
    const calm = drawSample(
      draw,
      drawn(9, () => ({})),
      6,
      policies,
    );
    expect(calm.map(({ reasons }) => reasons[0]?.code)).toEqual(Array(6).fill("RANDOM"));
    const odd = drawSample(
      draw,
      drawn(9, (i) => (i < 4 ? { device: "d" } : {})),
      6,
      policies,
    );
    expect(new Set(odd.map(({ record }) => record.id)).size).toBe(6);
    const suspects = odd.filter(({ reasons }) => reasons[0]?.code !== "RANDOM");
    expect(suspects.every(({ record }) => record.device === "d")).toBe(true);
    expect(
      drawSample(
        draw,
        drawn(2, () => ({})),
        6,
        policies,
      ),
    ).toHaveLength(2);
  });
});

const documents = {
  sample:
    "query SpotCheckSample($month: Month!, $size: Int!, $seed: String!) { spotCheckSample(month: $month, size: $size, seed: $seed) { serviceRecord { id } reasons { code detail } } }",
  record:
    "mutation RecordSpotCheck($input: RecordSpotCheckInput!) { recordSpotCheck(input: $input) { spotCheck { id state serviceRecord { id state } } replayed userErrors { code message path details } } }",
  publish:
    "mutation ($input: PublishSpotCheckSeedInput!) { publishSpotCheckSeed(input: $input) { spotCheckSeed { seed drawnFrom beaconSeq } userErrors { code } } }",
  reveal:
    "mutation ($input: RevealSpotCheckSeedInput!) { revealSpotCheckSeed(input: $input) { spotCheckSeed { seed } userErrors { code } } }",
  seed: "query ($month: Month!) { spotCheckSeed(month: $month) { seed seq drawnFrom beaconSeq beacon } }",
};
type Line = { serviceRecord: { id: string }; reasons: { code: string; detail: string }[] };

describe.each(engines)("spot checks on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    api = await openApi(bank);
  });
  afterEach(() => closeAudited(bank, api));
  const send = async (who: Actor | null, query: string, variables: object) => {
    const { data, errors } = await api.post(who, { query, variables });
    if (errors) return errors[0]?.extensions.code;
    const [answer] = Object.values(data) as { userErrors?: { code: string }[] }[];
    // biome-ignore lint/suspicious/noExplicitAny: an answer of any of the documents above.
    return (answer?.userErrors?.[0]?.code ?? answer) as any;
  };
  const publish = (month: string, seed: string, who = bank.officer) =>
    send(who, documents.publish, { input: { idempotencyKey: bank.key(), month, seedHash: seedHashOf(seed) } });
  const reveal = (seed: string, who = bank.officer) =>
    send(who, documents.reveal, { input: { month: "2026-09", seed } });
  const sample = (seed: string, size = 6, who: Actor | null = bank.officer) =>
    send(who, documents.sample, { month: "2026-09", size, seed });
  const look = async (recordId: string, state: string, who = bank.officer) => {
    const input = { idempotencyKey: bank.key(), recordId, state, finding: "现场核对签到表" };
    const answer = await send(who, documents.record, { input });
    return answer.spotCheck?.state ?? answer;
  };

  /** Ten honest services of September, and a "crowd" of six that one phone checked in to one shift. */
  const crowd = async (): Promise<{ honest: string[]; invented: string[] }> => {
    const honest: string[] = [];
    bank.setClock("2026-09-10T18:00:00+08:00");
    for (let i = 0; i < 10; i += 1) {
      await bank.volunteer(`H-${i}`);
      honest.push((await bank.log(`H-${i}`, "2026-09-10", `0${(i % 5) + 4}:1${i}`, `1${i % 5}:2${i}`)).id as string);
    }
    await bank.confirm(bank.second, ...honest);
    bank.setClock("2026-09-04T09:00:00+08:00");
    const charity = await openCharity(bank);
    const { activity, shifts } = await charity.announce("crowd", { shift: { capacity: 20 } });
    const shift = shifts[0] as Shift;
    const people = await Promise.all(Array.from({ length: 6 }, (_, i) => bank.volunteer(`C-${i}`)));
    for (const person of people) await charity.signUp(person, shift);
    bank.setClock("2026-09-05T09:00:00+08:00");
    for (const person of people) await charity.checkIn(person, shift, { deviceId: "one phone" });
    bank.setClock("2026-09-05T11:00:00+08:00");
    for (const person of people) await charity.checkOut(person, shift);
    const invented = await bank.store.view.recordIdsWaiting(activity.id, 100);
    await bank.confirm(bank.second, ...invented);
    bank.setClock("2026-10-09T09:00:00+08:00");
    return { honest, invented };
  };

  test("an invented crowd (F28) is found by a seed that nobody could choose for it", async () => {
    const { invented } = await crowd();
    expect(invented).toHaveLength(6);
    expect(await publish("2026-10", "为时尚早的一个种子")).toBe("IN_THE_FUTURE");
    expect(
      await send(bank.officer, documents.publish, {
        input: { idempotencyKey: "k", month: "2026-09", seedHash: "abc" },
      }),
    ).toBe("INVALID_INPUT");
    const seed = "十月九日公证处抽取";
    expect((await publish("2026-09", seed)).spotCheckSeed).toEqual({
      seed: null,
      drawnFrom: "2026-10-10",
      beaconSeq: null,
    });
    // One seed a month, for good; and none draws on the day on which it was chosen.
    expect(await publish("2026-09", "换成一个更顺手的种子")).toBe("SEED_PUBLISHED");
    expect([await reveal(seed), await sample(seed)]).toEqual(["SEED_MISSING", "SEED_MISSING"]);
    // What the rest of the day brings decides with.
    bank.setClock("2026-10-09T23:00:00+08:00");
    await bank.volunteer("Z-1");
    bank.setClock("2026-10-10T09:00:00+08:00");
    expect(await sample("换成一个更顺手的种子")).toBe("SEED_MISSING");
    expect(await sample(seed)).toBe("SEED_MISSING");
    expect(await reveal("换成一个更顺手的种子")).toBe("SEED_MISSING");
    expect((await reveal(seed)).spotCheckSeed).toEqual({ seed });
    const drawn: Line[] = await sample(seed);
    expect(drawn).toHaveLength(6);
    const suspects = drawn.filter(({ reasons }) => reasons.some(({ code }) => code === "SAME_DEVICE"));
    expect(suspects.length).toBeGreaterThanOrEqual(3);
    expect(suspects[0]?.reasons).toContainEqual({ code: "SAME_DEVICE", detail: "6/6" });
    // The same again, whoever asks and whatever has come since.
    await bank.log("Z-1", "2026-10-09", "08:00", "09:00");
    expect(await sample(seed, 6, await bank.staff("AUDITOR", null))).toEqual(drawn);

    // Anybody can draw again: the lowest hashes over the seed, the beacon and the record.
    const published = await send(null, documents.seed, { month: "2026-09" });
    const rank = (id: string) =>
      createHash("sha256")
        .update(published.seed)
        .update("\0")
        .update(Buffer.from(published.beacon, "hex"))
        .update(id)
        .digest("hex");
    const all = [
      ...(await bank.store.view.recordList({ state: ["POSTED"] }, "RECORDED_AT", { first: 100, after: null })),
    ]
      .map(({ id }) => id)
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
    expect(drawn.slice(0, 3).map(({ serviceRecord }) => serviceRecord.id)).toEqual(all.slice(0, 3));

    const checked = suspects[0]?.serviceRecord.id as string;
    expect(await look(checked, "PUBLISHED")).toBe("ILLEGAL_TRANSITION");
    expect(await look(checked, "EVIDENCE_REQUESTED")).toBe("EVIDENCE_REQUESTED");
    expect(await look(checked, "FAILED")).toBe("FAILED");
    // Nothing follows by itself: the record stands until somebody reverses it.
    expect((await bank.store.view.records([checked])).get(checked)?.state).toBe("POSTED");
    const results = () =>
      send(null, "query ($id: ID!) { organization(id: $id) { spotCheckResults { month passed failed } } }", {
        id: bank.station.id,
      });
    expect((await results()).spotCheckResults).toEqual([]);
    expect(await look(checked, "PUBLISHED")).toBe("PUBLISHED");
    expect((await results()).spotCheckResults).toEqual([{ month: "2026-09", passed: 0, failed: 1 }]);
    // The house reads what is asked of it; others do not.
    const checks = (who: Actor) =>
      send(
        who,
        "query ($id: ID!) { organization(id: $id) { spotChecks(first: 5) { edges { node { state outcome finding } } } } }",
        { id: bank.station.id },
      );
    expect((await checks(bank.supervisor)).spotChecks.edges).toEqual([
      { node: { state: "PUBLISHED", outcome: "FAILED", finding: "现场核对签到表" } },
    ]);
    expect(await checks(await bank.actorOf(await bank.volunteer("V-9")))).toBe("NOT_PERMITTED");
  });

  test("nobody is picked by hand, and nobody looks at their own", async () => {
    const { honest } = await crowd();
    const [first] = honest as [string];
    expect(await look(first, "PASSED")).toBe("SEED_MISSING");
    await publish("2026-09", "十月九日公证处抽取");
    bank.setClock("2026-10-10T09:00:00+08:00");
    expect(await look(first, "PASSED")).toBe("SEED_MISSING");
    await reveal("十月九日公证处抽取");
    const { id } = await bank.log("H-1", "2026-10-09", "08:00", "09:00");
    // Nobody has confirmed it, so it is drawn in no month yet; and in the month in which somebody will.
    expect(await look(id as string, "PASSED")).toBe("NOT_DRAWN");
    expect(await look(first, "PASSED", bank.supervisor)).toBe("NOT_PERMITTED");
    const volunteer = await bank.store.view.volunteerByNo("H-0");
    await bank.grant(volunteer?.personId as string, "OFFICER", null);
    const self = await bank.services.people.actorOfPerson(volunteer?.personId as string);
    expect(await look(first, "PASSED", self)).toBe("SELF_CONFIRMATION");
    // Nor their child's, nor what a house recorded where the child works.
    const mother = await bank.staff("OFFICER", null);
    await noteGuardian(bank, mother.personId, volunteer as Volunteer);
    expect(await look(first, "PASSED", mother)).toBe("SELF_CONFIRMATION");
    const father = await bank.staff("OFFICER", null);
    const child = await bank.volunteer("CHILD");
    await bank.grant(child.personId, "STATION_WORKER", bank.station.id);
    await noteGuardian(bank, father.personId, child);
    expect(await look(first, "PASSED", father)).toBe("SELF_CONFIRMATION");
    // Nor what they confirmed.
    await bank.grant(bank.second.personId as string, "OFFICER", null);
    const second = await bank.services.people.actorOfPerson(bank.second.personId as string);
    expect(await look(first, "PASSED", second)).toBe("SELF_CONFIRMATION");
    expect(await look(first, "PASSED")).toBe("PASSED");
  });
});
