import type { Actor } from "../../src/domain/actors";
import { posted } from "../../src/domain/ledger/transfers";
import type { Volunteer } from "../../src/domain/volunteers";
import { auditBank } from "../../src/services/audit";
import type { MergePeople } from "../../src/services/contract";
import { openApi, type TestApi } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { residentId } from "../support/papers";

/** One person who was registered twice becomes one: by entries, with nothing lost, and the audit content after each step. */
describe.each(engines)("merging on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let older: Volunteer;
  let younger: Volunteer;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-10T09:00:00+08:00");
    api = await openApi(bank);
    older = await bank.volunteer("OLD", { displayName: "王梅", birthDate: "1968-04-12" });
    bank.setClock("2026-09-20T09:00:00+08:00");
    younger = await bank.volunteer("NEW", {
      displayName: "王 梅",
      birthDate: "1968-04-12",
      idNumber: residentId("1968-04-12"),
    });
  });
  afterEach(async () => {
    const findings = await findingsOf();
    await api.close();
    await bank.close();
    expect(findings).toEqual([]);
  });
  const findingsOf = async () => (await auditBank(bank.options)).findings;

  const mutation = `mutation MergePeople($input: MergePeopleInput!) {
    mergePeople(input: $input) { kept { id } merged { id } entries { seq minutes } replayed userErrors { code message path details } }
  }`;
  const merge = async (more: Partial<MergePeople> = {}, who: Actor = bank.officer) => {
    const pair = { keepPersonId: older.personId, mergePersonId: younger.personId };
    const input = { idempotencyKey: bank.key(), ...pair, reason: "同一人两次登记", ...more };
    const { data, errors } = await api.post(who, { query: mutation, variables: { input } });
    return data?.mergePeople ?? errors;
  };
  const refusalOf = async (more: Partial<MergePeople> = {}, who?: Actor) => {
    const before = (await bank.store.view.head()).seq;
    const { userErrors } = await merge(more, who);
    expect((await bank.store.view.head()).seq).toBe(before);
    const { code, details } = userErrors[0];
    return { code, ...details };
  };
  const served = async (no: string, day: string, from: string, to: string) => {
    const { id } = await bank.log(no, day, from, to);
    expect(await bank.confirm(bank.second, id)).toEqual(["POSTED"]);
    return id as string;
  };
  const spend = async ({ accountId: debit }: Volunteer, minutes: number) => {
    const credit = (await bank.store.view.bankAccount("REDEEMED"))?.id as string;
    const donation = posted({ debit, credit, minutes, kind: "DONATE", effectiveOn: "2026-09-19" });
    await bank.store.write((tx) => tx.post("system", donation));
  };
  const reverse = (recordId: string) =>
    bank.services.hours.reverse(bank.officer, { idempotencyKey: bank.key(), recordId, reason: "重复" });

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
    if (!turned) expect(`\n${await bank.postings()}\n`).toMatchSnapshot();
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
    expect(`\n${await bank.postings()}\n`).toMatchSnapshot();
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

  test("what is open ends first, and the same hour is not counted twice", async () => {
    const one = await served("OLD", "2026-09-16", "09:00", "10:00");
    const other = await served("NEW", "2026-09-16", "09:30", "10:30");
    expect(await refusalOf()).toMatchObject({ code: "RECORD_OVERLAP", recordIds: [other, one] });
    const dispute = { idempotencyKey: bank.key(), recordId: other, reason: "时间有误" };
    await bank.services.hours.dispute(bank.worker, dispute);
    expect(await refusalOf()).toMatchObject({ code: "STILL_ACTIVE", as: "DISPUTE", recordIds: [other] });
    const resolve = { idempotencyKey: bank.key(), recordId: other, outcome: "REVERSED" as const, reason: "重复" };
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

  const part = async (more: object, who: Actor = bank.officer) => {
    const input = { idempotencyKey: bank.key(), reason: "误并", ...more };
    const query = `mutation ($input: SeparatePersonInput!) { separatePerson(input: $input) {
      kept { id mergedPersons { id } } separated { id } userErrors { code path details } } }`;
    const { data, errors } = await api.post(who, { query, variables: { input } });
    const answer = data?.separatePerson;
    if (!answer) throw new Error(JSON.stringify(errors));
    const [refused] = answer.userErrors;
    return refused ? { code: refused.code, ...refused.details } : answer;
  };
  const undone = async (keep: string, goes: string, more: object = {}) => {
    const done = await part({ personId: keep, mergedPersonId: goes, ...more });
    expect(done).toMatchObject({ kept: { id: keep } });
    expect(await findingsOf()).toEqual([]);
    return done.separated.id as string;
  };

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
      const given = { personId, issuer, subject, reason: "核验证件" };
      await bank.services.identities.link(bank.officer, { idempotencyKey: bank.key(), ...given });
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
    const [one, two] = [
      await bank.services.people.actorOf({ issuer, subject: "old-phone" }),
      await bank.services.people.actorOf({ issuer, subject: "new-phone" }),
    ];
    expect([one.personId, one.volunteerId, two.personId, two.volunteerId]).toEqual([olds, older.id, news, younger.id]);
    expect([one.grants.length, two.grants.map(({ role }) => role)]).toEqual([0, ["AUDITOR"]]);
    expect([await bank.services.guardians.wards(one), await bank.services.guardians.wards(two)]).toEqual([
      [],
      [child.id],
    ]);
    const file = await bank.services.credit.file(bank.officer, younger.id, "评优");
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
    const [one, two] = [
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
    await undone(older.personId, younger.personId, { separateRecordIds: [one, two], separateMinutes: 10 });
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

  test("what each did before is each one's own again", async () => {
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

  test("what an earlier id stands on goes on: a head, an invitation, an activity, a spot check", async () => {
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
    expect(shown.person.mergedPersons.map((one: { id: string }) => one.id).sort()).toEqual(
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
    const { value: given } = await invitations.invite(bank.worker, { idempotencyKey: bank.key(), ...again });
    const merged = { keepPersonId: auditor.personId as string, mergePersonId: third.personId };
    expect(await merge(merged)).toMatchObject({ userErrors: [] });
    const thief = await bank.services.people.actorOf({ issuer, subject: "thief" });
    const stolen = { idempotencyKey: bank.key(), code: given[0]?.code as string };
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
    expect((await hours.many(bank.officer, [id]))[0]?.volunteerId).toBe(older.id);
  });

  test("nobody is a household or a file: only persons are merged", async () => {
    const household = { idempotencyKey: bank.key(), householdNo: "H1", divisionCode: "fengqiao" };
    const { value } = await bank.services.villagePoints.register(bank.officer, household);
    const stored = (await bank.store.view.households([value.id])).get(value.id);
    expect(await refusalOf({ mergePersonId: stored?.personId as string })).toEqual({ code: "NOT_FOUND" });
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
      const given = {
        organizationId: bank.station.id,
        recipientId,
        mode: "HOME",
        result: "MET",
        at,
        asVolunteer: false,
      } as const;
      return (await visits.record(bank.worker, { idempotencyKey: bank.key(), ...given, note: "平安" })).value;
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
    await bank.services.credit.file(bank.officer, younger.id, "评优");
    expect(await merge()).toMatchObject({ userErrors: [] });
    const self = await bank.services.people.actorOf({ issuer, subject: "mei" });
    expect(self).toMatchObject({ personId: older.personId, volunteerId: older.id });
    // In the order of their ids, which end in chance where they were made in the same millisecond.
    expect(self.grants.map(({ role }) => role).sort()).toEqual(["ACTIVITY_LEAD", "AUDITOR"]);
    expect(await bank.services.guardians.wards(self)).toEqual([child.id]);
    const file = await bank.services.credit.file(bank.officer, older.id, "评优");
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
    await privacy.erase(bank.officer, { idempotencyKey: bank.key(), personId: older.personId, reason: "本人申请" });
    expect(await bank.store.view.searchTermsOf(older.personId)).toEqual([]);
  });

  const pairOf = (keep: Actor, goes: Actor) => ({
    keepPersonId: keep.personId as string,
    mergePersonId: goes.personId as string,
  });

  test("who logged as somebody who was merged into them does not confirm, and may not take back what they confirmed", async () => {
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

  test("who confirmed a credit record as one confirms it as no other", async () => {
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
