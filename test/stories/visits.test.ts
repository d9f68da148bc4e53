import type { Recipient } from "../../src/domain/facts/visits";
import type { Actor } from "../../src/domain/permissions/actors";
import { slotsOf, slotsOn } from "../../src/domain/visits";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";
import { residentId } from "../support/papers";
import { policies } from "../support/policies";

describe("what everybody on the list is owed", () => {
  test.each([
    ["2026-09", ["2026-09.MONTHLY 2026-09-01..2026-09-30 listed by 2026-09-16"]],
    [
      "2026-02",
      [
        "2026-02.MONTHLY 2026-02-01..2026-02-28 listed by 2026-02-14",
        "2026-02.SPRING_FESTIVAL 2026-02-07..2026-02-16 listed by 2026-02-07",
      ],
    ],
    // An occasion that began in July is due in the month in which it ends.
    [
      "2026-08",
      [
        "2026-08.MONTHLY 2026-08-01..2026-08-31 listed by 2026-08-17",
        "2026-08.HEAT 2026-07-16..2026-08-15 listed by 2026-07-16",
      ],
    ],
  ])("in %s", (month, expected) => {
    const slots = slotsOf(month, policies).map(
      ({ key, from, until, listedBy }) => `${key} ${from}..${until} listed by ${listedBy}`,
    );
    expect(slots).toEqual(expected);
  });

  test.each([
    ["2026-07-15", ["2026-07.MONTHLY"]],
    ["2026-07-16", ["2026-07.MONTHLY", "2026-08.HEAT"]],
    ["2026-08-15", ["2026-08.MONTHLY", "2026-08.HEAT"]],
    ["2026-08-16", ["2026-08.MONTHLY"]],
  ])("a visit on %s meets the first of %p that is open", (day, keys) => {
    expect(slotsOn(day, policies).map(({ key }) => key)).toEqual(keys);
  });
});

const visitLine =
  "visit { id result obligation { id state } serviceRecord { id } } replayed userErrors { code message path details }";

