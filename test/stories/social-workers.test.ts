import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { codeOf } from "../support/outcomes";
import { residentId } from "../support/papers";

/** Social workers as the office's client asks for them, and paid posts, whose hours are no volunteering. */
let bank: TestBank;
let api: TestApi;
let admin: Actor;
beforeEach(async () => {
  bank = await openBank();
  api = await openApi(bank);
  admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id);
});
afterEach(() => closeAudited(bank, api));

const line =
  "id displayName level maskedCertificateNo registeredUntil organization { id name } training { earnedHours requiredHours termEndsOn }";
const registerWorker = `mutation RegisterSocialWorker($input: RegisterSocialWorkerInput!) {
  registerSocialWorker(input: $input) { socialWorker { ${line} } replayed userErrors { code message path details } }
}`;
const recordTraining = `mutation RecordTraining($input: RecordTrainingInput!) {
  recordTraining(input: $input) { socialWorker { ${line} } replayed userErrors { code message path details } }
}`;
const socialWorkers = `query SocialWorkers($organizationId: ID, $level: [SocialWorkLevel!], $first: Int!, $after: String) {
  socialWorkers(filter: { organizationId: $organizationId, level: $level }, first: $first, after: $after) {
    totalCount edges { node { ${line} } } pageInfo { hasNextPage endCursor }
  }
}`;
const compliance = `query StationCompliance($first: Int!, $after: String) {
  organizations(filter: { kind: SOCIAL_WORK_STATION, compliant: false }, first: $first, after: $after) {
    edges { node { id name division { code name } certifiedWorkers requiredWorkers } } pageInfo { hasNextPage endCursor }
  }
}`;

const inputOf = (certificateNo: string, more: object = {}) => ({
  idempotencyKey: bank.key(),
  displayName: `社工${certificateNo.slice(-2)}`,
  organizationId: bank.station.id,
  level: "ASSISTANT",
  certificateNo,
  registeredOn: "2023-10-01",
  ...more,
});
const register = async (certificateNo: string, more: object = {}, who: Actor = admin) => {
  const { data } = await api.post(who, { query: registerWorker, variables: { input: inputOf(certificateNo, more) } });
  const { socialWorker, userErrors } = data.registerSocialWorker;
  return socialWorker ?? userErrors[0];
};
const train = async (socialWorkerId: string, hours: number, on: string) => {
  const input = { idempotencyKey: bank.key(), socialWorkerId, name: "个案工作", hours, organizer: "市社工协会", on };
  const { data } = await api.post(admin, { query: recordTraining, variables: { input } });
  return data.recordTraining.socialWorker?.training ?? data.recordTraining.userErrors[0];
};

test("a term of three years is renewed in its last months, once its training is done", async () => {
  const worker = await register("20230330681001");
  expect(worker).toMatchObject({
    displayName: "社工01",
    level: "ASSISTANT",
    maskedCertificateNo: "****1001",
    registeredUntil: "2026-09-30",
    organization: { id: bank.station.id },
    training: { earnedHours: 0, requiredHours: 70, termEndsOn: "2026-09-30" },
  });
  expect(await train(worker.id, 69, "2025-05-01")).toMatchObject({ earnedHours: 69 });
  expect(await train(worker.id, 8, "2026-09-21")).toMatchObject({ code: "IN_THE_FUTURE" });
  expect(await register("20230330681001", { registeredOn: "2026-09-15" })).toMatchObject({
    code: "TRAINING_MISSING",
    details: { earnedHours: 69, requiredHours: 70 },
  });
  await train(worker.id, 1, "2026-09-01");
  expect(await register("20230330681001", { registeredOn: "2026-09-15" })).toMatchObject({
    id: worker.id,
    registeredUntil: "2029-09-14",
    // What was learnt after the first day of the new term counts for it; nothing yet.
    training: { earnedHours: 0, requiredHours: 70 },
  });
});

