import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer, VolunteerAction } from "../../src/domain/facts/people";
import { system } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { openCharity, type TestCharity } from "../support/charity";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

const parting: VolunteerAction[] = ["SUSPEND", "WITHDRAW", "RECORD_DEATH"];

describe.each(engines)("what goes with a volunteer on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let charity: TestCharity;
  let mei: Volunteer;
  let ping: Volunteer;
  let child: Volunteer;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    api = await openApi(bank);
    charity = await openCharity(bank);
    mei = await bank.volunteer("V-1", { displayName: "王梅" });
    ping = await bank.volunteer("V-2", { displayName: "李平" });
    child = await bank.volunteer("C-1", { displayName: "小明", birthDate: "2014-05-01", guardian: true });
  });
  afterEach(() => closeAudited(bank, api));

  const advance = (action: VolunteerAction, who = bank.supervisor) =>
    codeOf(
      bank.services.volunteers
        .advance(who, { volunteerId: mei.id, action, reason: "多次虚报时长" })
        .then(({ state }) => state),
    );
  const stateOf = async (signUp: unknown) => {
    const { id } = signUp as { id: string };
    return (await bank.store.view.signUps([id])).get(id)?.state;
  };
  const noticesOf = async (who: Volunteer): Promise<[kind: string, title: string, body: string][]> => {
    const query = "{ viewer { notices(first: 50) { edges { node { kind title body } } } } }";
    const { data } = await api.post(await bank.actorOf(who), { query, variables: {} });
    const edges = data.viewer.notices.edges as { node: { kind: string; title: string; body: string } }[];
    return edges.map(({ node: { kind, title, body } }) => [kind, title, body]);
  };
  const shiftOf = async (slug: string, shift: object) =>
    (await charity.announce(slug, { shift: shift })).shifts[0] as Shift;

  /** A full shift with a queue, a queue in which she waits, a post, a role and a ward. */
  const involve = async () => {
    const { posts, guardians } = bank.services;
    const [full, later] = [
      await shiftOf("full", { capacity: 1 }),
      await shiftOf("later", {
        capacity: 1,
        startsAt: Date.parse("2026-09-05T13:00:00+08:00"),
        endsAt: Date.parse("2026-09-05T15:00:00+08:00"),
      }),
    ];
    const hers = await charity.signUp(mei, full);
    const behind = await charity.signUp(ping, full);
    await charity.signUp(ping, later);
    const waiting = await charity.signUp(mei, later);
    expect([await stateOf(hers), await stateOf(behind), await stateOf(waiting)]).toEqual([
      "ACCEPTED",
      "WAITLISTED",
      "WAITLISTED",
    ]);
    const organizationId = bank.station.id;
    const post = { volunteerId: mei.id, organizationId, post: "GENERAL", grade: 3, validFrom: "2026-01-01" } as const;
    await posts.set(bank.officer, { idempotencyKey: bank.key(), ...post });
    await bank.grant(mei.personId, "ACTIVITY_LEAD", organizationId);
    const pair = { volunteerId: child.id, guardianId: mei.id };
    await guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
    return { full, later, hers, behind, waiting };
  };

  test.each(parting)("after %s her places are others', and her posts, roles and wards are over", async (action) => {
    const { full, hers, behind, waiting } = await involve();
    expect(await advance(action)).toBe({ SUSPEND: "SUSPENDED", WITHDRAW: "WITHDRAWN" }[action as string] ?? "DECEASED");
    expect([await stateOf(hers), await stateOf(behind), await stateOf(waiting)]).toEqual([
      "WITHDRAWN",
      "ACCEPTED",
      // A suspended volunteer keeps a turn and is passed over.
      action === "SUSPEND" ? "WAITLISTED" : "WITHDRAWN",
    ]);
    const { view } = bank.store;
    // One place, and it is taken; the queue is empty. Counted anew from the sign-ups.
    const signUps = await bank.ground.raw(
      `SELECT state, count(*) AS n FROM sign_ups WHERE shift_id = '${full.id}' GROUP BY state ORDER BY state`,
    );
    expect(signUps.map((row) => `${(row as { state: string }).state} ${(row as { n: number }).n}`)).toEqual([
      "ACCEPTED 1",
      "WITHDRAWN 1",
    ]);
    expect((await view.totalsOf([full.id])).get(full.id)).toMatchObject({ signedUp: 1, waitlisted: 0 });
    // It is no no-show, neither late nor in bad faith.
    expect(await view.missed(mei.id, 0, Date.parse("2027-01-01"))).toEqual({ noShows: 0, malicious: 0 });
    const [post] = (await view.postsOfPersons([mei.personId])).get(mei.personId) ?? [];
    const [grant] = (await view.grantsOfPersons([mei.personId])).get(mei.personId) ?? [];
    const [guardianship] = await view.guardianshipsOf(mei.personId);
    // A role does not hold on the day on which it ends; a post was still paid on it.
    expect([post?.validUntil, grant?.validUntil, guardianship?.ended]).toEqual(["2026-08-20", "2026-08-19", true]);
    expect(await bank.services.guardians.wards(await bank.actorOf(mei))).toEqual([]);

    // Who moved up is told, and so is the child. Why she was let go is told to her alone.
    expect((await noticesOf(ping))[0]).toEqual(["ACTIVITY", "候补成功，您已获得名额", "活动full"]);
    expect(await noticesOf(child)).toContainEqual(["GUARDIANSHIP", "一项监护关系已终止", ""]);
    const [steps] = await bank.services.signUps.reading.history(charity.lead, [(hers as { id: string }).id]);
    expect(steps?.at(-1)).toMatchObject({ action: "WITHDRAW", actorKind: "SYSTEM", reason: null });
    if (action === "RECORD_DEATH") return;
    const heard = await noticesOf(mei);
    expect(heard).toContainEqual(["ROLE", "您的一项工作权限已终止", "活动负责人（fengqiao-station）：多次虚报时长"]);
    expect(heard).toContainEqual(["POST", "您的一个岗位已终止", "fengqiao-station：多次虚报时长"]);
    expect(heard).toContainEqual(["GUARDIANSHIP", "一项监护关系已终止", "多次虚报时长"]);
    expect(heard).toContainEqual(["ACTIVITY", "您的志愿者登记已停用，此次报名随之取消", "活动full"]);
    expect(heard.find(([kind]) => kind === "REGISTRATION")?.[2]).toBe("多次虚报时长");
  });

  test("sign-ups that are under way or over stay: volunteers who are there stay, and the clock notes those who did not come", async () => {
    const [present, missed] = [
      await shiftOf("present", { capacity: 2 }),
      await shiftOf("missed", {
        startsAt: Date.parse("2026-09-05T06:00:00+08:00"),
        endsAt: Date.parse("2026-09-05T07:00:00+08:00"),
      }),
    ];
    const there = await charity.signUp(mei, present);
    const absent = await charity.signUp(mei, missed);
    bank.setClock("2026-09-05T09:00:00+08:00");
    await charity.checkIn(mei, present);
    expect(await advance("SUSPEND")).toBe("SUSPENDED");
    expect([await stateOf(there), await stateOf(absent)]).toEqual(["CHECKED_IN", "ACCEPTED"]);
    // The clock lets go of a place that its holder could not use any more.
    bank.setClock("2026-09-05T20:00:00+08:00");
    expect((await bank.services.activities.keepTime()).failed).toEqual([]);
    expect(await stateOf(absent)).toBe("WITHDRAWN");
  });

  test("a second suspension ends nothing twice, and what ended stays so after a return", async () => {
    await involve();
    expect(await advance("SUSPEND")).toBe("SUSPENDED");
    expect(await advance("RESTORE")).toBe("ACTIVE");
    const versions = async () => {
      const held = (await bank.store.view.grantsOfPersons([mei.personId])).get(mei.personId) ?? [];
      return held.map(({ version, validUntil }) => [version, validUntil]);
    };
    expect(await versions()).toEqual([[2, "2026-08-19"]]);
    expect(await advance("WITHDRAW")).toBe("WITHDRAWN");
    expect(await versions()).toEqual([[2, "2026-08-19"]]);
    expect(await advance("RETURN", bank.officer)).toBe("ACTIVE");
    expect((await bank.store.view.guardianshipsOf(mei.personId))[0]?.ended).toBe(true);
  });

  test("a post and a role that were to begin later never begin", async () => {
    const organizationId = bank.station.id;
    const later = { organizationId, validFrom: "2026-10-01" } as const;
    const post = { volunteerId: mei.id, post: "GENERAL", grade: 3, ...later } as const;
    await bank.services.posts.set(bank.officer, { idempotencyKey: bank.key(), ...post });
    const role = { personId: mei.personId, role: "ACTIVITY_LEAD", ...later } as const;
    await bank.services.people.grantRole(bank.officer, { idempotencyKey: bank.key(), ...role });
    expect(await advance("WITHDRAW")).toBe("WITHDRAWN");
    bank.setClock("2026-10-02T09:00:00+08:00");
    const { view } = bank.store;
    expect((await view.postsOfPersons([mei.personId])).get(mei.personId)?.[0]?.validUntil).toBe("2026-09-30");
    expect((await view.grantsOfPersons([mei.personId])).get(mei.personId)?.[0]?.validUntil).toBe("2026-08-19");
  });

  test("a station that lets a volunteer go ends no role in the office or at another organisation: an officer does", async () => {
    const { value: other } = await bank.services.organizations.register(system, {
      ...{ idempotencyKey: bank.key(), slug: "team", name: "义工队", kind: "VOLUNTEER_TEAM" },
      ...{ filingStatus: "UNREGISTERED", divisionCode: "fengqiao" },
    });
    await bank.grant(mei.personId, "ORGANIZATION_ADMIN", other.id);
    const before = (await bank.store.view.head()).seq;
    for (const action of parting) expect(await advance(action)).toBe("NOT_PERMITTED");
    expect((await bank.store.view.head()).seq).toBe(before);
    expect(await advance("SUSPEND", bank.officer)).toBe("SUSPENDED");
    expect(await advance("RESTORE")).toBe("ACTIVE");
    await bank.grant(mei.personId, "ASSESSOR", null);
    expect(await advance("SUSPEND")).toBe("NOT_PERMITTED");
    expect(await advance("SUSPEND", bank.officer)).toBe("SUSPENDED");
    const held = (await bank.store.view.grantsOfPersons([mei.personId])).get(mei.personId) ?? [];
    expect(held.map(({ validUntil }) => validUntil)).toEqual(["2026-08-19", "2026-08-19"]);
  });
});