describe.each(engines)("visits on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-07-01T09:00:00+08:00");
    api = await openApi(bank);
  });
  afterEach(() => closeAudited(bank, api));

  const send = async (who: Actor | null, query: string, variables: object) => {
    const { data, errors } = await api.post(who, { query, variables });
    return errors ? errors[0]?.extensions.code : data;
  };
  const register = async (displayName: string, more: object = {}, who: Actor = bank.worker) => {
    const data = await send(
      who,
      "mutation RegisterRecipient($input: RegisterRecipientInput!) { registerRecipient(input: $input) { recipient { id displayName categories division { code name } } replayed userErrors { code message path details } } }",
      {
        input: {
          idempotencyKey: bank.key(),
          displayName,
          birthDate: "1940-05-01",
          phone: "13800001234",
          divisionCode: "fengqiao",
          categories: ["LIVING_ALONE", "ADVANCED_AGE"],
          consent: true,
          ...more,
        },
      },
    );
    return data.registerRecipient.recipient ?? data.registerRecipient.userErrors[0].code;
  };
  const visit = async (recipientId: string, when: string, more: object = {}, who: Actor = bank.worker) => {
    const data = await send(
      who,
      `mutation RecordVisit($input: RecordVisitInput!) { recordVisit(input: $input) { ${visitLine} } }`,
      {
        input: {
          idempotencyKey: bank.key(),
          organizationId: bank.station.id,
          recipientId,
          at: `${when}:00+08:00`,
          mode: "HOME",
          result: "MET",
          ...more,
        },
      },
    );
    return data.recordVisit?.visit ?? data.recordVisit?.userErrors[0].code ?? data;
  };
  const due = async (month: string, state: string[] = ["DUE", "OVERDUE"], more: object = {}) => {
    const data = await send(
      bank.worker,
      "query VisitsDue($organizationId: ID!, $month: Month!, $first: Int!, $after: String, $state: [VisitObligationState!]) { organization(id: $organizationId) { visitObligations(month: $month, filter: { state: $state }, first: $first, after: $after) { edges { node { id recipient { id displayName categories } dueBy state attempts { at result } } } pageInfo { hasNextPage endCursor } } } }",
      { organizationId: bank.station.id, month, first: 10, state, ...more },
    );
    return data.organization?.visitObligations ?? data;
  };
  const names = async (month: string, state?: string[], more: object = {}) =>
    (await due(month, state, more)).edges.map(
      ({ node }: { node: { recipient: Recipient & { displayName: string }; dueBy: string; state: string } }) =>
        `${node.recipient.displayName} ${node.dueBy} ${node.state}`,
    );
  const rate = async (month: string, who: Actor = bank.officer) => {
    const data = await send(
      who,
      "query ($month: Month!) { monthVisits(month: $month) { owed met rate byDivision { division { code } owed met } } }",
      { month },
    );
    return data.monthVisits ? [data.monthVisits.met, data.monthVisits.owed, data.monthVisits.rate] : data;
  };

  test("F21: an attempt is no visit; a second try the same month is, and no month has days of grace", async () => {
    bank.setClock("2026-08-20T09:00:00+08:00");
    const mei = await register("老人甲");
    expect(mei).toMatchObject({ displayName: "老人甲", categories: ["ADVANCED_AGE", "LIVING_ALONE"] });
    // Eleven days on the list: August is not owed, September is.
    expect(await names("2026-08")).toEqual([]);
    bank.setClock("2026-09-10T12:00:00+08:00");
    const tried = await visit(mei.id, "2026-09-10T10:00", { result: "NOT_HOME", note: "邻居说去女儿家" });
    expect(tried).toMatchObject({ result: "NOT_HOME", obligation: { state: "DUE" }, serviceRecord: null });
    expect(await names("2026-09")).toEqual(["老人甲 2026-09-30 DUE"]);
    const [{ node }] = (await due("2026-09")).edges;
    expect(node.attempts).toEqual([{ at: "2026-09-10T02:00:00.000Z", result: "NOT_HOME" }]);
    expect(await rate("2026-09")).toEqual([0, 1, 0]);
    const met = await visit(mei.id, "2026-09-10T11:30", { result: "NEED_RAISED" });
    expect(met.obligation).toEqual({ id: node.id, state: "MET" });
    // One more is welcome, and meets nothing.
    expect((await visit(mei.id, "2026-09-10T11:40", { mode: "PHONE" })).obligation).toBeNull();
    expect([await names("2026-09"), await rate("2026-09")]).toEqual([[], [1, 1, 1]]);
    expect(await names("2026-10", ["PLANNED"])).toEqual(["老人甲 2026-10-18 PLANNED", "老人甲 2026-10-31 PLANNED"]);
    bank.setClock("2026-11-02T09:00:00+08:00");
    expect(await names("2026-10")).toEqual(["老人甲 2026-10-31 OVERDUE"]);
    expect((await visit(mei.id, "2026-11-01T09:00")).obligation.state).toBe("MET");
    expect(await names("2026-10")).toEqual(["老人甲 2026-10-31 OVERDUE"]);
    bank.setClock("2026-11-05T09:00:00+08:00");
    expect(await names("2026-10", ["ESCALATED"])).toEqual([
      "老人甲 2026-10-18 ESCALATED",
      "老人甲 2026-10-31 ESCALATED",
    ]);
  });

  test("a month from 97 % to 100 %, and the heat besides", async () => {
    const people: string[] = [];
    for (let i = 1; i <= 37; i += 1) people.push((await register(`老人${i}`)).id);
    bank.setClock("2026-07-31T18:00:00+08:00");
    for (const [i, id] of people.entries()) await visit(id, "2026-07-20T10:00", i === 36 ? { result: "REFUSED" } : {});
    expect(await rate("2026-07")).toEqual([36, 37, 0.9729]);
    expect(await names("2026-07")).toEqual(["老人37 2026-07-31 DUE"]);
    // The stations' and the office's list of dates says whose it is.
    const clocks = async (who: Actor) => {
      const data = await send(
        who,
        "query Clocks($divisionCode: String, $first: Int!, $after: String) { statutoryClocks(filter: { divisionCode: $divisionCode, state: [DUE, OVERDUE] }, first: $first, after: $after) { edges { node { kind subject { id } dueOn workingDaysLeft responsible { id label } citation } } pageInfo { hasNextPage endCursor } } }",
        { first: 10 },
      );
      return data.statutoryClocks.edges.map(
        ({ node }: { node: { kind: string; dueOn: string; responsible: { label: string } } }) =>
          `${node.kind} ${node.dueOn} ${node.responsible.label}`,
      );
    };
    expect(await clocks(bank.officer)).toEqual(["VISIT_MONTH 2026-07-31 fengqiao-station"]);
    expect((await visit(people[36] as string, "2026-07-31T17:00")).obligation.state).toBe("MET");
    expect([await rate("2026-07"), await rate("2026-07", bank.supervisor)]).toEqual([
      [37, 37, 1],
      [37, 37, 1],
    ]);
    expect(await clocks(bank.supervisor)).toEqual([]);
    // Great heat asks for one more, from the middle of July on: page by page, whoever is due first.
    bank.setClock("2026-08-14T09:00:00+08:00");
    const first = await due("2026-08", ["DUE"], { first: 36 });
    const rest = await due("2026-08", ["DUE"], { first: 100, after: first.pageInfo.endCursor });
    expect([first.edges.length, rest.edges.length]).toEqual([36, 38]);
    expect(rest.edges[0].node).toMatchObject({ dueBy: "2026-08-15" });
    await visit(people[0] as string, "2026-08-13T10:00");
    expect((await visit(people[0] as string, "2026-08-13T15:00", { mode: "PHONE" })).obligation).toMatchObject({
      state: "MET",
    });
    expect(await names("2026-08", ["MET"])).toEqual(["老人1 2026-08-15 MET", "老人1 2026-08-31 MET"]);
  });

  test("a volunteer's visit is a service from its beginning for its minutes; under 30 it is a visit alone", async () => {
    const mei = await register("老人甲");
    const [volunteer, stranger] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
    const self = await bank.actorOf(volunteer);
    bank.setClock("2026-07-20T18:00:00+08:00");
    const asVolunteer = { asVolunteer: true, serviceType: "COMPANION_TALK", activityLead: "站长" };
    const short = await visit(mei.id, "2026-07-20T09:00", { ...asVolunteer, minutes: 29 }, self);
    expect([short.serviceRecord, short.obligation.state]).toEqual([null, "MET"]);
    const long = await visit(mei.id, "2026-07-20T10:00", { ...asVolunteer, minutes: 45 }, self);
    const record = (await bank.store.view.records([long.serviceRecord.id])).get(long.serviceRecord.id);
    expect(record).toMatchObject({
      volunteerId: volunteer.id,
      startedAt: at("2026-07-20", "10:00"),
      endedAt: at("2026-07-20", "10:45"),
      serviceMinutes: 45,
      state: "SUBMITTED",
    });
    expect(await bank.confirm(bank.second, record?.id ?? null)).toEqual(["POSTED"]);
    // An attempt, however long, was no service; nor is paid duty.
    const attempt = await visit(mei.id, "2026-07-20T13:00", { ...asVolunteer, minutes: 60, result: "NOT_HOME" }, self);
    const duty = await visit(mei.id, "2026-07-20T14:00", { minutes: 60 });
    expect([attempt.serviceRecord, duty.serviceRecord]).toEqual([null, null]);
    const refused = [
      await visit(mei.id, "2026-07-20T10:30", { ...asVolunteer, minutes: 60 }, self),
      await visit(mei.id, "2026-07-20T15:00", { asVolunteer: true, minutes: 60 }, self),
      await visit(mei.id, "2026-07-20T17:30", { ...asVolunteer, minutes: 60 }, self),
      await visit(mei.id, "2026-07-20T19:00", {}),
      await visit(mei.id, "2026-07-03T09:00", { minutes: -1 }),
      await visit(mei.id, "2026-07-20T09:00", { visitor: "VOLUNTEER" }),
      await visit("recipient_none", "2026-07-20T09:00"),
      await visit(mei.id, "2026-07-20T09:00", asVolunteer, bank.worker),
      await visit(mei.id, "2026-07-20T09:00", {}, await bank.actorOf(stranger)),
    ];
    expect(refused).toEqual([
      "RECORD_OVERLAP",
      "INVALID_INPUT",
      "IN_THE_FUTURE",
      "IN_THE_FUTURE",
      "INVALID_INPUT",
      "INVALID_INPUT",
      "NOT_FOUND",
      "NOT_PERMITTED",
      "NOT_FOUND",
    ]);
    // By the tenth working day after.
    bank.setClock("2026-08-03T09:00:00+08:00");
    expect(await visit(mei.id, "2026-07-20T16:00")).toMatchObject({ result: "MET" });
    bank.setClock("2026-08-04T09:00:00+08:00");
    expect(await visit(mei.id, "2026-07-20T16:30")).toBe("BACKFILL_NEEDS_EVIDENCE");
    // Their own visit they see, but not who was visited.
    const seen = await send(
      self,
      "query ($id: ID!) { node(id: $id) { ... on Visit { result note recipient { id } visitor } } }",
      {
        id: short.id,
      },
    );
    expect(seen.node).toEqual({ result: "MET", note: null, recipient: null, visitor: "VOLUNTEER" });
  });

  test("only their stations see which people are on the list and why, and the journal does not say it", async () => {
    const mei = await register("王老人", { idNumber: residentId("1940-05-01"), address: "枫桥镇示例村 1 号" });
    expect(await register("王老人", { idNumber: residentId("1940-05-01") })).toBe("DUPLICATE_PERSON");
    expect(await register("无同意", { consent: false })).toBe("CONSENT_MISSING");
    expect(await register("无类别", { categories: [] })).toBe("INVALID_INPUT");
    expect(await register("外人", {}, await bank.actorOf(await bank.volunteer("V-1")))).toBe("NOT_PERMITTED");
    const find = (who: Actor | null, variables: object) =>
      send(
        who,
        "query FindRecipient($text: String, $category: [RecipientCategory!], $divisionCode: String, $first: Int!, $after: String) { recipients(filter: { text: $text, category: $category, divisionCode: $divisionCode }, first: $first, after: $after) { totalCount edges { node { id displayName categories maskedPhone division { code name } account { id balance { posted held available } } } } pageInfo { hasNextPage endCursor } } }",
        { first: 10, ...variables },
      );
    bank.setClock("2026-07-01T10:00:00+08:00"); // Later ids sort later.
    const other = await register("李老人", { categories: ["SEVERE_ILLNESS"] });
    const search = async (variables: object) =>
      (await find(bank.worker, variables)).recipients.edges.map(({ node }: { node: { id: string } }) => node.id);
    expect((await find(bank.worker, { text: "王老" })).recipients).toMatchObject({
      totalCount: 1,
      edges: [
        {
          node: {
            id: mei.id,
            maskedPhone: "138****1234",
            division: { code: "fengqiao" },
            account: { balance: { posted: 0, held: 0, available: 0 } },
          },
        },
      ],
    });
    expect([
      await search({ category: ["SEVERE_ILLNESS"] }),
      await search({ category: ["SEVERE_ILLNESS", "LIVING_ALONE"] }),
      await search({ divisionCode: "zhuji" }),
    ]).toEqual([[other.id], [mei.id, other.id], [mei.id, other.id]]);
    // What they are found by changes with them.
    const revise = (who: Actor, more: object) =>
      codeOf(
        bank.services.recipients
          .revise(who, { recipientId: other.id, reason: "复核", ...more })
          .then(({ version }) => version),
      );
    expect([
      await revise(bank.worker, { categories: ["EMPTY_NEST"], expectedVersion: 1 }),
      await revise(bank.worker, { categories: ["EMPTY_NEST"], expectedVersion: 1 }),
      await revise(bank.worker, { phone: "13900000062", expectedVersion: 1 }),
      await revise(bank.worker, { phone: "13900000062", reason: " " }),
      await revise(bank.worker, { phone: "13800000062/63" }),
      await revise(bank.worker, { phone: "+86 138 0000 1234", expectedVersion: 1 }), // the same number
    ]).toEqual([2, 2, "VERSION_CONFLICT", "REASON_MISSING", "PHONE_INVALID", 2]);
    expect([await search({ category: ["SEVERE_ILLNESS"] }), await search({ category: ["EMPTY_NEST"] })]).toEqual([
      [],
      [other.id],
    ]);
    // Who waits for a visit is taken off the list by a supervisor, and the month's visit stays owed; on it again, from that day.
    const list = (listed: boolean, who = bank.supervisor) =>
      bank.services.recipients.list(who, { recipientId: mei.id, listed, reason: "入院" });
    expect(await codeOf(list(false, bank.worker))).toBe("NOT_PERMITTED");
    await list(false);
    expect((await list(false)).listedUntil).toBe("2026-07-01");
    bank.setClock("2026-07-20T09:00:00+08:00");
    expect((await names("2026-07")).sort()).toEqual(["李老人 2026-07-31 DUE", "王老人 2026-07-31 DUE"]);
    expect(await names("2026-08", ["DUE"])).toEqual(["李老人 2026-08-15 DUE"]);
    expect([await search({ text: "王老" }), (await list(true)).listedOn]).toEqual([[], "2026-07-20"]);

    const elsewhere = await bank.staff("STATION_WORKER", (await agency()).id);
    for (const who of [elsewhere, null, await bank.staff("ASSESSOR", null)]) {
      expect(await find(who, {})).toBe(who ? "NOT_PERMITTED" : "UNAUTHENTICATED");
      const node = "query ($id: ID!) { node(id: $id) { ... on Recipient { displayName } } }";
      expect(await send(who, node, { id: mei.id })).toEqual({ node: null });
    }
    const entries = await bank.store.view.journalAfter(-1, 10_000);
    const said = entries.filter(({ kind }) => kind !== "POLICY_SET");
    for (const secret of ["王老人", "330681194005011234", "LIVING_ALONE", "NOT_HOME", "示例村"])
      expect(said.some(({ body }) => Buffer.from(body).includes(secret))).toBe(false);
  });

  test("a visit entered by mistake is taken back, and another stands in for it", async () => {
    const mei = await register("老人甲");
    bank.setClock("2026-07-20T18:00:00+08:00");
    const wrong = await visit(mei.id, "2026-07-10T09:00");
    const right = await visit(mei.id, "2026-07-11T09:00");
    expect([wrong.obligation.state, right.obligation]).toEqual(["MET", null]);
    const withdraw = () => bank.services.visits.withdraw(bank.supervisor, { visitId: wrong.id, reason: "录错人" });
    expect([(await withdraw()).withdrawn, (await withdraw()).version]).toEqual([true, 2]);
    expect((await bank.store.view.visits([right.id])).get(right.id)?.obligation).toBe("2026-07.MONTHLY");
    expect(await rate("2026-07")).toEqual([1, 1, 1]);
    await bank.services.visits.withdraw(bank.supervisor, { visitId: right.id, reason: "录错人" });
    expect([await rate("2026-07"), await names("2026-07")]).toEqual([[0, 1, 0], ["老人甲 2026-07-31 DUE"]]);
  });

  const agency = async () =>
    (
      await bank.services.organizations.register(bank.officer, {
        idempotencyKey: bank.key(),
        slug: "agency",
        name: "社工机构",
        kind: "SOCIAL_WORK_AGENCY",
        filingStatus: "REGISTERED",
        divisionCode: "fengqiao",
      })
    ).value;
});
