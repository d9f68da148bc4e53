import type { Activity, Campaign, Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Recipient } from "../../src/domain/facts/visits";
import type { Actor } from "../../src/domain/permissions/actors";
import { seedHashOf } from "../../src/domain/spot-checks";
import type { CreateActivity } from "../../src/services/activities/planning";
import type { StoredAttendance } from "../../src/storage/store";
import { at, type TestBank } from "./bank";
import { grantMinutes, signedIn } from "./elders";
import { codeOf } from "./outcomes";
import { residentId } from "./papers";

export const charityDay = "2026-09-05";

/** A charity day at the test bank: a campaign, and activities that are announced in one line each. */
export interface TestCharity {
  campaign: Campaign;
  lead: Actor;
  admin: Actor;
  /** From the draft to the announcement; two hours in the morning of the charity day unless said otherwise. */
  announce(
    slug: string,
    plan?: Partial<CreateActivity> & { shift?: Partial<CreateActivity["shifts"][number]> },
  ): Promise<{ activity: Activity; shifts: Shift[] }>;
  draft(
    slug: string,
    plan?: Partial<CreateActivity> & { shift?: Partial<CreateActivity["shifts"][number]>; by?: Actor },
  ): Promise<Activity>;
  signUp(volunteer: Volunteer, shift: Shift): Promise<{ id: string; state: string } | string>;
  /** By the code on the screen; the attendance, or the refusal's code. */
  checkIn(volunteer: Volunteer, shift: Shift, more?: object): Promise<StoredAttendance | string>;
  checkOut(volunteer: Volunteer, shift: Shift, more?: object): Promise<StoredAttendance | string>;
  tick(volunteer: Volunteer, shift: Shift, actor?: Actor): Promise<StoredAttendance | string>;
}

export async function openCharity(bank: TestBank): Promise<TestCharity> {
  const { activities, signUps, attendance } = bank.services;
  const lead = await bank.staff("ACTIVITY_LEAD", bank.station.id);
  const admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id);
  const campaign = (
    await activities.createCampaign(bank.officer, {
      idempotencyKey: bank.key(),
      slug: "charity-day-2026",
      name: "善行暨阳——我愿益",
      tagline: "第十一个中华慈善日",
      day: charityDay,
    })
  ).value;
  const check = async (how: "checkIn" | "checkOut", volunteer: Volunteer, shift: Shift, more: object) => {
    const { token } = await attendance.screen.code(lead, shift.id);
    const shown = "digits" in more || "token" in more ? {} : { token };
    const input = { idempotencyKey: bank.key(), shiftId: shift.id, ...shown, ...more };
    return codeOf(attendance[how](await bank.actorOf(volunteer), input).then((done) => done.value));
  };
  const charity: TestCharity = {
    campaign,
    lead,
    admin,
    async draft(slug, { shift, by = lead, ...plan } = {}) {
      const { value } = await activities.create(by, {
        idempotencyKey: bank.key(),
        organizationId: bank.station.id,
        campaignSlug: campaign.slug,
        slug,
        name: `活动${slug}`,
        serviceType: "FESTIVAL_EVENT",
        description: "广场便民服务",
        divisionCode: "fengqiao",
        contact: "枫桥镇社会工作站",
        riskNotice: "注意防暑",
        agreement: "协议存站",
        insurance: "保险单",
        shifts: [
          {
            startsAt: at(charityDay, "09:00"),
            endsAt: at(charityDay, "11:00"),
            capacity: 3,
            place: "枫桥广场",
            ...shift,
          },
        ],
        ...plan,
      });
      return value;
    },
    async announce(slug, plan) {
      const { id: activityId } = await charity.draft(slug, plan);
      await activities.advance(admin, { activityId, action: "SUBMIT" });
      const activity = await activities.advance(bank.officer, { activityId, action: "PUBLISH" });
      return { activity, shifts: (await activities.shiftsOf(lead, [activityId]))[0] as Shift[] };
    },
    async signUp(volunteer, shift) {
      const input = { idempotencyKey: bank.key(), shiftId: shift.id };
      return codeOf(signUps.signUp(await bank.actorOf(volunteer), input).then((done) => done.value));
    },
    checkIn: (volunteer, shift, more = {}) => check("checkIn", volunteer, shift, more),
    checkOut: (volunteer, shift, more = {}) => check("checkOut", volunteer, shift, more),
    tick: (volunteer, shift, actor = lead) =>
      codeOf(
        attendance
          .checkIn(actor, { idempotencyKey: bank.key(), shiftId: shift.id, volunteerId: volunteer.id })
          .then((done) => done.value),
      ),
  };
  return charity;
}

