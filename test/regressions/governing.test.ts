import type { Actor } from "../../src/domain/permissions/actors";
import { audit } from "../../src/services/audit";
import { openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";
import { codeOf } from "../support/outcomes";
import { residentId } from "../support/papers";

/** What a reviewer could do that nobody may, one test each. */
describe.each(engines)("governing on $name", (engine) => {
  let bank: TestBank;
  let admin: Actor;
  const papers = { idNumber: residentId("1980-01-01") };
  beforeEach(async () => {
    bank = await openBank(engine);
    admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id);
  });
  afterEach(async () => {
    await bank.close();
  });

  const worker = async (certificateNo: string, more: object = {}) => {
    const given = { displayName: "社工", organizationId: bank.station.id, level: "ASSISTANT" as const };
    const input = { ...given, idempotencyKey: bank.key(), certificateNo, registeredOn: "2025-01-01", ...more };
    return (await bank.services.socialWorkers.register(bank.officer, input)).value;
  };
  const agency = async () => {
    const given = { slug: "agency", name: "社工机构", kind: "SOCIAL_WORK_AGENCY", filingStatus: "REGISTERED" } as const;
    const input = { ...given, idempotencyKey: bank.key(), divisionCode: "fengqiao" };
    return (await bank.services.organizations.register(bank.officer, input)).value;
  };
  const post = (who: Actor, organizationId: string, more: object) => {
    const given = { idempotencyKey: bank.key(), organizationId, post: "GENERAL" as const, grade: 1 };
    return bank.services.posts.set(who, { ...given, validFrom: "2026-01-01", ...more });
  };

  test("nobody acts as the person whose ID number they know", async () => {
    const { personId } = await worker("A-0001", papers);
    await bank.grant(personId, "STATION_SUPERVISOR", bank.station.id);
    const stranger: Actor = { personId: null, identity: "f".repeat(64), volunteerId: null, grants: [] };
    const given = { displayName: "冒名", birthDate: "1980-01-01", divisionCode: "fengqiao", consent: true };
    const input = { ...given, ...papers, self: false, organizationId: bank.station.id };
    const { head } = bank.store.view;
    const before = await head();
    for (const dryRun of [true, false]) {
      const claim = bank.services.volunteers.register(stranger, { ...input, idempotencyKey: bank.key(), dryRun });
      expect(await codeOf(claim)).toBe("NOT_PERMITTED");
    }
    expect(await head()).toEqual(before);
  });

  test("an ID number is one person's, whenever it was given", async () => {
    const late = await worker("A-0001");
    await worker("A-0001", { ...papers, organizationId: (await agency()).id });
    expect((await bank.volunteer("V-1", { displayName: "社工", birthDate: "1980-01-01", ...papers })).personId).toBe(
      late.personId,
    );
    const renumbered = worker("A-0001", { idNumber: residentId("1960-01-01"), organizationId: bank.station.id });
    expect(await codeOf(renumbered)).toBe("DUPLICATE_PERSON");
    const self = await worker("B-0001", { idNumber: residentId("1970-01-01") });
    const me = { personId: self.personId, identity: null, volunteerId: null, grants: [] } as Actor;
    const given = { displayName: "本人", birthDate: "1970-01-01", divisionCode: "fengqiao", consent: true, self: true };
    await bank.services.volunteers.register(me, { ...given, idempotencyKey: bank.key() });
    const again = bank.volunteer("V-2", {
      displayName: "社工",
      birthDate: "1970-01-01",
      idNumber: residentId("1970-01-01"),
    });
    expect(await codeOf(again)).toBe("DUPLICATE_PERSON");
  });

  test("a post is for a person whom the actor may see, and is not ended after the next one has begun", async () => {
    const other = await agency();
    const theirs = await bank.staff("ORGANIZATION_ADMIN", other.id);
    const { id: volunteerId } = await bank.volunteer("V-1");
    const { id: socialWorkerId } = await worker("A-0001");
    expect(await codeOf(post(theirs, other.id, { volunteerId }))).toBe("VOLUNTEER_NOT_FOUND");
    expect(await codeOf(post(theirs, other.id, { socialWorkerId }))).toBe("NOT_FOUND");
    const { value: first } = await post(admin, bank.station.id, { volunteerId });
    await post(admin, bank.station.id, { volunteerId, validFrom: "2026-06-01" });
    const ended = bank.services.posts.end(admin, { postId: first.id, on: "2027-12-31", reason: "笔误" });
    expect(await codeOf(ended)).toBe("INVALID_INTERVAL");
  });

  test("a household's number has no room for a person", async () => {
    const register = (householdNo: string) =>
      bank.services.villagePoints.households.register(bank.worker, {
        idempotencyKey: bank.key(),
        householdNo,
        divisionCode: "fengqiao",
      });
    for (const householdNo of ["张三", "330681198001011234", "1_2"])
      expect(await codeOf(register(householdNo))).toBe("INVALID_INPUT");
    // Blanks are how people group a number: it is read without them.
    expect((await register("1 2")).value.householdNo).toBe("12");
  });

  test("a certificate stays its holder's after a higher one", async () => {
    const { id } = await worker("A-0001", papers);
    expect((await worker("B-0001", { ...papers, level: "INTERMEDIATE" })).id).toBe(id);
    expect(await codeOf(worker("A-0001", { displayName: "别人" }))).toBe("DUPLICATE_PERSON");
    expect(await bank.services.socialWorkers.certified([bank.station.id])).toEqual([1]);
  });

  test("the same key does not tell again what may no longer be seen", async () => {
    const head = { idempotencyKey: bank.key(), organizationId: bank.station.id, displayName: "站长" };
    await bank.services.heads.propose(admin, head);
    const given = { displayName: "社工", organizationId: bank.station.id, level: "ASSISTANT" as const };
    const input = { ...given, idempotencyKey: bank.key(), certificateNo: "A-0001", registeredOn: "2025-01-01" };
    await bank.services.socialWorkers.register(admin, input);
    await worker("A-0001", { organizationId: (await agency()).id });
    expect(await codeOf(bank.services.socialWorkers.register(admin, input))).toBe("NOT_PERMITTED");
    const [grant] =
      (await bank.store.view.grantsOfPersons([admin.personId as string])).get(admin.personId as string) ?? [];
    await bank.services.people.revokeRole(bank.officer, { grantId: grant?.id as string, reason: "离任" });
    bank.setClock("2026-12-01T09:00:00+08:00");
    expect(
      await codeOf(
        bank.services.heads.propose(
          await bank.services.people.actorOf({ subject: admin.personId as string, issuer: origin }),
          head,
        ),
      ),
    ).toBe("NOT_PERMITTED");
  });

  test("each quarter's account holds what the board shows", async () => {
    const household = { idempotencyKey: bank.key(), householdNo: "01-001", divisionCode: "fengqiao" };
    const { id: householdId } = (await bank.services.villagePoints.households.register(bank.worker, household)).value;
    const award = (points: number, on: string) =>
      codeOf(
        bank.services.villagePoints
          .award(bank.worker, { idempotencyKey: bank.key(), householdId, points, reason: "卫生", on })
          .then(() => "ok"),
      );
    const board = (quarter: string) =>
      codeOf(
        bank.services.villagePoints.board
          .list(bank.worker, { divisionCode: "fengqiao", quarter }, { first: 10 })
          .then(({ edges }) => edges.map(({ node }) => node.points)),
      );
    const held = async () => {
      const quarters = await bank.store.view.householdQuarters(householdId);
      const accounts = await bank.store.view.accounts(quarters.map(({ accountId }) => accountId));
      return quarters.map(({ quarter, accountId }) => {
        const account = accounts.get(accountId);
        return [quarter, (account?.creditsPosted ?? 0) - (account?.debitsPosted ?? 0)];
      });
    };
    expect([await award(-100, "2026-09-18"), await award(-1, "2026-09-18")]).toEqual(["ok", "INSUFFICIENT_POINTS"]);
    expect([await board("2026-Q2"), await board("2026-Q4")]).toEqual([[], "IN_THE_FUTURE"]);
    bank.setClock("2026-10-20T09:00:00+08:00");
    expect(await board("2026-Q4")).toEqual([100]);
    const late = [await award(7, "2026-09-25"), await award(-5, "2026-10-19"), await award(-96, "2026-10-19")];
    expect(late).toEqual(["ok", "ok", "INSUFFICIENT_POINTS"]);
    expect([await board("2026-Q3"), await board("2026-Q4")]).toEqual([[7], [95]]);
    expect(await held()).toEqual([
      ["2026-Q3", 7],
      ["2026-Q4", 95],
    ]);
    const next = { ...household, idempotencyKey: bank.key(), householdNo: "01-002" };
    const { value: newcomer } = await bank.services.villagePoints.households.register(bank.worker, next);
    const early = { householdId: newcomer.id, points: 5, reason: "卫生", on: "2026-09-30" };
    const before = bank.services.villagePoints.award(bank.worker, { idempotencyKey: bank.key(), ...early });
    expect(await codeOf(before)).toBe("BACKFILL_WINDOW_PASSED");
    const { findings } = await bank.store.snapshot((view) => audit(view, origin));
    expect(findings).toEqual([]);
  });

  test("an organisation keeps a kind that was removed from the list", async () => {
    const describe = (more: object) =>
      codeOf(
        bank.services.organizations
          .describe(bank.officer, {
            organizationId: bank.station.id,
            hub: false,
            villageKind: "SAFETY_PATROL",
            ...more,
          })
          .then(() => "ok"),
      );
    expect(await describe({})).toBe("ok");
    const value = [{ code: "OTHER", label: "其他", labelEn: "Other", core: true }];
    const policy = { key: "village.organizationKinds", value, effectiveFrom: "2026-09-20", citation: "市民政局文件" };
    await bank.services.policies.set(bank.officer, { ...policy, idempotencyKey: bank.key() } as never);
    expect([await describe({ hub: true }), await describe({ villageKind: "VOLUNTEER_OR_CULTURE_TEAM" })]).toEqual([
      "ok",
      "INVALID_INPUT",
    ]);
  });
});
