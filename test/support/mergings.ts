import type { Volunteer } from "../../src/domain/facts/people";
import { posted } from "../../src/domain/ledger/transfers";
import type { Actor } from "../../src/domain/permissions/actors";
import { auditBank } from "../../src/services/audit";
import type { MergePeople } from "../../src/services/people/persons";
import { openApi, type TestApi } from "./api";
import { closeFullyAudited } from "./audited";
import { openBank, type TestBank } from "./bank";
import type { Engine } from "./engines";
import { residentId } from "./papers";

/** Two registrations of one person, opened anew for each test. After each test the audit must find nothing. */
export function mergings(
  engine: Engine,
  onOpen: (opened: { bank: TestBank; api: TestApi; older: Volunteer; younger: Volunteer }) => void,
) {
  let bank: TestBank;
  let api: TestApi;
  let older: Volunteer;
  let younger: Volunteer;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-10T09:00:00+08:00");
    api = await openApi(bank);
    older = await bank.volunteer("OLD", { displayName: "王梅", birthDate: "1968-04-12" });
    bank.setClock("2026-09-20T09:00:00+08:00");
    younger = await bank.volunteer("NEW", {
      displayName: "王 梅",
      birthDate: "1968-04-12",
      idNumber: residentId("1968-04-12"),
    });
    onOpen({ bank, api, older, younger });
  });
  afterEach(() => closeFullyAudited(bank, api));

  const findingsOf = async () => (await auditBank(bank.options)).findings;

  const mutation = `mutation MergePeople($input: MergePeopleInput!) {
    mergePeople(input: $input) { kept { id } merged { id } entries { seq minutes } replayed userErrors { code message path details } }
  }`;
  const merge = async (more: Partial<MergePeople> = {}, who: Actor = bank.officer) => {
    const pair = { keepPersonId: older.personId, mergePersonId: younger.personId };
    const input = { idempotencyKey: bank.key(), ...pair, reason: "同一人两次登记", ...more };
    const { data, errors } = await api.post(who, { query: mutation, variables: { input } });
    return data?.mergePeople ?? errors;
  };
  const refusalOf = async (more: Partial<MergePeople> = {}, who?: Actor) => {
    const before = (await bank.store.view.head()).seq;
    const { userErrors } = await merge(more, who);
    expect((await bank.store.view.head()).seq).toBe(before);
    const { code, details } = userErrors[0];
    return { code, ...details };
  };
  const served = async (no: string, day: string, from: string, to: string) => {
    const { id } = await bank.log(no, day, from, to);
    expect(await bank.confirm(bank.second, id)).toEqual(["POSTED"]);
    return id as string;
  };
  const spend = async ({ accountId: debit }: Volunteer, minutes: number) => {
    const credit = (await bank.store.view.bankAccount("PUBLIC_POOL"))?.id as string;
    const donation = posted({ debit, credit, minutes, kind: "DONATE", effectiveOn: "2026-09-19" });
    await bank.store.write((tx) => tx.post("system", donation));
  };
  const reverse = (recordId: string) =>
    bank.services.hours.reverse(bank.officer, { idempotencyKey: bank.key(), recordId, reason: "重复" });
  const pairOf = (keep: Actor, goes: Actor) => ({
    keepPersonId: keep.personId as string,
    mergePersonId: goes.personId as string,
  });
  const part = async (more: object, who: Actor = bank.officer) => {
    const input = { idempotencyKey: bank.key(), reason: "误并", ...more };
    const query = `mutation ($input: SeparatePersonInput!) { separatePerson(input: $input) {
      kept { id mergedPersons { id } } separated { id } userErrors { code path details } } }`;
    const { data, errors } = await api.post(who, { query, variables: { input } });
    const answer = data?.separatePerson;
    if (!answer) throw new Error(JSON.stringify(errors));
    const [refused] = answer.userErrors;
    return refused ? { code: refused.code, ...refused.details } : answer;
  };
  const undone = async (keep: string, goes: string, more: object = {}) => {
    const done = await part({ personId: keep, mergedPersonId: goes, ...more });
    expect(done).toMatchObject({ kept: { id: keep } });
    expect(await findingsOf()).toEqual([]);
    return done.separated.id as string;
  };

  return { findingsOf, merge, refusalOf, served, spend, reverse, pairOf, part, undone };
}