/** An organisation with a head and an award, a social worker with a training, and a paid post. */
async function fillOrganization(bank: TestBank, holder: Volunteer): Promise<void> {
  const { organizations, registry, heads } = bank.services;
  const organizationId = bank.station.id;
  await organizations.describe(bank.officer, { organizationId, hub: true, registeredOn: "2020-01-01" });
  const check = { kind: "ANNUAL_CHECK", result: "QUALIFIED", year: 2025, on: "2026-06-30" } as const;
  await registry.recordFinding(bank.officer, { idempotencyKey: bank.key(), organizationId, ...check });
  for (const action of ["SUSPEND", "RESUME"] as const)
    await registry.advance(bank.officer, { organizationId, action, reason: "年检期间" });
  await heads.propose(bank.officer, { idempotencyKey: bank.key(), organizationId, displayName: "站长" });
  const award = { organizationId, name: "先进集体", grantedBy: "市民政局", on: "2025-12-01" };
  await organizations.recordAward(bank.officer, { idempotencyKey: bank.key(), ...award });
  const { value: worker } = await bank.services.socialWorkers.register(bank.officer, {
    idempotencyKey: bank.key(),
    displayName: "社工",
    organizationId: bank.station.id,
    level: "SENIOR",
    certificateNo: "A-0001",
    registeredOn: "2025-01-01",
  });
  await bank.services.socialWorkers.recordTraining(bank.officer, {
    idempotencyKey: bank.key(),
    socialWorkerId: worker.id,
    name: "督导",
    hours: 8,
    organizer: "市社工协会",
    on: "2026-05-01",
  });
  await bank.services.posts.set(bank.officer, {
    idempotencyKey: bank.key(),
    volunteerId: holder.id,
    organizationId: bank.station.id,
    post: "DEPUTY",
    grade: 9,
    validFrom: "2026-01-01",
    validUntil: "2026-06-30",
  });
}

/** A person on the list, with a visit. */
async function fillVisits(bank: TestBank): Promise<void> {
  const { value: recipient } = await bank.services.recipients.register(bank.officer, {
    idempotencyKey: bank.key(),
    displayName: "老人",
    birthDate: "1940-05-01",
    idNumber: residentId("1940-05-01"),
    divisionCode: "fengqiao",
    categories: ["LIVING_ALONE"],
    consent: true,
  });
  await bank.services.visits.record(bank.officer, {
    idempotencyKey: bank.key(),
    organizationId: bank.station.id,
    recipientId: recipient.id,
    at: bank.services.now(),
    mode: "HOME",
    result: "MET",
    asVolunteer: false,
  });
  const { value: gone } = await bank.services.recipients.register(bank.officer, {
    idempotencyKey: bank.key(),
    displayName: "迁出老人",
    birthDate: "1940-05-01",
    divisionCode: "fengqiao",
    categories: ["LIVING_ALONE"],
    consent: true,
  });
  await bank.services.recipients.list(bank.officer, { recipientId: gone.id, listed: false, reason: "迁出" });
  await fillOrders(bank, gone);
  const papers = { displayName: "老人", birthDate: "1940-05-01", idNumber: residentId("1940-05-01") };
  const { personId } = await bank.volunteer("D-1", papers);
  const parted = { personId, separateRecipientId: recipient.id, papersOf: "KEPT" as const, reason: "误并" };
  await bank.services.persons.separate(bank.officer, { idempotencyKey: bank.key(), ...parted });
  const [kept, again] = [await bank.volunteer("M-1"), await bank.volunteer("M-2")];
  const doubled = { keepPersonId: kept.personId, mergePersonId: again.personId, reason: "两次登记" };
  await bank.services.persons.merge(bank.officer, { idempotencyKey: bank.key(), ...doubled });
  const other = await bank.volunteer("M-3");
  const wrong = { keepPersonId: kept.personId, mergePersonId: other.personId, reason: "误判" };
  await bank.services.persons.merge(bank.officer, { idempotencyKey: bank.key(), ...wrong });
  const undone = { personId: kept.personId, mergedPersonId: other.personId, reason: "误并" };
  await bank.services.persons.separate(bank.officer, { idempotencyKey: bank.key(), ...undone });
}

/** A credit record about a volunteer, whose file was read. */
async function fillCredit(bank: TestBank, subject: Volunteer): Promise<void> {
  await bank.services.credit.open(bank.officer, {
    idempotencyKey: bank.key(),
    subjectId: subject.id,
    kind: "TRUSTWORTHY",
    ground: "GOOD_SERVICE",
    facts: "常年义诊",
    evidence: [{ kind: "LETTER", ref: "感谢信" }],
  });
  await bank.services.credit.files.read(bank.officer, subject.id, "评优");
}

