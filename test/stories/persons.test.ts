import type { Volunteer } from "../../src/domain/facts/people";
import type { Recipient } from "../../src/domain/facts/visits";
import type { Actor } from "../../src/domain/permissions/actors";
import type { SeparatePerson } from "../../src/services/people/persons/papers";
import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { residentId } from "../support/papers";

const number = residentId("1968-04-12");

/** Two people who were taken for one are parted; nothing is lost, neither copy holds the other's, the audit is content. */
describe.each(engines)("persons on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mei: Volunteer;
  let elder: Recipient;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    mei = await bank.volunteer("V-1", { displayName: "王梅", birthDate: "1968-04-12", idNumber: number });
    elder = (
      await bank.services.recipients.register(bank.worker, {
        idempotencyKey: bank.key(),
        displayName: "王梅",
        birthDate: "1968-04-12",
        idNumber: number,
        divisionCode: "fengqiao",
        address: "枫桥镇示例村 1 号",
        phone: "13800001234",
        categories: ["SEVERE_ILLNESS"],
        consent: true,
      })
    ).value;
    expect(elder.personId).toBe(mei.personId);
  });
  afterEach(() => closeFullyAudited(bank, api));

  const mutation = `mutation SeparatePerson($input: SeparatePersonInput!) {
    separatePerson(input: $input) { kept { id } separated { id } replayed userErrors { code message path details } }
  }`;
  const separate = async (who: Actor, more: Partial<SeparatePerson>) => {
    // The number is of the person who keeps the rest, where a test says nothing else.
    const papersOf = "KEPT" as const;
    const input = { idempotencyKey: bank.key(), personId: mei.personId, reason: "误并", papersOf, ...more };
    const { data, errors } = await api.post(who, { query: mutation, variables: { input } });
    return data?.separatePerson ?? errors;
  };
  const codeOf = async (who: Actor, more: Partial<SeparatePerson>) =>
    (await separate(who, more)).userErrors.map(({ code }: { code: string }) => code)[0];
  const copyOf = async (personId: string) => {
    const done = await bank.services.privacy.export(bank.officer, { idempotencyKey: bank.key(), personId });
    return JSON.stringify(await bank.services.privacy.copy(done.value.secret));
  };

  test("an elder who was joined to a volunteer becomes a person of their own", async () => {
    const visit = {
      organizationId: bank.station.id,
      recipientId: elder.id,
      at: Date.parse("2026-09-19T10:00:00+08:00"),
    };
    const met = { mode: "HOME" as const, result: "MET" as const, asVolunteer: false, note: "血压偏高" };
    await bank.services.visits.record(bank.worker, { idempotencyKey: bank.key(), ...visit, ...met });
    await bank.services.recipients.revise(bank.worker, {
      recipientId: elder.id,
      address: "示例村 2 号",
      reason: "搬家",
    });
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "10:00", { content: "陪聊两小时" });
    await bank.confirm(bank.second, id);
    const both = await copyOf(mei.personId);
    for (const word of ["示例村 1 号", "示例村 2 号", "SEVERE_ILLNESS", "血压偏高", "搬家", "陪聊两小时"])
      expect(both).toContain(word);

    const input = { idempotencyKey: "once", separateRecipientId: elder.id, keepVolunteerId: mei.id };
    const evidence = { kind: "OTHER" as const, ref: "两人身份证复印件，存 2026-09-A" };
    const first = await separate(bank.officer, { ...input, evidence });
    expect(first).toMatchObject({ kept: { id: mei.personId }, replayed: false, userErrors: [] });
    expect(await separate(bank.officer, { ...input, evidence })).toEqual({ ...first, replayed: true });
    const separated = first.separated.id;
    expect((await bank.store.view.recipientOfPerson(separated))?.id).toBe(elder.id);
    expect(await bank.store.view.recipientOfPerson(mei.personId)).toBeUndefined();

    const [hers, theirs] = [await copyOf(mei.personId), await copyOf(separated)];
    for (const word of ["示例村 1 号", "示例村 2 号", "SEVERE_ILLNESS", "血压偏高", "搬家"]) {
      expect(hers).not.toContain(word);
      expect(theirs).toContain(word);
    }
    expect(hers).toContain("陪聊两小时");
    expect(theirs).not.toContain("陪聊两小时");
    for (const copy of [hers, theirs]) expect(copy).not.toContain("误并");

    // What the stations see is as it was: the list, the visit, the balance.
    const [face] = await bank.services.recipients.faces(bank.worker, [elder.id]);
    expect(face).toMatchObject({ address: "示例村 2 号", categories: ["SEVERE_ILLNESS"] });
    const sick = await bank.services.recipients.find(bank.worker, { category: ["SEVERE_ILLNESS"] }, { first: 5 });
    expect(sick.edges.map(({ node }) => node.id)).toEqual([elder.id]);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 60, service: 60 });
    // Both may be forgotten apart: with her key nothing of the elder goes.
    await bank.services.volunteers.advance(bank.officer, { volunteerId: mei.id, action: "WITHDRAW", reason: "退出" });
    const erase = { idempotencyKey: bank.key(), personId: mei.personId, reason: "本人申请" };
    await bank.services.privacy.erase(bank.officer, erase);
    expect((await bank.services.recipients.faces(bank.worker, [elder.id]))[0]?.address).toBe("示例村 2 号");
  });

  test.each([
    ["KEPT", "V-1"],
    ["SEPARATED", "the elder"],
    ["NEITHER", "nobody"],
  ] as const)("a number that both would have is one person's: %s", async (papersOf, whose) => {
    const goes = { separateRecipientId: elder.id };
    const before = (await bank.store.view.head()).seq;
    const { userErrors } = await separate(bank.officer, { ...goes, papersOf: null });
    expect(userErrors).toMatchObject([{ code: "INVALID_INPUT", path: ["papersOf"] }]);
    expect((await bank.store.view.head()).seq).toBe(before);
    const { separated } = await separate(bank.officer, { ...goes, papersOf });
    // The next station that sees the number finds the one whose it is, and a claim of the issuer does too.
    const worker = await bank.services.socialWorkers.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), displayName: "王梅", idNumber: number, organizationId: bank.station.id },
      ...{ level: "ASSISTANT", certificateNo: "ZJ-1", registeredOn: "2026-01-01" },
    });
    const holder = { [mei.personId]: "V-1", [separated.id]: "the elder" }[worker.value.personId] ?? "nobody";
    expect(holder).toBe(whose);
    const [steps] = await bank.services.recipients.historyOf(bank.officer, [elder.id]);
    const taken = papersOf === "SEPARATED" ? [] : [["REVISE", ["idNumber"]]];
    expect(steps?.map(({ action, fields }) => [action, fields])).toEqual([["SEPARATE", []], ...taken]);
  });

  test("a volunteer who was joined to an elder takes records, account and guardianships along", async () => {
    const child = await bank.volunteer("V-3", { birthDate: "2012-01-01", guardian: true });
    const pair = { volunteerId: child.id, guardianId: mei.id };
    await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "10:00");
    await bank.confirm(bank.second, id);
    await bank.grant(mei.personId, "STATION_WORKER", bank.station.id);
    const [grant] = (await bank.store.view.grantsOfPersons([mei.personId])).get(mei.personId) ?? [];
    const answer = await separate(bank.officer, {
      separateVolunteerId: mei.id,
      separateGrantIds: [grant?.id as string],
      papersOf: "SEPARATED",
    });
    const separated = answer.separated.id as string;
    const self = await bank.services.people.actorOfPerson(separated);
    expect(self).toMatchObject({ volunteerId: mei.id, grants: [{ id: grant?.id, personId: separated, version: 2 }] });
    expect(await bank.services.guardians.wards(self)).toEqual([child.id]);
    expect((await bank.services.people.actorOfPerson(mei.personId)).grants).toEqual([]);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 60 });
    // What follows is hers: another record, its reversal, and the story in her history.
    const next = await bank.log("V-1", "2026-09-18", "18:00", "19:00");
    // She is on the station's staff by now: somebody from elsewhere confirms.
    await bank.confirm(bank.officer, next.id);
    const reverse = { idempotencyKey: bank.key(), recordId: next.id as string, reason: "重复" };
    await bank.services.hours.reverse(bank.supervisor, reverse);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 60 });
    const [history] = await bank.services.volunteers.sight.historyOf(self, [mei.id]);
    expect(history).toMatchObject([{ action: "SEPARATE", actorKind: "OFFICER", reason: "误并" }]);
  });

  test("a social worker takes training, posts and every certificate along", async () => {
    const { socialWorkers, posts } = bank.services;
    const register = { displayName: "王梅", organizationId: bank.station.id, registeredOn: "2025-01-01" };
    const input = { ...register, idempotencyKey: bank.key(), certificateNo: "A-0001", idNumber: number };
    const { value: worker } = await socialWorkers.register(bank.officer, { ...input, level: "ASSISTANT" });
    expect(worker.personId).toBe(mei.personId);
    const higher = { idempotencyKey: bank.key(), certificateNo: "B-0001", level: "INTERMEDIATE" as const };
    await socialWorkers.register(bank.officer, { ...input, ...higher, registeredOn: "2026-02-01" });
    const training = { socialWorkerId: worker.id, name: "督导", hours: 8, organizer: "协会", on: "2026-05-01" };
    await socialWorkers.recordTraining(bank.officer, { idempotencyKey: bank.key(), ...training });
    const post = { organizationId: bank.station.id, post: "DEPUTY" as const, grade: 9, validFrom: "2026-01-01" };
    await posts.set(bank.officer, { idempotencyKey: bank.key(), socialWorkerId: worker.id, ...post });
    const { separated } = await separate(bank.officer, { separateSocialWorkerId: worker.id });
    expect((await bank.store.view.postsOfPersons([separated.id])).get(separated.id)).toHaveLength(1);
    expect(await copyOf(separated.id)).toContain("督导");
    expect(await copyOf(mei.personId)).not.toContain("督导");
    // By the certificate before, too, the social worker is known as who they are.
    const again = { ...input, idempotencyKey: bank.key(), idNumber: null, level: "SENIOR" as const };
    const renewed = await socialWorkers.register(bank.officer, { ...again, registeredOn: "2026-03-01" });
    expect(renewed.value.personId).toBe(separated.id);
  });

  describe("ways to sign in", () => {
    const signedIn = (subject: string) => bank.services.people.actorOf({ issuer, subject });
    const link = async (subject: string, personId: string) => {
      const input = { idempotencyKey: bank.key(), personId, issuer, subject, reason: "核验证件" };
      return (await bank.services.identities.link(bank.officer, input)).value.id;
    };
    const comeIn = async (subject: string, who: { volunteerId: string } | { personId: string }, by = bank.worker) => {
      const invitation = { idempotencyKey: bank.key(), organizationId: bank.station.id, invitees: [who] };
      const [invited] = (await bank.services.invitations.invite(by, invitation)).value;
      const code = invited?.code as string;
      await bank.services.invitations.accept(await signedIn(subject), { idempotencyKey: bank.key(), code });
    };

    test("the invitation of the volunteer goes with the volunteer, and opens nothing of the elder", async () => {
      await comeIn("stranger", { volunteerId: mei.id });
      await link("by-papers", mei.personId);
      const stranger = await signedIn("stranger");
      expect(stranger).toMatchObject({ personId: mei.personId, volunteerId: mei.id });
      const own = { idempotencyKey: bank.key(), personId: mei.personId };
      const { secret } = (await bank.services.privacy.export(stranger, own)).value;
      const calendar = (await bank.services.calendars.link(stranger)) as string;
      expect(JSON.stringify(await bank.services.privacy.copy(secret))).toContain("示例村 1 号");

      const { separated } = await separate(bank.officer, { separateVolunteerId: mei.id });
      for (const subject of ["stranger", "by-papers"])
        expect(await signedIn(subject)).toMatchObject({ personId: separated.id, volunteerId: mei.id });
      expect(await bank.services.privacy.copy(secret)).toBeNull();
      expect(await bank.services.calendars.of(calendar)).toBeNull();
      await expect(
        bank.services.privacy.export(await signedIn("stranger"), { ...own, idempotencyKey: bank.key() }),
      ).rejects.toMatchObject({ code: "NOT_PERMITTED" });
      const links = (await bank.store.view.identityLinksOf([mei.personId])).get(mei.personId) ?? [];
      expect(links.map(({ state }) => state)).toEqual(["UNLINKED", "UNLINKED"]);
    });

    test("where the elder goes, they stay, with the addresses that they made", async () => {
      await comeIn("mei", { volunteerId: mei.id });
      const self = await signedIn("mei");
      const calendar = (await bank.services.calendars.link(self)) as string;
      await separate(bank.officer, { separateRecipientId: elder.id });
      expect(await signedIn("mei")).toMatchObject({ personId: mei.personId, volunteerId: mei.id });
      expect(await bank.services.calendars.of(calendar)).toEqual([]);
    });

    test("staff stay staff, and what may be either's is for the officer to say", async () => {
      await bank.grant(mei.personId, "ACTIVITY_LEAD", bank.station.id);
      const admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id);
      await comeIn("lead", { personId: mei.personId }, admin);
      const seen = await link("seen", mei.personId);
      const goes = { separateVolunteerId: mei.id };
      const before = (await bank.store.view.head()).seq;
      expect((await separate(bank.officer, goes)).userErrors).toMatchObject([
        { code: "STILL_ACTIVE", path: ["separateIdentityIds"], details: { as: "IDENTITY", ids: [seen] } },
      ]);
      expect(await codeOf(bank.officer, { ...goes, separateIdentityIds: ["identity_none"] })).toBe("NOT_FOUND");
      expect((await bank.store.view.head()).seq).toBe(before);
      const { separated } = await separate(bank.officer, { ...goes, separateIdentityIds: [seen] });
      expect(await signedIn("seen")).toMatchObject({ personId: separated.id, grants: [] });
      expect(await signedIn("lead")).toMatchObject({ personId: mei.personId, grants: [{ role: "ACTIVITY_LEAD" }] });
    });
  });

  test("it is for officers, with a reason, about what is there", async () => {
    const before = (await bank.store.view.head()).seq;
    const goes = { separateRecipientId: elder.id };
    const self = await bank.actorOf(mei);
    for (const who of [bank.worker, bank.supervisor, self]) expect(await codeOf(who, goes)).toBe("NOT_PERMITTED");
    expect(await codeOf(bank.officer, { ...goes, reason: " " })).toBe("REASON_MISSING");
    expect(await codeOf(bank.officer, { ...goes, personId: "person_none" })).toBe("NOT_FOUND");
    expect(await codeOf(bank.officer, { separateRecipientId: "recipient_none" })).toBe("NOT_FOUND");
    expect(await codeOf(bank.officer, { ...goes, keepVolunteerId: "volunteer_none" })).toBe("NOT_FOUND");
    expect(await codeOf(bank.officer, {})).toBe("INVALID_INPUT");
    const all = { ...goes, separateVolunteerId: mei.id };
    expect(await codeOf(bank.officer, all)).toBe("INVALID_INPUT");
    expect(await codeOf(bank.officer, { separateVolunteerId: mei.id, keepVolunteerId: mei.id })).toBe("INVALID_INPUT");
    expect((await bank.store.view.head()).seq).toBe(before);
  });
});
