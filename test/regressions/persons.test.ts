import { system } from "../../src/domain/permissions/actors";
import { issuer, openBank, type TestBank } from "../support/bank";

const resident = { displayName: "居民", birthDate: "1980-05-01", divisionCode: "fengqiao", consent: true };
let bank: TestBank;
beforeEach(async () => {
  bank = await openBank();
});
afterEach(() => bank.close());

test("a person known only to the issuer registers themselves, and the bank then knows them", async () => {
  const claims = { subject: "oidc|123", issuer: "https://login.example" };
  const stranger = await bank.services.people.actorOf(claims);
  expect(stranger).toMatchObject({ personId: null, identity: expect.any(String) });
  const input = { ...resident, idempotencyKey: "mine" };
  const { value } = await bank.services.volunteers.register(stranger, input);
  expect(value).toMatchObject({ state: "REGISTERED", vouchedBy: null });

  const known = await bank.services.people.actorOf(claims);
  expect(known).toMatchObject({ personId: value.personId, identity: null, volunteerId: value.id });
  expect(await bank.services.volunteers.register(known, input)).toMatchObject({
    replayed: true,
    value: { id: value.id },
  });
  await expect(bank.services.volunteers.register(stranger, input)).rejects.toMatchObject({ code: "DUPLICATE_PERSON" });
});

test("a worker may register themselves, and nobody vouches for it", async () => {
  const { value } = await bank.services.volunteers.register(bank.worker, {
    ...resident,
    idempotencyKey: bank.key(),
    self: true,
  });
  expect(value).toMatchObject({ personId: bank.worker.personId, state: "REGISTERED", vouchedBy: null });
});

test("an officer of a division who registers a volunteer keeps their own identity, and vouches", async () => {
  const personId = await bank.services.people.registerStaff(system, { displayName: "officer" });
  const grant = { idempotencyKey: bank.key(), personId, role: "OFFICER" as const, validFrom: "2020-01-01" };
  await bank.services.people.grantRole(system, { ...grant, divisionCode: "zhuji" });
  const officer = await bank.services.people.actorOf({ subject: personId, issuer });
  const { value } = await bank.services.volunteers.register(officer, { ...resident, idempotencyKey: bank.key() });
  expect(value.personId).not.toBe(personId);
  expect(value.state).toBe("ACTIVE");
});

test("a worker who moved registers for the station of today", async () => {
  const { value: old } = await bank.services.organizations.register(bank.officer, {
    idempotencyKey: bank.key(),
    slug: "old-station",
    name: "old-station",
    kind: "SOCIAL_WORK_STATION",
    filingStatus: "REGISTERED",
    divisionCode: "fengqiao",
  });
  const personId = await bank.services.people.registerStaff(system, { displayName: "worker" });
  const grant = { personId, role: "STATION_WORKER" as const, validFrom: "2020-01-01" };
  const give = (more: object) =>
    bank.services.people.grantRole(system, { ...grant, idempotencyKey: bank.key(), ...more });
  await give({ organizationId: old.id, validUntil: "2026-01-01" });
  await give({ organizationId: bank.station.id });
  const moved = await bank.services.people.actorOfPerson(personId);
  const { value } = await bank.services.volunteers.register(moved, { ...resident, idempotencyKey: bank.key() });
  expect(value).toMatchObject({ state: "ACTIVE", vouchedBy: bank.station.id });
});

test("a role that ended while a command waited no longer counts", async () => {
  await bank.volunteer("V-1");
  const worker = await bank.staff("STATION_WORKER", bank.station.id);
  const grantId = worker.grants[0]?.id as string;
  await bank.services.people.revokeRole(bank.officer, { grantId, reason: "离职" });
  // The actor as it was when the request came in.
  const registered = bank.services.volunteers.register(worker, {
    ...resident,
    idempotencyKey: bank.key(),
    organizationId: bank.station.id,
  });
  await expect(registered).rejects.toMatchObject({ code: "NOT_PERMITTED" });
});

test("no key is left of a registration that was refused, rehearsed or answered before", async () => {
  const made: string[] = [];
  const kept = new Set<string>();
  const { add, remove } = bank.store.keys;
  bank.store.keys.add = async (personId, wrapped) => {
    made.push(personId);
    kept.add(personId);
    await add(personId, wrapped);
  };
  bank.store.keys.remove = async (personId) => {
    kept.delete(personId);
    await remove(personId);
  };
  const input = { ...resident, idempotencyKey: "once", volunteerNo: "V-1" };
  const { value } = await bank.services.volunteers.register(bank.worker, input);
  await bank.services.volunteers.register(bank.worker, input);
  await bank.services.volunteers.register(bank.worker, { ...input, volunteerNo: "V-2", dryRun: true });
  const refused = bank.services.volunteers.register(bank.worker, { ...input, idempotencyKey: "again" });
  await expect(refused).rejects.toMatchObject({ code: "DUPLICATE_VOLUNTEER_NO" });
  expect(made).toHaveLength(4);
  expect([...kept]).toEqual([value.personId]);
});
