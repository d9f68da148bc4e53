import type { Volunteer } from "../../src/domain/facts/people";
import { auditBank } from "../../src/services/audit";
import type { SeparatePerson } from "../../src/services/people/persons/papers";
import { openApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

/** Two who were merged wrongly are two again, whatever came between: each has what was theirs, under their own key. */
describe.each(engines)("a wrong merging on $name", (engine) => {
  let bank: TestBank;
  let people: Volunteer[];
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-08T09:00:00+08:00");
    people = [];
    for (const [no, day] of [
      ["FIRST", "2026-09-10"],
      ["SECOND", "2026-09-11"],
      ["THIRD", "2026-09-12"],
    ] as const) {
      bank.setClock(`${day}T09:00:00+08:00`);
      people.push(await bank.volunteer(no, { displayName: "王梅", birthDate: "1968-04-12" }));
    }
    bank.setClock("2026-09-20T09:00:00+08:00");
  });
  afterEach(() => closeFullyAudited(bank));

  const served = async (no: string, day: string, from: string, to: string) => {
    const { id } = await bank.log(no, day, from, to);
    expect(await bank.confirm(bank.second, id)).toEqual(["POSTED"]);
    return id as string;
  };
  const merge = async (keepPersonId: string, mergePersonId: string) => {
    await bank.services.persons.merge(bank.officer, {
      ...{ idempotencyKey: bank.key(), keepPersonId, mergePersonId, reason: "同一人" },
    });
  };
  const part = async (input: Omit<SeparatePerson, "idempotencyKey" | "reason">) => {
    const given = { idempotencyKey: bank.key(), reason: "误并", ...input };
    return (await bank.services.persons.separate(bank.officer, given)).value.separatedId;
  };
  const refused = async (input: Omit<SeparatePerson, "idempotencyKey" | "reason">) => {
    const { seq } = await bank.store.view.head();
    const error = await part(input).catch((refusal: { code: string; details: object }) => refusal);
    expect((await bank.store.view.head()).seq).toBe(seq);
    return typeof error === "string" ? error : { code: error.code, ...error.details };
  };
  const spend = async ({ accountId }: Volunteer, minutes: number) => {
    const pool = await bank.store.view.bankAccount("PUBLIC_POOL");
    await bank.store.write((tx) =>
      tx.post("system", {
        ...{ debit: accountId, credit: pool?.id as string, minutes, phase: "POSTED", kind: "DONATE" },
        ...{ holdSeq: null, reversesSeq: null, effectiveOn: "2026-09-19", expiresAt: null },
        ...{ recordId: null, policyIds: [] },
      }),
    );
  };
  const reverse = (recordId: string) =>
    bank.services.hours.reverse(bank.officer, { idempotencyKey: bank.key(), recordId, reason: "重复" });
  const volunteerOf = async (no: string) => {
    const volunteer = await bank.store.view.volunteerByNo(no);
    if (!volunteer) throw new Error(`no volunteer ${no}`);
    return volunteer;
  };
  const ownerOf = async (recordId: string) =>
    (await bank.store.view.records([recordId])).get(recordId)?.volunteerId as string;
  /** Under whose key the words of a record are. */
  const wordsOf = async (recordId: string) => {
    const { detailsId } = (await bank.store.view.records([recordId])).get(recordId) as { detailsId: string };
    return (await bank.store.view.sealed([detailsId])).get(detailsId)?.personId;
  };
  const copyOf = async (personId: string) => {
    const { value } = await bank.services.privacy.export(bank.officer, { idempotencyKey: bank.key(), personId });
    return JSON.stringify(await bank.services.privacy.copy(value.secret));
  };
  const register = async (address: string) => {
    const { value } = await bank.services.recipients.register(bank.worker, {
      ...{ idempotencyKey: bank.key(), displayName: "王梅", birthDate: "1968-04-12", consent: true },
      ...{ divisionCode: "fengqiao", categories: ["LIVING_ALONE"], address },
    });
    return value;
  };

  test("three who became one are parted one after the other, the last first, and nothing is left with another", async () => {
    const [first, second, third] = people as [Volunteer, Volunteer, Volunteer];
    const [one, two] = [
      await served("FIRST", "2026-09-16", "09:00", "09:40"),
      await served("SECOND", "2026-09-17", "09:00", "09:50"),
    ];
    const before = [await bank.credited("FIRST"), await bank.credited("SECOND"), await bank.credited("THIRD")];
    const child = await bank.volunteer("CHILD", { birthDate: "2012-01-01", guardian: true });
    const pair = { volunteerId: child.id, guardianId: first.id };
    await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
    await bank.services.identities.link(bank.officer, {
      ...{ idempotencyKey: bank.key(), personId: first.personId, issuer, subject: "first-phone", reason: "核验证件" },
    });
    await merge(second.personId, first.personId);
    await merge(third.personId, second.personId);
    const api = await openApi(bank);
    const listed = async (personId: string) => {
      const query =
        "query ($id: ID!) { volunteer: node(id: $id) { ... on Volunteer { person { mergedPersons { id } } } } }";
      const volunteer = [...(await bank.store.view.volunteersOfPersons([personId])).values()][0]?.id;
      const { data } = await api.post(bank.officer, { query, variables: { id: volunteer } });
      return data.volunteer.person.mergedPersons.map(({ id }: { id: string }) => id);
    };
    expect(await listed(third.personId)).toEqual([second.personId]);
    // The first one is asked for too early: the answer says whom to part before.
    const still = { code: "STILL_ACTIVE", as: "MERGING", ids: [second.personId] };
    expect(await refused({ personId: third.personId, mergedPersonId: first.personId })).toEqual(still);
    const secondAgain = await part({ personId: third.personId, mergedPersonId: second.personId });
    expect([await listed(third.personId), await listed(secondAgain)]).toEqual([[], [first.personId]]);
    expect(await refused({ personId: secondAgain, mergedPersonId: second.personId })).toEqual({ code: "NOT_FOUND" });
    const firstAgain = await part({ personId: secondAgain, mergedPersonId: first.personId });
    expect([await listed(secondAgain), await listed(firstAgain)]).toEqual([[], []]);
    await api.close();

    expect([await bank.credited("FIRST"), await bank.credited("SECOND"), await bank.credited("THIRD")]).toEqual(before);
    const held = [await volunteerOf("FIRST"), await volunteerOf("SECOND"), await volunteerOf("THIRD")];
    expect(held.map(({ personId, state }) => [personId, state])).toEqual([
      [firstAgain, "ACTIVE"],
      [secondAgain, "ACTIVE"],
      [third.personId, "ACTIVE"],
    ]);
    expect([await ownerOf(one), await ownerOf(two)]).toEqual([first.id, second.id]);
    expect([await wordsOf(one), await wordsOf(two)]).toEqual([firstAgain, secondAgain]);
    const actor = await bank.services.people.actorOf({ issuer, subject: "first-phone" });
    expect([actor.personId, actor.volunteerId]).toEqual([firstAgain, first.id]);
    expect(await bank.services.guardians.wards(actor)).toEqual([child.id]);
    for (const { personId } of [held[1], held[2]] as Volunteer[])
      expect(await bank.store.view.guardianshipsOf(personId)).toEqual([]);
    // By an earlier id they are meant too, when they are merged and parted again.
    await merge(third.personId, firstAgain);
    await part({ personId: third.personId, mergedPersonId: first.personId });
    expect(await bank.credited("FIRST")).toEqual(before[0]);
  });

  test("a text about a registration, written while two persons were one, goes with it and stays in no other copy", async () => {
    const [first] = people as [Volunteer];
    const elder = await register("一村");
    await merge(elder.personId, first.personId);
    const record = await served("FIRST", "2026-09-16", "09:00", "10:00");
    const revised = { volunteerId: first.id, phone: "13800001234", reason: "补录" };
    await bank.services.corrections.revise(bank.officer, { idempotencyKey: bank.key(), ...revised });
    const again = await part({ personId: elder.personId, mergedPersonId: first.personId });
    expect([await volunteerOf("FIRST")].map(({ personId }) => personId)).toEqual([again]);
    expect(await wordsOf(record)).toBe(again);
    const [theirs, elders] = [await copyOf(again), await copyOf(elder.personId)];
    for (const word of ["13800001234", "聊天", "补录"]) {
      expect(theirs).toContain(word);
      expect(elders).not.toContain(word);
    }
    expect(elders).toContain("一村");
    // Whose registration is whose, the next merging and its parting know.
    const [, second] = people as [Volunteer, Volunteer];
    await merge(second.personId, again);
    const last = await part({ personId: second.personId, mergedPersonId: again });
    expect((await volunteerOf("FIRST")).personId).toBe(last);
    expect((await volunteerOf("SECOND")).personId).toBe(second.personId);
  });

  test("records that an officer gave to another go with that one's registration, words and all", async () => {
    const [first, second] = people as [Volunteer, Volunteer];
    const [one, two] = [
      await served("FIRST", "2026-09-16", "09:00", "10:00"),
      await served("SECOND", "2026-09-17", "09:00", "10:00"),
    ];
    await merge(first.personId, second.personId);
    const away = await part({ personId: first.personId, mergedPersonId: second.personId, separateRecordIds: [one] });
    expect([await ownerOf(one), await ownerOf(two)]).toEqual([second.id, first.id]);
    expect([await wordsOf(one), await wordsOf(two)]).toEqual([away, first.personId]);
    // Now each is merged with an elder, and parted from her by what they are, or by what they were.
    const [elder, other] = [await register("一村"), await register("二村")];
    await merge(elder.personId, away);
    const apart = await part({ personId: elder.personId, separateVolunteerId: second.id });
    expect(await wordsOf(one)).toBe(apart);
    await merge(other.personId, first.personId);
    const again = await part({ personId: other.personId, mergedPersonId: first.personId });
    expect(await wordsOf(two)).toBe(again);
  });

  test("a merged person is parted from the person who stayed, not from others whom an officer has parted since", async () => {
    const [first, second] = people as [Volunteer, Volunteer];
    const elder = await register("一村");
    const record = await served("SECOND", "2026-09-16", "09:00", "10:00");
    await merge(elder.personId, first.personId);
    await merge(elder.personId, second.personId);
    const apart = await part({ personId: elder.personId, separateVolunteerId: first.id });
    expect(await ownerOf(record)).toBe(first.id);
    expect(await wordsOf(record)).toBe(apart);
    expect(await refused({ personId: elder.personId, mergedPersonId: second.personId })).toEqual({
      ...{ code: "STILL_ACTIVE", as: "SEPARATION", ids: [apart] },
    });
    // One again, they are parted as any others.
    await merge(elder.personId, apart);
    await part({ personId: elder.personId, mergedPersonId: apart });
  });

  test("a person who was on the list before is on it after, and one who was not is not", async () => {
    const { recipients } = bank.services;
    const [kept, lost] = [await register("一村"), await register("二村")];
    const list = (recipientId: string, listed: boolean) =>
      recipients.list(bank.officer, { recipientId, listed, reason: "调整" });
    const standing = async () =>
      [...(await bank.store.view.recipients([kept.id, lost.id])).values()].map(({ id, listedOn, listedUntil }) => [
        ...[id === kept.id ? "kept" : "lost", listedOn, listedUntil],
      ]);
    for (const [keeps, goes] of [
      [false, true],
      [true, false],
      [false, false],
      [true, true],
    ] as const) {
      await list(kept.id, keeps);
      await list(lost.id, goes);
      // From yesterday on nobody is on the list whom it names until yesterday.
      bank.setClock(new Date(bank.options.clock() + 86_400_000).toISOString());
      const before = await standing();
      const [to, from] = [
        (await bank.store.view.recipients([kept.id])).get(kept.id)?.personId as string,
        (await bank.store.view.recipients([lost.id])).get(lost.id)?.personId as string,
      ];
      await merge(to, from);
      await part({ personId: to, mergedPersonId: from });
      expect(await standing()).toEqual(before);
    }
  });

  test("a death that two shared is undone for each, also after they were merged", async () => {
    const [first, second] = people as [Volunteer, Volunteer];
    const advance = (volunteerId: string, action: "RECORD_DEATH" | "UNDO_DEATH") =>
      bank.services.volunteers.advance(bank.officer, { volunteerId, action, reason: "核实" });
    for (const { id } of [first, second]) await advance(id, "RECORD_DEATH");
    await merge(first.personId, second.personId);
    await part({ personId: first.personId, mergedPersonId: second.personId });
    for (const { id } of [first, second]) expect(await advance(id, "UNDO_DEATH")).toMatchObject({ state: "ACTIVE" });
  });

  test("a record that was corrected while two persons were one goes back to its own person", async () => {
    const [first, second] = people as [Volunteer, Volunteer];
    const record = await served("SECOND", "2026-09-16", "09:00", "10:00");
    await merge(first.personId, second.personId);
    const dispute = { idempotencyKey: bank.key(), recordId: record, reason: "时间有误" };
    await bank.services.hours.dispute(bank.worker, dispute);
    const { value } = await bank.services.hours.resolve(bank.officer, {
      ...{ idempotencyKey: bank.key(), recordId: record, outcome: "ADJUSTED", reason: "核实" },
      endedAt: Date.parse("2026-09-16T09:45:00+08:00"),
    });
    const again = await part({ personId: first.personId, mergedPersonId: second.personId });
    expect(await ownerOf(value.replacedBy as string)).toBe(second.id);
    expect(await wordsOf(value.replacedBy as string)).toBe(again);
    expect(await bank.credited("SECOND")).toMatchObject({ posted: 30, service: 45 });
    expect(await bank.credited("FIRST")).toMatchObject({ posted: 0, service: 0 });
    // One service goes whole, whichever of the two records the officer names: their words are the same.
    for (const named of [record, value.replacedBy as string]) {
      const from = (await volunteerOf("SECOND")).personId;
      await merge(first.personId, from);
      const other = await part({ personId: first.personId, mergedPersonId: from, separateRecordIds: [named] });
      for (const id of [record, value.replacedBy as string])
        expect([await ownerOf(id), await wordsOf(id)]).toEqual([second.id, other]);
    }
  });

  test("a person whose minutes paid another's debt gets them back, and the other owes again", async () => {
    const [first, second] = people as [Volunteer, Volunteer];
    const spent = await served("FIRST", "2026-09-16", "09:00", "10:00");
    await spend(first, 60);
    await reverse(spent);
    await served("SECOND", "2026-09-17", "09:00", "11:00");
    const before = [await bank.credited("FIRST"), await bank.credited("SECOND")];
    expect(before.map(({ posted }) => posted)).toEqual([-60, 120]);
    await merge(first.personId, second.personId);
    expect(await bank.credited("FIRST")).toMatchObject({ posted: 60 });
    const again = await part({ personId: first.personId, mergedPersonId: second.personId });
    expect([await bank.credited("FIRST"), await bank.credited("SECOND")]).toEqual(before);
    // What was spent since is not there twice: the officer is told how much is left, and says how much goes.
    await merge(first.personId, again);
    await spend(first, 30);
    const wrong = { personId: first.personId, mergedPersonId: again };
    expect(await refused(wrong)).toMatchObject({ code: "INSUFFICIENT_CREDIT", asked: 120, free: 90 });
    await part({ ...wrong, separateMinutes: 90 });
    expect(await bank.credited("FIRST")).toMatchObject({ posted: -60 });
    expect(await bank.credited("SECOND")).toMatchObject({ posted: 90, service: 120 });
  });

  test.each([
    ["UPHELD", 0, 0, 30],
    ["REVERSED", -30, -30, 0],
  ] as const)(
    "a hold of more than the account has is as before after a parting, and the objection ends as %s",
    async (outcome, posted, available, service) => {
      const [first, second] = people as [Volunteer, Volunteer];
      // 90 are earned and 30 spent, an objection holds 30, and a reversal takes 60: nothing is left, and 30 are held.
      const spent = await served("FIRST", "2026-09-15", "09:00", "10:00");
      const disputed = await served("FIRST", "2026-09-16", "09:00", "09:30");
      await spend(first, 30);
      await bank.services.hours.dispute(bank.worker, {
        ...{ idempotencyKey: bank.key(), recordId: disputed, reason: "时间有误" },
      });
      await reverse(spent);
      await served("SECOND", "2026-09-17", "09:00", "10:30");
      const before = [await bank.credited("FIRST"), await bank.credited("SECOND")];
      expect(before).toMatchObject([
        { posted: 0, held: 30, available: -30 },
        { posted: 90, held: 0, available: 90 },
      ]);
      await merge(first.personId, second.personId);
      expect(await bank.credited("FIRST")).toMatchObject({ posted: 90, held: 30, available: 60 });
      const again = await part({ personId: first.personId, mergedPersonId: second.personId });
      expect([await bank.credited("FIRST"), await bank.credited("SECOND")]).toEqual(before);
      expect((await auditBank(bank.options)).findings).toEqual([]);
      // What was spent since is not there twice, as with a debt.
      await merge(first.personId, again);
      await spend(first, 30);
      const wrong = { personId: first.personId, mergedPersonId: again };
      expect(await refused(wrong)).toMatchObject({ code: "INSUFFICIENT_CREDIT", asked: 90, free: 60 });
      expect(await refused({ ...wrong, separateMinutes: 200 })).toMatchObject({ asked: 200, free: 60 });
      await part({ ...wrong, separateMinutes: 60 });
      expect([await bank.credited("FIRST"), await bank.credited("SECOND")]).toMatchObject([
        { posted: 0, held: 30, available: -30 },
        { posted: 60, held: 0, available: 60 },
      ]);
      await bank.services.hours.resolve(bank.officer, {
        ...{ idempotencyKey: bank.key(), recordId: disputed, outcome, reason: "核实" },
      });
      expect(await bank.credited("FIRST")).toEqual({ posted, held: 0, available, service });
    },
  );

  test("minutes that both remainders gave together and that were spent leave nobody owing", async () => {
    const [first, second] = people as [Volunteer, Volunteer];
    // Remainders of 20 and 10 give 30 together. By itself neither has them.
    await served("FIRST", "2026-09-16", "09:00", "09:50");
    await served("SECOND", "2026-09-17", "09:00", "10:40");
    await merge(first.personId, second.personId);
    expect(await bank.credited("FIRST")).toMatchObject({ posted: 150 });
    await spend(first, 60);
    const wrong = { personId: first.personId, mergedPersonId: second.personId };
    const spent = { code: "INSUFFICIENT_CREDIT", asked: 90, free: 60 };
    expect(await refused(wrong)).toEqual(spent);
    expect(await refused({ ...wrong, separateMinutes: 90 })).toEqual(spent);
    await part({ ...wrong, separateMinutes: 60 });
    expect([await bank.credited("FIRST"), await bank.credited("SECOND")]).toMatchObject([
      { posted: 0, available: 0 },
      { posted: 60, available: 60 },
    ]);
  });

  test("whose record gave a step only with the other's remainder, and who said how much goes, have that much in the end", async () => {
    const [first, second] = people as [Volunteer, Volunteer];
    // 20 minutes are carried on from the first: what comes next gives 60 for 40, and 30 by itself.
    await served("FIRST", "2026-09-16", "09:00", "09:50");
    await served("SECOND", "2026-09-16", "10:00", "11:00");
    await merge(first.personId, second.personId);
    const waiting = await served("FIRST", "2026-09-17", "09:00", "09:40");
    expect(await bank.credited("FIRST")).toMatchObject({ posted: 150, service: 150 });
    const own = (
      await bank.store.view.recordList({ volunteerId: first.id }, "RECORDED_AT", { first: 9, after: null })
    ).map(({ id }) => id);
    const goes = own.slice(0, 2);
    expect(goes).toContain(waiting);
    const wrong = { personId: first.personId, mergedPersonId: second.personId };
    const again = await part({ ...wrong, separateRecordIds: goes });
    expect([await bank.credited("FIRST"), await bank.credited("SECOND")]).toMatchObject([
      { posted: 30, service: 50 },
      { posted: 90, service: 100 },
    ]);
    expect((await auditBank(bank.options)).findings).toEqual([]);
    await merge(first.personId, again);
    const last = await part({
      personId: first.personId,
      mergedPersonId: again,
      separateRecordIds: [waiting],
      separateMinutes: 0,
    });
    expect([await bank.credited("FIRST"), await bank.credited("SECOND")]).toMatchObject([
      { posted: 120, service: 110 },
      { posted: 0, service: 40 },
    ]);
    expect(last).not.toBe(again);
  });

  test.each([
    ["UPHELD", 60, 60],
    ["REVERSED", 0, 0],
    ["ADJUSTED", 30, 45],
  ] as const)(
    "an objection to what stays keeps its hold through a parting, and ends as %s",
    async (outcome, posted, service) => {
      const [first, second] = people as [Volunteer, Volunteer];
      const kept = await served("FIRST", "2026-09-16", "09:00", "10:00");
      const gone = await served("SECOND", "2026-09-17", "09:00", "10:00");
      await merge(first.personId, second.personId);
      const object = (recordId: string) =>
        bank.services.hours.dispute(bank.worker, { idempotencyKey: bank.key(), recordId, reason: "时间有误" });
      const decide = (recordId: string, outcome: "UPHELD" | "REVERSED" | "ADJUSTED") =>
        bank.services.hours.resolve(bank.officer, {
          ...{ idempotencyKey: bank.key(), recordId, outcome, reason: "核实" },
          ...(outcome === "ADJUSTED" ? { endedAt: Date.parse("2026-09-16T09:45:00+08:00") } : {}),
        });
      await object(gone);
      const wrong = { personId: first.personId, mergedPersonId: second.personId };
      expect(await refused(wrong)).toEqual({ code: "STILL_ACTIVE", as: "DISPUTE", recordIds: [gone] });
      await decide(gone, "UPHELD");
      await object(kept);
      await spend(first, 30);
      // 120 less 60 that are held and 30 that were spent: no more than 30 go.
      expect(await bank.credited("FIRST")).toMatchObject({ posted: 90, held: 60, available: 30 });
      expect(await refused({ ...wrong, separateMinutes: 40 })).toMatchObject({ code: "INSUFFICIENT_CREDIT", free: 30 });
      await part({ ...wrong, separateMinutes: 30 });
      expect(await bank.credited("FIRST")).toMatchObject({ posted: 60, held: 60, available: 0 });
      await decide(kept, outcome);
      expect(await bank.credited("FIRST")).toEqual({ posted, held: 0, available: posted, service });
      expect(await bank.credited("SECOND")).toEqual({ posted: 30, held: 0, available: 30, service: 60 });
    },
  );

  test("a merging of many entries is read to its end, and what the same officer did right behind it is none of it", async () => {
    const [first, second] = people as [Volunteer, Volunteer];
    bank.setClock("2026-09-28T09:00:00+08:00");
    const days = Array.from({ length: 18 }, (_, i) => `2026-09-${String(9 + i).padStart(2, "0")}`);
    const spells = days.flatMap((day) => Array.from({ length: 15 }, (_, i) => [day, i] as const));
    const times = ([day, i]: readonly [string, number]) => ({
      startedAt: Date.parse(`${day}T06:00:00+08:00`) + i * 35 * 60_000,
      endedAt: Date.parse(`${day}T06:30:00+08:00`) + i * 35 * 60_000,
    });
    const answer = await bank.services.hours.log(bank.worker, {
      ...{ idempotencyKey: bank.key(), organizationId: bank.station.id, mode: "ALL_OR_NOTHING", dryRun: false },
      entries: spells.map((spell) => ({
        ...{ volunteerNo: "SECOND", serviceType: "COMPANION_TALK", ...times(spell), breakMinutes: 0 },
        ...{ content: "聊天", activityLead: "负责人", evidence: [{ kind: "SIGN_IN_SHEET", ref: "签到表" }] },
      })),
    });
    const ids = answer.results.map(({ record }) => record?.id as string);
    expect(new Set(ids).size).toBe(270);
    // The last ones were handed in in time, and need one confirmation.
    expect(new Set(await bank.confirm(bank.second, ...ids.slice(-30)))).toEqual(new Set(["POSTED"]));
    const before = await bank.credited("SECOND");
    const { seq } = await bank.store.view.head();
    await merge(first.personId, second.personId);
    expect((await bank.store.view.head()).seq - seq).toBeGreaterThan(500);
    // What an officer does next is like what a merging does: a way to sign in, a role, a tie, a name as staff.
    await bank.services.identities.link(bank.officer, {
      ...{ idempotencyKey: bank.key(), personId: first.personId, issuer, subject: "kept-phone", reason: "核验证件" },
    });
    await bank.grant(first.personId, "AUDITOR", null);
    const again = await part({ personId: first.personId, mergedPersonId: second.personId });
    expect(await bank.credited("SECOND")).toEqual(before);
    expect(await bank.credited("FIRST")).toMatchObject({ posted: 0, service: 0 });
    for (const id of [ids[0], ids[249], ids[269]] as string[])
      expect([await ownerOf(id), await wordsOf(id)]).toEqual([second.id, again]);
    const actor = await bank.services.people.actorOf({ issuer, subject: "kept-phone" });
    expect([actor.personId, actor.grants.map(({ role }) => role)]).toEqual([first.personId, ["AUDITOR"]]);
  });
});
