import type { Activity, Shift } from "../../../src/domain/facts/activities";
import type { Organization } from "../../../src/domain/facts/organizations";
import type { Volunteer } from "../../../src/domain/facts/people";
import { divisionAdded } from "../../../src/domain/organizations/divisions";
import type { Actor } from "../../../src/domain/permissions/actors";
import { at, openBank, type TestBank } from "../../support/bank";
import { charityDay, openCharity, type TestCharity } from "../../support/charity";

/** A charity day in Zhuji as people would see it: towns, organisations, activities, and people who come. */
export interface TestDay {
  bank: TestBank;
  charity: TestCharity;
  /** Leads every activity. */
  lead: Actor;
  /** By slug: clinic, books, clean-up, haircuts, cancelled, postponed. */
  activities: Map<string, { activity: Activity; shifts: Shift[] }>;
  mei: Volunteer;
  close(): Promise<void>;
}

const towns = [
  ["jiyang", "暨阳街道"],
  ["datang", "大唐街道"],
  ["diankou", "店口镇"],
  ["paitou", "牌头镇"],
] as const;

const planned = [
  {
    slug: "clinic",
    name: "名医义诊进广场",
    town: "jiyang",
    from: "08:30",
    to: "11:30",
    place: "暨阳街道文化广场",
    capacity: 20,
  },
  {
    slug: "books",
    name: "旧书换绿植",
    town: "datang",
    from: "09:00",
    to: "11:00",
    place: "大唐街道党群服务中心",
    capacity: 12,
  },
  {
    slug: "clean-up",
    name: "浦阳江净滩行动",
    town: "diankou",
    from: "08:00",
    to: "10:00",
    place: "浦阳江店口段",
    capacity: 30,
  },
  {
    slug: "haircuts",
    name: "为老人理发",
    town: "paitou",
    from: "13:00",
    to: "16:00",
    place: "牌头镇居家养老中心",
    capacity: 2,
  },
  { slug: "cancelled", name: "露天音乐会", town: "jiyang", from: "18:00", to: "20:00", place: "西施故里", capacity: 8 },
  {
    slug: "postponed",
    name: "山村助学走访",
    town: "fengqiao",
    from: "14:00",
    to: "16:00",
    place: "枫桥镇",
    capacity: 6,
  },
] as const;

export async function openDay({ people = 6 } = {}): Promise<TestDay> {
  const bank = await openBank();
  const { services, store } = bank;
  bank.setClock("2026-09-04T09:00:00+08:00");
  await store.write(async (tx) => {
    for (const [code, name] of towns)
      await tx.append(
        "system",
        divisionAdded({
          code,
          officialCode: null,
          name,
          kind: "TOWN",
          parentCode: "zhuji",
        }),
      );
  });
  const charity = await openCharity(bank);
  const activities: TestDay["activities"] = new Map();
  const activityOf = (slug: string) => (activities.get(slug) as { activity: Activity }).activity;
  for (const { slug, name, town, from, to, place, capacity } of planned) {
    const organization = await organizationIn(bank, town, [charity.lead, charity.admin]);
    const shift = { startsAt: at(charityDay, from), endsAt: at(charityDay, to), place, capacity };
    activities.set(
      slug,
      await charity.announce(slug, {
        name,
        divisionCode: town,
        organizationId: organization.id,
        description: "面向全体市民，欢迎带上家人。\n请提前十分钟到场，穿着志愿者马甲。",
        shift,
      }),
    );
  }
  await services.fundraising.set(bank.officer, {
    activityId: activityOf("clinic").id,
    planFilingNo: "备案-2026-001",
    permitNo: "53330681MJDEM00019",
    organizationName: "示例慈善基金会",
    howToQuery: "慈善中国 cszg.mca.gov.cn",
    filedOn: "2026-08-01",
    startsOn: "2026-09-05",
    endsOn: "2026-10-31",
  });
  for (const [slug, action] of [
    ["cancelled", "CANCEL"],
    ["postponed", "POSTPONE"],
  ] as const)
    await services.activities.advance(charity.lead, {
      activityId: activityOf(slug).id,
      action,
      reason: "台风预警",
    });
  const mei = await bank.volunteer("V-1001", { phone: "138 0000 0061" });
  // What they may do was read before the other organisations were there.
  const lead = await services.people.actorOfPerson(charity.lead.personId as string);
  const day: TestDay = { bank, charity, lead, activities, mei, close: () => bank.close() };
  await come(day, people);
  return day;
}

const organizationNames: Record<string, string> = {
  jiyang: "暨阳街道社会工作站",
  datang: "大唐街道社会工作站",
  diankou: "店口镇红十字志愿服务队",
  paitou: "牌头镇社会工作站",
};

/** An organisation of the town, where these people may work too. */
async function organizationIn(bank: TestBank, town: string, staff: readonly Actor[]): Promise<Organization> {
  const name = organizationNames[town];
  if (!name) return bank.station;
  const known = await bank.services.organizations.bySlug(`${town}-station`);
  if (known) return known;
  const { value } = await bank.services.organizations.register(bank.officer, {
    idempotencyKey: bank.key(),
    slug: `${town}-station`,
    name,
    kind: "VOLUNTEER_TEAM",
    filingStatus: "REGISTERED",
    divisionCode: town,
  });
  const [lead, admin] = staff;
  await bank.grant(lead?.personId as string, "ACTIVITY_LEAD", value.id);
  await bank.grant(admin?.personId as string, "ORGANIZATION_ADMIN", value.id);
  return value;
}

/** People who sign up, come at different quarters of an hour, and leave at the end. */
async function come(day: TestDay, people: number): Promise<void> {
  const { bank, charity } = day;
  const morning = ["clean-up", "clinic", "books"] as const;
  const volunteers: [Volunteer, Shift][] = [];
  for (let i = 0; i < people; i += 1) {
    const shift = shiftOf(day, morning[i % 3] as string);
    const volunteer = await bank.volunteer(`V-${2001 + i}`);
    await charity.signUp(volunteer, shift);
    volunteers.push([volunteer, shift]);
  }
  const arrivals = volunteers.map(([volunteer, shift], i) => ({
    volunteer,
    shift,
    at: shift.startsAt + (i % 4) * 420_000,
  }));
  for (const { volunteer, shift, at } of arrivals.sort((a, b) => a.at - b.at)) {
    bank.setClock(new Date(at).toISOString());
    await check(day, "checkIn", volunteer, shift);
  }
  for (const slug of ["clean-up", "books"]) {
    const shift = shiftOf(day, slug);
    bank.setClock(new Date(shift.endsAt).toISOString());
    for (const [volunteer, where] of volunteers) if (where === shift) await check(day, "checkOut", volunteer, shift);
  }
}

export const shiftOf = (day: TestDay, slug: string): Shift => day.activities.get(slug)?.shifts[0] as Shift;

/** By the code on the venue's screen, at the bank's clock. */
export async function check(day: TestDay, how: "checkIn" | "checkOut", volunteer: Volunteer, shift: Shift) {
  const { attendance } = day.bank.services;
  const { token } = await attendance.screen.code(day.lead, shift.id);
  const input = { idempotencyKey: day.bank.key(), shiftId: shift.id, token };
  return attendance[how](await day.bank.actorOf(volunteer), input);
}
