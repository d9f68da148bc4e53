import type { Role } from "../../src/domain/facts/actors";
import type { Volunteer } from "../../src/domain/facts/people";
import { type Actor, nobody } from "../../src/domain/permissions/actors";
import { type Answer, openApi, type TestApi } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";
import { openCharity, type TestCharity } from "../support/charity";
import { residentId } from "../support/papers";

let bank: TestBank;
let api: TestApi;
let mei: Volunteer;
let child: Volunteer;
let charity: TestCharity;
const actors = new Map<string, Actor>();
const atStation: Role[] = ["ACTIVITY_LEAD", "STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN"];

beforeAll(async () => {
  bank = await openBank();
  api = await openApi(bank);
  mei = await bank.volunteer("V-1", { idNumber: residentId("1980-05-01") });
  child = await bank.volunteer("V-3", { birthDate: "2010-01-01", guardian: true });
  charity = await openCharity(bank);
  const elsewhere = (
    await bank.services.organizations.register((await import("../../src/domain/permissions/actors")).system, {
      idempotencyKey: "elsewhere",
      slug: "elsewhere",
      name: "elsewhere",
      kind: "SOCIAL_WORK_STATION",
      filingStatus: "REGISTERED",
      divisionCode: "fengqiao",
    })
  ).value;
  actors.set("public", nobody);
  actors.set("another volunteer", await bank.actorOf(await bank.volunteer("V-2")));
  actors.set("the volunteer", await bank.actorOf(mei));
  for (const role of atStation) {
    actors.set(role, await bank.staff(role, bank.station.id));
    actors.set(`${role} elsewhere`, await bank.staff(role, elsewhere.id));
  }
  for (const role of ["OFFICER", "AUDITOR", "ASSESSOR", "REVIEWER"] as const)
    actors.set(role, await bank.staff(role, null));
});
afterAll(async () => {
  await api.close();
  await bank.close();
});

const denials = ["NOT_PERMITTED", "NOT_FOUND", "UNAUTHENTICATED"];
/** Every code of an answer, from wherever it stands. */
function codesOf({ data, errors }: Answer): string[] {
  const payload = Object.values(
    (data ?? {}) as Record<string, { userErrors: { code: string }[]; results?: { userErrors: { code: string }[] }[] }>,
  )[0];
  return [
    ...(errors ?? []).map((error) => error.extensions.code),
    ...(payload?.userErrors ?? []).map((error) => error.code),
    ...(payload?.results ?? []).flatMap((line) => line.userErrors.map((error) => error.code)),
  ];
}

