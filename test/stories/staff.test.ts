import { type Actor, system } from "../../src/domain/permissions/actors";
import { Vault } from "../../src/services/bank/vault";
import type { StaffLine } from "../../src/services/people/staff";
import { closeAudited } from "../support/audited";
import { issuer, openBank, type TestBank } from "../support/bank";
import { type Engine, engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

/** A county's staff come as a list: who they are, where, as what, and by which subject they sign in. */
describe.each(engines)("staff in bulk on $name", (engine: Engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine);
  });
  afterEach(() => closeAudited(bank));

  const worker = (displayName: string, more: Partial<StaffLine> = {}): StaffLine => ({
    role: "STATION_WORKER",
    organizationSlug: "fengqiao-station",
    displayName,
    ...more,
  });
  const register = (staff: StaffLine[], more: object = {}, who: Actor = bank.officer) =>
    bank.services.staff.register(who, { idempotencyKey: bank.key(), mode: "EACH", dryRun: false, staff, ...more });
  const outcomes = ({ results }: Awaited<ReturnType<typeof register>>) =>
    results.map(({ record, repeated, refusal }) =>
      refusal ? [refusal.code, ...refusal.path].join(" ") : repeated ? "repeated" : record?.role,
    );
  const persons = ({ results }: Awaited<ReturnType<typeof register>>) => results.map(({ record }) => record?.personId);
  const signedIn = (subject: string) => bank.services.people.actorOf({ issuer, subject });

  test("each line gives a role to a person, who is made where they are new; the same list again changes nothing", async () => {
    const lines = [
      worker("专员甲", { subject: "s-1", issuer, validFrom: "2026-09-01" }),
      worker("专员甲", { role: "ACTIVITY_LEAD", subject: "s-1", issuer, validFrom: "2026-09-01" }),
      worker("专员乙"),
      worker("专员乙", { role: "ACTIVITY_LEAD", validUntil: "2026-12-31" }),
      { role: "AUDITOR" as const, displayName: "审计丙", subject: "s-3", issuer },
      { role: "OFFICER" as const, displayName: "干部丁", divisionCode: "fengqiao" },
    ];
    const first = await register(lines, { idempotencyKey: "list" });
    expect(outcomes(first)).toEqual([
      "STATION_WORKER",
      "ACTIVITY_LEAD",
      "STATION_WORKER",
      "ACTIVITY_LEAD",
      "AUDITOR",
      "OFFICER",
    ]);
    const [workerA, leadA, workerB, leadB] = persons(first);
    expect([workerA === leadA, workerB === leadB, workerA === workerB]).toEqual([true, true, false]);
    expect((await signedIn("s-1")).grants.map(({ role }) => role).sort()).toEqual(["ACTIVITY_LEAD", "STATION_WORKER"]);
    expect((await signedIn("s-3")).grants).toMatchObject([{ role: "AUDITOR", organizationId: null }]);
    const links = await bank.services.identities.of(bank.officer, [workerA as string]);
    expect(links).toMatchObject([[{ issuer, kind: "PAPERS", linkedBy: "OFFICER" }]]);
    const { seq } = await bank.store.view.head();
    expect(await register(lines, { idempotencyKey: "list" })).toMatchObject({ replayed: true, accepted: 6 });
    expect(outcomes(await register(lines))).toEqual(Array(6).fill("repeated"));
    bank.setClock("2026-11-01T09:00:00+08:00");
    expect(outcomes(await register(lines))).toEqual(Array(6).fill("repeated"));
    expect((await bank.store.view.head()).seq).toBe(seq);
  });

  test("bad lines are refused one by one, and leave nobody behind", async () => {
    const known = persons(await register([worker("专员甲", { subject: "s-1", issuer }), worker("专员乙")]));
    const before = await bank.store.view.head();
    const cases: [line: StaffLine, outcome: string][] = [
      [worker("专员丙", { organizationSlug: "nowhere" }), "NOT_FOUND organizationSlug"],
      [worker("专员丙", { organizationSlug: null, organizationId: "organization_none" }), "NOT_FOUND organizationId"],
      [worker("专员丙", { organizationSlug: "no\0where" }), "INVALID_INPUT organizationSlug"],
      [worker("专员丙", { organizationId: bank.station.id }), "INVALID_INPUT organizationSlug"],
      [worker("专员丙", { organizationSlug: null }), "INVALID_INPUT organizationId"],
      [worker("专员丙", { role: "OFFICER" }), "INVALID_INPUT organizationId"],
      [{ role: "OFFICER", displayName: "干部", divisionCode: "nowhere" }, "DIVISION_NOT_FOUND divisionCode"],
      [worker("", {}), "INVALID_INPUT displayName"],
      [worker("专\u202e员", {}), "INVALID_INPUT displayName"],
      [worker("专员丙", { subject: "s-9" }), "INVALID_INPUT issuer"],
      // Tokens of another issuer are nobody here: such a way in would only look like one.
      [worker("专员丙", { subject: "s-9", issuer: "https://evil.example" }), "INVALID_INPUT issuer"],
      [worker("专员丙", { subject: "s".repeat(256), issuer }), "INVALID_INPUT subject"],
      [worker("专员丙", { validFrom: "2026-02-30" }), "INVALID_INPUT validFrom"],
      [worker("专员丙", { validFrom: "2026-09-02", validUntil: "2026-09-01" }), "INVALID_INPUT validUntil"],
      [worker("专员丙", { personId: "person_none" }), "NOT_FOUND personId"],
      // Somebody else's subject, name or way in.
      [worker("专员丙", { subject: "s-1", issuer }), "DUPLICATE_PERSON displayName"],
      [worker("专员乙", { personId: known[1], subject: "s-1", issuer }), "DUPLICATE_PERSON subject"],
      [worker("专员乙", { personId: known[1], subject: "s-2", issuer }), "NOT_PERMITTED subject"],
      [worker("别人", { personId: known[1] }), "DUPLICATE_PERSON displayName"],
      // Whoever of that name cannot sign in yet may be this one.
      [worker("专员乙", { subject: "s-2", issuer }), "DUPLICATE_PERSON displayName"],
    ];
    expect(outcomes(await register(cases.map(([line]) => line)))).toEqual(cases.map(([, outcome]) => outcome));
    for (const dryRun of [true, false])
      expect(
        outcomes(await register([worker("专员丙"), cases[0]?.[0] as StaffLine], { mode: "ALL_OR_NOTHING", dryRun })),
      ).toEqual(["LINKED_FAILED", "NOT_FOUND organizationSlug"]);
    expect(outcomes(await register([worker("专员丙")], { dryRun: true }))).toEqual(["STATION_WORKER"]);
    expect(await bank.store.view.head()).toEqual(before);
    expect(await bank.store.view.profilesOfStaff(known.map(String))).toMatchObject({ size: 2 });
  });

  test("a role that was ended is not given again by the old list", async () => {
    const [undated, dated] = [worker("专员甲"), worker("专员乙", { validFrom: "2026-09-01" })];
    const registered = await register([undated, dated]);
    for (const { record } of registered.results)
      await bank.services.people.revokeRole(bank.officer, { grantId: record?.id as string, reason: "离任" });
    expect(outcomes(await register([undated, dated]))).toEqual(["VERSION_CONFLICT validFrom", "repeated"]);
    expect(outcomes(await register([{ ...undated, validFrom: "2026-09-20" }]))).toEqual(["repeated"]);
    bank.setClock("2026-10-01T09:00:00+08:00");
    expect(outcomes(await register([{ ...undated, validFrom: "2026-10-01" }]))).toEqual(["STATION_WORKER"]);
    expect(outcomes(await register([{ ...undated, validUntil: "2026-12-31" }]))).toEqual([
      "VERSION_CONFLICT validUntil",
    ]);
  });

  test("an officer of a town gives roles at its organisations alone; an admin gives none this way", async () => {
    await bank.services.divisions.set(bank.officer, {
      idempotencyKey: bank.key(),
      mode: "EACH",
      dryRun: false,
      divisions: [{ code: "datang", name: "大唐街道", kind: "SUBDISTRICT", parentCode: "zhuji" }],
    });
    const personId = await bank.services.people.registerStaff(system, { displayName: "镇" });
    const town = { personId, role: "OFFICER" as const, divisionCode: "datang", validFrom: "2020-01-01" };
    await bank.services.people.grantRole(system, { idempotencyKey: bank.key(), ...town });
    const officer = await bank.services.people.actorOfPerson(personId);
    const lines = [worker("专员甲"), { role: "OFFICER" as const, displayName: "干部" }];
    expect(outcomes(await register(lines, {}, officer))).toEqual(["NOT_PERMITTED", "NOT_PERMITTED"]);
    const admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id);
    for (const who of [admin, bank.supervisor])
      expect(await codeOf(register(lines, {}, who).then(() => null))).toBe("NOT_PERMITTED");
    const self = bank.officer.personId as string;
    const own = { role: "AUDITOR" as const, personId: self };
    expect(outcomes(await register([own]))).toEqual(["SELF_CONFIRMATION personId"]);
  });

  test("the operator links a known person's subject; 1,000 lines are one batch", async () => {
    const [known] = persons(await register([worker("专员甲")]));
    const line = worker("专员甲", { personId: known, role: "ACTIVITY_LEAD", subject: "s-1", issuer });
    expect(outcomes(await register([line], {}, system))).toEqual(["ACTIVITY_LEAD"]);
    expect((await signedIn("s-1")).personId).toBe(known);
    const many = Array.from({ length: 1001 }, (_, i) => worker(`专员${i}`, { subject: `m-${i}`, issuer }));
    expect(await codeOf(register(many).then(() => null))).toBe("BATCH_TOO_LARGE");
    expect(await register(many.slice(1))).toMatchObject({ accepted: 1000, refused: 0 });
  });

  test("a batch opens the names that its lines may mean, however many people have roles where it gives some", async () => {
    // 20 lines a batch; each names a person of its own at one of two places, most without a way to sign in.
    const place = (i: number) => (i % 2 === 0 ? {} : { role: "AUDITOR" as const, organizationSlug: null });
    const list = (batch: number) =>
      Array.from({ length: 20 }, (_, i) =>
        worker(`社区专员${batch}${String(i).padStart(2, "0")}`, {
          ...place(i),
          ...(i % 3 === 0 ? { subject: `s-${batch}-${i}`, issuer } : {}),
        }),
      );
    const open = jest.spyOn(Vault.prototype, "open");
    const opened = async (batch: number) => {
      open.mockClear();
      const answer = await register(list(batch));
      return [answer.accepted, answer.repeated, open.mock.calls.reduce((sum, [, ids]) => sum + ids.length, 0)];
    };
    try {
      for (let batch = 0; batch < 5; batch += 1) expect(await opened(batch)).toEqual([20, 0, 0]);
      // Twice a line: before a key is made for anybody, and in the transaction.
      for (let batch = 0; batch < 5; batch += 1) expect(await opened(batch)).toEqual([0, 20, 40]);
    } finally {
      open.mockRestore();
    }
  });

  test("a social worker, whose name is in no search, is found by it at the place", async () => {
    const admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id);
    const { value } = await bank.services.socialWorkers.register(admin, {
      idempotencyKey: bank.key(),
      organizationId: bank.station.id,
      displayName: "社工戊",
      certificateNo: "20230330681001",
      level: "ASSISTANT",
      registeredOn: "2026-01-01",
    });
    await bank.grant(value.personId, "ACTIVITY_LEAD", bank.station.id);
    const registered = await register([worker("社工戊")]);
    expect([outcomes(registered), persons(registered)]).toEqual([["STATION_WORKER"], [value.personId]]);
  });
});