test("a training entered by mistake is taken back with a reason, and stays in the journal", async () => {
  const worker = await register("20230330681001");
  await train(worker.id, 40, "2026-05-01");
  const [term] = await bank.services.socialWorkers.training(admin, [worker.id]);
  const lines = term?.lines ?? [];
  expect(lines).toEqual([{ id: lines[0]?.id, hours: 40, on: "2026-05-01", name: "个案工作", organizer: "市社工协会" }]);
  const trainingId = lines[0]?.id as string;
  const withdraw = (reason: string, who = admin) =>
    codeOf(bank.services.socialWorkers.withdrawTraining(who, { trainingId, reason }).then(({ id }) => id));
  expect([await withdraw(" "), await withdraw("误录", bank.worker)]).toEqual(["REASON_MISSING", "NOT_PERMITTED"]);
  for (let i = 0; i < 2; i += 1) expect(await withdraw("误录")).toBe(worker.id);
  expect((await bank.services.socialWorkers.training(admin, [worker.id]))[0]).toMatchObject({
    earnedHours: 0,
    lines: [],
  });
});

test("a station with fewer than three is on the compliance list until it has them, and again when a term ends", async () => {
  const listed = async () => {
    const { data } = await api.post(null, { query: compliance, variables: { first: 10 } });
    return data.organizations.edges.map(({ node }: { node: { certifiedWorkers: number } }) => node.certifiedWorkers);
  };
  for (const certificateNo of ["A-0001", "A-0002"]) await register(certificateNo);
  expect(await listed()).toEqual([2]);
  await register("A-0003", { level: "SENIOR", registeredOn: "2025-01-01" });
  expect(await listed()).toEqual([]);
  bank.setClock("2026-10-01T09:00:00+08:00");
  expect(await listed()).toEqual([1]);
});

test("one certificate is one person's, and one person is registered once, as a volunteer too", async () => {
  const papers = { idNumber: residentId("1980-01-01") };
  const worker = await register("A-0001", papers);
  expect(await register("A-0001", { idNumber: residentId("1980-01-01", 2) })).toMatchObject({
    code: "DUPLICATE_PERSON",
  });
  expect(await register("A-0002", { displayName: "社工01", ...papers })).toMatchObject({
    code: "DUPLICATE_PERSON",
    path: ["level"],
  });
  // The station registers the same person as a volunteer: one person, two capacities.
  const asVolunteer = { birthDate: "1980-01-01", ...papers };
  expect(await codeOf(bank.volunteer("V-1", asVolunteer))).toBe("PAPERS_DISAGREE");
  const volunteer = await bank.volunteer("V-1", { displayName: "社工01", ...asVolunteer });
  const [known] = [(await bank.store.view.socialWorkers([worker.id])).get(worker.id)];
  expect(volunteer.personId).toBe(known?.personId);
  // Nobody becomes that person by naming their papers.
  const claims = bank.services.volunteers.register(await bank.actorOf(volunteer), {
    idempotencyKey: bank.key(),
    displayName: "冒名",
    birthDate: "1980-01-01",
    divisionCode: "fengqiao",
    consent: true,
    self: true,
    ...papers,
  });
  expect(await codeOf(claims)).toBe("DUPLICATE_PERSON");
  // And the other way round.
  const other = { displayName: "社工09", birthDate: "1990-01-01", idNumber: residentId("1990-01-01") };
  const second = await bank.volunteer("V-2", other);
  const later = await register("A-0009", { idNumber: residentId("1990-01-01") });
  expect((await bank.store.view.socialWorkerOfPerson(second.personId))?.id).toBe(later.id);
});