const staff = ["ACTIVITY_LEAD", "STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN", "OFFICER"];
const deciders = ["STATION_SUPERVISOR", "OFFICER"];
const leaders = ["STATION_SUPERVISOR", "ORGANIZATION_ADMIN", "OFFICER"];
async function socialWorker(): Promise<string> {
  const { value } = await bank.services.socialWorkers.register(bank.officer, {
    idempotencyKey: bank.key(),
    displayName: "社工",
    organizationId: bank.station.id,
    level: "ASSISTANT",
    certificateNo: `W-${bank.key()}`,
    registeredOn: "2026-01-01",
  });
  return value.id;
}
async function head(): Promise<string> {
  const admin = actors.get("ORGANIZATION_ADMIN") as Actor;
  const given = { idempotencyKey: bank.key(), organizationId: bank.station.id, displayName: `站长${bank.key()}` };
  return (await bank.services.heads.propose(admin, given)).value.id;
}
// The village's stations; "elsewhere" is another station of the same town, so it may too.
const staffRoles = ["STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN"];
const villagers = [...staffRoles, ...staffRoles.map((role) => `${role} elsewhere`), "OFFICER"];
async function household(): Promise<string> {
  const given = { idempotencyKey: bank.key(), householdNo: bank.key(), divisionCode: "fengqiao" };
  return (await bank.services.villagePoints.households.register(bank.officer, given)).value.id;
}
async function recipient(): Promise<string> {
  const given = { displayName: "老人", birthDate: "1940-01-01", divisionCode: "fengqiao", consent: true };
  const input = { ...given, idempotencyKey: bank.key(), categories: ["EMPTY_NEST" as const] };
  return (await bank.services.recipients.register(bank.officer, input)).value.id;
}
async function round() {
  const committee: string[] = [];
  for (let i = 0; i < 7; i += 1) committee.push((await bank.staff("ASSESSOR", null, `member ${i}`)).personId as string);
  return { opensOn: "2026-09-20", closesOn: "2026-09-20", committee };
}
async function openRound(): Promise<string> {
  const given = { ...(await round()), idempotencyKey: bank.key(), instrument: "PLATFORM_STAR" as const };
  return (await bank.services.ratings.openRound(bank.officer, given)).value.id;
}
/** An application of its own for each try: the one before is looked at, and ends, since a station is no platform. */
async function application(): Promise<string> {
  const before = (await bank.store.view.ratingsOf([bank.station.id])).get(bank.station.id) ?? [];
  for (const { id, state } of before)
    if (state === "APPLIED")
      await bank.services.ratings.advance(bank.officer, { applicationId: id, action: "CHECK_ELIGIBILITY" });
  const given = { idempotencyKey: bank.key(), roundId: await openRound(), organizationId: bank.station.id };
  return (await bank.services.ratings.apply(actors.get("ORGANIZATION_ADMIN") as Actor, given)).value.id;
}
/** Somebody of the committee that an application of its own is before. */
async function member(): Promise<{ applicationId: string; memberId: string }> {
  const applicationId = await application();
  const [shown] = await bank.services.ratings.many(bank.officer, [applicationId]);
  const [round] = await bank.services.ratings.roundsById([shown?.roundId as string]);
  return { applicationId, memberId: round?.committee[0] as string };
}
async function organization(): Promise<string> {
  const given = {
    name: "某协会",
    kind: "ASSOCIATION" as const,
    filingStatus: "FILED" as const,
    divisionCode: "fengqiao",
  };
  const made = await bank.services.organizations.register(bank.officer, { idempotencyKey: bank.key(), ...given });
  return made.value.id;
}
async function platform(): Promise<string> {
  const given = { slug: `platform-${bank.key()}`, name: "平台", kind: "SERVICE_PLATFORM" as const };
  const where = { filingStatus: "REGISTERED" as const, divisionCode: "fengqiao" };
  const input = { idempotencyKey: bank.key(), ...given, ...where };
  return (await bank.services.organizations.register(bank.officer, input)).value.id;
}
const credit = () => ({
  subjectId: mei.id,
  kind: "ADVERSE" as const,
  ground: "MALICIOUS_NO_SHOW",
  facts: "故意不到",
  evidence: [{ kind: "OTHER" as const, ref: "记录" }],
});
async function creditRecord(): Promise<string> {
  return (await bank.services.credit.open(bank.worker, { ...credit(), idempotencyKey: bank.key() })).value.id;
}
const visitTo = (recipientId: string) => ({
  organizationId: bank.station.id,
  recipientId,
  mode: "HOME" as const,
  result: "MET" as const,
});
const postOf = (socialWorkerId: string) => ({
  socialWorkerId,
  organizationId: bank.station.id,
  post: "GENERAL" as const,
  grade: 6,
  validFrom: "2026-09-01",
});
const volunteers = ["another volunteer", "the volunteer"];
let day = 0;
/** A record of the volunteer's, fresh for each try, so that the state never hides the permission. */
async function record(until: "SUBMITTED" | "POSTED" | "DISPUTED" | "RETURNED"): Promise<string> {
  day += 1;
  const date = new Date(Date.parse("2026-09-17T00:00:00Z") - (day % 7) * 86_400_000).toISOString().slice(0, 10);
  const hour = String(6 + (Math.floor(day / 7) % 16)).padStart(2, "0");
  const no = `W-${Math.floor(day / 100)}`;
  if (!(await bank.store.view.volunteerByNo(no))) await bank.volunteer(no);
  const { id } = await bank.log(no, date, `${hour}:00`, `${hour}:40`);
  const recordId = id as string;
  if (until === "RETURNED") await bank.services.hours.giveBack(bank.second, { recordId, reason: "补充" });
  if (until === "POSTED" || until === "DISPUTED") await bank.confirm(bank.second, id);
  if (until === "DISPUTED")
    await bank.services.hours.dispute(bank.worker, { idempotencyKey: bank.key(), recordId, reason: "不符" });
  return recordId;
}

let activities = 0;
/** An activity of its own for each try, on a day of its own, so that neither state nor booking hides the permission. */
async function activity(until: "DRAFT" | "PUBLISHED", series = {}): Promise<string> {
  activities += 1;
  const startsAt = Date.parse("2026-10-01T01:00:00Z") + activities * 3_600_000;
  const drafted = await charity.draft(`walk-${activities}`, {
    serviceType: "ENVIRONMENT",
    openToMinors: true,
    shift: { startsAt, endsAt: startsAt + 3_600_000, ...series },
  });
  const activityId = drafted.id;
  if (until === "DRAFT") return activityId;
  await bank.services.activities.advance(charity.admin, { activityId, action: "SUBMIT" });
  await bank.services.activities.advance(bank.officer, { activityId, action: "PUBLISH" });
  return activityId;
}
async function shiftOf(activityId: string): Promise<string> {
  return (await bank.services.activities.shiftsOf(bank.officer, [activityId]))[0]?.[0]?.id as string;
}
async function signUpFor(activityId: string, volunteer: Volunteer): Promise<string> {
  const input = { idempotencyKey: bank.key(), shiftId: await shiftOf(activityId) };
  return (await bank.services.signUps.signUp(await bank.actorOf(volunteer), input)).value.id;
}

