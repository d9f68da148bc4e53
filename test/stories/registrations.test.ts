import { system } from "../../src/domain/permissions/actors";
import type { OrganizationLine } from "../../src/services/organizations/registrations";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { type Engine, engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

/** A county's organisations come as a list. */
describe.each(engines)("organisations in bulk on $name", (engine: Engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine);
  });
  afterEach(() => closeAudited(bank));

  const team = (name: string, more: Partial<OrganizationLine> = {}): OrganizationLine => ({
    name,
    kind: "VOLUNTEER_TEAM",
    filingStatus: "FILED",
    divisionCode: "fengqiao",
    ...more,
  });
  const register = (organizations: OrganizationLine[], more: object = {}, who = bank.officer) =>
    bank.services.organizations.registerAll(who, {
      idempotencyKey: bank.key(),
      mode: "EACH",
      dryRun: false,
      organizations,
      ...more,
    });
  const outcomes = ({ results }: Awaited<ReturnType<typeof register>>) =>
    results.map(({ record, repeated, refusal }) => refusal?.code ?? (repeated ? "repeated" : record?.name));
  const uscc = "51330681MJDEM9001G";

  test("each line is registered, repeated or refused; the same list again changes nothing", async () => {
    const lines = [
      team("甲队", { slug: "team-a", registeredOn: "2020-01-01", hub: false }),
      team("乙会", { uscc, kind: "ASSOCIATION", filingStatus: "REGISTERED" }),
      team("丙队"),
      team("丙队"),
      team("丁队", { slug: "team-a" }),
      team("戊会", { uscc }),
      team("己队", { slug: "Team A" }),
      team("庚队", { villageKind: "CHOIR" }),
      team("辛\0队"),
      team("壬\ud800队"),
      team("癸队", { divisionCode: "nowhere\0" }),
      team("子队", { divisionCode: "nowhere" }),
    ];
    const outcome = [
      "甲队",
      "乙会",
      "丙队",
      "repeated",
      "DUPLICATE_SLUG",
      "DUPLICATE_USCC",
      ...Array(5).fill("INVALID_INPUT"),
      "DIVISION_NOT_FOUND",
    ];
    const first = await register(lines, { idempotencyKey: "list" });
    expect(outcomes(first)).toEqual(outcome);
    expect([first.accepted, first.repeated, first.refused]).toEqual([3, 1, 8]);
    const { seq } = await bank.store.view.head();
    expect(await register(lines, { idempotencyKey: "list" })).toMatchObject({ replayed: true, accepted: 3 });
    expect(outcomes(await register(lines))).toEqual([...Array(4).fill("repeated"), ...outcome.slice(4)]);
    expect((await bank.store.view.head()).seq).toBe(seq);
  });

  test("all or none, dry or not; 1,001 are too many", async () => {
    const lines = [team("甲队"), team("乙队", { divisionCode: "nowhere" })];
    const before = await bank.store.view.head();
    for (const dryRun of [true, false])
      expect(outcomes(await register(lines, { mode: "ALL_OR_NOTHING", dryRun }))).toEqual([
        "LINKED_FAILED",
        "DIVISION_NOT_FOUND",
      ]);
    expect(outcomes(await register(lines, { dryRun: true }))).toEqual(["甲队", "DIVISION_NOT_FOUND"]);
    expect(await bank.store.view.head()).toEqual(before);
    const many = Array.from({ length: 1001 }, (_, i) => team(`第${i}队`, { slug: `team-${i}` }));
    expect(await codeOf(register(many).then(() => null))).toBe("BATCH_TOO_LARGE");
    expect(await register(many.slice(1))).toMatchObject({ accepted: 1000 });
  });

  test("an officer of a town registers in that town alone, nobody else anywhere; no line names a retired division", async () => {
    await bank.services.divisions.set(bank.officer, {
      idempotencyKey: bank.key(),
      mode: "EACH",
      dryRun: false,
      divisions: [
        { code: "datang", name: "大唐街道", kind: "SUBDISTRICT", parentCode: "zhuji" },
        { code: "caota", name: "草塔镇", kind: "TOWN", parentCode: "zhuji", retired: true },
      ],
    });
    const personId = await bank.services.people.registerStaff(system, { displayName: "镇" });
    const grant = { personId, role: "OFFICER" as const, divisionCode: "fengqiao", validFrom: "2020-01-01" };
    await bank.services.people.grantRole(system, { idempotencyKey: bank.key(), ...grant });
    const officer = await bank.services.people.actorOfPerson(personId);
    const lines = [team("甲队"), team("乙队", { divisionCode: "datang" }), team("丙队", { divisionCode: "caota" })];
    expect(outcomes(await register(lines, {}, officer))).toEqual(["甲队", "NOT_PERMITTED", "DIVISION_RETIRED"]);
    expect(outcomes(await register(lines))).toEqual(["repeated", "乙队", "DIVISION_RETIRED"]);
    for (const dryRun of [true, false])
      expect(await codeOf(register(lines, { dryRun }, bank.supervisor).then(() => null))).toBe("NOT_PERMITTED");
  });
});