/** A record of August that was looked at, by the seed of its month, which is reported then. */
async function fillSpotChecks(bank: TestBank): Promise<void> {
  await bank.volunteer("S-1");
  const before = bank.services.now();
  bank.setClock("2026-08-29T09:00:00+08:00");
  const { id } = await bank.log("S-1", "2026-08-28", "09:00", "10:00");
  await bank.confirm(bank.second, id);
  bank.setClock(new Date(before).toISOString());
  await bank.services.spotChecks.publishSeed(bank.officer, {
    idempotencyKey: bank.key(),
    month: "2026-08",
    seedHash: seedHashOf("九月四日公证处抽取"),
  });
  bank.setClock(new Date(before + 86_400_000).toISOString());
  await bank.services.spotChecks.revealSeed(bank.officer, { month: "2026-08", seed: "九月四日公证处抽取" });
  await bank.services.spotChecks.record(bank.officer, {
    idempotencyKey: bank.key(),
    recordId: id as string,
    state: "PASSED",
    finding: "与签到表一致",
  });
  await bank.services.indicators.report(bank.officer, { idempotencyKey: bank.key(), month: "2026-08" });
  bank.setClock(new Date(before).toISOString());
}

/** A platform's application in a round, with a vote on it, and what a member thinks. */
async function fillRatings(bank: TestBank): Promise<void> {
  const { organizations, ratings } = bank.services;
  const { value: platform } = await organizations.register(bank.officer, {
    idempotencyKey: bank.key(),
    slug: "platform",
    name: "社会组织服务中心",
    kind: "SERVICE_PLATFORM",
    filingStatus: "REGISTERED",
    divisionCode: "fengqiao",
  });
  const admin = await bank.staff("ORGANIZATION_ADMIN", platform.id, "platform admin");
  const members: Actor[] = [];
  for (let i = 0; i < 7; i += 1) members.push(await bank.staff("ASSESSOR", null, `member ${i}`));
  const today = bank.services.today();
  const { value: round } = await ratings.openRound(bank.officer, {
    idempotencyKey: bank.key(),
    instrument: "PLATFORM_STAR",
    opensOn: today,
    closesOn: today,
    committee: members.map(({ personId }) => personId as string),
  });
  const applying = { idempotencyKey: bank.key(), roundId: round.id, organizationId: platform.id };
  const { value: application } = await ratings.apply(admin, applying);
  const feedback = { idempotencyKey: bank.key(), organizationId: platform.id, stars: 4 };
  const served = await bank.store.view.volunteerByNo("S-1");
  await ratings.giveFeedback(await bank.actorOf(served as Volunteer), feedback);
  for (const action of ["CHECK_ELIGIBILITY", "PRELIMINARY"] as const)
    await ratings.advance(bank.officer, { applicationId: application.id, action });
  const asked = { applicationId: application.id, memberId: members[1]?.personId as string, reason: "曾任理事" };
  await ratings.requestRecusal(admin, asked);
  const vote = { applicationId: application.id, choice: "IN_FAVOUR" as const, level: 3 };
  await ratings.vote(members[0] as Actor, vote);
  await fillEvaluation(bank, members);
}

/** An evaluation that three assessors gave points for, and a proposal to bring its grade down. */
async function fillEvaluation(bank: TestBank, members: readonly Actor[]): Promise<void> {
  const { organizations, ratings } = bank.services;
  const { value: association } = await organizations.register(bank.officer, {
    ...{ idempotencyKey: bank.key(), slug: "association", name: "枫桥义工协会", kind: "ASSOCIATION" },
    ...{ filingStatus: "REGISTERED", divisionCode: "fengqiao" },
  });
  const described = { organizationId: association.id, hub: false, registeredOn: "2020-01-01" };
  await organizations.describe(bank.officer, described);
  const admin = await bank.staff("ORGANIZATION_ADMIN", association.id, "association admin");
  const [today, before] = [bank.services.today(), bank.services.now()];
  const { value: round } = await ratings.openRound(bank.officer, {
    ...{ idempotencyKey: bank.key(), instrument: "EVALUATION_GRADE", opensOn: today, closesOn: today },
    committee: members.map(({ personId }) => personId as string),
  });
  const applying = { idempotencyKey: bank.key(), roundId: round.id, organizationId: association.id };
  const { id: applicationId } = (await ratings.apply(admin, applying)).value;
  for (const action of ["CHECK_ELIGIBILITY", "SITE_VISIT"] as const)
    await ratings.advance(bank.officer, { applicationId, action });
  const weights = { FOUNDATION_CONDITIONS: 92, GOVERNANCE: 322, PERFORMANCE: 368, SOCIAL_REPUTATION: 138 };
  const scores = Object.entries(weights).map(([key, points]) => ({ key, points, comment: "现场核对" }));
  for (const assessor of members.slice(0, 3)) await ratings.score(assessor, { applicationId, scores });
  await ratings.advance(bank.officer, { applicationId, action: "PRELIMINARY" });
  for (const member of members.slice(0, 5)) await ratings.vote(member, { applicationId, choice: "IN_FAVOUR" });
  await ratings.advance(bank.officer, { applicationId, action: "PUBLISH_NOTICE" });
  bank.setClock(new Date(before + 14 * 86_400_000).toISOString());
  await ratings.advance(bank.officer, { applicationId, action: "CONFIRM" });
  const proposal = { organizationId: association.id, instrument: "EVALUATION_GRADE", toLevel: 3 } as const;
  await ratings.downgrade(bank.officer, { ...proposal, ground: "提供虚假材料" });
  bank.setClock(new Date(before).toISOString());
}

