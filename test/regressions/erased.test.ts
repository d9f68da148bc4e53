import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import { seedHashOf } from "../../src/domain/spot-checks";
import { Vault } from "../../src/services/bank/vault";
import { closeAudited } from "../support/audited";
import { issuer, openBank, type TestBank } from "../support/bank";
import { openCharity } from "../support/charity";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";
import { residentId } from "../support/papers";

/** What an erased person leaves to others: earlier releases erased people whose business was open. */
describe.each(engines)("what others still do about an erased person's things on $name", (engine) => {
  let bank: TestBank;
  let mei: Volunteer;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-20T09:00:00+08:00");
    mei = await bank.volunteer("V-1", { idNumber: residentId("1980-05-01") });
  });
  afterEach(() => closeAudited(bank));

  /** Erases a person whatever is open, as earlier releases did. */
  const erase = async (personId: string) => {
    const officer = bank.officer.personId as string;
    const vault = new Vault(bank.store, bank.options.entropy, bank.options.secret);
    await bank.store.write(async (tx) => {
      const reasonId = await vault.seal(tx, officer, { reason: "本人要求" });
      const days = { on: "2026-09-20", keptUntil: "2036-09-19" };
      await tx.append(officer, { type: "PERSON_ERASED", personId, ...days, reasonId });
      await tx.dropSearchTerms(personId);
    });
    expect(await bank.services.privacy.finishErasures()).toBe(1);
  };
  const logged = async (from: string, to: string) => (await bank.log("V-1", "2026-09-18", from, to)).id as string;
  const posted = async (from: string, to: string) => {
    const id = await logged(from, to);
    expect(await bank.confirm(bank.second, id)).toEqual(["POSTED"]);
    return id;
  };
  const lastReason = async (recordId: string) => {
    const [history] = await bank.services.hours.reading.steps(bank.officer, [recordId]);
    return history?.at(-1)?.reason;
  };
  /** Under whose key each sealed row is, the latest first. */
  const ownerOfLastReason = async () => {
    const rows = await bank.ground.raw("SELECT person_id FROM sealed ORDER BY seq DESC LIMIT 1");
    return (rows as { person_id: string }[])[0]?.person_id;
  };

  test("objections are decided, records reversed, confirmed and rejected, under the key of who decides", async () => {
    const [disputed, forged] = [await posted("08:00", "10:00"), await posted("10:00", "12:00")];
    const [waiting, wrong, muddled] = [
      await logged("13:00", "14:00"),
      await logged("14:00", "15:00"),
      await logged("15:00", "16:00"),
    ];
    const self = await bank.actorOf(mei);
    const { hours } = bank.services;
    await hours.dispute(self, { idempotencyKey: bank.key(), recordId: disputed, reason: "时间不对" });
    expect(await bank.credited("V-1")).toEqual({ posted: 240, held: 120, available: 120, service: 240 });
    await erase(mei.personId);

    const key = () => ({ idempotencyKey: bank.key() });
    const supervisor = bank.supervisor;
    const { value: upheld } = await hours.resolve(supervisor, {
      ...key(),
      ...{ recordId: disputed, outcome: "UPHELD", reason: "签到表无误" },
    });
    expect([upheld.state, await lastReason(disputed)]).toEqual(["POSTED", "签到表无误"]);
    expect(await ownerOfLastReason()).toBe(supervisor.personId);
    // The hold is gone, and the objection may be raised again by the house, adjusted this time.
    expect((await bank.credited("V-1")).held).toBe(0);
    await hours.dispute(bank.worker, { ...key(), recordId: disputed, reason: "监控显示提前离开" });
    const adjusted = { outcome: "ADJUSTED", endedAt: Date.parse("2026-09-18T09:00:00+08:00") } as const;
    await hours.resolve(supervisor, { ...key(), recordId: disputed, ...adjusted, reason: "以监控为准" });
    const { value: reversed } = await hours.reverse(supervisor, { ...key(), recordId: forged, reason: "冒名" });
    expect(reversed.state).toBe("REVERSED");
    expect(await bank.confirm(bank.second, waiting)).toEqual(["POSTED"]);
    expect((await hours.reject(supervisor, { recordId: wrong, reason: "无此服务" })).state).toBe("REJECTED");
    // 08:00 to 09:00 and 13:00 to 14:00 are left: two hours.
    expect(await bank.credited("V-1")).toEqual({ posted: 120, held: 0, available: 120, service: 120 });
    // Nobody can read any more what a record said, so nobody corrects it: a refusal, and the bank goes on.
    expect(await codeOf(hours.resubmit(bank.worker, { recordId: muddled, content: "更正" }))).toBe("PERSON_ERASED");
    expect(bank.store.halted).toBe(false);
    expect((await hours.void(bank.worker, { recordId: muddled, reason: "录错" })).state).toBe("VOIDED");
  });

  test("a drawn record is checked, to the publication", async () => {
    const id = await posted("08:00", "10:00");
    bank.setClock("2026-10-09T09:00:00+08:00");
    const { spotChecks } = bank.services;
    const [month, seed] = ["2026-09", "十月九日公证处抽取"];
    await spotChecks.publishSeed(bank.officer, { idempotencyKey: bank.key(), month, seedHash: seedHashOf(seed) });
    bank.setClock("2026-10-10T09:00:00+08:00");
    await spotChecks.revealSeed(bank.officer, { month, seed });
    await erase(mei.personId);
    const officer = await bank.staff("OFFICER", null, "second officer");
    for (const state of ["EVIDENCE_REQUESTED", "FAILED", "PUBLISHED"] as const) {
      const check = { recordId: id, state, finding: `现场核对：${state}` };
      const { value } = await spotChecks.record(officer, { idempotencyKey: bank.key(), ...check });
      expect([value.state, value.finding]).toEqual([state, `现场核对：${state}`]);
    }
    expect(await ownerOfLastReason()).toBe(officer.personId);
  });

  test("visits, posts, roles, guardianships and trainings are ended or taken back", async () => {
    const { recipients, visits, posts, people, guardians } = bank.services;
    const organizationId = bank.station.id;
    const { value: recipient } = await recipients.register(bank.worker, {
      idempotencyKey: bank.key(),
      displayName: "钱奶奶",
      ...{ birthDate: "1940-05-01", divisionCode: "fengqiao", categories: ["LIVING_ALONE"], consent: true },
    });
    const { value: visit } = await visits.record(bank.worker, {
      idempotencyKey: bank.key(),
      ...{ organizationId, recipientId: recipient.id, at: Date.parse("2026-09-19T10:00:00+08:00") },
      ...{ mode: "HOME", result: "MET", asVolunteer: false },
    });
    await erase(recipient.personId);
    expect((await visits.withdraw(bank.worker, { visitId: visit.id, reason: "走错门" })).withdrawn).toBe(true);
    const off = { recipientId: recipient.id, listed: false, reason: "已注销" };
    expect((await recipients.list(bank.worker, off)).listedUntil).toBe("2026-09-20");
    // Nobody who was erased comes back on a list.
    expect(await codeOf(recipients.list(bank.worker, { ...off, listed: true }))).toBe("PERSON_ERASED");

    const post = { volunteerId: mei.id, organizationId, post: "GENERAL", grade: 3, validFrom: "2026-01-01" } as const;
    const { value: held } = await posts.set(bank.officer, { idempotencyKey: bank.key(), ...post });
    await bank.grant(mei.personId, "ACTIVITY_LEAD", organizationId);
    const child = await bank.volunteer("C-1", { birthDate: "2014-05-01", guardian: true });
    const pair = { volunteerId: child.id, guardianId: mei.id };
    await guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
    await erase(mei.personId);
    const ended = await posts.end(bank.officer, { postId: held.id, on: "2026-09-20", reason: "离任" });
    expect(ended.validUntil).toBe("2026-09-20");
    const [grant] = (await bank.store.view.grantsOfPersons([mei.personId])).get(mei.personId) ?? [];
    const revoked = await people.revokeRole(bank.officer, { grantId: grant?.id as string, reason: "离任" });
    expect(revoked.validUntil).toBe("2026-09-19");
    await guardians.end(bank.worker, { ...pair, reason: "监护人已注销" });
    expect((await bank.store.view.guardianshipsFor([child.id])).get(child.id)?.[0]?.ended).toBe(true);
    // Why it ended is about the child, and stays under the child's own key.
    expect(await ownerOfLastReason()).toBe(child.personId);
    // The other way about: the child is erased, and its guardianship ends.
    const other = await bank.volunteer("V-2");
    const pairOfOther = { volunteerId: child.id, guardianId: other.id };
    await guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pairOfOther });
    const spare = await bank.volunteer("V-3");
    await erase(child.personId);
    // And nothing begins about a person who was erased.
    const begun = [
      guardians.link(bank.worker, { idempotencyKey: bank.key(), volunteerId: child.id, guardianId: spare.id }),
      posts.set(bank.officer, { idempotencyKey: bank.key(), ...post, validFrom: "2026-10-01" }),
      bank.services.ties.set(bank.worker, { volunteerId: mei.id, organizationId, allowed: true, reason: "来电" }),
      bank.services.credit.open(bank.officer, {
        ...{ idempotencyKey: bank.key(), subjectId: mei.id, kind: "ADVERSE", ground: "MALICIOUS_NO_SHOW" },
        ...{ facts: "不到", evidence: [{ kind: "OTHER", ref: "记录" }] },
      }),
    ];
    expect(await Promise.all(begun.map(codeOf<unknown>))).toEqual(Array(4).fill("PERSON_ERASED"));
    await guardians.end(bank.worker, { ...pairOfOther, reason: "已注销" });
    expect(await ownerOfLastReason()).toBe(bank.worker.personId);
  });

  test("places are given back, attendances settled, and the clock goes on", async () => {
    const charity = await openCharity(bank);
    const { signUps, attendance, activities } = bank.services;
    const day = (time: string) => Date.parse(`2026-09-21T${time}:00+08:00`);
    const shiftOf = async (slug: string, from: string, until: string) =>
      (await charity.announce(slug, { shift: { startsAt: day(from), endsAt: day(until), capacity: 1 } }))
        .shifts[0] as Shift;
    const [promised, present, missed] = [
      await shiftOf("promised", "14:00", "16:00"),
      await shiftOf("present", "08:00", "10:00"),
      await shiftOf("missed", "11:00", "12:00"),
    ];
    const idOf = async (volunteer: Volunteer, shift: Shift) =>
      ((await charity.signUp(volunteer, shift)) as { id: string }).id;
    const [place, there, absent] = [await idOf(mei, promised), await idOf(mei, present), await idOf(mei, missed)];
    const behind = await idOf(await bank.volunteer("V-2"), promised);
    bank.setClock("2026-09-21T08:00:00+08:00");
    expect(await charity.checkIn(mei, present)).toMatchObject({ outcome: "OPEN" });
    await erase(mei.personId);
    const given = await signUps.withdraw(charity.lead, { signUpId: place, reason: "本人已注销" });
    const stateOf = async (id: string) => (await bank.store.view.signUps([id])).get(id)?.state;
    expect([given.state, await stateOf(behind)]).toEqual(["WITHDRAWN", "ACCEPTED"]);
    bank.setClock("2026-09-21T20:00:00+08:00");
    expect((await activities.keepTime()).failed).toEqual([]);
    expect(await stateOf(absent)).toBe("NO_SHOW");
    const settled = (signUpId: string, outcome: "NO_SHOW" | "EXCUSED") =>
      attendance.resolving
        .resolve(charity.lead, { signUpId, outcome, reason: "核对签到表" })
        .then(({ state }) => state);
    expect([await settled(absent, "EXCUSED"), await settled(there, "EXCUSED")]).toEqual(["EXCUSED", "EXCUSED"]);
    expect(await ownerOfLastReason()).toBe(charity.lead.personId);
  });

  test("a head, a training, a card and a way to sign in are ended", async () => {
    const { heads, socialWorkers, invitations, identities } = bank.services;
    const organizationId = bank.station.id;
    const proposed = { idempotencyKey: bank.key(), organizationId, displayName: "站长" };
    const { value: head } = await heads.propose(bank.officer, proposed);
    const { value: worker } = await socialWorkers.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), displayName: "社工", organizationId, level: "SENIOR" },
      ...{ certificateNo: "A-0001", registeredOn: "2025-01-01" },
    });
    await socialWorkers.recordTraining(bank.officer, {
      ...{ idempotencyKey: bank.key(), socialWorkerId: worker.id, name: "督导", hours: 8 },
      ...{ organizer: "市社工协会", on: "2026-05-01" },
    });
    const invited = { organizationId, invitees: [{ volunteerId: mei.id }] };
    const { value: cards } = await invitations.invite(bank.worker, { idempotencyKey: bank.key(), ...invited });
    const subject = { personId: mei.personId, issuer, subject: "wx-1", reason: "已核对" };
    const { value: link } = await identities.link(bank.officer, { idempotencyKey: bank.key(), ...subject });
    for (const personId of [head.personId, worker.personId, mei.personId]) await erase(personId);
    const reason = "已注销";
    expect((await heads.advance(bank.officer, { headId: head.id, action: "END", reason })).state).toBe("ENDED");
    const [training] = (await bank.store.view.trainingsOf([worker.id])).get(worker.id) ?? [];
    await socialWorkers.withdrawTraining(bank.officer, { trainingId: training?.id as string, reason });
    expect((await bank.store.view.trainingsOf([worker.id])).get(worker.id)?.[0]?.withdrawn).toBe(true);
    const invitationId = cards[0]?.id as string;
    expect((await invitations.revoke(bank.worker, { invitationId, reason })).state).toBe("REVOKED");
    expect((await identities.unlink(bank.officer, { identityId: link.id, reason })).state).toBe("UNLINKED");
    expect(await ownerOfLastReason()).toBe(bank.officer.personId);
  });
});
