import type { Role } from "../../src/domain/facts/actors";
import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

describe.each(engines)("paid duty on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
  });
  afterEach(() => closeFullyAudited(bank, api));
  const monday = "2026-09-14";

  test.each<[Role, "HERE" | "ELSEWHERE" | "OFFICE", string | null]>([
    ["STATION_WORKER", "HERE", "PAID_DUTY"],
    ["STATION_SUPERVISOR", "ELSEWHERE", "PAID_DUTY"],
    ["OFFICER", "OFFICE", "PAID_DUTY"],
    // Both may well be volunteers: where they are paid, a post says so.
    ["ORGANIZATION_ADMIN", "HERE", null],
    ["ACTIVITY_LEAD", "HERE", null],
  ])("of a volunteer who is %s %s: %s", async (role, where, code) => {
    const mei = await bank.volunteer("V-1");
    expect((await bank.log("V-1", monday, "09:00", "10:00")).code).toBeNull(); // accepted while nobody knew of a role
    const other = await bank.services.organizations.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), slug: "other", name: "other", kind: "SOCIAL_WORK_STATION" },
      ...{ filingStatus: "REGISTERED", divisionCode: "fengqiao" },
    });
    const place = { HERE: bank.station.id, ELSEWHERE: other.value.id, OFFICE: null }[where];
    await bank.grant(mei.personId, role, place);
    expect((await bank.log("V-1", monday, "10:00", "11:00")).code).toBe(code);
    expect((await bank.log("V-1", monday, "18:00", "19:00")).code).toBeNull();
    const leave = { evidence: [{ kind: "LEAVE" as const, ref: "请假单 2026-09" }] };
    expect((await bank.log("V-1", "2026-09-15", "10:00", "11:00", leave)).code).toBeNull();
  });

  test("counts while the role lasts", async () => {
    const mei = await bank.volunteer("V-1");
    const { value } = await bank.services.people.grantRole(bank.officer, {
      ...{
        idempotencyKey: bank.key(),
        personId: mei.personId,
        role: "STATION_WORKER",
        organizationId: bank.station.id,
      },
      ...{ validFrom: "2026-09-15", validUntil: "2026-09-16" },
    });
    expect(value).toBeTruthy();
    const codes: unknown[] = [];
    for (const date of ["14", "15", "16", "17"])
      codes.push((await bank.log("V-1", `2026-09-${date}`, "10:00", "11:00")).code);
    expect(codes).toEqual([null, "PAID_DUTY", "PAID_DUTY", null]);
  });

  test("two posts of one person do not overlap, here or elsewhere", async () => {
    const mei = await bank.volunteer("V-1");
    const register = await bank.services.organizations.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), slug: "other", name: "other", kind: "SOCIAL_WORK_AGENCY" },
      ...{ filingStatus: "REGISTERED", divisionCode: "fengqiao" },
    });
    const set = async (organizationId: string, validFrom: string, validUntil: string | null = null) => {
      const { data } = await api.post(bank.officer, {
        query:
          "mutation ($input: SetCommunityPostInput!) { setCommunityPost(input: $input) { post { validFrom } userErrors { code message details } } }",
        variables: {
          input: {
            ...{ idempotencyKey: bank.key(), volunteerId: mei.id, organizationId, post: "GENERAL", grade: 6 },
            ...{ validFrom, validUntil },
          },
        },
      });
      return data.setCommunityPost.userErrors[0] ?? data.setCommunityPost.post.validFrom;
    };
    const [here, there] = [bank.station.id, register.value.id];
    expect(await set(here, "2026-09-01")).toBe("2026-09-01");
    expect(await set(there, "2026-09-10")).toMatchObject({
      code: "POST_OVERLAP",
      details: { validFrom: "2026-09-01" },
    });
    expect(await set(there, "2026-08-01", "2026-09-01")).toMatchObject({ code: "POST_OVERLAP" });
    expect(await set(here, "2026-09-01")).toMatchObject({ code: "POST_OVERLAP" });
    expect(await set(there, "2026-08-01", "2026-08-31")).toBe("2026-08-01");
    // At the same house the next post follows the open one, and may be temporary; a known last day is not moved.
    expect(await set(here, "2026-09-10", "2026-09-30")).toBe("2026-09-10");
    expect(await set(here, "2026-09-20")).toMatchObject({ code: "POST_OVERLAP" });
    expect(await set(there, "2026-10-01")).toBe("2026-10-01");
    const held = await bank.ground.raw("SELECT valid_from, valid_until FROM posts ORDER BY valid_from");
    expect(held.map(({ valid_from, valid_until }) => [valid_from, valid_until])).toEqual([
      ["2026-08-01", "2026-08-31"],
      ["2026-09-01", "2026-09-09"],
      ["2026-09-10", "2026-09-30"],
      ["2026-10-01", null],
    ]);
  });
});