const entry = {
  volunteerNo: "V-1",
  serviceType: "COMPANION_TALK",
  startedAt: "2026-09-20T08:00:00+08:00",
  endedAt: "2026-09-20T08:10:00+08:00",
  content: "聊天",
  activityLead: "负责人",
};

/** Each mutation, who may do it, and an input that would do. Whoever is not named is denied. */
const mutations: Record<
  string,
  { allowed: readonly string[]; input: () => Promise<Record<string, unknown>>; own?: boolean }
> = {
  advanceActivity: {
    allowed: ["ORGANIZATION_ADMIN", ...deciders],
    input: async () => ({ activityId: await activity("DRAFT"), action: "SUBMIT" }),
  },
  checkIn: {
    allowed: staff,
    input: async () => ({ shiftId: await shiftOf(await activity("PUBLISHED")), volunteerId: mei.id }),
  },
  checkOut: {
    allowed: staff,
    input: async () => ({ shiftId: await shiftOf(await activity("PUBLISHED")), volunteerId: mei.id }),
  },
  reopenCheckOut: {
    allowed: staff,
    input: async () => ({ shiftId: await shiftOf(await activity("PUBLISHED")), volunteerId: mei.id }),
  },
  createActivity: {
    allowed: staff,
    input: async () => {
      activities += 1;
      return {
        organizationId: bank.station.id,
        slug: `try-${activities}`,
        name: "活动",
        serviceType: "ENVIRONMENT",
        description: "活动",
        divisionCode: "fengqiao",
        contact: "站",
        shifts: [{ startsAt: "2026-09-21T01:00:00Z", endsAt: "2026-09-21T03:00:00Z", capacity: 2, place: "广场" }],
      };
    },
  },
  createCampaign: {
    allowed: ["OFFICER"],
    input: async () => ({ slug: `campaign-${bank.key()}`, name: "敬老月", day: "2026-10-21" }),
  },
  reviseCampaign: {
    allowed: ["OFFICER"],
    input: async () => {
      const made = { slug: `campaign-${bank.key()}`, name: "敬老月", day: "2026-10-21" };
      const { value } = await bank.services.activities.createCampaign(bank.officer, {
        idempotencyKey: bank.key(),
        ...made,
      });
      return { campaignId: value.id, name: "重阳敬老月", reason: "按文件更名" };
    },
  },
  decideGuardianConsent: {
    allowed: ["STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN", "OFFICER"],
    input: async () => ({ signUpId: await signUpFor(await activity("PUBLISHED"), child), consent: true }),
  },
  dropShift: {
    allowed: staff,
    input: async () => {
      const activityId = await activity("PUBLISHED", { repeatEveryDays: 100, repeatUntil: "2027-01-31" });
      return { shiftId: await shiftOf(activityId), reason: "下雨" };
    },
  },
  endGuardianship: {
    allowed: ["STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN", "OFFICER"],
    input: async () => {
      const { id } = await bank.volunteer(`G-${bank.key()}`);
      const pair = { volunteerId: child.id, guardianId: id };
      await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
      return { ...pair, reason: "监护关系变更" };
    },
  },
  editActivity: { allowed: staff, input: async () => ({ activityId: await activity("DRAFT"), name: "新名" }) },
  // Volunteers; staff and guardians, in test/clients/onboarding.
  invitePeople: {
    allowed: [...staffRoles, "OFFICER"],
    input: async () => ({ organizationId: bank.station.id, invitees: [{ volunteerId: mei.id }] }),
  },
  revokeInvitation: {
    allowed: [...staffRoles, "OFFICER"],
    input: async () => {
      const given = { organizationId: bank.station.id, invitees: [{ volunteerId: mei.id }] };
      const { value } = await bank.services.invitations.invite(bank.worker, { idempotencyKey: bank.key(), ...given });
      return { invitationId: value[0]?.id, reason: "误发" };
    },
  },
  acceptInvitation: { allowed: "everybody with a token".split("|"), input: async () => ({ code: "AAAAAAAAAA" }) },
  linkIdentity: {
    allowed: deciders,
    input: async () => ({ personId: mei.personId, issuer, subject: bank.key(), reason: "已核对证件" }),
  },
  // Her own last one, she is told, is for others to end.
  unlinkIdentity: {
    allowed: [...deciders, "the volunteer"],
    input: async () => {
      const given = { personId: mei.personId, issuer, subject: bank.key(), reason: "已核对证件" };
      const { value } = await bank.services.identities.link(bank.officer, { idempotencyKey: bank.key(), ...given });
      return { identityId: value.id, reason: "换手机" };
    },
  },
  linkGuardian: {
    allowed: ["STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN", "OFFICER"],
    input: async () => ({ volunteerId: child.id, guardianId: mei.id }),
  },
  markNoticesRead: { allowed: "everybody with a token".split("|"), input: async () => ({ noticeIds: [] }) },
  renewCalendarLink: { allowed: "everybody with a token".split("|"), input: async () => ({}) },
  resolveSignUp: {
    allowed: staff,
    input: async () => ({
      signUpId: await signUpFor(await activity("PUBLISHED"), mei),
      outcome: "EXCUSED",
      reason: "生病",
    }),
  },
  // A plan; what was disclosed of it, its admin notes too (test/stories/activities).
  setFundraisingFacts: {
    allowed: ["OFFICER"],
    input: async () => ({
      activityId: await activity("PUBLISHED"),
      planFilingNo: "备案-1",
      permitNo: "证书-1",
      organizationName: "慈善总会",
      howToQuery: "慈善中国",
      endsOn: "2026-10-31",
    }),
  },
  setTie: {
    allowed: [...staffRoles, "OFFICER", "the volunteer"],
    input: async () => ({
      volunteerId: mei.id,
      organizationId: await organization(),
      allowed: true,
      reason: "本人书面同意",
    }),
  },
  signUp: { allowed: volunteers, input: async () => ({ shiftId: await shiftOf(await activity("PUBLISHED")) }) },
  withdrawSignUp: {
    allowed: [...staff, "the volunteer"],
    input: async () => ({ signUpId: await signUpFor(await activity("PUBLISHED"), mei) }),
  },
  // Beyond the name and the phone, the volunteer corrects nothing: in test/stories/corrections.
  reviseVolunteer: {
    allowed: ["the volunteer", "STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN", "OFFICER"],
    input: async () => ({ volunteerId: mei.id, displayName: "志愿者V-1", reason: "核对" }),
  },
  advanceVolunteer: {
    allowed: deciders,
    input: async () => ({ volunteerId: mei.id, action: "RESTORE", reason: "r" }),
  },
  confirmServiceRecords: { allowed: staff, input: async () => ({ recordIds: [await record("SUBMITTED")] }) },
  disputeServiceRecord: { allowed: staff, input: async () => ({ recordId: await record("POSTED"), reason: "r" }) },
  grantRole: {
    allowed: ["ORGANIZATION_ADMIN", "OFFICER"],
    input: async () => ({
      personId: bank.worker.personId,
      role: "ACTIVITY_LEAD",
      organizationId: bank.station.id,
      validFrom: "2026-09-20",
    }),
  },
  logServiceHours: { allowed: staff, input: async () => ({ organizationId: bank.station.id, entries: [entry] }) },
  setDivisions: {
    allowed: ["OFFICER"],
    input: async () => ({
      divisions: [{ code: "datang", name: "大唐街道", kind: "SUBDISTRICT", parentCode: "zhuji" }],
    }),
  },
  registerOrganization: {
    allowed: ["OFFICER"],
    input: async () => ({ name: "组织", kind: "VOLUNTEER_TEAM", filingStatus: "FILED", divisionCode: "fengqiao" }),
  },
  registerOrganizations: {
    allowed: ["OFFICER"],
    input: async () => ({
      organizations: [{ name: "组织", kind: "VOLUNTEER_TEAM", filingStatus: "FILED", divisionCode: "fengqiao" }],
    }),
  },
  registerStaff: {
    allowed: ["OFFICER"],
    input: async () => ({
      staff: [{ role: "STATION_WORKER", organizationId: bank.station.id, displayName: `专员${bank.key()}` }],
    }),
  },
  describeOrganization: {
    allowed: ["OFFICER"],
    input: async () => ({ organizationId: bank.station.id, hub: false, registeredOn: "2020-01-01" }),
  },
  reviseOrganization: {
    allowed: ["OFFICER"],
    input: async () => ({ organizationId: bank.station.id, name: "枫桥镇社工站（新）", reason: "更名批复" }),
  },
  advanceOrganization: {
    allowed: ["OFFICER"],
    input: async () => ({ organizationId: await organization(), action: "SUSPEND", reason: "停业整顿" }),
  },
  recordFinding: {
    allowed: ["OFFICER"],
    input: async () => ({
      organizationId: bank.station.id,
      kind: "ANNUAL_CHECK",
      result: "QUALIFIED",
      year: 2025,
      on: "2026-06-30",
    }),
  },
  reviseFinding: {
    allowed: ["OFFICER"],
    input: async () => {
      const finding = { organizationId: bank.station.id, kind: "PENALTY" as const, on: "2026-06-30" };
      await bank.services.registry.recordFinding(bank.officer, { idempotencyKey: bank.key(), ...finding });
      const [found] = await bank.services.registry.findingsOf(bank.officer, [bank.station.id]);
      return { findingId: found?.at(-1)?.id, withdrawn: true, reason: "误录" };
    },
  },
  recordAward: {
    allowed: ["OFFICER"],
    input: async () => ({ organizationId: bank.station.id, name: "先进集体", grantedBy: "民政局", on: "2026-01-01" }),
  },
  withdrawAward: {
    allowed: ["OFFICER"],
    input: async () => {
      const organizationId = bank.station.id;
      const award = { organizationId, name: "先进集体", grantedBy: "民政局", on: "2026-01-01" };
      await bank.services.organizations.recordAward(bank.officer, { idempotencyKey: bank.key(), ...award });
      return { awardId: (await bank.services.organizations.awards([organizationId]))[0]?.at(-1)?.id, reason: "误录" };
    },
  },
  proposeOrganizationHead: {
    allowed: ["ORGANIZATION_ADMIN", "OFFICER"],
    input: async () => ({ organizationId: bank.station.id, displayName: `站长${bank.key()}` }),
  },
  // To approve takes the supervising unit or the office; to end, its own admin too (test/stories/organizations).
  advanceOrganizationHead: {
    allowed: ["OFFICER"],
    input: async () => ({ headId: await head(), action: "APPROVE" }),
  },
  registerRecipient: {
    allowed: villagers,
    input: async () => ({
      displayName: "老人",
      birthDate: "1940-01-01",
      divisionCode: "fengqiao",
      categories: ["EMPTY_NEST"],
      consent: true,
    }),
  },
  reviseRecipient: {
    allowed: villagers,
    input: async () => ({ recipientId: await recipient(), address: "示例村", reason: "复核" }),
  },
  listRecipient: {
    allowed: villagers,
    input: async () => ({ recipientId: await recipient(), listed: false, reason: "迁出" }),
  },
  // For their own station; as a volunteer, in test/stories/visits.
  recordVisit: {
    allowed: [...staffRoles, "OFFICER"],
    input: async () => ({ ...visitTo(await recipient()), at: "2026-09-19T10:00:00+08:00" }),
  },
  withdrawVisit: {
    allowed: villagers,
    input: async () => {
      const visit = { ...visitTo(await recipient()), at: Date.parse("2026-09-19T10:00:00+08:00"), asVolunteer: false };
      const { value } = await bank.services.visits.record(bank.officer, { idempotencyKey: bank.key(), ...visit });
      return { visitId: value.id, reason: "误录" };
    },
  },
  confirmVisit: {
    allowed: villagers,
    input: async () => {
      const late = { evidence: [{ kind: "PHOTO" as const, ref: "照片 1" }], asVolunteer: false };
      const visit = { ...visitTo(await recipient()), ...late, at: Date.parse("2026-08-19T10:00:00+08:00") };
      const { value } = await bank.services.visits.record(bank.officer, { idempotencyKey: bank.key(), ...visit });
      return { visitId: value.id };
    },
  },
  exportPerson: {
    allowed: ["the volunteer", "OFFICER"],
    input: async () => ({ personId: mei.personId }),
  },
  mergePeople: {
    allowed: ["OFFICER"],
    input: async () => ({ keepPersonId: mei.personId, mergePersonId: mei.personId, reason: "重复登记" }),
  },
  separatePerson: {
    allowed: ["OFFICER"],
    input: async () => ({ personId: mei.personId, separateVolunteerId: mei.id, reason: "误并" }),
  },
  erasePerson: { allowed: ["OFFICER"], input: async () => ({ personId: mei.personId, reason: "本人申请" }) },
  openRatingRound: {
    allowed: ["OFFICER"],
    input: async () => ({ ...(await round()), instrument: "PLATFORM_STAR" }),
  },
  applyForRating: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async () => {
      await application();
      return { roundId: await openRound(), organizationId: bank.station.id };
    },
  },
  // Whoever is on the committee votes, reviewers review: in test/stories/ratings.
  scoreRating: { allowed: ["ASSESSOR"], input: async () => ({ applicationId: await application(), scores: [] }) },
  voteRating: { allowed: [], input: async () => ({ applicationId: await application(), choice: "ABSTAIN" }) },
  advanceRating: {
    allowed: ["OFFICER"],
    input: async () => ({ applicationId: await application(), action: "CHECK_ELIGIBILITY" }),
  },
  requestRatingReview: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async () => ({ applicationId: await application(), reason: "漏计" }),
  },
  supplyRatingEvidence: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async () => ({ applicationId: await application(), evidence: [{ kind: "OTHER", ref: "年度报告" }] }),
  },
  requestRatingRecusal: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async () => ({ ...(await member()), reason: "曾任理事" }),
  },
  decideRatingRecusal: {
    allowed: ["OFFICER"],
    input: async () => {
      const asked = await member();
      const admin = actors.get("ORGANIZATION_ADMIN") as Actor;
      await bank.services.ratings.requestRecusal(admin, { ...asked, reason: "曾任理事" });
      return { ...asked, decision: "GRANT_RECUSAL" };
    },
  },
  withdrawRating: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async () => ({ applicationId: await application(), reason: "重新准备材料" }),
  },
  answerRatingDowngrade: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async () => ({ applicationId: await application(), statement: "已整改" }),
  },
  dropRatingDowngrade: {
    allowed: ["OFFICER"],
    input: async () => ({ applicationId: await application(), reason: "证据不足" }),
  },
  downgradeRating: {
    allowed: ["OFFICER"],
    input: async () => ({ organizationId: bank.station.id, instrument: "PLATFORM_STAR", toLevel: 1, ground: "r" }),
  },
  // For whoever has been on a staff for ninety days, or served: in test/stories/ratings.
  giveFeedback: {
    allowed: [],
    input: async () => ({ organizationId: await platform(), stars: 3 }),
  },
  reportMonth: { allowed: ["OFFICER"], input: async () => ({ month: "2026-07" }) },
  publishSpotCheckSeed: {
    allowed: ["OFFICER"],
    input: async () => ({ month: "2026-08", seedHash: "0".repeat(64) }),
  },
  revealSpotCheckSeed: {
    allowed: ["OFFICER"],
    input: async () => ({ month: "2026-08", seed: "九月公证处抽取的种子" }),
  },
  recordSpotCheck: {
    allowed: ["OFFICER"],
    input: async () => ({ recordId: await record("POSTED"), state: "PASSED", finding: "一致" }),
  },
  openCreditRecord: {
    allowed: staff,
    input: async () => credit(),
  },
  // The first step is the unit's; what follows is the office's, in test/stories/credit.
  advanceCreditRecord: {
    allowed: ["STATION_SUPERVISOR", "ORGANIZATION_ADMIN", "OFFICER"],
    input: async () => ({ recordId: await creditRecord(), action: "DISMISS", reason: "不实" }),
  },
  objectToCreditRecord: {
    allowed: ["the volunteer"],
    input: async () => ({ recordId: await creditRecord(), statement: "不实" }),
  },
  applyForCreditRepair: {
    allowed: ["the volunteer"],
    input: async () => ({ recordId: await creditRecord(), statement: "已补救" }),
  },
  registerHousehold: {
    allowed: villagers,
    input: async () => ({ householdNo: bank.key(), divisionCode: "fengqiao" }),
  },
  reviseHousehold: {
    allowed: villagers,
    input: async () => ({ householdId: await household(), householdNo: bank.key(), reason: "换号" }),
  },
  splitHousehold: {
    allowed: villagers,
    input: async () => ({ householdId: await household(), householdNo: bank.key(), reason: "分户" }),
  },
  awardVillagePoints: {
    allowed: villagers,
    input: async () => ({ householdId: await household(), points: 5, reason: "整洁", on: "2026-09-19" }),
  },
  reverseVillagePoints: {
    allowed: villagers,
    input: async () => {
      const award = { householdId: await household(), points: 5, reason: "整洁", on: "2026-09-19" };
      const { value } = await bank.services.villagePoints.award(bank.officer, { idempotencyKey: bank.key(), ...award });
      return { seq: String(value.transferSeq), reason: "误录" };
    },
  },
  registerSocialWorker: {
    allowed: leaders,
    input: async () => ({
      displayName: "社工",
      organizationId: bank.station.id,
      level: "ASSISTANT",
      certificateNo: `C-${bank.key()}`.slice(0, 40),
      registeredOn: "2026-01-01",
    }),
  },
  reviseSocialWorker: {
    allowed: leaders,
    input: async () => ({ socialWorkerId: await socialWorker(), displayName: "社工甲", reason: "录错" }),
  },
  recordTraining: {
    allowed: leaders,
    input: async () => ({
      socialWorkerId: await socialWorker(),
      name: "个案工作",
      hours: 8,
      organizer: "协会",
      on: "2026-09-01",
    }),
  },
  withdrawTraining: {
    allowed: leaders,
    input: async () => {
      const socialWorkerId = await socialWorker();
      await bank.services.socialWorkers.recordTraining(bank.officer, {
        idempotencyKey: bank.key(),
        socialWorkerId,
        name: "个案工作",
        hours: 8,
        organizer: "协会",
        on: "2026-09-01",
      });
      const [term] = await bank.services.socialWorkers.training(bank.officer, [socialWorkerId]);
      return { trainingId: term?.lines[0]?.id, reason: "误录" };
    },
  },
  setCommunityPost: { allowed: ["ORGANIZATION_ADMIN", "OFFICER"], input: async () => postOf(await socialWorker()) },
  endCommunityPost: {
    allowed: ["ORGANIZATION_ADMIN", "OFFICER"],
    input: async () => {
      const given = { ...postOf(await socialWorker()), idempotencyKey: bank.key() };
      const { value } = await bank.services.posts.set(bank.officer, given);
      return { postId: value.id, on: "2026-09-19", reason: "退休" };
    },
  },
  registerVolunteer: {
    allowed: "everybody with a token".split("|"),
    input: async () => ({ displayName: "新", birthDate: "1990-01-01", divisionCode: "fengqiao", consent: false }),
  },
  rejectServiceRecord: { allowed: staff, input: async () => ({ recordId: await record("SUBMITTED"), reason: "r" }) },
  resolveDispute: {
    allowed: deciders,
    input: async () => ({ recordId: await record("DISPUTED"), outcome: "UPHELD", reason: "r" }),
  },
  resubmitServiceRecord: { allowed: staff, input: async () => ({ recordId: await record("RETURNED") }) },
  returnServiceRecord: { allowed: staff, input: async () => ({ recordId: await record("SUBMITTED"), reason: "r" }) },
  reverseServiceRecord: { allowed: deciders, input: async () => ({ recordId: await record("POSTED"), reason: "r" }) },
  revokeRole: {
    allowed: ["ORGANIZATION_ADMIN", "OFFICER"],
    input: async () => ({ grantId: bank.supervisor.grants[0]?.id, reason: "" }),
  },
  setPolicy: {
    allowed: ["OFFICER"],
    input: async () => ({ key: "redeem.minAge", value: 65, effectiveFrom: "2020-01-01", citation: "cc" }),
  },
  submitServiceRecord: {
    allowed: volunteers,
    input: async () => ({ organizationId: bank.station.id, ...entry, volunteerNo: undefined }),
  },
  voidServiceRecord: { allowed: staff, input: async () => ({ recordId: await record("SUBMITTED"), reason: "r" }) },
};

