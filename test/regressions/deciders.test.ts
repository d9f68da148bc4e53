import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { at, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

const query = `query ($id: ID!) { node(id: $id) { ... on ServiceRecord {
  state serviceMinutes confirmationsNeeded confirmations { at actor { kind } } history { at action }
  replaces { id state confirmations { at } } replacedBy { id }
} } }`;

/** Who adjusted a record decided the objection to what they had made, and `confirmations` named people before it existed. */
describe.each(engines)("nobody decides twice about one service, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let me: Actor;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    me = await bank.actorOf(await bank.volunteer("V-1"));
  });
  afterEach(async () => {
    await api.close();
    await bank.close();
  });

  const read = async (id: string) => (await api.post(me, { query, variables: { id } })).data.node;
  const object = (recordId: string) =>
    bank.services.hours.dispute(me, { idempotencyKey: bank.key(), recordId, reason: "时长不对" });
  const resolve = (who: Actor, recordId: string, outcome: "UPHELD" | "ADJUSTED" | "REVERSED", until?: string) =>
    codeOf(
      bank.services.hours
        .resolve(who, {
          ...{ idempotencyKey: bank.key(), recordId, outcome, reason: "核实" },
          endedAt: until === undefined ? null : at("2026-09-18", until),
        })
        .then(({ value }) => value),
    );
  const reverse = (who: Actor, recordId: string) =>
    codeOf(
      bank.services.hours
        .reverse(who, { idempotencyKey: bank.key(), recordId, reason: "冒名" })
        .then(({ value }) => value.state),
    );
  const idOf = (record: unknown) => (record as { replacedBy: string }).replacedBy;

  test("a person who adjusts a record neither decides an objection to it, nor reverses it, nor counts as its confirmer", async () => {
    const first = (await bank.log("V-1", "2026-09-18", "09:00", "10:00")).id as string;
    await bank.confirm(bank.supervisor, first);
    bank.setClock("2026-09-20T09:01:00+08:00");
    await object(first);
    // Who confirmed it upholds nothing, either.
    for (const outcome of ["UPHELD", "ADJUSTED", "REVERSED"] as const)
      expect(await resolve(bank.supervisor, first, outcome)).toBe("SAME_PERSON");
    const second = idOf(await resolve(bank.second, first, "ADJUSTED", "11:00"));

    const shown = await read(second);
    expect(shown).toMatchObject({ state: "POSTED", serviceMinutes: 120, confirmationsNeeded: 1, confirmations: [] });
    expect(shown.history.map(({ action }: { action: string }) => action)).toEqual(["SUBMIT", "POST"]);
    expect(shown.replaces).toMatchObject({ id: first, state: "REVERSED" });
    expect(shown.replaces.confirmations).toHaveLength(1);
    expect(shown.replaces.confirmations[0].at < shown.history[0].at).toBe(true);
    expect((await read(first)).replacedBy).toEqual({ id: second });

    await object(second);
    for (const outcome of ["UPHELD", "ADJUSTED", "REVERSED"] as const)
      expect(await resolve(bank.second, second, outcome)).toBe("SAME_PERSON");
    expect(await reverse(bank.second, second)).toBe("SAME_PERSON");
    // As an officer neither: it is the person who is compared. Taking back what proved false is an officer's.
    await bank.grant(bank.second.personId as string, "OFFICER", null);
    const officer = await bank.services.people.actorOfPerson(bank.second.personId as string);
    expect(await resolve(officer, second, "UPHELD")).toBe("SAME_PERSON");
    const third = idOf(await resolve(bank.officer, second, "ADJUSTED", "10:30"));
    expect(await read(third)).toMatchObject({ serviceMinutes: 90, confirmations: [], replaces: { id: second } });

    // Both decided about this service already, one of them about an earlier form of it.
    await object(third);
    expect(await resolve(bank.officer, third, "UPHELD")).toBe("SAME_PERSON");
    expect(await resolve(officer, third, "UPHELD")).toBe("SAME_PERSON");
    const other = await bank.staff("STATION_SUPERVISOR", bank.station.id, "third");
    expect(await resolve(other, third, "UPHELD")).toMatchObject({ state: "POSTED" });
    expect(await reverse(officer, third)).toBe("REVERSED");
    expect(await bank.credited("V-1")).toMatchObject({ posted: 0, service: 0 });
  });
});
