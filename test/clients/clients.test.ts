import { createClient as createStreamClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import WebSocket from "ws";
import type { Volunteer } from "../../src/domain/facts/people";
import { openApi, operationText, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { residentId } from "../support/papers";

/** Every operation of the volunteer app and of the station, sent as those clients send it. */
let bank: TestBank;
let api: TestApi;
let mei: Volunteer;

beforeEach(async () => {
  bank = await openBank();
  api = await openApi(bank);
  mei = await bank.volunteer("V-1", { idNumber: residentId("1980-05-01") });
});
afterEach(async () => {
  await api.close();
  await bank.close();
});

const wallet = "wallet.graphql";
const station = "station-hours.graphql";
const entry = (externalRef: string, day: string, from: string, to: string) => ({
  externalRef,
  volunteerNo: "V-1",
  serviceType: "COMPANION_TALK",
  startedAt: `${day}T${from}:00+08:00`,
  endedAt: `${day}T${to}:00+08:00`,
  content: "聊天",
  activityLead: "负责人",
});

async function posted(): Promise<string> {
  const { id } = await bank.log("V-1", "2026-09-18", "09:00", "11:00");
  await bank.confirm(bank.supervisor, id);
  return id as string;
}

test("the first hour: logged, confirmed, seen in the wallet and explained in the statement", async () => {
  const logged = await api.send(bank.worker, station, "LogServiceHours", {
    input: {
      idempotencyKey: "k-1",
      organizationId: bank.station.id,
      entries: [entry("R-1", "2026-09-18", "09:00", "11:00"), entry("R-2", "2026-09-18", "10:00", "12:00")],
    },
  });
  expect(logged.data.logServiceHours).toMatchObject({
    accepted: 1,
    repeated: 0,
    refused: 1,
    replayed: false,
    userErrors: [],
    results: [
      { index: 0, serviceRecord: { state: "SUBMITTED", serviceMinutes: 120 }, userErrors: [] },
      {
        index: 1,
        serviceRecord: null,
        userErrors: [
          {
            code: "RECORD_OVERLAP",
            message: "该志愿者在这一时段已有另一条记录，请核对起止时间。",
            path: ["entries", "1", "startedAt"],
          },
        ],
      },
    ],
  });
  const queue = await api.send(bank.supervisor, station, "RecordsAwaitingConfirmation", {
    organizationId: bank.station.id,
    first: 10,
  });
  const [waiting] = queue.data.organization.serviceRecords.edges;
  expect(waiting.node).toMatchObject({
    volunteer: { volunteerNo: "V-1", displayName: "志愿者V-1" },
    confirmationsNeeded: 1,
    confirmations: [],
    content: "聊天",
    activityLead: "负责人",
    evidence: [],
    recordBy: "2026-10-09",
    overdue: false,
  });
  const confirmed = await api.send(bank.supervisor, station, "ConfirmServiceRecords", {
    input: { idempotencyKey: "k-2", recordIds: [waiting.node.id] },
  });
  expect(confirmed.data.confirmServiceRecords).toMatchObject({
    accepted: 1,
    refused: 0,
    results: [
      { serviceRecord: { state: "POSTED", creditedMinutes: 120, ledgerEntries: [{ kind: "EARN", minutes: 120 }] } },
    ],
  });
  const me = await bank.actorOf(mei);
  const { viewer } = (await api.send(me, wallet, "Wallet", {})).data;
  expect(viewer).toMatchObject({
    grants: [],
    volunteer: {
      volunteerNo: "V-1",
      state: "ACTIVE",
      star: { level: 0, awardedOn: null, next: { level: 1, minutesRemaining: 5_880 } },
      serviceTotals: { total: 120, entered: 120 },
      account: { unit: "MINUTE", balance: { posted: 120, held: 0, pendingIn: 0, available: 120 } },
    },
  });
  const statement = await api.send(me, wallet, "Statement", {
    accountId: viewer.volunteer.account.id,
    axis: "EFFECTIVE",
    first: 10,
  });
  expect(statement.data.account.statement).toMatchObject({
    openingMinutes: 0,
    closingMinutes: 120,
    edges: [
      {
        node: {
          kind: "EARN",
          minutes: 120,
          runningMinutes: 120,
          effectiveOn: "2026-09-18",
          counterparty: { kind: "ISSUANCE", label: "时间发放" },
          serviceRecord: { serviceType: { label: "聊天陪伴" } },
          reversedBy: null,
        },
      },
    ],
  });
  const rules = statement.data.account.statement.edges[0].node.explanation.map(
    (line: { policyVersion: { key: string } }) => line.policyVersion.key,
  );
  expect(rules).toEqual(["credit.ratePerServiceHour", "credit.granularityMinutes"]);
});

test("refusals speak the reader's language", async () => {
  const answer = await api.send(
    bank.worker,
    station,
    "VoidServiceRecord",
    { input: { recordId: "record_none", reason: "x" } },
    { "accept-language": "en;q=0.9, zh;q=0.1" },
  );
  expect(answer.data.voidServiceRecord).toMatchObject({
    serviceRecord: null,
    userErrors: [{ code: "NOT_FOUND", message: "There is no such thing, or you may not see it.", path: ["recordId"] }],
  });
});

test("a volunteer submits, is given it back, the station resubmits and another confirms", async () => {
  const me = await bank.actorOf(mei);
  const input = {
    idempotencyKey: "s-1",
    organizationId: bank.station.id,
    serviceType: "LAUNDRY",
    startedAt: "2026-09-18T09:00:00+08:00",
    endedAt: "2026-09-18T10:00:00+08:00",
    content: "洗衣",
  };
  const submitted = (await api.send(me, wallet, "SubmitMyService", { input })).data.submitServiceRecord;
  expect(submitted).toMatchObject({
    replayed: false,
    userErrors: [],
    serviceRecord: {
      state: "SUBMITTED",
      origin: "ENTERED",
      history: [{ action: "SUBMIT", from: null, to: "SUBMITTED", actor: { kind: "VOLUNTEER" } }],
    },
  });
  expect((await api.send(me, wallet, "SubmitMyService", { input })).data.submitServiceRecord).toMatchObject({
    replayed: true,
    serviceRecord: { id: submitted.serviceRecord.id },
  });
  const recordId = submitted.serviceRecord.id;
  expect(
    (await api.send(bank.worker, station, "ReturnServiceRecord", { input: { recordId, reason: "写明地点" } })).data
      .returnServiceRecord.serviceRecord.state,
  ).toBe("RETURNED");
  expect(
    (
      await api.send(bank.worker, station, "ResubmitServiceRecord", {
        input: { recordId, place: "江新社区", breakMinutes: 10 },
      })
    ).data.resubmitServiceRecord.serviceRecord,
  ).toMatchObject({ state: "SUBMITTED", serviceMinutes: 50 });
  expect(await bank.confirm(bank.worker, recordId)).toEqual(["SAME_PERSON"]);
  expect(await bank.confirm(bank.supervisor, recordId)).toEqual(["POSTED"]);
  const mine = await api.send(me, wallet, "MyServiceRecords", { state: ["POSTED"], first: 10 });
  expect(mine.data.viewer.volunteer.serviceRecords.edges).toHaveLength(1);
});

test("reject, void and detail", async () => {
  const [a, b] = [
    await bank.log("V-1", "2026-09-17", "09:00", "10:00"),
    await bank.log("V-1", "2026-09-18", "09:00", "10:00"),
  ];
  expect(
    (await api.send(bank.supervisor, station, "RejectServiceRecord", { input: { recordId: a.id, reason: "无此活动" } }))
      .data.rejectServiceRecord.serviceRecord.state,
  ).toBe("REJECTED");
  expect(
    (await api.send(bank.worker, station, "VoidServiceRecord", { input: { recordId: b.id, reason: "重复" } })).data
      .voidServiceRecord.serviceRecord.state,
  ).toBe("VOIDED");
  const detail = (await api.send(bank.supervisor, station, "RecordDetail", { id: a.id })).data.node;
  expect(detail).toMatchObject({
    state: "REJECTED",
    content: "聊天",
    dispute: null,
    replacedBy: null,
    ledgerEntries: [],
    history: [{ action: "SUBMIT" }, { action: "REJECT", reason: "无此活动" }],
  });
});

test("dispute, resolve, reverse, and what is owed", async () => {
  const recordId = await posted();
  const me = await bank.actorOf(mei);
  const objected = await api.send(me, wallet, "ObjectToRecord", {
    input: { idempotencyKey: "o-1", recordId, reason: "多记了一小时" },
  });
  expect(objected.data.disputeServiceRecord.serviceRecord.state).toBe("DISPUTED");
  const resolved = await api.send(bank.second, station, "ResolveDispute", {
    input: {
      idempotencyKey: "r-1",
      recordId,
      outcome: "ADJUSTED",
      reason: "核实",
      endedAt: "2026-09-18T10:00:00+08:00",
    },
  });
  expect(resolved.data.resolveDispute.serviceRecord).toMatchObject({
    state: "REVERSED",
    creditedMinutes: 0,
    replacedBy: { serviceMinutes: 60 },
  });
  const reversed = await api.send(bank.officer, station, "ReverseServiceRecord", {
    input: {
      idempotencyKey: "r-2",
      recordId: resolved.data.resolveDispute.serviceRecord.replacedBy.id,
      reason: "未到场",
    },
  });
  expect(reversed.data.reverseServiceRecord.serviceRecord).toMatchObject({
    state: "REVERSED",
    ledgerEntries: [
      { kind: "EARN", minutes: 60, reversedBy: { seq: expect.any(String) } },
      { kind: "REVERSAL", minutes: -60, reversedBy: null },
    ],
  });
  const owing = await api.send(bank.supervisor, station, "OwingAccounts", {
    organizationId: bank.station.id,
    first: 10,
  });
  expect(owing.data.organization.owingAccounts.edges).toEqual([]);
  const asOf = await api.send(me, wallet, "BalanceAsOf", { accountId: mei.accountId, effectiveOn: "2026-09-18" });
  expect(asOf.data.account.balanceAsOf).toMatchObject({ posted: 0, held: 0 });
});

test("people, places, roles, policies and sums that a station's forms need", async () => {
  await posted();
  const catalogue = (await api.send(null, station, "Catalogue", {})).data;
  expect(catalogue.divisions).toHaveLength(2);
  expect(catalogue.serviceTypes).toHaveLength(16);
  const registered = await api.send(bank.worker, station, "RegisterVolunteer", {
    input: {
      idempotencyKey: "v-2",
      displayName: "志愿者V-2",
      birthDate: "1990-01-01",
      divisionCode: "fengqiao",
      consent: true,
    },
  });
  const volunteer = registered.data.registerVolunteer.volunteer;
  expect(volunteer).toMatchObject({
    state: "ACTIVE",
    volunteerNo: expect.stringMatching(/^GH\d{10}$/),
    account: { id: expect.stringMatching(/^account_/) },
  });
  expect(
    (
      await api.send(bank.worker, station, "RegisterVolunteer", {
        input: {
          idempotencyKey: "v-3",
          displayName: "x",
          birthDate: "1990-01-01",
          divisionCode: "fengqiao",
          consent: false,
        },
      })
    ).data.registerVolunteer,
  ).toMatchObject({ volunteer: null, userErrors: [{ code: "CONSENT_MISSING", path: ["consent"] }] });
  const answer = await api.send(bank.worker, station, "FindVolunteer", { text: "志愿者v-1", first: 5 });
  expect(answer.data.volunteers.edges.map((edge: { node: object }) => edge.node)).toMatchObject([
    {
      volunteerNo: "V-1",
      maskedIdNumber: "330681********0018",
      division: { name: "枫桥镇" },
      serviceTotals: { total: 120 },
    },
  ]);
  expect(
    (
      await api.send(bank.worker, station, "AdvanceVolunteer", {
        input: { volunteerId: volunteer.id, action: "SUSPEND", reason: "x" },
      })
    ).data.advanceVolunteer.userErrors,
  ).toMatchObject([{ code: "NOT_PERMITTED" }]);
  expect(
    (
      await api.send(bank.supervisor, station, "AdvanceVolunteer", {
        input: { volunteerId: volunteer.id, action: "SUSPEND", reason: "x" },
      })
    ).data.advanceVolunteer.volunteer.state,
  ).toBe("SUSPENDED");
  expect(
    (await api.send(null, station, "FindOrganization", { slug: "fengqiao-station" })).data.organizationBySlug.id,
  ).toBe(bank.station.id);
  expect(
    (
      await api.send(null, station, "FindOrganizations", {
        kind: ["SOCIAL_WORK_STATION"],
        divisionCode: "zhuji",
        first: 5,
      })
    ).data.organizations,
  ).toMatchObject({ totalCount: 1, edges: [{ node: { slug: "fengqiao-station", state: "ACTIVE" } }] });
  expect((await api.send(bank.worker, station, "MyWorkplaces", {})).data.viewer.grants).toMatchObject([
    { role: "STATION_WORKER", organization: { slug: "fengqiao-station" } },
  ]);
  const month = await api.send(bank.worker, station, "StationMonth", {
    organizationId: bank.station.id,
    month: "2026-09",
  });
  expect(month.data.organization.monthSummary).toMatchObject({
    records: 1,
    serviceMinutes: 120,
    creditedMinutes: 120,
    volunteers: 1,
    byServiceType: [{ serviceType: { code: "COMPANION_TALK" }, records: 1 }],
    recordedOnTimeRatio: 1,
  });
  expect(
    (await api.send(null, station, "Policies", { key: ["redeem.minAge"], first: 5 })).data.policies.edges,
  ).toMatchObject([{ node: { value: 60, effectiveTo: null, status: "CITED" } }]);
  const granted = await api.send(bank.officer, station, "GrantRole", {
    input: {
      idempotencyKey: "g-1",
      personId: mei.personId,
      role: "STATION_WORKER",
      organizationId: bank.station.id,
      validFrom: "2026-09-20",
    },
  });
  const grant = granted.data.grantRole.grant;
  expect(grant.role).toBe("STATION_WORKER");
  expect(
    (await api.send(bank.officer, station, "RevokeRole", { input: { grantId: grant.id, reason: "调离" } })).data
      .revokeRole.grant.validUntil,
  ).toBe("2026-09-19");
  expect(
    (await api.send(bank.officer, station, "OverdueRecords", { divisionCode: "zhuji", first: 5 })).data.serviceRecords
      .edges,
  ).toEqual([]);
  const ledger = (await api.send(null, "ledger.graphql", "Circulation", {})).data.ledger;
  expect(ledger).toMatchObject({
    origin: "test.example/fengqiao",
    unit: "MINUTE",
    circulationMinutes: 120,
    trialBalance: { debitMinutes: 120, creditMinutes: 120 },
  });
});

test("overdue records are listed with the working days since", async () => {
  await bank.log("V-1", "2026-09-18", "09:00", "10:00");
  bank.setClock("2026-10-13T09:00:00+08:00");
  const overdue = await api.send(bank.officer, station, "OverdueRecords", { first: 5 });
  expect(overdue.data.serviceRecords.edges).toMatchObject([{ node: { recordBy: "2026-10-09", workingDaysLate: 3 } }]);
});

test.each(["socket", "event stream"])(
  "a balance is heard over a %s: the state now, then each line after its commit",
  async (kind) => {
    const authorization = `Bearer ${await api.token(await bank.actorOf(mei))}`;
    const query = operationText(wallet, "BalanceChanged");
    const variables = { accountId: mei.accountId };
    const socket = createSocketClient({
      url: `${api.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
    });
    const stream = createStreamClient({ url: `${api.url}/graphql`, headers: { authorization } });
    const events = (kind === "socket" ? socket : stream).iterate({ query, variables });
    // biome-ignore lint/suspicious/noExplicitAny: events have the shape their document asks for.
    const next = async (): Promise<any> => (await events.next()).value.data.balanceChanged;
    expect(await next()).toMatchObject({ account: { balance: { posted: 0 } }, entry: null });
    await posted();
    expect(await next()).toMatchObject({
      account: { balance: { posted: 120, available: 120 } },
      entry: { kind: "EARN", minutes: 120, runningMinutes: 120 },
    });
    await events.return?.(undefined);
    await socket.dispose();
    stream.dispose();
  },
);

test("other people's things are absent: accounts, records, queues", async () => {
  const recordId = await posted();
  const other = await bank.actorOf(await bank.volunteer("V-2"));
  expect(
    (await api.send(other, wallet, "BalanceAsOf", { accountId: mei.accountId, effectiveOn: "2026-09-18" })).data
      .account,
  ).toBeNull();
  expect((await api.send(other, station, "RecordDetail", { id: recordId })).data.node).toBeNull();
  const queue = await api.send(other, station, "RecordsAwaitingConfirmation", {
    organizationId: bank.station.id,
    first: 5,
  });
  expect(queue.errors?.[0]?.extensions.code).toBe("NOT_PERMITTED");
  expect((await api.send(null, wallet, "Wallet", {})).data.viewer).toBeNull();
});