test("the walk knows every mutation of the schema", async () => {
  const { data } = await api.post(null, { query: "{ __schema { mutationType { fields { name } } } }" });
  expect(data.__schema.mutationType.fields.map((field: { name: string }) => field.name).sort()).toEqual(
    Object.keys(mutations).sort(),
  );
});

test.each(Object.keys(mutations))("%s is for those it is for, and for nobody else", async (name) => {
  const mutation = mutations[name];
  if (!mutation) throw new Error(name);
  const { data: shape } = await api.post(null, {
    query: `{ __type(name: "Mutation") { fields { name args { type { ofType { name inputFields { name } } } } type { ofType { fields { name } } } } } }`,
  });
  const field = shape.__type.fields.find((one: { name: string }) => one.name === name);
  const keyed = field.args[0].type.ofType.inputFields.some((one: { name: string }) => one.name === "idempotencyKey");
  const inLines = field.type.ofType.fields.some((one: { name: string }) => one.name === "results");
  const input = field.args[0].type.ofType.name;
  const query = `mutation ($input: ${input}!) { ${name}(input: $input) { ${inLines ? "results { userErrors { code } }" : ""} userErrors { code } } }`;
  const allowed: string[] = [];
  // What a request is about that was denied is as it was: the next actor is tried on it.
  let about: object | null = null;
  for (const [who, actor] of actors) {
    about ??= await mutation.input();
    const given = { ...about, ...(keyed ? { idempotencyKey: bank.key() } : {}) };
    const before = (await bank.store.view.head()).seq;
    const codes = codesOf(await api.post(actor === nobody ? null : actor, { query, variables: { input: given } }));
    if (codes.some((code) => denials.includes(code)))
      expect([who, (await bank.store.view.head()).seq]).toEqual([who, before]);
    else {
      allowed.push(who);
      about = null;
    }
  }
  const expected =
    mutation.allowed[0] === "everybody with a token"
      ? [...actors.keys()].filter((who) => who !== "public")
      : mutation.allowed;
  expect(allowed.sort()).toEqual([...expected].sort());
});

