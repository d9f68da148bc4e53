import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { openVisits, type TestVisits } from "../support/visits";

describe.each(engines)("what visits meet on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let to: TestVisits;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-10-20T09:00:00+08:00");
    api = await openApi(bank);
    to = openVisits(bank, api);
  });
  afterEach(() => closeAudited(bank, api));

  test("a cold wave of six days and two visits of the month: both obligations are met, in whichever order they are entered", async () => {
    await to.occasions(["COLD", "2026-11-20", "2026-11-25"]);
    const [elder, otherElder] = [await to.register("老人甲"), await to.register("老人乙")];
    bank.setClock("2026-11-30T18:00:00+08:00");
    const first = await to.visit(elder.id, "2026-11-21T10:00");
    expect(first.obligation).toMatchObject({ occasion: "MONTHLY", state: "MET" });
    const second = await to.visit(elder.id, "2026-11-28T10:00");
    expect(await to.meets(first.id, second.id)).toEqual(["2026-11.COLD", "2026-11.MONTHLY"]);
    await to.visit(otherElder.id, "2026-11-28T10:00");
    await to.visit(otherElder.id, "2026-11-21T10:00");
    expect((await to.owed("2026-11")).sort()).toEqual([
      "老人乙 COLD MET",
      "老人乙 MONTHLY MET",
      "老人甲 COLD MET",
      "老人甲 MONTHLY MET",
    ]);
    // Of those two visits one is taken back: what is left meets the month, since that is what the rate counts.
    await to.withdraw(second.id);
    expect(await to.meets(first.id)).toEqual(["2026-11.MONTHLY"]);
    expect((await to.month("2026-11")).all).toEqual([2, 2]);
    await to.withdraw(first.id);
    expect((await to.month("2026-11")).all).toEqual([1, 2]);
    expect(await to.owed("2026-11")).toContain("老人甲 COLD OVERDUE");
  });

  test("an occasion that the office adds while it lasts counts the visits that were made, and one that it takes away frees them", async () => {
    await to.occasions();
    const [elder, otherElder] = [await to.register("老人甲"), await to.register("老人乙")];
    bank.setClock("2026-11-23T18:00:00+08:00");
    const [first, second] = [
      await to.visit(elder.id, "2026-11-10T10:00"),
      await to.visit(elder.id, "2026-11-21T10:00"),
    ];
    const alone = await to.visit(otherElder.id, "2026-11-21T10:00");
    expect(await to.meets(first.id, second.id, alone.id)).toEqual(["2026-11.MONTHLY", null, "2026-11.MONTHLY"]);
    await to.occasions(["COLD", "2026-11-20", "2026-11-25"]);
    expect(await to.meets(first.id, second.id, alone.id)).toEqual([
      "2026-11.MONTHLY",
      "2026-11.COLD",
      "2026-11.MONTHLY",
    ]);
    await to.withdraw(first.id);
    expect(await to.meets(second.id)).toEqual(["2026-11.MONTHLY"]);
    await to.visit(elder.id, "2026-11-22T10:00");
    await to.occasions();
    expect((await to.owed("2026-11")).sort()).toEqual(["老人乙 MONTHLY MET", "老人甲 MONTHLY MET"]);
    expect((await to.month("2026-11")).all).toEqual([2, 2]);
  });

  test("one visit is one, entered twice or by two workers in the same minute; taken back, the other one stands for it", async () => {
    await to.occasions(["COLD", "2026-11-20", "2026-11-25"]);
    const mei = await to.register("老人甲");
    const colleague = await bank.staff("STATION_WORKER", bank.station.id, "同事");
    bank.setClock("2026-11-22T18:00:00+08:00");
    const entered = [
      await to.visit(mei.id, "2026-11-21T10:00"),
      await to.visit(mei.id, "2026-11-21T10:00"),
      await to.visit(mei.id, "2026-11-21T10:00:40", { mode: "PHONE" }, colleague),
    ];
    expect(await to.owed("2026-11")).toEqual(["老人甲 COLD DUE", "老人甲 MONTHLY MET"]);
    expect(await to.meets(...entered.map(({ id }) => id))).toEqual(["2026-11.MONTHLY", null, null]);
    await to.withdraw(entered[0].id);
    expect(await to.owed("2026-11")).toEqual(["老人甲 COLD DUE", "老人甲 MONTHLY MET"]);
    await to.withdraw(entered[1].id);
    expect(await to.meets(entered[2].id)).toEqual(["2026-11.MONTHLY"]);
    // A minute later somebody came again.
    await to.visit(mei.id, "2026-11-21T10:01");
    expect(await to.owed("2026-11")).toEqual(["老人甲 COLD MET", "老人甲 MONTHLY MET"]);
  });

  test("visits taken back in any order leave what the others can meet", async () => {
    // February of a leap year, a festival over the end of January, and two visits a month from February on.
    bank.setClock("2028-01-03T09:00:00+08:00");
    await to.occasions(["SPRING_FESTIVAL", "2028-01-20", "2028-02-10"], ["SNOW", "2028-02-29", "2028-03-05"]);
    await bank.services.policies.set(bank.officer, {
      idempotencyKey: bank.key(),
      key: "visit.minPerMonth",
      value: 2,
      effectiveFrom: "2028-02-01",
      citation: "市民政局通知",
    });
    const mei = await to.register("老人甲");
    bank.setClock("2028-03-07T18:00:00+08:00");
    const days = ["02-25", "02-29", "03-01", "03-04", "02-24"];
    const visits: string[] = [];
    for (const day of days) visits.push((await to.visit(mei.id, `2028-${day}T10:00`)).id);
    // By hand: 24 and 25 February meet February twice, 29 February the snow, 1 and 4 March March twice.
    expect((await to.meets(...visits)).sort()).toEqual(
      ["2028-02.MONTHLY", "2028-02.MONTHLY_2", "2028-03.MONTHLY", "2028-03.MONTHLY_2", "2028-03.SNOW"].sort(),
    );
    const met = async () => {
      const [february, march] = [await to.owed("2028-02"), await to.owed("2028-03")];
      return [...february, ...march].filter((line) => line.endsWith(" MET")).map((line) => line.split(" ")[1]);
    };
    const left: string[][] = [];
    for (const i of [1, 0, 4, 2, 3]) {
      await to.withdraw(visits[i] as string);
      left.push((await met()).sort() as string[]);
    }
    expect(left).toEqual([
      ["MONTHLY", "MONTHLY", "MONTHLY_2", "MONTHLY_2"], // 24, 25 February; 1, 4 March: the months come before the snow.
      ["MONTHLY", "MONTHLY", "MONTHLY_2"], // 24 February; 1, 4 March
      ["MONTHLY", "MONTHLY_2"], // 1, 4 March
      ["MONTHLY"], // 4 March
      [],
    ]);
  });

  test("a couple is visited in one hour: both visits count, and the hour once", async () => {
    const [wife, husband, neighbour] = [
      await to.register("王奶奶"),
      await to.register("王爷爷"),
      await to.register("邻居"),
    ];
    const volunteer = await bank.volunteer("V-1");
    const self = await bank.actorOf(volunteer);
    bank.setClock("2026-11-10T18:00:00+08:00");
    const hour = { asVolunteer: true, serviceType: "COMPANION_TALK", activityLead: "站长", minutes: 60 };
    const [first, second] = [
      await to.visit(wife.id, "2026-11-10T10:00", hour, self),
      await to.visit(husband.id, "2026-11-10T10:00", hour, self),
    ];
    expect(second.serviceRecord.id).toBe(first.serviceRecord.id);
    expect((await to.month("2026-11")).all).toEqual([2, 3]);
    expect(await bank.confirm(bank.second, first.serviceRecord.id)).toEqual(["POSTED"]);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 60, service: 60 });
    // The same hour with the same person is no second visit of theirs; a little later with a third one it is.
    expect(await to.visit(wife.id, "2026-11-10T10:30", hour, self)).toBe("RECORD_OVERLAP");
    expect((await to.visit(neighbour.id, "2026-11-10T10:30", hour, self)).serviceRecord).toEqual(first.serviceRecord);
    // Touching is not overlapping.
    const next = await to.visit(wife.id, "2026-11-10T11:00", hour, self);
    expect(next.serviceRecord.id).not.toBe(first.serviceRecord.id);
    // Who was elsewhere at the time was not there.
    await bank.log("V-1", "2026-11-10", "14:00", "15:00");
    expect(await to.visit(husband.id, "2026-11-10T14:30", hour, self)).toBe("RECORD_OVERLAP");
    // Entered for the wrong one and taken back, it is entered again, and the hour stands.
    const wrong = await to.visit(wife.id, "2026-11-10T16:00", hour, self);
    await to.withdraw(wrong.id);
    expect((await to.visit(husband.id, "2026-11-10T16:00", hour, self)).serviceRecord).toEqual(wrong.serviceRecord);
  });

  test("hours that are reversed, refused or put right leave the visit; a further visit goes with the record that stands", async () => {
    const [wife, husband, child] = [await to.register("甲"), await to.register("乙"), await to.register("丙")];
    const volunteer = await bank.volunteer("V-1");
    const self = await bank.actorOf(volunteer);
    bank.setClock("2026-11-10T18:00:00+08:00");
    const hour = { asVolunteer: true, serviceType: "COMPANION_TALK", activityLead: "站长", minutes: 60 };
    const visit = await to.visit(wife.id, "2026-11-10T10:00", hour, self);
    const recordId = visit.serviceRecord.id;
    await bank.confirm(bank.worker, recordId);
    await bank.services.hours.dispute(self, { idempotencyKey: bank.key(), recordId, reason: "时间有误" });
    await bank.services.hours.resolve(bank.supervisor, {
      idempotencyKey: bank.key(),
      recordId,
      outcome: "ADJUSTED",
      reason: "查实",
      startedAt: at("2026-11-10", "10:00"),
      endedAt: at("2026-11-10", "10:45"),
    });
    const replaced = (await bank.store.view.records([recordId])).get(recordId)?.replacedBy as string;
    // The couple's other half was seen in the same hour, which is the record that replaced the first one.
    expect((await to.visit(husband.id, "2026-11-10T10:15", { ...hour, minutes: 30 }, self)).serviceRecord.id).toBe(
      replaced,
    );
    expect([(await to.month("2026-11")).all, (await bank.credited("V-1")).service]).toEqual([[2, 3], 45]);
    await bank.services.hours.reverse(bank.officer, { idempotencyKey: bank.key(), recordId: replaced, reason: "虚报" });
    expect([(await to.month("2026-11")).all, (await bank.credited("V-1")).service]).toEqual([[2, 3], 0]);
    // Hours that were reversed hold no time: a further visit of then has a record of its own.
    const third = await to.visit(child.id, "2026-11-10T10:15", { ...hour, minutes: 30 }, self);
    expect([recordId, replaced, null]).not.toContain(third.serviceRecord?.id ?? null);
    expect((await to.month("2026-11")).all).toEqual([3, 3]);
  });
});