/** A volunteer who left, and was erased. */
async function fillErasure(bank: TestBank): Promise<void> {
  const { id: volunteerId, personId } = await bank.volunteer("E-1");
  await bank.services.volunteers.advance(bank.officer, { volunteerId, action: "WITHDRAW", reason: "本人退出" });
  await bank.services.privacy.erase(bank.officer, { idempotencyKey: bank.key(), personId, reason: "本人申请" });
}

/** A household with points and a head, and one that was split off. */
async function fillVillage(bank: TestBank): Promise<void> {
  const { villagePoints } = bank.services;
  const { value: household } = await villagePoints.households.register(bank.officer, {
    idempotencyKey: bank.key(),
    householdNo: "01-001",
    divisionCode: "fengqiao",
  });
  const award = { householdId: household.id, points: 5, reason: "庭院整洁", on: bank.services.today() };
  await villagePoints.award(bank.officer, { idempotencyKey: bank.key(), ...award });
  const householdId = household.id;
  await villagePoints.households.revise(bank.officer, { householdId, headName: "户主", reason: "登记户主" });
  const split = { householdId, householdNo: "01-002", reason: "分户" };
  await villagePoints.households.split(bank.officer, { idempotencyKey: bank.key(), ...split });
}

/** Help for an elder: offered and declined, taken, given and paid for beyond what was held; and one that is disputed. */
async function fillOrders(bank: TestBank, elder: Recipient): Promise<void> {
  const { orders } = bank.services;
  const key = () => ({ idempotencyKey: bank.key() });
  const [first, other] = [await bank.volunteer("O-1"), await bank.volunteer("O-2")];
  await grantMinutes(bank, elder, 300);
  const daughter = await bank.actorOf(await bank.volunteer("O-3"));
  const asked = { ...key(), recipientId: elder.id, relation: "PARENT" as const };
  const { value: proxy } = await bank.services.proxies.request(daughter, asked);
  await bank.services.proxies.advance(bank.supervisor, { proxyId: proxy.id, action: "APPROVE" });
  const neededFrom = bank.services.now() + 3_600_000;
  const wish = { serviceType: "COMPANION_TALK", neededFrom, neededTo: neededFrom + 7_200_000, plannedMinutes: 60 };
  const self = await signedIn(bank, elder);
  await bank.services.proxies.advance(self, { proxyId: proxy.id, action: "ACCEPT" });
  for (const volunteer of [first, other]) {
    const asked = { ...key(), recipientId: elder.id, ...wish, payFrom: "OWN" as const };
    const { value } = await orders.request(bank.officer, { ...asked, place: "枫桥", note: "带老花镜" });
    const orderId = value.id;
    await orders.match(bank.officer, { orderId, volunteerId: other.id });
    await orders.decline(await bank.actorOf(other), { orderId });
    await orders.match(await bank.actorOf(volunteer), { orderId });
    const given = { orderId, startedAt: neededFrom, endedAt: neededFrom + 5_400_000, breakMinutes: 0, content: "陪伴" };
    bank.setClock(new Date(neededFrom + 7_200_000).toISOString());
    await orders.deliver(await bank.actorOf(volunteer), { ...key(), ...given, evidence: [] });
    if (volunteer === first) await orders.accept(self, { ...key(), orderId, quality: 5, extraMinutes: 30 });
    else await orders.dispute(self, { ...key(), orderId, statement: "只来了半小时", evidence: [] });
    bank.setClock(new Date(neededFrom - 3_600_000).toISOString());
  }
  const late = { ...key(), recipientId: elder.id, ...wish, payFrom: "OWN" as const };
  const { value: unwanted } = await orders.request(bank.officer, late);
  await orders.cancel(self, { ...key(), orderId: unwanted.id, reason: "家人来了" });
}