test("a volunteer may act on what is the volunteer's own", async () => {
  const self = actors.get("the volunteer") as Actor;
  const mine = async () => {
    day += 1;
    const { id } = await bank.log(
      "V-1",
      "2026-09-16",
      `${String(day % 20).padStart(2, "0")}:00`,
      `${String(day % 20).padStart(2, "0")}:40`,
    );
    return id as string;
  };
  const voided = await api.post(self, {
    query:
      "mutation ($input: VoidServiceRecordInput!) { voidServiceRecord(input: $input) { serviceRecord { state } userErrors { code } } }",
    variables: { input: { recordId: await mine(), reason: "填错" } },
  });
  expect(voided.data.voidServiceRecord).toEqual({ serviceRecord: { state: "VOIDED" }, userErrors: [] });
  const confirmed = await api.post(self, {
    query:
      "mutation ($input: ConfirmServiceRecordsInput!) { confirmServiceRecords(input: $input) { results { userErrors { code } } } }",
    variables: { input: { idempotencyKey: "own", recordIds: [await mine()] } },
  });
  expect(confirmed.data.confirmServiceRecords.results[0].userErrors[0].code).toBe("NOT_PERMITTED");
});

test("a social worker is shown to those who may see them, the certificate to nobody whole", async () => {
  const id = await socialWorker();
  const query = "query ($id: ID!) { node(id: $id) { ... on SocialWorker { displayName maskedCertificateNo } } }";
  const seen: string[] = [];
  for (const [who, actor] of actors) {
    const { data } = await api.post(actor === nobody ? null : actor, { query, variables: { id } });
    if (data?.node) seen.push(who);
    expect(JSON.stringify(data)).not.toContain("W-");
  }
  expect(seen.sort()).toEqual([...leaders, "AUDITOR", "STATION_WORKER"].sort());
});

