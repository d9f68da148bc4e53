import { type Actor, system } from "../../src/domain/actors";
import type { Organization } from "../../src/domain/organizations";
import type { Volunteer } from "../../src/domain/volunteers";
import { audit } from "../../src/services/audit";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";

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
  ])("invited by the %s of the %s, moved since: %s, comes in: %s", async (who, house, moves, comesIn) => {
    const organizationId = house === "station" ? bank.station.id : other.id;
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
      subject: "later",
      issuer: "https://next.example",
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
    await expect(revise(await stranger("wx-1"))).rejects.toMatchObject({ code: "ILLEGAL_TRANSITION" });
    await expect(revise(bank.supervisor)).resolves.toMatchObject({ replayed: false });
  });
});
