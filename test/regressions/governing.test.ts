import type { Actor } from "../../src/domain/actors";
import { openBank, type TestBank } from "../support/bank";
import { codeOf } from "../support/charity";
import { engines } from "../support/engines";

/** What a reviewer could do that nobody may, one test each. */
describe.each(engines)("governing on $name", (engine) => {
  let bank: TestBank;
  let admin: Actor;
  const papers = { idNumber: "330681198001011234" };
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
    expect((await bank.volunteer("V-1", papers)).personId).toBe(late.personId);
    const self = await worker("B-0001", { idNumber: "330681197001011234" });
    const me = { personId: self.personId, identity: null, volunteerId: null, grants: [] } as Actor;
    const given = { displayName: "本人", birthDate: "1970-01-01", divisionCode: "fengqiao", consent: true, self: true };
    await bank.services.volunteers.register(me, { ...given, idempotencyKey: bank.key() });
    const again = bank.volunteer("V-2", { idNumber: "330681197001011234" });
    expect(await codeOf(again)).toBe("DUPLICATE_PERSON");
  });

  test("a post is for whom one may see, and is not ended over the next", async () => {
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
    for (const householdNo of ["张三", "330681198001011234", "1 2"]) {
      const input = { idempotencyKey: bank.key(), householdNo, divisionCode: "fengqiao" };
      expect(await codeOf(bank.services.villagePoints.register(bank.worker, input))).toBe("INVALID_INPUT");
    }
  });
});
