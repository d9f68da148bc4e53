import type { Volunteer } from "../../src/domain/facts/people";
import { issuer, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { mergings } from "../support/mergings";
import { residentId } from "../support/papers";

/** A merging that was a mistake is undone: each person has what was theirs, and the audit is content after each step. */
describe.each(engines)("undoing a merging on $name", (engine) => {
  let bank: TestBank;
  let older: Volunteer;
  let younger: Volunteer;
  const { findingsOf, merge, refusalOf, served, spend, reverse, pairOf, part, undone } = mergings(engine, (opened) => {
    ({ bank, older, younger } = opened);
  });

  test.each([
    ["the registration that was merged away is hers", false],
    ["the older registration is hers", true],
  ])("a wrong merging is undone, and each has what was theirs: %s", async (_, turned) => {
    const kept = await served("OLD", "2026-09-16", "09:00", "09:40");
    const moved = await served("NEW", "2026-09-17", "09:00", "09:50");
    const waiting = await bank.log("NEW", "2026-09-19", "09:00", "10:00");
    const before = [await bank.credited("OLD"), await bank.credited("NEW")];
    const child = await bank.volunteer("CHILD", { birthDate: "2012-01-01", guardian: true });
    const pair = { volunteerId: child.id, guardianId: younger.id };
    await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
    await bank.grant(younger.personId, "AUDITOR", null);
    for (const [{ personId }, subject] of [
      [older, "old-phone"],
      [younger, "new-phone"],
    ] as const) {
      const identity = { personId, issuer, subject, reason: "核验证件" };
      await bank.services.identities.link(bank.officer, { idempotencyKey: bank.key(), ...identity });
    }
    const revised = { volunteerId: younger.id, phone: "13800001234", reason: "补录" };
    await bank.services.corrections.revise(bank.officer, { idempotencyKey: bank.key(), ...revised });
    await bank.services.credit.open(bank.officer, {
      ...{ idempotencyKey: bank.key(), subjectId: younger.id, kind: "TRUSTWORTHY", ground: "GOOD_SERVICE" },
      ...{ facts: "常年义诊", evidence: [{ kind: "LETTER", ref: "感谢信" }] },
    });
    const [a, b] = turned ? [younger, older] : [older, younger];
    expect(await merge({ keepPersonId: a.personId, mergePersonId: b.personId })).toMatchObject({ userErrors: [] });
    // What was confirmed since is hers too: 50 and 60 give 90 by themselves.
    expect(await bank.confirm(bank.second, waiting.id)).toEqual(["POSTED"]);
    expect(await bank.credited("OLD")).toMatchObject({ service: 150, posted: 150 });
    expect(await part({ personId: b.personId, mergedPersonId: a.personId })).toMatchObject({ code: "NOT_FOUND" });
    const separated = await undone(a.personId, b.personId);
    const [olds, news] = turned ? [separated, a.personId] : [a.personId, separated];
    expect(await bank.credited("OLD")).toEqual(before[0]);
    expect(await bank.credited("NEW")).toEqual({ ...before[1], posted: 90, available: 90, service: 110 });
    const view = bank.store.view;
    expect(await view.volunteerByNo("OLD")).toMatchObject({ personId: olds, state: "ACTIVE" });
    expect(await view.volunteerByNo("NEW")).toMatchObject({ personId: news, state: "ACTIVE" });
    for (const [id, volunteer] of [
      [kept, older],
      [moved, younger],
      [waiting.id as string, younger],
    ] as const)
      expect((await view.records([id])).get(id)?.volunteerId).toBe(volunteer.id);
    const [first, second] = [
      await bank.services.people.actorOf({ issuer, subject: "old-phone" }),
      await bank.services.people.actorOf({ issuer, subject: "new-phone" }),
    ];
    expect([first.personId, first.volunteerId, second.personId, second.volunteerId]).toEqual([
      olds,
      older.id,
      news,
      younger.id,
    ]);
    expect([first.grants.length, second.grants.map(({ role }) => role)]).toEqual([0, ["AUDITOR"]]);
    expect([await bank.services.guardians.wards(first), await bank.services.guardians.wards(second)]).toEqual([
      [],
      [child.id],
    ]);
    const file = await bank.services.credit.files.read(bank.officer, younger.id, "评优");
    expect(file.records).toMatchObject([{ facts: "常年义诊" }]);
    const copyOf = async (personId: string) => {
      const done = await bank.services.privacy.export(bank.officer, { idempotencyKey: bank.key(), personId });
      return JSON.stringify(await bank.services.privacy.copy(done.value.secret));
    };
    const [ours, theirs] = [await copyOf(olds), await copyOf(news)];
    for (const word of ["13800001234", residentId("1968-04-12"), "王 梅"]) {
      expect(theirs).toContain(word);
      expect(ours).not.toContain(word);
    }
    // Each is found, registered and corrected by themselves from now on, and may be merged again.
    await reverse(moved);
    await reverse(kept);
    expect(await bank.credited("OLD")).toMatchObject({ posted: 0, service: 0 });
    expect(await bank.credited("NEW")).toMatchObject({ posted: 60, service: 60 });
    expect(await findingsOf()).toEqual([]);
    expect(await merge({ keepPersonId: olds, mergePersonId: news })).toMatchObject({ userErrors: [] });
    expect(await bank.credited("OLD")).toMatchObject({ posted: 60, service: 60 });
  });

  test("an officer says which records and minutes go, what was spent is not there twice, and a debt goes back", async () => {
    const [firstRecord, secondRecord] = [
      await served("OLD", "2026-09-16", "09:00", "10:00"),
      await served("NEW", "2026-09-17", "09:00", "10:00"),
    ];
    await merge();
    await spend(older, 90);
    const wrong = { personId: older.personId, mergedPersonId: younger.personId };
    expect(await part(wrong)).toMatchObject({ code: "INSUFFICIENT_CREDIT", asked: 60, free: 30 });
    expect(await part({ ...wrong, separateMinutes: 31 })).toMatchObject({ code: "INSUFFICIENT_CREDIT", free: 30 });
    expect(await part({ ...wrong, separateRecordIds: ["record_x"] })).toMatchObject({ code: "NOT_FOUND" });
    expect(await part({ ...wrong, separateVolunteerId: younger.id })).toMatchObject({ code: "INVALID_INPUT" });
    expect(await part({ personId: older.personId, separateMinutes: 1 })).toMatchObject({ code: "INVALID_INPUT" });
    expect(await part(wrong, bank.supervisor)).toMatchObject({ code: "NOT_PERMITTED" });
    await undone(older.personId, younger.personId, {
      separateRecordIds: [firstRecord, secondRecord],
      separateMinutes: 10,
    });
    expect(await bank.credited("OLD")).toMatchObject({ posted: 20, service: 0 });
    expect(await bank.credited("NEW")).toMatchObject({ posted: 10, service: 120 });
  });

  test("a debt that a merging took over goes back with it, and later mergings are undone first", async () => {
    const spent = await served("NEW", "2026-09-17", "09:00", "10:00");
    await spend(younger, 60);
    await reverse(spent);
    await served("OLD", "2026-09-16", "09:00", "10:00");
    await merge();
    expect(await bank.credited("OLD")).toMatchObject({ posted: 0 });
    const office = await bank.staff("AUDITOR", null, "王 梅");
    await merge({ mergePersonId: office.personId as string });
    const first = { personId: older.personId, mergedPersonId: younger.personId };
    expect(await part(first)).toEqual({ code: "STILL_ACTIVE", as: "MERGING", ids: [office.personId] });
    const auditor = await undone(older.personId, office.personId as string);
    const roles = async (id: string) => (await bank.services.people.actorOfPerson(id)).grants.map(({ role }) => role);
    expect([await roles(auditor), await roles(office.personId as string), await roles(older.personId)]).toEqual([
      ["AUDITOR"],
      ["AUDITOR"],
      [],
    ]);
    await undone(older.personId, younger.personId);
    expect(await bank.credited("OLD")).toMatchObject({ posted: 60, service: 60 });
    expect(await bank.credited("NEW")).toMatchObject({ posted: -60, service: 0 });
    // Undone once, it is not undone again.
    expect(await part(first)).toMatchObject({ code: "NOT_FOUND" });
  });

  test("after the parting each person has their earlier acts again", async () => {
    const third = await bank.staff("STATION_WORKER", bank.station.id, "third");
    const logged = await bank.log("OLD", "2026-09-16", "09:00", "10:00");
    expect(await merge(pairOf(bank.supervisor, bank.worker))).toMatchObject({ userErrors: [] });
    expect(await bank.confirm(bank.supervisor, logged.id)).toEqual(["SAME_PERSON"]);
    const separated = await undone(bank.supervisor.personId as string, bank.worker.personId as string);
    const again = await bank.services.people.actorOfPerson(separated);
    expect(again.grants.map(({ role }) => role)).toEqual(["STATION_WORKER"]);
    expect(await bank.confirm(again, logged.id)).toEqual(["SAME_PERSON"]);
    expect(await bank.confirm(bank.supervisor, logged.id)).toEqual(["POSTED"]);
    expect(third.personId).not.toBe(separated);
  });

  test("two recipients, and two social workers, of one person become one, and two again", async () => {
    const { recipients, visits, socialWorkers, posts } = bank.services;
    const register = { divisionCode: "fengqiao", consent: true, displayName: "王梅", birthDate: "1968-04-12" };
    const elder = async (more: object) =>
      (
        await recipients.register(bank.worker, {
          ...{ idempotencyKey: bank.key(), ...register, categories: ["LIVING_ALONE" as const] },
          ...more,
        })
      ).value;
    const [kept, lost] = [
      await elder({ address: "一村" }),
      await elder({ phone: "13800001234", categories: ["EMPTY_NEST"] }),
    ];
    const visit = async (recipientId: string, day: string) => {
      const at = Date.parse(`${day}T10:00:00+08:00`);
      const details = {
        organizationId: bank.station.id,
        recipientId,
        mode: "HOME",
        result: "MET",
        at,
        asVolunteer: false,
      } as const;
      return (await visits.record(bank.worker, { idempotencyKey: bank.key(), ...details, note: "平安" })).value;
    };
    const [ours, theirs] = [await visit(kept.id, "2026-09-18"), await visit(lost.id, "2026-09-19")];
    const worker = async (certificateNo: string, registeredOn: string, level: "ASSISTANT" | "SENIOR") =>
      (
        await socialWorkers.register(bank.officer, {
          ...{ idempotencyKey: bank.key(), displayName: "王梅", organizationId: bank.station.id },
          ...{ certificateNo, registeredOn, level },
        })
      ).value;
    const [senior, junior] = [
      await worker("ZJ-1001", "2026-01-01", "SENIOR"),
      await worker("ZJ-1002", "2025-01-01", "ASSISTANT"),
    ];
    const training = { name: "个案工作", hours: 8, organizer: "协会", on: "2026-09-01" };
    await socialWorkers.recordTraining(bank.officer, {
      idempotencyKey: bank.key(),
      socialWorkerId: junior.id,
      ...training,
    });
    const post = { organizationId: bank.station.id, post: "GENERAL" as const, grade: 6, validFrom: "2026-09-01" };
    await posts.set(bank.officer, { idempotencyKey: bank.key(), socialWorkerId: junior.id, ...post });
    const turned = { keepPersonId: junior.personId, mergePersonId: senior.personId };
    expect(await refusalOf(turned)).toMatchObject({ code: "INVALID_INPUT" });
    expect(await merge({ keepPersonId: senior.personId, mergePersonId: junior.personId })).toMatchObject({
      userErrors: [],
    });
    expect(await merge({ keepPersonId: kept.personId, mergePersonId: lost.personId })).toMatchObject({
      userErrors: [],
    });
    expect(await findingsOf()).toEqual([]);

    const listed = async () =>
      (await recipients.find(bank.officer, {}, { first: 10 })).edges.map(({ node }) => node.id);
    expect(await listed()).toEqual([kept.id]);
    expect((await recipients.faces(bank.officer, [kept.id]))[0]).toMatchObject({
      ...{ address: "一村", maskedPhone: "138****1234", categories: ["EMPTY_NEST", "LIVING_ALONE"] },
    });
    const of = async (id: string) => (await bank.store.view.visits([id])).get(id)?.recipientId;
    expect([await of(ours.id), await of(theirs.id)]).toEqual([kept.id, kept.id]);
    expect((await socialWorkers.training(bank.officer, [senior.id]))[0]).toMatchObject({ earnedHours: 8 });
    expect(await socialWorkers.certified([bank.station.id])).toEqual([1]);
    await expect(worker("ZJ-1002", "2026-09-01", "SENIOR")).rejects.toBeDefined();
    expect((await bank.store.view.postsOfPersons([senior.personId])).get(senior.personId)).toHaveLength(1);

    const [elderId, workerId] = [
      await undone(kept.personId, lost.personId),
      await undone(senior.personId, junior.personId),
    ];
    expect((await listed()).sort()).toEqual([kept.id, lost.id].sort());
    expect(
      (await recipients.faces(bank.officer, [kept.id, lost.id])).map((face) => [face?.maskedPhone, face?.address]),
    ).toEqual([
      [null, "一村"],
      ["138****1234", null],
    ]);
    expect((await bank.store.view.recipientOfPerson(elderId))?.id).toBe(lost.id);
    expect([await of(ours.id), await of(theirs.id)]).toEqual([kept.id, lost.id]);
    expect((await bank.store.view.socialWorkerOfPerson(workerId))?.registeredUntil).toBe(junior.registeredUntil);
    expect((await socialWorkers.training(bank.officer, [junior.id]))[0]).toMatchObject({ earnedHours: 8 });
    expect(await socialWorkers.certified([bank.station.id])).toEqual([2]);
    expect((await bank.store.view.postsOfPersons([workerId])).get(workerId)).toHaveLength(1);
  });
});