test("each personal field is shown to those who may see it", async () => {
  const query =
    "query ($id: ID!) { node(id: $id) { ... on Volunteer { displayName maskedIdNumber maskedPhone account { id balance { posted } } person { id } } } }";
  const seen: Record<string, string> = {};
  for (const [who, actor] of actors) {
    const { data } = await api.post(actor === nobody ? null : actor, { query, variables: { id: mei.id } });
    const node = data?.node as Record<string, unknown> | null;
    seen[who] = node
      ? Object.keys(node)
          .filter((name) => node[name] !== null)
          .join(" ")
      : "nothing";
    expect(JSON.stringify(data)).not.toContain(residentId("1980-05-01").slice(6));
  }
  const all = "displayName maskedIdNumber account";
  const linkers = `${all} person`;
  expect(seen).toEqual({
    public: "nothing",
    "another volunteer": "nothing",
    "the volunteer": linkers,
    ACTIVITY_LEAD: "displayName",
    "ACTIVITY_LEAD elsewhere": "nothing",
    STATION_WORKER: all,
    "STATION_WORKER elsewhere": "nothing",
    STATION_SUPERVISOR: linkers,
    "STATION_SUPERVISOR elsewhere": "nothing",
    ORGANIZATION_ADMIN: all,
    "ORGANIZATION_ADMIN elsewhere": "nothing",
    OFFICER: linkers,
    AUDITOR: all,
    ASSESSOR: "nothing",
    REVIEWER: "nothing",
  });
});

