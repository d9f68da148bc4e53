import { confirmationsOf } from "../../src/domain/hours";
import { hold, posted, release, settle } from "../../src/domain/ledger/transfers";
import type { LogEntry } from "../../src/services/hours/commands";
import { at, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { residentId } from "../support/papers";

/** The named fixtures of the demo's domain (domain.md 5.7) that the first hour needs. */
describe.each(engines)("on $name", (engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine);
  });
  afterEach(() => bank.close());

  const evidence = [{ kind: "SIGN_IN_SHEET" as const, ref: "sheet-1" }];

  test("F01 rounding is cumulative: 50 + 50 + 50 minutes give 150 of credit, not 90", async () => {
    await bank.volunteer("V-1");
    const records = [];
    for (const hour of ["09", "11", "14"])
      records.push((await bank.log("V-1", "2026-09-18", `${hour}:00`, `${hour}:50`)).id);
    expect(await bank.confirm(bank.supervisor, ...records)).toEqual(["POSTED", "POSTED", "POSTED"]);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 150, service: 150 });
    expect(await bank.postings()).toMatchInlineSnapshot(`
"| day | kind | debit | credit | minutes |
| 2026-09-18 | EARN | ISSUANCE | V-1 | 30 |
| 2026-09-18 | EARN | ISSUANCE | V-1 | 60 |
| 2026-09-18 | EARN | ISSUANCE | V-1 | 60 |"
`);
  });

  test("F02 what comes over the cap goes to the public pool and counts as credited", async () => {
    const volunteer = await bank.volunteer("V-1");
    const issuance = await bank.store.view.bankAccount("ISSUANCE");
    await bank.store.write((tx) =>
      tx.post(
        "system",
        posted({
          debit: issuance?.id ?? "",
          credit: volunteer.accountId,
          minutes: 89_940,
          kind: "EARN",
          effectiveOn: "2026-01-01",
        }),
      ),
    );
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "11:00");
    expect(await bank.confirm(bank.supervisor, id)).toEqual(["POSTED"]);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 90_000, service: 120 });
    expect((await bank.store.view.records([id as string])).get(id as string)?.creditedMinutes).toBe(120);
    expect(await bank.postings()).toMatchInlineSnapshot(`
"| day | kind | debit | credit | minutes |
| 2026-01-01 | EARN | ISSUANCE | V-1 | 89940 |
| 2026-09-18 | EARN | ISSUANCE | V-1 | 60 |
| 2026-09-18 | OVERFLOW | ISSUANCE | PUBLIC_POOL | 60 |"
`);
  });

  // A record from 09:00 to 11:00 stands; each row logs one more spell of the same volunteer.
  test.each([
    ["07:00", "09:00", null], // touching is not overlapping
    ["08:00", "09:01", "RECORD_OVERLAP"],
    ["09:30", "10:30", "RECORD_OVERLAP"],
    ["08:00", "12:00", "RECORD_OVERLAP"],
    ["11:00", "12:00", null],
  ])("F03 %s to %s beside 09:00 to 11:00: %s", async (from, to, code) => {
    await bank.volunteer("V-1");
    await bank.log("V-1", "2026-09-18", "09:00", "11:00");
    expect((await bank.log("V-1", "2026-09-18", from, to)).code).toBe(code);
  });

  test.each([
    [13, "2013-09-19", true, 0], // the record posts, without credit
    [15, "2011-09-19", true, 120],
    [17, "2009-09-19", true, 120],
  ])("F05 at %i years with a guardian's consent", async (_age, birthDate, guardian, credit) => {
    await bank.volunteer("V-1", { birthDate, guardian });
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "11:00");
    expect(await bank.confirm(bank.supervisor, id)).toEqual(["POSTED"]);
    expect(await bank.credited("V-1")).toMatchObject({ posted: credit, service: 120 });
  });

  test("F05 a minor without a guardian's consent is not registered", async () => {
    await expect(bank.volunteer("V-1", { birthDate: "2009-09-21" })).rejects.toMatchObject({
      code: "GUARDIAN_CONSENT_MISSING",
    });
  });

  // Friday 4 September 2026; its tenth working day is Friday the 18th, and Sunday the 20th is a make-up working day.
  test.each([
    ["2026-09-18T23:00:00+08:00", "ENTERED", 1],
    ["2026-09-19T00:01:00+08:00", "BACKFILLED", 2],
  ])("F06 logged at %s it is %s and needs %i", async (clock, origin, needed) => {
    bank.setClock(clock);
    await bank.volunteer("V-1");
    const { id, code } = await bank.log("V-1", "2026-09-04", "09:00", "11:00", { evidence });
    expect(code).toBeNull();
    expect((await bank.store.view.records([id as string])).get(id as string)).toMatchObject({
      origin,
      confirmationsNeeded: needed,
    });
  });

  test("F06 a late entry needs evidence, and two different people", async () => {
    await bank.volunteer("V-1");
    expect((await bank.log("V-1", "2026-08-04", "09:00", "11:00")).code).toBe("BACKFILL_NEEDS_EVIDENCE");
    expect((await bank.log("V-1", "2026-06-21", "09:00", "11:00", { evidence })).code).toBe("BACKFILL_WINDOW_PASSED");
    const { id } = await bank.log("V-1", "2026-08-04", "09:00", "11:00", { evidence });
    expect(await bank.confirm(bank.supervisor, id)).toEqual(["SUBMITTED"]);
    expect(await bank.confirm(bank.supervisor, id)).toEqual(["SAME_PERSON"]);
    expect(await bank.confirm(bank.worker, id)).toEqual(["SAME_PERSON"]); // logged it
    expect(await bank.confirm(bank.second, id)).toEqual(["POSTED"]);
  });

  test("F07 a reversal mirrors every transfer, rounds what remains, and leaves an owing account listed", async () => {
    const volunteer = await bank.volunteer("V-1");
    const [first, second] = [
      (await bank.log("V-1", "2026-09-17", "09:00", "09:50")).id,
      (await bank.log("V-1", "2026-09-18", "09:00", "09:50")).id,
    ];
    await bank.confirm(bank.supervisor, first, second);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 90, service: 100 });
    const redeemed = await bank.store.view.bankAccount("REDEEMED");
    await bank.store.write((tx) =>
      tx.post(
        "system",
        posted({
          debit: volunteer.accountId,
          credit: redeemed?.id ?? "",
          minutes: 90,
          kind: "SETTLE",
          effectiveOn: "2026-09-19",
        }),
      ),
    );
    const reverse = (actor: typeof bank.officer, id: string | null) =>
      bank.services.hours.reverse(actor, { idempotencyKey: bank.key(), recordId: id as string, reason: "未到场" });
    await expect(reverse(bank.supervisor, first)).rejects.toMatchObject({ code: "SAME_PERSON" });
    const { value } = await reverse(bank.second, first);
    expect(value.state).toBe("REVERSED");
    expect(await bank.credited("V-1")).toMatchObject({ posted: -60, service: 50 });
    const owing = await bank.services.ledger.owing(bank.second, bank.station.id, { first: 10 });
    expect(owing.edges.map((edge) => edge.node.id)).toEqual([volunteer.accountId]);
    await expect(reverse(bank.officer, first)).rejects.toMatchObject({ code: "ILLEGAL_TRANSITION" });
    expect(await bank.postings()).toMatchInlineSnapshot(`
"| day | kind | debit | credit | minutes |
| 2026-09-17 | EARN | ISSUANCE | V-1 | 30 |
| 2026-09-18 | EARN | ISSUANCE | V-1 | 60 |
| 2026-09-19 | SETTLE | V-1 | REDEEMED | 90 |
| 2026-09-17 | REVERSAL | V-1 | ISSUANCE | 30 |
| 2026-09-17 | ROUNDING | V-1 | ISSUANCE | 30 |"
`);
    // An owing account earns, but cannot spend.
    await expect(
      bank.store.write((tx) =>
        tx.post(
          "system",
          posted({
            debit: volunteer.accountId,
            credit: redeemed?.id ?? "",
            minutes: 1,
            kind: "SETTLE",
            effectiveOn: "2026-09-19",
          }),
        ),
      ),
    ).rejects.toMatchObject({ code: "INSUFFICIENT_CREDIT" });
  });

  test("F09 a hold of 120 minutes, 90 delivered, 30 free again", async () => {
    const volunteer = await bank.volunteer("V-1");
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "11:00");
    await bank.confirm(bank.supervisor, id);
    const redeemed = await bank.store.view.bankAccount("REDEEMED");
    const held = await bank.store.write((tx) =>
      tx.post(
        "system",
        hold({ debit: volunteer.accountId, credit: redeemed?.id ?? "", minutes: 120, effectiveOn: "2026-09-19" }),
      ),
    );
    expect(await bank.credited("V-1")).toMatchObject({ posted: 120, held: 120, available: 0 });
    await bank.store.write((tx) => tx.post("system", settle(held, 90)));
    expect(await bank.credited("V-1")).toMatchObject({ posted: 30, held: 0, available: 30 });
    await expect(bank.store.write((tx) => tx.post("system", release(held)))).rejects.toMatchObject({
      code: "HOLD_ENDED",
    });
  });

  test("F18 a patrol across midnight counts on both days, its break on the first", async () => {
    await bank.volunteer("V-1");
    for (const [from, to] of [
      ["06:00", "13:30"],
      ["15:00", "17:00"],
    ] as const)
      await bank.log("V-1", "2026-09-17", from, to);
    // 570 minutes stand on the 17th: 30 more fit, and 23:30 to 01:15 brings 30 there and 75 to the 18th.
    const { id } = await bank.log("V-1", "2026-09-17", "23:30", "01:15", { serviceType: "PATROL" });
    expect((await bank.store.view.records([id as string])).get(id as string)).toMatchObject({
      serviceMinutes: 105,
      confirmationsNeeded: 1,
    });
    const next = await bank.log("V-1", "2026-09-17", "18:00", "18:30");
    expect((await bank.store.view.records([next.id as string])).get(next.id as string)).toMatchObject({
      confirmationsNeeded: 2,
    });
  });

  test("F19 the same person is registered once", async () => {
    await bank.volunteer("V-1", { idNumber: residentId("1980-05-01").toLowerCase(), displayName: "王梅" });
    await expect(
      bank.volunteer("V-2", { idNumber: residentId("1980-05-01"), displayName: "王梅" }),
    ).rejects.toMatchObject({
      code: "DUPLICATE_PERSON",
    });
  });

  test("F22 of two that want the last 60 minutes at once, one wins", async () => {
    const volunteer = await bank.volunteer("V-1");
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "10:00");
    await bank.confirm(bank.supervisor, id);
    const redeemed = await bank.store.view.bankAccount("REDEEMED");
    const take = () =>
      bank.store.write((tx) =>
        tx.post(
          "system",
          hold({ debit: volunteer.accountId, credit: redeemed?.id ?? "", minutes: 60, effectiveOn: "2026-09-19" }),
        ),
      );
    const outcomes = await Promise.allSettled([take(), take()]);
    expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? "held" : outcome.reason.code))).toEqual([
      "held",
      "INSUFFICIENT_CREDIT",
    ]);
  });

  test("F23 the same key answers the same; with another body it is refused", async () => {
    await bank.volunteer("V-1");
    const input = {
      idempotencyKey: "once",
      organizationId: bank.station.id,
      mode: "EACH" as const,
      dryRun: false,
      entries: [
        {
          volunteerNo: "V-1",
          serviceType: "LAUNDRY",
          startedAt: at("2026-09-18", "09:00"),
          endedAt: at("2026-09-18", "10:00"),
          breakMinutes: 0,
          content: "洗衣",
          activityLead: "负责人",
        },
      ],
    };
    const first = await bank.services.hours.log(bank.worker, input);
    const again = await bank.services.hours.log(bank.worker, input);
    expect(again).toEqual({ ...first, replayed: true });
    await expect(
      bank.services.hours.log(bank.worker, {
        ...input,
        entries: [{ ...(input.entries[0] as LogEntry), content: "别的" }],
      }),
    ).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
    // Another actor's keys are its own.
    expect((await bank.services.hours.log(bank.second, input)).results[0]?.refusal?.code).toBe("RECORD_OVERLAP");
  });

  test.each([
    ["EACH" as const, 93, 7],
    ["ALL_OR_NOTHING" as const, 0, 100],
  ])("F24 100 rows with 7 bad ones, %s: %i kept", async (mode, accepted, refused) => {
    await bank.volunteer("V-1");
    const entries = Array.from({ length: 100 }, (_, i) => {
      const day = new Date(Date.parse("2026-09-07T00:00:00Z") + Math.floor(i / 10) * 86_400_000)
        .toISOString()
        .slice(0, 10);
      const startedAt = at(day, "06:00") + (i % 10) * 90 * 60_000;
      return {
        externalRef: `R-${i}`,
        volunteerNo: i % 14 === 13 ? "V-0" : "V-1",
        serviceType: "LAUNDRY",
        startedAt,
        endedAt: startedAt + 60 * 60_000,
        breakMinutes: 0,
        content: "洗衣",
        activityLead: "负责人",
      };
    });
    const answer = await bank.services.hours.log(bank.worker, {
      idempotencyKey: "batch",
      organizationId: bank.station.id,
      mode,
      dryRun: false,
      entries,
    });
    expect(answer).toMatchObject({ accepted, refused, repeated: 0, replayed: false });
    expect(answer.results.filter((line) => line.refusal?.code === "VOLUNTEER_NOT_FOUND")).toHaveLength(7);
    expect(answer.results.filter((line) => line.refusal?.code === "LINKED_FAILED")).toHaveLength(
      mode === "EACH" ? 0 : 93,
    );
    const kept = await bank.store.view.recordList({ organizationId: bank.station.id }, "DEADLINE", {
      first: 200,
      after: null,
    });
    expect(kept).toHaveLength(accepted);
  });

  test("F26 a volunteer without a phone is logged and confirmed by the station alone", async () => {
    await bank.volunteer("V-1", { birthDate: "1944-03-01" });
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "10:00");
    expect(await bank.confirm(bank.supervisor, id)).toEqual(["POSTED"]);
    expect((await bank.credited("V-1")).posted).toBe(60);
  });

  test("F27 a policy holds from its day on; before it, the old one is still in force", async () => {
    bank.setClock("2026-06-20T09:00:00+08:00");
    const set = (effectiveFrom: string) =>
      bank.services.policies.set(bank.officer, {
        idempotencyKey: bank.key(),
        key: "redeem.minAge",
        value: 65,
        effectiveFrom,
        citation: "沪民规〔2026〕1 号",
      });
    await expect(set("2026-06-19")).rejects.toMatchObject({ code: "POLICY_RETROACTIVE" });
    await set("2026-07-01");
    const policies = await bank.services.policies.current();
    expect([policies.count("redeem.minAge", "2026-06-30"), policies.count("redeem.minAge", "2026-07-01")]).toEqual([
      60, 65,
    ]);
  });

  test("F29 a station does not confirm its own staff's service; a person from elsewhere does", async () => {
    const volunteer = await bank.volunteer("V-1");
    await bank.grant(volunteer.personId, "STATION_WORKER", bank.station.id);
    const { id } = await bank.log("V-1", "2026-09-18", "18:00", "19:00");
    expect(await bank.confirm(bank.supervisor, id)).toEqual(["OWN_STAFF"]);
    expect(await bank.confirm(await bank.actorOf(volunteer), id)).toEqual(["SELF_CONFIRMATION"]);
    expect(await bank.confirm(bank.officer, id)).toEqual(["POSTED"]);
  });

  test("a dispute holds what is left of the credit, and each of its ends does what it says", async () => {
    const volunteer = await bank.volunteer("V-1");
    const me = await bank.actorOf(volunteer);
    const ids = [];
    for (const hour of ["08", "11", "14"])
      ids.push(
        (await bank.log("V-1", "2026-09-18", `${hour}:00`, `${Number(hour) + 2}:00`.padStart(5, "0"))).id as string,
      );
    await bank.confirm(bank.supervisor, ...ids);
    for (const recordId of ids)
      await bank.services.hours.dispute(me, { idempotencyKey: bank.key(), recordId, reason: "时长不对" });
    expect(await bank.credited("V-1")).toMatchObject({ posted: 360, held: 360, available: 0 });
    const resolve = (recordId: string | undefined, outcome: "UPHELD" | "ADJUSTED" | "REVERSED", more = {}) =>
      bank.services.hours.resolve(bank.second, {
        idempotencyKey: bank.key(),
        recordId: recordId as string,
        outcome,
        reason: "核实",
        ...more,
      });
    expect((await resolve(ids[0], "UPHELD")).value.state).toBe("POSTED");
    expect((await resolve(ids[1], "REVERSED")).value.state).toBe("REVERSED");
    const adjusted = (await resolve(ids[2], "ADJUSTED", { endedAt: at("2026-09-18", "15:00") })).value;
    expect(adjusted.state).toBe("REVERSED");
    expect(
      (await bank.store.view.records([adjusted.replacedBy as string])).get(adjusted.replacedBy as string),
    ).toMatchObject({ state: "POSTED", serviceMinutes: 60, creditedMinutes: 60 });
    // Nobody confirmed the record that took its place: who confirmed the service stands with the one before it.
    const [before] = await bank.services.hours.reading.replaced(bank.officer, [adjusted.replacedBy as string]);
    const [own, kept] = await bank.services.hours.reading.steps(bank.officer, [
      adjusted.replacedBy as string,
      adjusted.id,
    ]);
    expect(before?.id).toBe(adjusted.id);
    expect(confirmationsOf(own ?? [])).toEqual([]);
    expect(confirmationsOf(kept ?? []).map((line) => line.actorId)).toEqual([bank.supervisor.personId]);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 180, held: 0, available: 180, service: 180 });
    expect(`\n${await bank.postings()}\n`).toMatchInlineSnapshot(`
"
| day | kind | debit | credit | minutes |
| 2026-09-18 | EARN | ISSUANCE | V-1 | 120 |
| 2026-09-18 | EARN | ISSUANCE | V-1 | 120 |
| 2026-09-18 | EARN | ISSUANCE | V-1 | 120 |
| 2026-09-20 | HOLD | V-1 | ISSUANCE | 120 |
| 2026-09-20 | HOLD | V-1 | ISSUANCE | 120 |
| 2026-09-20 | HOLD | V-1 | ISSUANCE | 120 |
| 2026-09-20 | RELEASE | V-1 | ISSUANCE | 120 |
| 2026-09-20 | RELEASE | V-1 | ISSUANCE | 120 |
| 2026-09-18 | REVERSAL | V-1 | ISSUANCE | 120 |
| 2026-09-20 | RELEASE | V-1 | ISSUANCE | 120 |
| 2026-09-18 | REVERSAL | V-1 | ISSUANCE | 120 |
| 2026-09-18 | EARN | ISSUANCE | V-1 | 60 |
"
`);
  });
});
