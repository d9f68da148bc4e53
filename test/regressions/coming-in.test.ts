import type { Organization } from "../../src/domain/facts/organizations";
import type { Volunteer } from "../../src/domain/facts/people";
import { type Actor, nobody, system } from "../../src/domain/permissions/actors";
import { audit } from "../../src/services/audit";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";
import { residentId } from "../support/papers";

describe.each(engines)("what a way in opens, and no longer opens, on $name", (engine) => {
  let bank: TestBank;
  let mei: Volunteer;
  let other: Organization;
  beforeEach(async () => {
    bank = await openBank(engine);
    mei = await bank.volunteer("V-1");
    const { value } = await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      slug: "jiyang-station",
      name: "jiyang-station",
      kind: "SOCIAL_WORK_STATION",
      filingStatus: "REGISTERED",
      divisionCode: "fengqiao",
    });
    other = value;
  });
  afterEach(() => bank.close());

  const stranger = (subject: string) => bank.services.people.actorOf({ subject, issuer });
  const link = (subject: string, more: object = {}) =>
    bank.services.identities.link(bank.officer, {
      idempotencyKey: bank.key(),
      personId: mei.personId,
      issuer,
      subject,
      reason: "已核对证件",
      ...more,
    });
  const move = (volunteer: Volunteer) =>
    bank.services.corrections.revise(bank.officer, {
      idempotencyKey: bank.key(),
      volunteerId: volunteer.id,
      organizationId: other.id,
      reason: "迁居",
    });

  // Who invites, for which house, and whether the volunteer then moves to the other one.
  test.each<["worker" | "officer", "station" | "other", boolean, boolean]>([
    ["worker", "station", false, true],
    ["worker", "station", true, false],
    ["officer", "station", true, false],
    ["officer", "other", false, true],
    ["officer", "other", true, true],
  ])("invited by the %s of the %s, moved since: %s, comes in: %s", async (who, organization, moves, comesIn) => {
    const organizationId = organization === "station" ? bank.station.id : other.id;
    const child = await bank.volunteer("V-2", { birthDate: "2013-01-01", guardian: true });
    const { value } = await bank.services.invitations.invite(bank[who], {
      idempotencyKey: bank.key(),
      organizationId,
      invitees: [{ volunteerId: mei.id }, { guardianOf: child.id }],
    });
    if (moves) for (const volunteer of [mei, child]) await move(volunteer);
    for (const [i, { code }] of value.entries()) {
      const accepted = bank.services.invitations.accept(await stranger(`wx-${i}`), {
        idempotencyKey: bank.key(),
        code: code as string,
      });
      if (comesIn) await expect(accepted).resolves.toMatchObject({ replayed: false });
      else await expect(accepted).rejects.toMatchObject({ code: "INVITATION_INVALID" });
    }
  });

  test("the copy's link and the calendar's address end with the phone that made them; new ones open", async () => {
    const { value: phone } = await link("wx-1");
    await link("wx-2");
    const { privacy, calendars, identities } = bank.services;
    const made = async () => {
      const me = await stranger("wx-2");
      const copy = { idempotencyKey: bank.key(), personId: mei.personId };
      return {
        copy: (await privacy.export(me, copy)).value.secret,
        calendar: (await calendars.link(me)) as string,
      };
    };
    const opens = async ({ copy, calendar }: { copy: string; calendar: string }) => [
      (await privacy.copy(copy)) !== null,
      (await calendars.of(calendar)) !== null,
    ];
    const early = await made();
    expect(await opens(early)).toEqual([true, true]);
    await identities.unlink(bank.supervisor, { identityId: phone.id, reason: "手机被盗" });
    expect(await opens(early)).toEqual([false, false]);
    expect(await opens(await made())).toEqual([true, true]);
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
  });

  test("another issuer's subject is no way in, nor one that lets the last be ended; the operator may prepare one", async () => {
    const evil = { issuer: "https://evil.example" };
    await expect(link("wx-9", evil)).rejects.toMatchObject({ code: "INVALID_INPUT", path: ["issuer"] });
    const { value: only } = await link("wx-1");
    await bank.services.people.appoint(system, {
      personId: mei.personId,
      identity: { issuer: "https://next.example", subject: "later" },
      role: "STATION_WORKER",
      organizationId: bank.station.id,
      divisionCode: null,
      validFrom: "2026-01-01",
    });
    const unlinked = bank.services.identities.unlink(await stranger("wx-1"), { identityId: only.id, reason: "换手机" });
    await expect(unlinked).rejects.toMatchObject({ code: "LAST_IDENTITY" });
  });

  test("the dead get no new way in, and correct nothing by the one they had; the station still does", async () => {
    await link("wx-1");
    const given = { volunteerId: mei.id, action: "RECORD_DEATH" as const, reason: "去世" };
    await bank.services.volunteers.advance(bank.supervisor, given);
    await expect(link("heir")).rejects.toMatchObject({ code: "ILLEGAL_TRANSITION", path: ["personId"] });
    const revise = async (actor: Actor) =>
      bank.services.corrections.revise(actor, {
        idempotencyKey: bank.key(),
        volunteerId: mei.id,
        phone: "13900001111",
        reason: "更正",
      });
    // Whoever holds the telephone now is nobody, by the subject and by the person's own id; the link is there for a way back.
    expect(await stranger("wx-1")).toEqual(nobody);
    expect(await bank.services.people.actorOfPerson(mei.personId)).toEqual(nobody);
    await expect(revise(await stranger("wx-1"))).rejects.toMatchObject({ code: "NOT_PERMITTED" });
    await expect(revise(bank.supervisor)).resolves.toMatchObject({ replayed: false });
    await bank.services.volunteers.advance(bank.officer, { ...given, action: "UNDO_DEATH", reason: "误报" });
    expect(await stranger("wx-1")).toMatchObject({ personId: mei.personId, volunteerId: mei.id });
  });

  test("a role that another organisation gives to a station's volunteer opens no way in to them", async () => {
    const at = other.id;
    const [admin, supervisor] = [
      await bank.staff("ORGANIZATION_ADMIN", at, "admin"),
      await bank.staff("STATION_SUPERVISOR", at, "supervisor"),
    ];
    const { services } = bank;
    const grant = {
      personId: mei.personId,
      role: "ACTIVITY_LEAD" as const,
      organizationId: at,
      validFrom: "2026-01-01",
    };
    // An officer may have given it, or an admin to a person whose papers were seen.
    await services.people.grantRole(bank.officer, { idempotencyKey: bank.key(), ...grant });
    const { value: own } = await link("wx-1");
    const given = {
      idempotencyKey: bank.key(),
      personId: mei.personId,
      issuer,
      subject: "thief",
      reason: "已核对证件",
    };
    await expect(services.identities.link(supervisor, given)).rejects.toMatchObject({ code: "NOT_PERMITTED" });
    const ended = services.identities.unlink(supervisor, { identityId: own.id, reason: "换手机" });
    await expect(ended).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await services.identities.of(supervisor, [mei.personId])).toEqual([[]]);
    const invited = { organizationId: at, invitees: [{ personId: mei.personId }] };
    const card = services.invitations.invite(admin, { idempotencyKey: bank.key(), ...invited });
    await expect(card).rejects.toMatchObject({ code: "NOT_PERMITTED" });
  });

  test("no card of a foreign station opens the registration of an elder whom another station looks after", async () => {
    await bank.services.divisions.set(bank.officer, {
      ...{ idempotencyKey: bank.key(), mode: "EACH", dryRun: false },
      divisions: [{ code: "datang", name: "大唐街道", kind: "SUBDISTRICT", parentCode: "zhuji" }],
    });
    const idNumber = residentId("1980-05-01", 8);
    const volunteer = await bank.volunteer("E-1", { displayName: "王奶奶", idNumber });
    const elder = { displayName: "王奶奶", birthDate: "1980-05-01", divisionCode: "datang", consent: true, idNumber };
    const listed = { idempotencyKey: bank.key(), ...elder, categories: ["SEVERE_ILLNESS" as const] };
    const { value } = await bank.services.recipients.register(bank.officer, listed);
    expect(value.personId).toBe(volunteer.personId);
    const invited = { organizationId: bank.station.id, invitees: [{ volunteerId: volunteer.id }] };
    for (const [who, outcome] of [
      [bank.worker, "NOT_PERMITTED"],
      [bank.officer, null],
    ] as const) {
      const made = bank.services.invitations.invite(who, { idempotencyKey: bank.key(), ...invited });
      if (outcome) await expect(made).rejects.toMatchObject({ code: outcome });
      else await expect(made).resolves.toBeDefined();
    }
    // Nor does the supervisor link a phone; one that was stolen the supervisor ends.
    const given = { personId: volunteer.personId, issuer, subject: "phone", reason: "已核对证件" };
    const linked = bank.services.identities.link(bank.supervisor, { idempotencyKey: bank.key(), ...given });
    await expect(linked).rejects.toMatchObject({ code: "NOT_PERMITTED" });
    const { value: phone } = await bank.services.identities.link(bank.officer, {
      idempotencyKey: bank.key(),
      ...given,
    });
    const ended = await bank.services.identities.unlink(bank.supervisor, { identityId: phone.id, reason: "手机被盗" });
    expect(ended).toMatchObject({ state: "UNLINKED" });
  });

  test("a card opens the registration that it was given for, and no other of the person who had both", async () => {
    const { invitations, persons, recipients, people } = bank.services;
    const papers = { displayName: "王梅", birthDate: "1968-04-12", idNumber: residentId("1968-04-12") };
    const stranger = await bank.volunteer("V-10", papers);
    const elder = await recipients.register(bank.worker, {
      ...{ idempotencyKey: bank.key(), ...papers, divisionCode: "fengqiao", consent: true },
      categories: ["LIVING_ALONE"],
    });
    expect(elder.value.personId).toBe(stranger.personId);
    const { value } = await invitations.invite(bank.worker, {
      ...{ idempotencyKey: bank.key(), organizationId: bank.station.id, invitees: [{ volunteerId: stranger.id }] },
    });
    // The two were never one: the card is the stranger's, and the elder registers for herself.
    await persons.separate(bank.officer, {
      ...{ idempotencyKey: bank.key(), personId: stranger.personId, separateVolunteerId: stranger.id },
      ...{ papersOf: "KEPT", reason: "两人" },
    });
    expect((await bank.volunteer("V-11", papers)).personId).toBe(elder.value.personId);
    const holder = await people.actorOf({ issuer, subject: "with-the-card" });
    const accepted = invitations.accept(holder, { idempotencyKey: bank.key(), code: value[0]?.code as string });
    await expect(accepted).rejects.toMatchObject({ code: "INVITATION_INVALID" });
    expect((await people.actorOf({ issuer, subject: "with-the-card" })).personId).toBeNull();
  });

  test("nobody becomes a guardian by an invitation that they made, under any of their ids", async () => {
    const { invitations, persons, people } = bank.services;
    const child = await bank.volunteer("V-12", { birthDate: "2013-01-01", guardian: true });
    const { value } = await invitations.invite(bank.worker, {
      ...{ idempotencyKey: bank.key(), organizationId: bank.station.id, invitees: [{ guardianOf: child.id }] },
    });
    const other = await bank.staff("STATION_WORKER", bank.station.id, "other");
    const pair = { keepPersonId: other.personId as string, mergePersonId: bank.worker.personId as string };
    await persons.merge(bank.officer, { idempotencyKey: bank.key(), ...pair, reason: "同一人" });
    const both = await people.actorOfPerson(other.personId as string);
    const accepted = invitations.accept(both, { idempotencyKey: bank.key(), code: value[0]?.code as string });
    await expect(accepted).rejects.toMatchObject({ code: "SELF_CONFIRMATION" });
  });

  test("an admin's second account gets no role from the admin before a station has seen the papers", async () => {
    const admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id, "admin");
    const second = await stranger("second-account");
    const self = { displayName: "我", birthDate: "1980-01-01", divisionCode: "fengqiao", consent: true };
    const { value } = await bank.services.volunteers.register(second, { idempotencyKey: bank.key(), ...self });
    await bank.services.volunteers.advance(admin, { volunteerId: value.id, action: "ACTIVATE" });
    const role = { role: "STATION_SUPERVISOR" as const, organizationId: bank.station.id, validFrom: "2026-01-01" };
    const give = (who: Actor) =>
      bank.services.people.grantRole(who, { idempotencyKey: bank.key(), personId: value.personId, ...role });
    await expect(give(admin)).rejects.toMatchObject({ code: "NOT_PERMITTED", details: { papersSeen: false } });
    const seen = { volunteerId: value.id, idNumber: residentId("1980-01-01", 4), reason: "核验证件" };
    await bank.services.corrections.revise(bank.supervisor, { idempotencyKey: bank.key(), ...seen });
    expect(await give(admin)).toMatchObject({ value: { role: "STATION_SUPERVISOR" } });
  });
});