test("an actor who may act on a capacity sees the id of its person, whatever else they see", async () => {
  // The same number: the volunteer, the elder whom another station of the town visits, and the social worker are one person.
  const papers = { idNumber: residentId("1980-05-01"), displayName: "志愿者V-1" };
  const worker = actors.get("STATION_WORKER elsewhere") as Actor;
  const given = { ...papers, birthDate: "1980-05-01", divisionCode: "fengqiao", consent: true };
  const elder = { idempotencyKey: bank.key(), ...given, categories: ["EMPTY_NEST" as const] };
  const recipientId = (await bank.services.recipients.register(worker, elder)).value.id;
  const { value } = await bank.services.socialWorkers.register(bank.officer, {
    idempotencyKey: bank.key(),
    ...papers,
    organizationId: bank.station.id,
    level: "ASSISTANT",
    certificateNo: "PERSON-1",
    registeredOn: "2026-01-01",
  });
  const { value: post } = await bank.services.posts.set(bank.officer, {
    ...postOf(value.id),
    idempotencyKey: bank.key(),
  });
  await head();
  const guardian = { volunteerId: child.id, guardianId: mei.id };
  await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...guardian });
  const query = `query ($volunteer: ID!, $recipient: ID!, $worker: ID!, $post: ID!, $ward: ID!) {
    volunteer: node(id: $volunteer) { ... on Volunteer { person { id } } }
    recipient: node(id: $recipient) { ... on Recipient { person { id } } }
    worker: node(id: $worker) { ... on SocialWorker { person { id } } }
    post: node(id: $post) { ... on CommunityPost { person { id } } }
    ward: node(id: $ward) { ... on Volunteer { guardians { displayName person { id } } } }
    organizationBySlug(slug: "fengqiao-station") { heads { person { id } } }
  }`;
  const variables = {
    volunteer: mei.id,
    recipient: recipientId,
    worker: value.id,
    post: post.id,
    ward: child.id,
  };
  const shown: Record<string, string[]> = {};
  for (const [who, actor] of actors) {
    const { data } = await api.post(actor === nobody ? null : actor, { query, variables });
    const { ward, organizationBySlug, ...one } = data;
    const heads = organizationBySlug.heads.some((each: { person: object | null }) => each.person);
    const names = Object.keys(one).filter((name) => one[name]?.person?.id === mei.personId);
    shown[who] = [...names, ...(heads ? ["head"] : []), ...(ward?.guardians?.length ? ["guardian"] : [])];
  }
  const nothing: string[] = [];
  expect(shown).toEqual({
    ...Object.fromEntries([...actors.keys()].map((who) => [who, nothing])),
    "the volunteer": ["volunteer"],
    STATION_WORKER: ["guardian"],
    STATION_SUPERVISOR: ["volunteer", "guardian"],
    ORGANIZATION_ADMIN: ["guardian"],
    OFFICER: ["volunteer", "recipient", "worker", "post", "head", "guardian"],
  });
});