test("a person who takes over another speaks for both organisations, and each organisation sees its own staff", async () => {
  const worker = await register("A-0001");
  const other = (
    await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      slug: "agency",
      name: "社工机构",
      kind: "SOCIAL_WORK_AGENCY",
      filingStatus: "REGISTERED",
      divisionCode: "fengqiao",
    })
  ).value;
  const theirs = await bank.staff("ORGANIZATION_ADMIN", other.id);
  expect(await register("A-0001", { organizationId: other.id }, theirs)).toMatchObject({ code: "NOT_PERMITTED" });
  const seen = async (who: Actor, more: object = {}) => {
    const { data, errors } = await api.post(who, { query: socialWorkers, variables: { first: 10, ...more } });
    return errors ? errors[0]?.extensions.code : [data.socialWorkers.totalCount, data.socialWorkers.edges.length];
  };
  expect([await seen(admin), await seen(theirs), await seen(bank.officer, { level: ["SENIOR"] })]).toEqual([
    [1, 1],
    [0, 0],
    [0, 0],
  ]);
  expect(await seen(await bank.actorOf(await bank.volunteer("V-1")))).toBe("NOT_PERMITTED");
  expect((await register("A-0001", { organizationId: other.id }, bank.officer)).organization.id).toBe(other.id);
  expect([await seen(admin), await seen(theirs)]).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(await bank.services.socialWorkers.many(admin, [worker.id])).toEqual([null]);
});

test("F04: in the hours of a paid post nobody volunteers, unless a leave is shown", async () => {
  const mei = await bank.volunteer("V-1");
  const set = (more: object, who = admin) =>
    codeOf(
      bank.services.posts
        .set(who, {
          idempotencyKey: bank.key(),
          volunteerId: mei.id,
          organizationId: bank.station.id,
          post: "GENERAL",
          grade: 6,
          validFrom: "2026-09-01",
          ...more,
        })
        .then(({ value }) => value),
    );
  const monday = "2026-09-14";
  const before = await bank.log("V-1", monday, "09:00", "10:00");
  expect(before.code).toBeNull(); // accepted while nobody knew of a post
  expect(await set({ grade: 19 })).toBe("INVALID_INPUT");
  expect(await set({}, bank.worker)).toBe("NOT_PERMITTED");
  const post = (await set({})) as { id: string };
  expect((await bank.log("V-1", monday, "10:00", "11:00")).code).toBe("PAID_DUTY");
  expect((await bank.log("V-1", monday, "18:00", "19:00")).code).toBeNull();
  const leave = { evidence: [{ kind: "LEAVE" as const, ref: "请假单 2026-09" }] };
  expect((await bank.log("V-1", "2026-09-15", "10:00", "11:00", leave)).code).toBeNull();
  bank.setClock("2026-09-20T20:00:00+08:00"); // Later ids sort later.
  // Promoted: the new post begins, the old one ends the day before; neither frees the hours between.
  const chief = (await set({ post: "CHIEF", grade: 12, validFrom: "2026-09-17" })) as { id: string };
  expect((await bank.log("V-1", "2026-09-16", "10:00", "11:00")).code).toBe("PAID_DUTY");
  expect((await bank.log("V-1", "2026-09-17", "10:00", "11:00")).code).toBe("PAID_DUTY");
  expect(await set({ validFrom: "2026-09-10", validUntil: "2026-09-18" })).toBe("POST_OVERLAP");
  const end = (on: string) =>
    codeOf(
      bank.services.posts.end(admin, { postId: chief.id, on, reason: "退休" }).then(({ validUntil }) => validUntil),
    );
  expect([await end("2026-09-16"), await end("2026-09-17"), await end("2026-09-17")]).toEqual([
    "INVALID_INTERVAL",
    "2026-09-17",
    "2026-09-17",
  ]);
  expect((await bank.log("V-1", "2026-09-18", "10:00", "11:00")).code).toBeNull();
  const { edges } = await bank.services.posts.list(bank.supervisor, bank.station.id, { first: 10 });
  expect(edges.map(({ node }) => [node.id, node.validUntil])).toEqual([
    [post.id, "2026-09-16"],
    [chief.id, "2026-09-17"],
  ]);
  expect(await bank.services.posts.names(bank.supervisor, [post.id])).toEqual(["志愿者V-1"]);
});