/** Stars by a ladder of few hours: one that the bank proposes and a reversal brings down, and one with an objection. */
async function fillStars(bank: TestBank): Promise<void> {
  const { stars, hours, policies } = bank.services;
  const key = () => ({ idempotencyKey: bank.key() });
  const ladder = { key: "star.thresholdsHours", citation: "试行", effectiveFrom: bank.services.today() };
  await policies.set(bank.officer, { ...key(), ...ladder, value: [2, 3, 4, 5, 6] });
  const began = bank.services.now();
  const [risen, contested] = [await bank.volunteer("ST-1"), await bank.volunteer("ST-2")];
  const ids: (string | null)[] = [];
  for (const { volunteerNo } of [risen, contested])
    for (const days of [1, 2]) {
      const startedAt = began - days * 86_400_000;
      ids.push((await bank.log(volunteerNo, "", "", "", { startedAt, endedAt: startedAt + 3_600_000 })).id);
    }
  await bank.confirm(bank.supervisor, ...ids);
  const awardOf = async ({ id }: Volunteer) => (await bank.store.view.starAwardsOf([id])).get(id)?.[0]?.id ?? "";
  await stars.object(await bank.actorOf(risen), { awardId: await awardOf(contested), reason: "未见其服务" });
  bank.setClock(new Date(began + 14 * 86_400_000).toISOString());
  await stars.decide(bank.officer, { awardId: await awardOf(risen), decision: "GRANT", reason: "公示无异议" });
  await stars.decide(bank.officer, { awardId: await awardOf(contested), decision: "REFUSE", reason: "异议属实" });
  await hours.reverse(bank.second, { ...key(), recordId: ids[0] as string, reason: "重复登记" });
  bank.setClock(new Date(began).toISOString());
  await policies.set(bank.officer, { ...key(), ...ladder, value: [100, 300, 600, 1000, 1500] });
}

/** A day with one of everything, so that no table of the activities is left empty. */
export async function fillCharity(bank: TestBank): Promise<void> {
  const charity = await openCharity(bank);
  const { calendars, fundraising, guardians } = bank.services;
  const renamed = { campaignId: charity.campaign.id, name: "善行暨阳", reason: "按文件更名" };
  await bank.services.activities.reviseCampaign(bank.officer, renamed);
  bank.setClock("2026-09-04T09:00:00+08:00");
  const { activity, shifts } = await charity.announce("square", { serviceType: "ENVIRONMENT", openToMinors: true });
  const shift = shifts[0] as Shift;
  const [adult, child] = [
    await bank.volunteer("C-1"),
    await bank.volunteer("C-2", { birthDate: "2010-01-01", guardian: true }),
  ];
  await guardians.link(bank.worker, { idempotencyKey: bank.key(), volunteerId: child.id, guardianId: adult.id });
  await fundraising.set(bank.officer, {
    activityId: activity.id,
    planFilingNo: "备案-2026-001",
    permitNo: "53330681MJDEM00019",
    organizationName: "示例慈善基金会",
    howToQuery: "慈善中国",
    filedOn: "2026-08-01",
    endsOn: "2026-10-31",
  });
  const revised = { volunteerId: adult.id, phone: "13800001234", reason: "换号" };
  await bank.services.corrections.revise(bank.worker, { idempotencyKey: bank.key(), ...revised });
  await fillStars(bank);
  await fillOrganization(bank, adult);
  await fillVillage(bank);
  await fillVisits(bank);
  await fillCredit(bank, adult);
  await fillSpotChecks(bank);
  await fillRatings(bank);
  await fillErasure(bank);
  await charity.signUp(adult, shift);
  await charity.signUp(child, shift);
  await bank.services.ties.set(await bank.actorOf(adult), { organizationId: bank.station.id, allowed: true });
  await calendars.renew(await bank.actorOf(adult), { idempotencyKey: bank.key() });
  bank.setClock(`${charityDay}T09:00:00+08:00`);
  await charity.checkIn(adult, shift, { deviceId: "a phone" });
  bank.setClock(`${charityDay}T11:00:00+08:00`);
  await charity.checkOut(adult, shift);
  bank.setClock("2026-09-20T09:00:00+08:00");
}
