import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import type { TestApi } from "../support/api";
import { issuer, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { mergings } from "../support/mergings";
import { residentId } from "../support/papers";

/** One person who was registered twice becomes one: by entries, with nothing lost, and the audit content after each step. */
describe.each(engines)("merging on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let older: Volunteer;
  let younger: Volunteer;
  const { findingsOf, merge, refusalOf, served, spend, reverse, pairOf } = mergings(engine, (opened) => {
    ({ bank, api, older, younger } = opened);
  });

  test.each([
    ["the older registration is kept where it is", false],
    ["the older registration goes to the person that is kept", true],
  ])("balance and records go by entries: %s", async (_, turned) => {
    // 40 minutes each: 30 are credited and 10 carried, on both sides; together 80 give 60 and carry 20.
    const kept = await served("OLD", "2026-09-16", "09:00", "09:40");
    const moved = await served("NEW", "2026-09-17", "09:00", "09:40");
    const second = await served("NEW", "2026-09-18", "09:00", "10:00");
    const waiting = await bank.log("NEW", "2026-09-19", "09:00", "10:00");
    const [a, b] = turned ? [younger, older] : [older, younger];
    const key = { idempotencyKey: "merge-once", keepPersonId: a.personId, mergePersonId: b.personId };
    const done = await merge(key);
    expect(done).toMatchObject({
      kept: { id: a.personId },
      merged: { id: b.personId },
      replayed: false,
      userErrors: [],
    });
    expect(done.entries.map(({ minutes }: { minutes: number }) => minutes)).toEqual([90]);
    expect(await merge(key)).toEqual({ ...done, replayed: true });
    expect(await findingsOf()).toEqual([]);

    expect(await bank.credited("OLD")).toEqual({ posted: 120, held: 0, available: 120, service: 140 });
    expect(await bank.credited("NEW")).toEqual({ posted: 0, held: 0, available: 0, service: 0 });
    const view = bank.store.view;
    expect(await view.volunteerByNo("OLD")).toMatchObject({ personId: a.personId, state: "ACTIVE" });
    expect(await view.volunteerByNo("NEW")).toMatchObject({ personId: a.personId, state: "MERGED" });
    for (const id of [kept, moved, second, waiting.id as string])
      expect((await view.records([id])).get(id)?.volunteerId).toBe(older.id);
    // Whoever signs in as either is the person that is kept, with the older registration.
    for (const { personId } of [a, b])
      expect(await bank.services.people.actorOfPerson(personId)).toMatchObject({
        personId: a.personId,
        volunteerId: older.id,
      });
    // The waiting record is confirmed, a moved one taken back, then the one of the older registration.
    expect(await bank.confirm(bank.second, waiting.id)).toEqual(["POSTED"]);
    expect(await bank.credited("OLD")).toMatchObject({ posted: 180, service: 200 });
    await reverse(moved);
    expect(await findingsOf()).toEqual([]);
    expect(await bank.credited("OLD")).toMatchObject({ posted: 150, service: 160 });
    await reverse(kept);
    expect(await bank.credited("OLD")).toMatchObject({ posted: 120, service: 120 });
    expect(await bank.credited("NEW")).toMatchObject({ posted: 0, service: 0 });
    if (!turned)
      expect(`\n${await bank.postings()}\n`).toMatchInlineSnapshot(`
"
| day | kind | debit | credit | minutes |
| 2026-09-16 | EARN | ISSUANCE | OLD | 30 |
| 2026-09-17 | EARN | ISSUANCE | NEW | 30 |
| 2026-09-18 | EARN | ISSUANCE | NEW | 60 |
| 2026-09-20 | CLEARING | NEW | OLD | 90 |
| 2026-09-19 | EARN | ISSUANCE | OLD | 60 |
| 2026-09-17 | REVERSAL | NEW | ISSUANCE | 30 |
| 2026-09-17 | ROUNDING | ISSUANCE | NEW | 30 |
| 2026-09-17 | ROUNDING | OLD | ISSUANCE | 30 |
| 2026-09-16 | REVERSAL | OLD | ISSUANCE | 30 |
"
`);
  });

  test("remainders of both that give a step together are rounded up", async () => {
    await served("OLD", "2026-09-16", "09:00", "09:50");
    const moved = await served("NEW", "2026-09-17", "09:00", "09:50");
    const { entries } = await merge();
    // 50 each: 30 and 20 carried; together 100 give 90.
    expect(entries.map(({ minutes }: { minutes: number }) => minutes)).toEqual([30, 30]);
    expect(await bank.credited("OLD")).toMatchObject({ posted: 90, service: 100 });
    expect(await findingsOf()).toEqual([]);
    await reverse(moved);
    expect(await bank.credited("OLD")).toMatchObject({ posted: 30, service: 50 });
    expect(await bank.credited("NEW")).toMatchObject({ posted: 0 });
    expect(`\n${await bank.postings()}\n`).toMatchInlineSnapshot(`
"
| day | kind | debit | credit | minutes |
| 2026-09-16 | EARN | ISSUANCE | OLD | 30 |
| 2026-09-17 | EARN | ISSUANCE | NEW | 30 |
| 2026-09-20 | CLEARING | NEW | OLD | 30 |
| 2026-09-20 | ROUNDING | ISSUANCE | OLD | 30 |
| 2026-09-17 | REVERSAL | NEW | ISSUANCE | 30 |
| 2026-09-17 | ROUNDING | ISSUANCE | NEW | 30 |
| 2026-09-17 | ROUNDING | OLD | ISSUANCE | 60 |
"
`);
  });

  test("a third registration goes the same way, and what was moved twice is taken back from where it is", async () => {
    const moved = await served("NEW", "2026-09-17", "09:00", "09:50");
    await served("OLD", "2026-09-16", "09:00", "09:50");
    await merge();
    bank.setClock("2026-09-09T09:00:00+08:00");
    const oldest = await bank.volunteer("OLDEST", { displayName: "王梅", birthDate: "1968-04-12" });
    bank.setClock("2026-09-20T10:00:00+08:00");
    await served("OLDEST", "2026-09-18", "09:00", "09:50");
    const { entries } = await merge({ keepPersonId: older.personId, mergePersonId: oldest.personId });
    expect(entries.map(({ minutes }: { minutes: number }) => minutes)).toEqual([90, 30]);
    expect(await bank.credited("OLDEST")).toMatchObject({ posted: 150, service: 150 });
    expect(await findingsOf()).toEqual([]);
    await reverse(moved);
    expect(await bank.credited("OLDEST")).toMatchObject({ posted: 90, service: 100 });
    for (const no of ["OLD", "NEW"]) expect(await bank.credited(no)).toMatchObject({ posted: 0, service: 0 });
  });

  test("an account that owes is brought to nothing, and the one that stays owes", async () => {
    const spent = await served("NEW", "2026-09-17", "09:00", "10:00");
    await spend(younger, 60);
    await reverse(spent);
    expect(await bank.credited("NEW")).toMatchObject({ posted: -60 });
    const { entries } = await merge();
    expect(entries.map(({ minutes }: { minutes: number }) => minutes)).toEqual([60, 60]);
    expect(await bank.credited("OLD")).toMatchObject({ posted: -60, service: 0 });
    expect(await bank.credited("NEW")).toMatchObject({ posted: 0 });
  });

  test("open matters end first, and the same hour is not counted twice", async () => {
    const first = await served("OLD", "2026-09-16", "09:00", "10:00");
    const second = await served("NEW", "2026-09-16", "09:30", "10:30");
    expect(await refusalOf()).toMatchObject({ code: "RECORD_OVERLAP", recordIds: [second, first] });
    const dispute = { idempotencyKey: bank.key(), recordId: second, reason: "时间有误" };
    await bank.services.hours.dispute(bank.worker, dispute);
    expect(await refusalOf()).toMatchObject({ code: "STILL_ACTIVE", as: "DISPUTE", recordIds: [second] });
    const resolve = { idempotencyKey: bank.key(), recordId: second, outcome: "REVERSED" as const, reason: "重复" };
    await bank.services.hours.resolve(bank.officer, resolve);
    expect(await merge()).toMatchObject({ userErrors: [] });
    expect(await bank.credited("OLD")).toMatchObject({ posted: 60, service: 60 });
  });

  test("papers of two people are not one person, and a person without a registration as a volunteer goes too", async () => {
    const register = { divisionCode: "fengqiao", categories: ["LIVING_ALONE" as const], consent: true };
    const input = { ...register, displayName: "王梅", birthDate: "1968-04-12" };
    const { recipients, corrections } = bank.services;
    const revised = { volunteerId: older.id, idNumber: residentId("1968-04-12", 9), reason: "补录" };
    await corrections.revise(bank.worker, { idempotencyKey: bank.key(), ...revised });
    expect(await refusalOf()).toEqual({ code: "PAPERS_DISAGREE", disagree: ["idNumber"] });
    await corrections.revise(bank.worker, { idempotencyKey: bank.key(), ...revised, idNumber: "" });
    const { value: elder } = await recipients.register(bank.worker, { idempotencyKey: bank.key(), ...input });
    expect(await merge({ mergePersonId: elder.personId })).toMatchObject({ entries: [], userErrors: [] });
    expect((await bank.store.view.recipientOfPerson(older.personId))?.id).toBe(elder.id);
  });

  test("everything under an earlier id goes on: a head, an invitation, an activity, a spot check", async () => {
    const { heads, invitations, activities, spotChecks, hours } = bank.services;
    const admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id, "admin");
    const proposed = { idempotencyKey: bank.key(), organizationId: bank.station.id, displayName: "王梅" };
    const { value: head } = await heads.propose(admin, proposed);
    const invited = { organizationId: bank.station.id, invitees: [{ volunteerId: younger.id }] };
    const { value: cards } = await invitations.invite(bank.worker, { idempotencyKey: bank.key(), ...invited });
    const code = cards[0]?.code as string;
    const id = await served("NEW", "2026-09-16", "09:00", "10:00");
    expect(await merge()).toMatchObject({ userErrors: [] });
    expect(await merge({ mergePersonId: head.personId })).toMatchObject({ userErrors: [] });
    // The head is approved with a word that is sealed where she is now, and may be named by who proposed it as nobody else.
    expect(await heads.advance(bank.officer, { headId: head.id, action: "APPROVE" })).toMatchObject({
      displayName: "王梅",
    });
    expect(await heads.advance(bank.officer, { headId: head.id, action: "END", reason: "任满" })).toMatchObject({
      reason: "任满",
    });
    const { data } = await api.post(bank.officer, {
      query: `{ organizationBySlug(slug: "fengqiao-station") { heads { person { id mergedPersons { id } } } } }`,
    });
    const [shown] = data.organizationBySlug.heads;
    expect(shown.person.id).toBe(older.personId);
    expect(shown.person.mergedPersons.map((person: { id: string }) => person.id).sort()).toEqual(
      [younger.personId, head.personId].sort(),
    );
    // The card that was printed for the registration that went leads to the one that stays.
    const stranger = await bank.services.people.actorOf({ issuer, subject: "with-the-card" });
    await invitations.accept(stranger, { idempotencyKey: bank.key(), code });
    expect(await bank.services.people.actorOf({ issuer, subject: "with-the-card" })).toMatchObject({
      personId: older.personId,
      volunteerId: older.id,
    });
    // It opens nothing of a person with a role: who gave the card could not give that.
    const auditor = await bank.staff("AUDITOR", null, "auditor");
    const third = await bank.volunteer("CARD", { displayName: "auditor" });
    const again = { organizationId: bank.station.id, invitees: [{ volunteerId: third.id }] };
    const { value: invitationsSent } = await invitations.invite(bank.worker, { idempotencyKey: bank.key(), ...again });
    const merged = { keepPersonId: auditor.personId as string, mergePersonId: third.personId };
    expect(await merge(merged)).toMatchObject({ userErrors: [] });
    const thief = await bank.services.people.actorOf({ issuer, subject: "thief" });
    const stolen = { idempotencyKey: bank.key(), code: invitationsSent[0]?.code as string };
    await expect(invitations.accept(thief, stolen)).rejects.toMatchObject({ code: "INVITATION_INVALID" });
    // Who wrote an activity, or handled a record, as one reviews and checks it as no other.
    const author = await bank.staff("ORGANIZATION_ADMIN", bank.station.id, "author");
    const supervisor = await bank.staff("STATION_SUPERVISOR", bank.station.id, "reviewer");
    const drafted = await activities.create(author, {
      ...{ idempotencyKey: bank.key(), organizationId: bank.station.id, slug: "sweep", name: "清扫", contact: "站" },
      ...{ serviceType: "ENVIRONMENT", description: "清扫", divisionCode: "fengqiao", riskNotice: "注意防暑" },
      shifts: [
        {
          startsAt: Date.parse("2026-10-01T09:00:00+08:00"),
          endsAt: Date.parse("2026-10-01T11:00:00+08:00"),
          ...{ capacity: 5, place: "广场" },
        },
      ],
    });
    await activities.advance(author, { activityId: drafted.value.id, action: "SUBMIT" });
    expect(await merge(pairOf(supervisor, author))).toMatchObject({ userErrors: [] });
    const both = await bank.services.people.actorOfPerson(supervisor.personId as string);
    const publish = activities.advance(both, { activityId: drafted.value.id, action: "PUBLISH" });
    await expect(publish).rejects.toMatchObject({ code: "SAME_PERSON" });
    const checker = await bank.staff("OFFICER", null, "checker");
    const other = await bank.staff("OFFICER", null, "other");
    const posted = await bank.log("OLD", "2026-09-17", "09:00", "10:00");
    expect(await bank.confirm(other, posted.id)).toEqual(["POSTED"]);
    expect(await merge(pairOf(checker, other))).toMatchObject({ userErrors: [] });
    const officer = await bank.services.people.actorOfPerson(checker.personId as string);
    const check = (recordId: string) =>
      spotChecks.record(officer, { idempotencyKey: bank.key(), recordId, state: "PASSED", finding: "一致" });
    await expect(check(posted.id as string)).rejects.toMatchObject({ code: "SAME_PERSON" });
    expect((await hours.reading.many(bank.officer, [id]))[0]?.volunteerId).toBe(older.id);
  });

  test("nobody is a household or a file: only persons are merged", async () => {
    const household = { idempotencyKey: bank.key(), householdNo: "H1", divisionCode: "fengqiao" };
    const { value } = await bank.services.villagePoints.households.register(bank.officer, household);
    const stored = (await bank.store.view.households([value.id])).get(value.id);
    expect(await refusalOf({ mergePersonId: stored?.personId as string })).toEqual({ code: "NOT_FOUND" });
  });

  test("roles, guardianships, ties, ways to sign in and credit records come along, and one copy holds it all", async () => {
    const child = await bank.volunteer("CHILD", { birthDate: "2012-01-01", guardian: true });
    for (const guardianId of [younger.id, older.id]) {
      const pair = { volunteerId: child.id, guardianId };
      await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
    }
    await bank.grant(younger.personId, "ACTIVITY_LEAD", bank.station.id);
    // The office knows the person under a third one, who was registered as staff.
    const office = await bank.staff("AUDITOR", null, "王 梅");
    expect(await merge({ mergePersonId: office.personId as string })).toMatchObject({ entries: [], userErrors: [] });
    const identity = {
      personId: younger.personId,
      issuer,
      subject: "mei",
      reason: "核验证件",
    };
    await bank.services.identities.link(bank.officer, { idempotencyKey: bank.key(), ...identity });
    await bank.services.credit.open(bank.officer, {
      idempotencyKey: bank.key(),
      subjectId: younger.id,
      kind: "TRUSTWORTHY",
      ground: "GOOD_SERVICE",
      facts: "常年义诊",
      evidence: [{ kind: "LETTER", ref: "感谢信" }],
    });
    await bank.services.credit.files.read(bank.officer, younger.id, "评优");
    expect(await merge()).toMatchObject({ userErrors: [] });
    const self = await bank.services.people.actorOf({ issuer, subject: "mei" });
    expect(self).toMatchObject({ personId: older.personId, volunteerId: older.id });
    // In the order of their ids, which end in chance where they were made in the same millisecond.
    expect(self.grants.map(({ role }) => role).sort()).toEqual(["ACTIVITY_LEAD", "AUDITOR"]);
    expect(await bank.services.guardians.wards(self)).toEqual([child.id]);
    const file = await bank.services.credit.files.read(bank.officer, older.id, "评优");
    expect(file.records).toMatchObject([{ facts: "常年义诊", state: "PROPOSED" }]);
    const done = await bank.services.privacy.export(bank.officer, {
      idempotencyKey: bank.key(),
      personId: older.personId,
    });
    const copy = JSON.stringify(await bank.services.privacy.copy(done.value.secret));
    for (const word of ["王梅", "王 梅", residentId("1968-04-12"), "常年义诊"]) expect(copy).toContain(word);
    // By the papers of the second registration the person is known again.
    const again = { displayName: "王梅", birthDate: "1968-04-12", idNumber: residentId("1968-04-12") };
    await expect(bank.volunteer("AGAIN", again)).rejects.toMatchObject({ code: "DUPLICATE_PERSON" });
    expect((await bank.store.keys.wrapped([younger.personId])).size).toBe(0);
    // With the person goes all of it.
    const { volunteers, privacy, people } = bank.services;
    await volunteers.advance(bank.officer, { volunteerId: older.id, action: "WITHDRAW", reason: "退出" });
    for (const { id } of (await people.actorOfPerson(older.personId)).grants)
      await people.revokeRole(bank.officer, { grantId: id, reason: "退出" });
    // What nobody has decided yet is decided first.
    const proposed = { recordId: file.records[0]?.id as string, action: "DISMISS" as const, reason: "不予认定" };
    await bank.services.credit.advance(bank.officer, proposed);
    await privacy.erase(bank.officer, { idempotencyKey: bank.key(), personId: older.personId, reason: "本人申请" });
    expect(await bank.store.view.searchTermsOf(older.personId)).toEqual([]);
  });

  test("a person who logged under a merged id does not confirm, and does not reverse what they confirmed", async () => {
    const logged = await bank.log("OLD", "2026-09-16", "09:00", "10:00");
    const confirmed = await bank.log("OLD", "2026-09-17", "09:00", "10:00");
    expect(await bank.confirm(bank.second, confirmed.id)).toEqual(["POSTED"]);
    const third = await bank.staff("STATION_WORKER", bank.station.id, "third");
    // The worker goes into a third one, and that one into the supervisor: what they did is the supervisor's.
    expect(await merge(pairOf(third, bank.worker))).toMatchObject({ userErrors: [] });
    expect(await merge(pairOf(bank.supervisor, third))).toMatchObject({ userErrors: [] });
    expect(await bank.confirm(bank.supervisor, logged.id)).toEqual(["SAME_PERSON"]);
    expect(await bank.confirm(bank.second, logged.id)).toEqual(["POSTED"]);
    const other = await bank.staff("STATION_SUPERVISOR", bank.station.id, "other");
    expect(await merge(pairOf(other, bank.second))).toMatchObject({ userErrors: [] });
    const reversed = { idempotencyKey: bank.key(), recordId: confirmed.id as string, reason: "重复" };
    await expect(bank.services.hours.reverse(other, reversed)).rejects.toMatchObject({ code: "SAME_PERSON" });
  });

  test("records that would have lost their second person are taken back first", async () => {
    const id = await served("OLD", "2026-09-16", "09:00", "10:00");
    const lost = { code: "STILL_ACTIVE", as: "CONFIRMATION", recordIds: [id] };
    expect(await refusalOf(pairOf(bank.second, bank.worker))).toEqual(lost);
    expect(await refusalOf(pairOf(bank.worker, bank.second))).toEqual(lost);
    // The one who confirmed it, and whose it is.
    expect(await refusalOf({ mergePersonId: bank.second.personId as string })).toEqual(lost);
    await reverse(id);
    expect(await merge(pairOf(bank.second, bank.worker))).toMatchObject({ userErrors: [] });
    expect(await merge({ mergePersonId: bank.second.personId as string })).toMatchObject({ userErrors: [] });
  });

  test("a person who confirmed a credit record under one id does not confirm it under another", async () => {
    const [first, second, third] = [
      await bank.staff("OFFICER", null, "first"),
      await bank.staff("OFFICER", null, "second"),
      await bank.staff("OFFICER", null, "third"),
    ];
    const opened = await bank.services.credit.open(third, {
      idempotencyKey: bank.key(),
      subjectId: older.id,
      kind: "TRUSTWORTHY",
      ground: "GOOD_SERVICE",
      facts: "常年义诊",
      evidence: [{ kind: "LETTER", ref: "感谢信" }],
    });
    const confirm = (who: Actor) =>
      bank.services.credit.advance(who, { recordId: opened.value.id, action: "CONFIRM", reason: "属实" });
    await confirm(first);
    expect(await merge(pairOf(second, first))).toMatchObject({ userErrors: [] });
    await expect(confirm(second)).rejects.toMatchObject({ code: "SAME_PERSON" });
    expect(await confirm(third)).toMatchObject({ state: "ACTIVE" });
  });

  test("birth dates and legal names that differ are two people's, and so are a guardian and the ward", async () => {
    const other = await bank.volunteer("OTHER", { displayName: "王梅", birthDate: "1999-04-12" });
    expect(await refusalOf({ mergePersonId: other.personId })).toEqual({
      code: "PAPERS_DISAGREE",
      disagree: ["birthDate"],
    });
    const { corrections, guardians } = bank.services;
    const named = (volunteerId: string, legalName: string) =>
      corrections.revise(bank.worker, { idempotencyKey: bank.key(), volunteerId, legalName, reason: "补录" });
    await named(older.id, "王梅");
    await named(younger.id, "王美");
    expect(await refusalOf()).toEqual({ code: "PAPERS_DISAGREE", disagree: ["name"] });
    await named(younger.id, "王 梅");
    const child = await bank.volunteer("CHILD", { birthDate: "2012-01-01", guardian: true });
    const pair = { volunteerId: child.id, guardianId: older.id };
    await guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
    for (const [keepPersonId, mergePersonId] of [
      [child.personId, older.personId],
      [older.personId, child.personId],
    ])
      expect(await refusalOf({ keepPersonId, mergePersonId })).toEqual({
        code: "PAPERS_DISAGREE",
        disagree: ["birthDate", "guardian"],
      });
    expect(await merge()).toMatchObject({ userErrors: [] });
  });

  test.each([
    ["SUSPENDED", "ACTIVE", false],
    ["WITHDRAWN", "ACTIVE", false],
    ["DECEASED", "ACTIVE", false],
    ["ACTIVE", "SUSPENDED", false],
    ["ACTIVE", "DECEASED", false],
    ["WITHDRAWN", "SUSPENDED", false],
    ["SUSPENDED", "SUSPENDED", true],
    ["ACTIVE", "WITHDRAWN", true],
  ] as const)("of %s and %s, a merging neither ends nor begins anything", async (kept, merged, goes) => {
    const steps = { SUSPENDED: "SUSPEND", WITHDRAWN: "WITHDRAW", DECEASED: "RECORD_DEATH" } as const;
    for (const [volunteer, state] of [
      [older, kept],
      [younger, merged],
    ] as const)
      if (state !== "ACTIVE")
        await bank.services.volunteers.advance(bank.officer, {
          volunteerId: volunteer.id,
          action: steps[state],
          reason: "核实",
        });
    if (!goes) expect(await refusalOf()).toEqual({ code: "ILLEGAL_TRANSITION", action: "MERGE", kept, merged });
    else {
      expect(await merge()).toMatchObject({ userErrors: [] });
      expect(await bank.store.view.volunteerByNo("OLD")).toMatchObject({ state: kept });
    }
  });

  test("it is for officers, with a reason, about two who are there", async () => {
    for (const who of [bank.worker, bank.supervisor, await bank.actorOf(older)])
      expect(await refusalOf({}, who)).toMatchObject({ code: "NOT_PERMITTED" });
    expect(await refusalOf({ reason: "" })).toEqual({ code: "REASON_MISSING" });
    expect(await refusalOf({ mergePersonId: older.personId })).toMatchObject({ code: "INVALID_INPUT" });
    expect(await refusalOf({ mergePersonId: "person_none" })).toEqual({ code: "NOT_FOUND" });
    expect(await refusalOf({ mergePersonId: bank.officer.personId as string })).toEqual({ code: "SELF_CONFIRMATION" });
    await merge();
    expect(await refusalOf()).toEqual({ code: "NOT_FOUND" });
    const logged = await bank.log("NEW", "2026-09-18", "09:00", "10:00");
    expect(logged.code).toBe("VOLUNTEER_NOT_FOUND");
  });
});
