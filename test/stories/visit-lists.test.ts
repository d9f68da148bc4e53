import type { Recipient, Visit } from "../../src/domain/facts/visits";
import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { residentId } from "../support/papers";
import { openVisits, type TestVisits } from "../support/visits";

describe.each(engines)("who is on the list on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let to: TestVisits;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-06-01T09:00:00+08:00");
    api = await openApi(bank);
    to = openVisits(bank, api);
    await to.occasions();
  });
  afterEach(() => closeAudited(bank, api));

  /** The indicator as the office reads it: visited and owed, of a day. */
  const indicator = async (asOf: string) => {
    const { indicators } = await to.send(
      bank.officer,
      "query ($asOf: Date!) { indicators(asOf: $asOf) { key numerator denominator } }",
      { asOf },
    );
    const { numerator, denominator } = indicators.find(({ key }: { key: string }) => key === "VISIT_RATE");
    return [numerator, denominator];
  };
  const zhaojia = async (): Promise<Actor> => {
    await bank.services.divisions.set(bank.officer, {
      idempotencyKey: bank.key(),
      mode: "EACH",
      dryRun: false,
      divisions: [{ code: "zhaojia", name: "赵家镇", kind: "TOWN", parentCode: "zhuji" }],
    });
    const { value } = await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      slug: "zhaojia-station",
      name: "赵家镇社会工作站",
      kind: "SOCIAL_WORK_STATION",
      filingStatus: "REGISTERED",
      divisionCode: "zhaojia",
    });
    return bank.staff("STATION_WORKER", value.id);
  };
  const organizationOf = (who: Actor) => who.grants[0]?.organizationId as string;

  test("four of thirteen who were missed are taken off the list and put back on it: September stays 9 of 13", async () => {
    const people: string[] = [];
    for (let i = 1; i <= 13; i += 1) people.push((await to.register(`老人${i}`)).id);
    bank.setClock("2026-09-24T18:00:00+08:00");
    for (const id of people.slice(0, 9)) await to.visit(id, "2026-09-20T10:00");
    const missed = people.slice(9);
    expect(await Promise.all(missed.map((id) => to.list(id, false, bank.worker)))).toEqual(
      Array(4).fill("NOT_PERMITTED"),
    );
    // Whoever was visited a worker may take off; the visit stays counted.
    expect(await to.list(people[0] as string, false, bank.worker)).toMatchObject({ listedUntil: "2026-09-24" });
    for (const id of missed.slice(0, 2)) await to.list(id, false);
    bank.setClock("2026-09-26T09:00:00+08:00");
    for (const id of missed.slice(0, 2)) await to.list(id, true, bank.worker);
    expect([(await to.month("2026-09")).all, await indicator("2026-09-26")]).toEqual([
      [9, 13],
      [9, 13],
    ]);
    bank.setClock("2026-10-08T09:00:00+08:00");
    for (const id of missed) await to.list(id, false);
    bank.setClock("2026-10-10T09:00:00+08:00");
    const again = await to.list(missed[3] as string, true, bank.worker);
    expect(again.listings).toEqual([
      { division: { code: "fengqiao" }, listedOn: "2026-06-01", listedUntil: "2026-10-08", ending: "UNLISTED" },
      { division: { code: "fengqiao" }, listedOn: "2026-10-10", listedUntil: null, ending: null },
    ]);
    expect([(await to.month("2026-09")).all, await indicator("2026-09-30")]).toEqual([
      [9, 13],
      [9, 13],
    ]);
    // October: of the thirteen one had left in September; three who left in October are owed it still.
    expect((await to.month("2026-10")).all).toEqual([0, 12]);
    // From November on the three are owed nothing more.
    expect((await to.month("2026-11")).all).toEqual([0, 9]);
    // A reason is needed, and comes back on the very day means never off.
    const reasonless = { recipientId: missed[3] as string, listed: false, reason: " " };
    expect(await bank.services.recipients.list(bank.officer, reasonless).catch(({ code }) => code)).toBe(
      "REASON_MISSING",
    );
    await to.list(missed[3] as string, false);
    expect((await to.list(missed[3] as string, true, bank.worker)).listings).toHaveLength(2);
  });

  test("a recipient who moves is on one list, and each town keeps its months", async () => {
    const away = await zhaojia();
    const [early, late] = [await to.register("月初搬家"), await to.register("月底搬家")];
    bank.setClock("2026-08-20T18:00:00+08:00");
    await to.visit(early.id, "2026-08-20T10:00");
    const months = async () => {
      const visitsByMonth: Record<string, object> = {};
      for (const month of ["2026-08", "2026-09", "2026-10"]) visitsByMonth[month] = (await to.month(month)).by;
      return visitsByMonth;
    };
    bank.setClock("2026-09-16T09:00:00+08:00");
    expect(await to.move(early.id, "zhaojia", bank.worker)).toBe("NOT_PERMITTED");
    expect((await to.move(early.id, "zhaojia")).listings).toEqual([
      { division: { code: "fengqiao" }, listedOn: "2026-06-01", listedUntil: "2026-09-15", ending: "MOVED" },
      { division: { code: "zhaojia" }, listedOn: "2026-09-16", listedUntil: null, ending: null },
    ]);
    bank.setClock("2026-09-17T09:00:00+08:00");
    await to.move(late.id, "zhaojia");
    // Fifteen days of September are left on the 16th, fourteen on the 17th.
    const expected = {
      "2026-08": { fengqiao: [1, 2] },
      "2026-09": { fengqiao: [0, 1], zhaojia: [0, 1] },
      "2026-10": { zhaojia: [0, 2] },
    };
    expect(await months()).toEqual(expected);
    expect([await indicator("2026-08-31"), await indicator("2026-09-17")]).toEqual([
      [1, 2],
      [0, 2],
    ]);
    // The old station sees its months, without the name of whom it looks after no more.
    expect(await to.owed("2026-08")).toEqual(expect.arrayContaining(["? MONTHLY MET", "? MONTHLY ESCALATED"]));
    expect(await to.owed("2026-09")).toEqual(["? MONTHLY DUE"]);
    expect(await to.owed("2026-09", organizationOf(away), away)).toEqual(["月初搬家 MONTHLY DUE"]);
    const id = `obligation_${late.id.slice("recipient_".length)}.2026-09.MONTHLY`;
    const node = "query ($id: ID!) { node(id: $id) { ... on VisitObligation { state recipient { id } } } }";
    expect((await to.send(bank.worker, node, { id })).node).toEqual({ state: "DUE", recipient: null });
    // What it did while they lived there it may still enter; for a later day only the new one may.
    const before = await to.visit(late.id, "2026-09-16T10:00");
    expect(before.obligation).toMatchObject({ state: "MET" });
    expect(await to.visit(late.id, "2026-09-17T08:00")).toBe("NOT_FOUND");
    expect(
      (await to.visit(early.id, "2026-09-17T08:00", { organizationId: organizationOf(away) }, away)).obligation.state,
    ).toBe("MET");
    expect((await months())["2026-09"]).toEqual({ fengqiao: [1, 1], zhaojia: [1, 1] });
    // Back and forth on one day leaves one span a town; a move of who is off the list leaves the months where they were.
    await to.withdraw(before.id, bank.supervisor);
    await to.move(late.id, "fengqiao");
    await to.move(late.id, "zhaojia");
    await to.list(late.id, false, bank.officer);
    const back = await to.move(late.id, "fengqiao");
    expect(
      back.listings.map(
        (listing: {
          division: { code: string };
          listedOn: string;
          listedUntil: string | null;
          ending: string | null;
        }) => `${listing.division.code} ${listing.listedOn} ${listing.listedUntil} ${listing.ending}`,
      ),
    ).toEqual(["fengqiao 2026-06-01 2026-09-16 MOVED", "zhaojia 2026-09-17 2026-09-17 UNLISTED"]);
    bank.setClock("2026-09-18T09:00:00+08:00");
    const listed = await to.list(late.id, true);
    expect(listed.listings.at(-1)).toMatchObject({ division: { code: "fengqiao" }, listedOn: "2026-09-18" });
    expect(await months()).toEqual({
      "2026-08": { fengqiao: [1, 2] },
      "2026-09": { fengqiao: [0, 1], zhaojia: [1, 1] },
      "2026-10": { fengqiao: [0, 1], zhaojia: [0, 1] },
    });
  });

  test("the list ends on the day on which a visit found a death, and nobody is visited after it", async () => {
    const mei = await to.register("老人甲");
    bank.setClock("2026-09-24T18:00:00+08:00");
    const met = await to.visit(mei.id, "2026-09-15T10:00");
    await to.visit(mei.id, "2026-09-22T10:00", { result: "NOT_HOME" });
    expect(await to.visit(mei.id, "2026-09-14T10:00", { result: "DECEASED" })).toBe("VISITED_SINCE");
    const death = await to.visit(mei.id, "2026-09-20T10:00", { result: "DECEASED" });
    expect(death).toMatchObject({ result: "DECEASED", obligation: null });
    const shown = async () => {
      const query =
        "query ($id: ID!) { node(id: $id) { ... on Recipient { listedUntil listings { listedUntil ending } } } }";
      return (await to.send(bank.worker, query, { id: mei.id })).node;
    };
    expect(await shown()).toEqual({
      listedUntil: "2026-09-20",
      listings: [{ listedUntil: "2026-09-20", ending: "DECEASED" }],
    });
    expect([
      await to.visit(mei.id, "2026-09-20T10:01"),
      await to.visit(mei.id, "2026-09-23T10:00", { result: "NOT_HOME" }),
      (await to.visit(mei.id, "2026-09-20T09:59", { mode: "PHONE" })).result,
      await to.list(mei.id, true),
      (await to.list(mei.id, false)).listedUntil,
    ]).toEqual(["RECIPIENT_DECEASED", "RECIPIENT_DECEASED", "MET", "RECIPIENT_DECEASED", "2026-09-20"]);
    const { recipients } = await to.send(bank.worker, "{ recipients(first: 10) { totalCount } }");
    expect(recipients.totalCount).toBe(0);
    // Of September, on whose last day they lived no more, nothing is owed; August was missed.
    expect([(await to.month("2026-08")).all, (await to.month("2026-09")).all]).toEqual([
      [0, 1],
      [0, 0],
    ]);
    expect([(await to.month("2026-10")).all, await indicator("2026-08-31")]).toEqual([
      [0, 0],
      [0, 1],
    ]);
    // Two visits found it. While one of them stands, so does the death, by the earliest.
    const second = await to.visit(mei.id, "2026-09-20T10:00", { result: "DECEASED" }, bank.supervisor);
    await to.withdraw(death.id);
    expect((await shown()).listedUntil).toBe("2026-09-20");
    await to.withdraw(second.id);
    expect(await shown()).toEqual({ listedUntil: null, listings: [{ listedUntil: null, ending: null }] });
    expect([await to.meets(met.id), (await to.month("2026-09")).all]).toEqual([["2026-09.MONTHLY"], [1, 1]]);
  });

  test("a recipient who died as a volunteer is visited no more, and is visited again where the death is taken back", async () => {
    const papers = { idNumber: residentId("1950-05-01"), birthDate: "1950-05-01" };
    const volunteer = await bank.volunteer("V-1", { displayName: "王秀英", ...papers });
    const mei = await to.register("王秀英", papers, bank.officer);
    expect((await bank.store.view.recipients([mei.id])).get(mei.id)?.personId).toBe(volunteer.personId);
    bank.setClock("2026-09-20T09:00:00+08:00");
    const advance = (action: "RECORD_DEATH" | "UNDO_DEATH", reason: string) =>
      bank.services.volunteers.advance(bank.officer, { volunteerId: volunteer.id, action, reason });
    await advance("RECORD_DEATH", "家属告知");
    bank.setClock("2026-09-24T09:00:00+08:00");
    const months = async () => [(await to.month("2026-08")).all, (await to.month("2026-09")).all];
    expect(await months()).toEqual([
      [0, 1],
      [0, 0],
    ]);
    expect([
      await to.visit(mei.id, "2026-09-21T08:00"),
      (await to.visit(mei.id, "2026-09-20T08:00")).result,
      await to.list(mei.id, true),
      (await to.list(mei.id, false)).listedUntil,
      (await to.send(bank.worker, "{ recipients(first: 10) { totalCount } }")).recipients.totalCount,
    ]).toEqual(["RECIPIENT_DECEASED", "MET", "RECIPIENT_DECEASED", "2026-09-20", 0]);
    await advance("UNDO_DEATH", "误登");
    expect([await months(), (await to.visit(mei.id, "2026-09-21T08:00")).result]).toEqual([
      [
        [0, 1],
        [1, 1],
      ],
      "MET",
    ]);
  });

  test("a volunteer's word of a death waits for a second person", async () => {
    const mei = await to.register("老人甲");
    const self = await bank.actorOf(await bank.volunteer("V-1"));
    bank.setClock("2026-09-24T18:00:00+08:00");
    const deathVisit = await to.visit(mei.id, "2026-09-20T10:00", { result: "DECEASED", asVolunteer: true }, self);
    expect(deathVisit).toMatchObject({ waits: true, confirmationsNeeded: 1 });
    expect((await to.visit(mei.id, "2026-09-21T10:00")).obligation.state).toBe("MET");
    expect(await to.confirm(deathVisit.id, bank.supervisor)).toBe("VISITED_SINCE");
    const other = await to.register("老人乙");
    const again = await to.visit(other.id, "2026-09-20T10:00", { result: "DECEASED", asVolunteer: true }, self);
    expect(await to.confirm(again.id, bank.supervisor)).toMatchObject({ waits: false });
    expect(await to.visit(other.id, "2026-09-21T10:00")).toBe("RECIPIENT_DECEASED");
  });

  test("a late visit needs evidence and two other people, as late hours do, and counts when the last has confirmed", async () => {
    const mei = await to.register("老人甲");
    bank.setClock("2026-08-14T18:00:00+08:00"); // The tenth working day after 31 July.
    expect(await to.visit(mei.id, "2026-07-31T10:00")).toMatchObject({ waits: false, confirmationsNeeded: 0 });
    bank.setClock("2026-08-15T09:00:00+08:00");
    expect(await to.visit(mei.id, "2026-07-31T11:00")).toBe("BACKFILL_NEEDS_EVIDENCE");
    const evidence = [{ kind: "SIGN_IN_SHEET", ref: "登记簿第 3 页" }];
    const june = await to.visit(mei.id, "2026-06-30T10:00", { evidence });
    expect(june).toMatchObject({ waits: true, confirmationsNeeded: 2, obligation: null });
    expect((await to.month("2026-06")).all).toEqual([0, 1]);
    const query =
      "query ($id: ID!) { node(id: $id) { ... on Visit { recordBy evidence { kind ref } confirmationsGiven } } }";
    expect((await to.send(bank.officer, query, { id: june.id })).node).toEqual({
      recordBy: "2026-07-14",
      evidence,
      confirmationsGiven: 0,
    });
    const waiting = async (who: Actor) => {
      const asked = "query ($id: ID!) { organization(id: $id) { visitsWaiting(first: 10) { edges { node { id } } } } }";
      const data = await to.send(who, asked, { id: bank.station.id });
      return data.organization?.visitsWaiting.edges.map(({ node }: { node: object }) => node) ?? data;
    };
    expect(await waiting(bank.second)).toEqual([{ id: june.id }]);
    expect(await waiting(await bank.actorOf(await bank.volunteer("V-9")))).toBe("NOT_PERMITTED");
    expect(await to.confirm(june.id, bank.worker)).toBe("SELF_CONFIRMATION");
    expect(await to.confirm(june.id, bank.supervisor)).toMatchObject({ waits: true, confirmationsGiven: 1 });
    // The same step again answers the same.
    expect(await to.confirm(june.id, bank.supervisor)).toMatchObject({ confirmationsGiven: 1 });
    expect((await to.month("2026-06")).all).toEqual([0, 1]);
    expect(await to.confirm(june.id, bank.second)).toMatchObject({ waits: false, confirmationsGiven: 2 });
    expect([(await to.month("2026-06")).all, await to.meets(june.id)]).toEqual([[1, 1], ["2026-06.MONTHLY"]]);
    expect([await to.confirm(june.id, bank.officer), await waiting(bank.worker)]).toEqual(["ILLEGAL_TRANSITION", []]);
    // Ninety days after it, and no later.
    bank.setClock("2026-09-28T09:00:00+08:00");
    expect(await to.visit(mei.id, "2026-06-29T10:00", { evidence })).toBe("BACKFILL_WINDOW_PASSED");
    expect(await to.visit(mei.id, "2026-06-30T11:00", { evidence })).toMatchObject({ waits: true });
    await to.withdraw(june.id);
    expect((await to.month("2026-06")).all).toEqual([0, 1]);
  });

  test("a person who is known under two ids confirms nothing of their own", async () => {
    const mei = await to.register("老人甲");
    const [kept, merged] = [await bank.volunteer("W-1"), await bank.volunteer("W-2")];
    for (const { personId } of [kept, merged]) await bank.grant(personId, "STATION_WORKER", bank.station.id);
    bank.setClock("2026-08-15T09:00:00+08:00");
    const evidence = [{ kind: "PHOTO", ref: "照片 1" }];
    const visit = await to.visit(mei.id, "2026-07-30T10:00", { evidence }, await bank.actorOf(merged));
    await bank.services.persons.merge(bank.officer, {
      idempotencyKey: bank.key(),
      ...{ keepPersonId: kept.personId, mergePersonId: merged.personId, reason: "两次登记" },
    });
    expect(await to.confirm(visit.id, await bank.actorOf(kept))).toBe("SELF_CONFIRMATION");
    expect(await to.confirm(visit.id, bank.supervisor)).toMatchObject({ confirmationsGiven: 1 });
  });

  test("a late visit of a volunteer is a late service as well", async () => {
    const mei = await to.register("老人甲");
    const self = await bank.actorOf(await bank.volunteer("V-1"));
    bank.setClock("2026-08-15T09:00:00+08:00");
    const hour = { asVolunteer: true, serviceType: "COMPANION_TALK", activityLead: "站长", minutes: 60 };
    expect(await to.visit(mei.id, "2026-07-30T10:00", hour, self)).toBe("BACKFILL_NEEDS_EVIDENCE");
    const evidence = [{ kind: "PHOTO", ref: "照片 1" }];
    const visit = await to.visit(mei.id, "2026-07-30T10:00", { ...hour, evidence }, self);
    const record = (await bank.store.view.records([visit.serviceRecord.id])).get(visit.serviceRecord.id);
    expect(record).toMatchObject({ origin: "BACKFILLED", confirmationsNeeded: 2 });
    for (const who of [bank.supervisor, bank.second]) await to.confirm(visit.id, who);
    expect((await to.month("2026-07")).all).toEqual([1, 1]);
  });

  test("a visit without a last day is taken back, and a span that ended mid-month without a word owes nothing", async () => {
    const [mei, gone] = [await to.register("老人甲"), await to.register("老人乙")];
    bank.setClock("2026-07-10T18:00:00+08:00");
    const later = await to.visit(mei.id, "2026-07-09T10:00");
    const { detailsId } = (await bank.store.view.visits([later.id])).get(later.id) as Visit;
    const by = bank.worker.personId as string;
    const id = `${later.id.slice(0, -1)}${later.id.endsWith("0") ? "1" : "0"}`;
    const recipient = (await bank.store.view.recipients([gone.id])).get(gone.id) as Recipient & { seq?: number };
    const { seq: _, ...facts } = recipient;
    await bank.store.write(async (tx) => {
      const visited = {
        id,
        recipientId: mei.id,
        countsForId: mei.id,
        organizationId: bank.station.id,
        detailsId,
      } as const;
      await tx.append(by, {
        ...{ type: "VISIT_SET", ...visited, at: at("2026-06-20", "10:00"), on: "2026-06-20", mode: "HOME", met: true },
        ...{ deceased: false, visitor: "CADRE", visitorId: by, minutes: null, obligation: "2026-06.MONTHLY" },
        ...{ recordId: null, recordBy: null, confirmationsNeeded: 0, confirmedBy: [], withdrawn: false },
        ...{ version: 1, reasonId: null },
      });
      await tx.append(by, {
        ...{ type: "RECIPIENT_MOVED", id: gone.id, version: 2, action: "UNLIST", fields: [] },
        ...{ actorKind: "STATION_WORKER", reasonId: detailsId },
      });
      await tx.append(by, {
        type: "RECIPIENT_SET",
        ...facts,
        listedUntil: "2026-07-10",
        version: 2,
        reasonId: detailsId,
      });
    });
    const months = async () => [(await to.month("2026-06")).all, (await to.month("2026-07")).all];
    expect(await months()).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect((await to.visit(mei.id, "2026-06-28T10:00")).obligation).toBeNull();
    expect(await to.withdraw(id)).toMatchObject({ withdrawn: true, version: 2 });
    expect(await months()).toEqual([
      [1, 2],
      [1, 1],
    ]);
    bank.setClock("2026-07-20T09:00:00+08:00");
    await to.list(gone.id, true);
    expect(await months()).toEqual([
      [1, 2],
      [1, 1],
    ]);
  });

  test("a person who stands on the list twice becomes one: months that are over stay, and the present is owed once", async () => {
    const away = await zhaojia();
    const organization = { organizationId: organizationOf(away) };
    const [kept, lost] = [await to.register("王秀英"), await to.register("王秀英", { divisionCode: "zhaojia" }, away)];
    bank.setClock("2026-08-20T18:00:00+08:00");
    const august = await to.visit(lost.id, "2026-08-20T10:00", organization, away);
    bank.setClock("2026-09-10T18:00:00+08:00");
    const [first, second] = [
      await to.visit(kept.id, "2026-09-08T10:00"),
      await to.visit(lost.id, "2026-09-09T10:00", organization, away),
    ];
    const figures = async () => [
      (await to.month("2026-08")).by,
      (await to.month("2026-09")).by,
      await indicator("2026-08-31"),
    ];
    expect(await figures()).toEqual([
      { fengqiao: [0, 1], zhaojia: [1, 1] },
      { fengqiao: [1, 1], zhaojia: [1, 1] },
      [1, 2],
    ]);
    const personOf = async (id: string) => (await bank.store.view.recipients([id])).get(id)?.personId as string;
    const [keptPerson, lostPerson] = [await personOf(kept.id), await personOf(lost.id)];
    await bank.services.persons.merge(bank.officer, {
      idempotencyKey: bank.key(),
      ...{ keepPersonId: keptPerson, mergePersonId: lostPerson, reason: "两地登记" },
    });
    const merged = [{ fengqiao: [0, 1], zhaojia: [1, 1] }, { fengqiao: [1, 1] }, [1, 2]];
    expect(await figures()).toEqual(merged);
    expect(await to.meets(august.id, first.id, second.id)).toEqual(["2026-08.MONTHLY", "2026-09.MONTHLY", null]);
    // The earlier id leads to the one that stays: nobody comes back on the list a second time, and no visit is lost.
    const through = await to.visit(lost.id, "2026-09-10T15:00", {}, bank.officer);
    expect((await bank.store.view.visits([through.id])).get(through.id)).toMatchObject({ recipientId: kept.id });
    await to.withdraw(through.id);
    expect((await to.list(lost.id, true, bank.officer)).id).toBe(kept.id);
    expect((await bank.store.view.recipients([lost.id])).get(lost.id)?.listedUntil).toBe("2026-09-09");
    // Taken back, the other registration's visit stands in for it; and August is matched where it was owed.
    await to.withdraw(first.id);
    expect(await to.meets(second.id)).toEqual(["2026-09.MONTHLY"]);
    // In the next month the officer finds that they were two: what is over stays, and each is owed October.
    bank.setClock("2026-10-12T09:00:00+08:00");
    await bank.services.persons.separate(bank.officer, {
      idempotencyKey: bank.key(),
      ...{ personId: keptPerson, mergedPersonId: lostPerson, reason: "误并" },
    });
    expect(await figures()).toEqual(merged);
    expect((await to.month("2026-10")).by).toEqual({ fengqiao: [0, 1], zhaojia: [0, 1] });
    await to.withdraw(august.id, bank.officer);
    expect((await to.month("2026-08")).by).toEqual({ fengqiao: [0, 1], zhaojia: [0, 1] });
  });
});
