import { sentenceOf } from "../../src/domain/wording/sentences";
import { openApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

/** What a clerk typed was taken as it stood: a helped person who is nobody, a child's consent of before its birth. */
describe.each(engines)("entries are held against what is known, on $name", (engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine);
  });
  afterEach(() => bank.close());

  const elder = async (divisionCode = "fengqiao") =>
    (
      await bank.services.recipients.register(bank.officer, {
        ...{ idempotencyKey: bank.key(), displayName: "赵奶奶", birthDate: "1940-01-01", divisionCode },
        ...{ consent: true, categories: ["EMPTY_NEST"] },
      })
    ).value;

  test("the helped recipient is on the list where the organisation works, and is shown to readers who may see them", async () => {
    await bank.volunteer("V-1");
    await bank.services.divisions.set(bank.officer, {
      ...{ idempotencyKey: bank.key(), mode: "ALL_OR_NOTHING" },
      dryRun: false,
      divisions: [{ code: "zhaojia", name: "赵家镇", kind: "TOWN", parentCode: "zhuji" }],
    } as never);
    const [near, far] = [await elder(), await elder("zhaojia")];
    const log = (from: string, recipientId: string) =>
      bank.log("V-1", "2026-09-18", from, `${Number(from.slice(0, 2)) + 1}:00`, { recipientId });
    for (const nobody of ["recipient_1", "volunteer_1", "赵奶奶", far.id, bank.station.id])
      expect((await log("09:00", nobody)).code).toBe("NOT_FOUND");
    const { id, code } = await log("09:00", near.id);
    expect(code).toBeNull();
    const api = await openApi(bank);
    const query = "query ($id: ID!) { node(id: $id) { ... on ServiceRecord { recipient { id displayName } } } }";
    const shown = async (who: TestBank["worker"]) =>
      (await api.post(who, { query, variables: { id } })).data.node.recipient;
    expect(await shown(bank.worker)).toEqual({ id: near.id, displayName: "赵奶奶" });
    expect(await shown(bank.officer)).toEqual({ id: near.id, displayName: "赵奶奶" });
    // Why somebody is looked after is their station's: the volunteer knows whom they helped.
    expect(await shown(await bank.actorOf((await bank.store.view.volunteerByNo("V-1")) as never))).toBeNull();
    await api.close();
  });

  test("a reference that was used says for which day's service, and when it was entered", async () => {
    await bank.volunteer("V-1");
    await bank.volunteer("V-2");
    const first = await bank.log("V-1", "2026-09-15", "09:00", "10:00", { externalRef: "1" });
    bank.setClock("2026-10-09T09:00:00+08:00");
    const answer = await bank.services.hours.log(bank.worker, {
      ...{ idempotencyKey: bank.key(), organizationId: bank.station.id, mode: "EACH", dryRun: false },
      entries: [
        {
          ...{ externalRef: "1", volunteerNo: "V-2", serviceType: "MEAL_DELIVERY", breakMinutes: 0, content: "送餐" },
          startedAt: Date.parse("2026-10-08T09:00:00+08:00"),
          endedAt: Date.parse("2026-10-08T10:00:00+08:00"),
          activityLead: "负责人",
        },
      ],
    });
    const { refusal } = answer.results[0] as { refusal: Parameters<typeof sentenceOf>[0] };
    expect(refusal.code).toBe("DUPLICATE_EXTERNAL_REF");
    expect(refusal.details).toEqual({ recordId: first.id, on: "2026-09-15", enteredOn: "2026-09-20" });
    expect(sentenceOf(refusal, "en")).toContain(
      "It stands for the service of 2026-09-15, which was entered on 2026-09-20.",
    );
  });

  test("nobody volunteers before school age, and no guardian consents before the child is born", async () => {
    const register = (birthDate: string, consentedOn: string | null, group = false) =>
      codeOf(
        bank.services.volunteers
          .register(bank.worker, {
            ...{ idempotencyKey: bank.key(), displayName: "孩子", birthDate, divisionCode: "fengqiao", consent: true },
            group,
            guardianConsent: consentedOn === null ? null : { guardianName: "母亲", relation: "母亲", consentedOn },
          })
          .then(({ value }) => value.state),
      );
    // Born today, a day too young by a year and by a day, six today.
    const rows: [born: string, consented: string | null, code: string][] = [
      ["2026-09-20", "2026-09-20", "INVALID_INPUT"],
      ["2025-09-20", "2026-09-20", "INVALID_INPUT"],
      ["2020-09-21", "2026-09-20", "INVALID_INPUT"],
      ["2020-09-20", "2026-09-20", "ACTIVE"],
      ["2012-05-01", "2012-04-30", "INVALID_INPUT"],
      ["2012-05-01", "1912-05-01", "INVALID_INPUT"],
      ["2012-05-01", "2012-05-01", "ACTIVE"],
      ["2012-05-01", "2026-09-21", "INVALID_INPUT"],
      ["2012-05-01", null, "GUARDIAN_CONSENT_MISSING"],
    ];
    for (const [born, consented, code] of rows)
      expect([born, consented, await register(born, consented)]).toEqual([born, consented, code]);
    // A group has a day of founding.
    expect(await register("2026-09-20", "2026-09-20", true)).toBe("ACTIVE");
    const child = await bank.volunteer("V-1", { birthDate: "2012-05-01", guardian: true });
    const revise = (given: object) =>
      codeOf(
        bank.services.corrections
          .revise(bank.worker, { idempotencyKey: bank.key(), volunteerId: child.id, reason: "更正", ...given })
          .then(({ value }) => value.version),
      );
    expect(await revise({ birthDate: "2026-09-20" })).toBe("INVALID_INPUT");
    const guardianConsent = { guardianName: "母亲", relation: "母亲" };
    expect(await revise({ guardianConsent: { ...guardianConsent, consentedOn: "2012-04-30" } })).toBe("INVALID_INPUT");
    expect(await revise({ guardianConsent: { ...guardianConsent, consentedOn: "2012-05-01" } })).toBe(2);
  });
});
