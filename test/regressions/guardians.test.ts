import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { type Answer, openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

const wards = `{ viewer { wards {
  id displayName state history { at } maskedIdNumber maskedPhone person { id } division { name } station { slug }
  serviceTotals { total } account { balance { posted } statement(axis: RECORDED, first: 10) { edges { node { minutes kind } } } }
  serviceRecords(first: 10) { edges { node { id state dispute { openedBy { kind } } organization { slug } } } }
  signUps(first: 10) { edges { node { id } } } ties { organization { slug } } guardians { displayName } identities { id }
} } }`;
const dispute = `mutation ($input: DisputeServiceRecordInput!) { disputeServiceRecord(input: $input) {
  serviceRecord { id state } userErrors { code } } }`;
const resubmit = `mutation ($input: ResubmitServiceRecordInput!) { resubmitServiceRecord(input: $input) {
  serviceRecord { id state serviceMinutes } userErrors { code } } }`;
const take = `mutation ($input: VoidServiceRecordInput!) { voidServiceRecord(input: $input) {
  serviceRecord { id state } userErrors { code } } }`;
const exportPerson = `mutation ($input: ExportPersonInput!) { exportPerson(input: $input) { export { url } userErrors { code } } }`;

/** A guardian saw totals alone: asking for the child's records emptied the whole answer, and nobody but the child objected. */
describe.each(engines)("a guardian acts and sees for a minor, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mother: Actor;
  let child: Volunteer;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    const grown = await bank.volunteer("V-1");
    // 13 until 2026-09-30.
    child = await bank.volunteer("V-2", { birthDate: "2012-10-01", guardian: true, phone: "13800000061" });
    const pair = { volunteerId: child.id, guardianId: grown.id };
    await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
    mother = await bank.actorOf(grown);
  });
  afterEach(() => closeAudited(bank, api));

  const codesOf = ({ data, errors }: Answer) => [
    ...(errors ?? []).map(({ extensions }) => extensions.code),
    ...Object.values((data ?? {}) as Record<string, { userErrors: { code: string }[] }>).flatMap((payload) =>
      payload.userErrors.map(({ code }) => code),
    ),
  ];
  const ask = (who: Actor, query: string, input: object) => api.post(who, { query, variables: { input } });

  test("all that the child sees is there, in one answer", async () => {
    const { id } = await bank.log("V-2", "2026-09-18", "09:00", "11:00");
    await bank.confirm(bank.supervisor, id);
    await bank.log("V-2", "2026-09-18", "13:00", "14:00");
    const answer = await api.post(mother, { query: wards });
    expect(answer.errors).toBeUndefined();
    const [ward] = answer.data.viewer.wards;
    expect(ward).toMatchObject({
      ...{ displayName: "志愿者V-2", state: "ACTIVE", maskedPhone: "138****0061", person: { id: child.personId } },
      ...{ serviceTotals: { total: 120 }, account: { balance: { posted: 0 } }, station: { slug: "fengqiao-station" } },
    });
    // Below 14 nothing is credited, and all that was recorded is shown.
    expect(ward.serviceRecords.edges.map(({ node }: { node: { state: string } }) => node.state).sort()).toEqual([
      "POSTED",
      "SUBMITTED",
    ]);
    const [face] = await bank.services.volunteers.sight.persons(mother, [child.id]);
    expect(face?.birthDate).toBe("2012-10-01");
    // A stranger sees none of it, nor does a guardian of whom a station has ended it.
    const stranger = await bank.actorOf(await bank.volunteer("V-3"));
    const seen = `{ node(id: "${child.id}") { ... on Volunteer { displayName serviceRecords(first: 1) { edges { node { id } } } } } }`;
    expect((await api.post(stranger, { query: seen })).data).toEqual({ node: null });
    const guardianId = (await bank.store.view.volunteerByNo("V-1"))?.id as string;
    await bank.services.guardians.end(bank.worker, { volunteerId: child.id, guardianId, reason: "变更" });
    expect((await api.post(mother, { query: seen })).data).toEqual({ node: null });
  });

  test("a guardian objects, hands in again and takes back for the child, and no grown-up's", async () => {
    const [posted, returned, waiting] = [
      (await bank.log("V-2", "2026-09-18", "09:00", "11:00")).id as string,
      (await bank.log("V-2", "2026-09-18", "13:00", "14:00")).id as string,
      (await bank.log("V-2", "2026-09-18", "15:00", "16:00")).id as string,
    ];
    await bank.confirm(bank.supervisor, posted);
    await bank.services.hours.giveBack(bank.supervisor, { recordId: returned, reason: "时间不清" });
    const objection = { idempotencyKey: "o-1", recordId: posted, reason: "三小时" };
    expect((await ask(mother, dispute, objection)).data.disputeServiceRecord.serviceRecord.state).toBe("DISPUTED");
    const [line] = await bank.services.hours.reading.disputes(bank.supervisor, [posted]);
    expect(line?.openedBy).toEqual({ kind: "GUARDIAN" });
    const again = { recordId: returned, endedAt: new Date(at("2026-09-18", "14:30")).toISOString() };
    expect((await ask(mother, resubmit, again)).data.resubmitServiceRecord.serviceRecord).toMatchObject({
      ...{ state: "SUBMITTED", serviceMinutes: 90 },
    });
    const back = { recordId: waiting, reason: "未参加" };
    expect((await ask(mother, take, back)).data.voidServiceRecord.serviceRecord.state).toBe("VOIDED");
    // The decision is others', also where the guardian works at the station.
    await bank.grant(mother.personId as string, "STATION_SUPERVISOR", bank.station.id);
    const decision = { idempotencyKey: bank.key(), recordId: posted, outcome: "ADJUSTED", reason: "r" } as const;
    await expect(
      bank.services.hours.resolve(mother, { ...decision, endedAt: at("2026-09-18", "12:00") }),
    ).rejects.toMatchObject({ code: "SELF_CONFIRMATION" });
    const other = (await bank.log("V-2", "2026-09-17", "09:00", "11:00")).id as string;
    await bank.confirm(bank.supervisor, other);
    bank.setClock("2030-10-01T09:00:00+08:00");
    const late = { idempotencyKey: "o-2", recordId: other, reason: "三小时" };
    const guardian = await bank.actorOf((await bank.store.view.volunteerByNo("V-1")) as Volunteer);
    for (const grant of guardian.grants)
      await bank.services.people.revokeRole(bank.officer, { grantId: grant.id, reason: "离任" });
    expect(codesOf(await ask(guardian, dispute, late))).toEqual(["NOT_FOUND"]);
  });

  test("a copy of what is kept of a child of 13 is the guardian's to ask for; from 14 on the child's own", async () => {
    const input = { idempotencyKey: "c-1", personId: child.personId };
    const { data } = await ask(mother, exportPerson, input);
    const { url } = data.exportPerson.export;
    const copy = await (await fetch(`${api.url}${new URL(url).pathname}`)).json();
    expect(JSON.stringify(copy)).toContain("志愿者V-2");
    const stranger = await bank.actorOf(await bank.volunteer("V-3"));
    expect(codesOf(await ask(stranger, exportPerson, { ...input, idempotencyKey: "c-2" }))).toEqual(["NOT_PERMITTED"]);
    bank.setClock("2026-09-30T23:59:00+08:00");
    expect(codesOf(await ask(mother, exportPerson, { ...input, idempotencyKey: "c-3" }))).toEqual([]);
    bank.setClock("2026-10-01T00:00:00+08:00");
    expect(codesOf(await ask(mother, exportPerson, { ...input, idempotencyKey: "c-4" }))).toEqual(["NOT_PERMITTED"]);
    const self = await bank.actorOf(child);
    expect(codesOf(await ask(self, exportPerson, { ...input, idempotencyKey: "c-5" }))).toEqual([]);
  });
});
