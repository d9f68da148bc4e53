import { addDays, type Day } from "../../domain/kit/calendar";
import type { CreateCampaign } from "../../services/activities/reading";
import type { PlannedVolunteer } from "./people";
import { Dice } from "./random";
import { divisions } from "./zhuji";

/** The state of a planned event by the demo's morning of 20 September 2026. */
export type Fate = "HELD" | "CANCELLED" | "POSTPONED" | "UPCOMING" | "TODAY";
export interface PlannedShift {
  day: Day;
  /** Minutes after midnight. */
  from: number;
  minutes: number;
  capacity: number;
  people: PlannedVolunteer[];
}
export interface PlannedEvent {
  slug: string;
  campaign: string | null;
  name: string;
  serviceType: string;
  divisionCode: string;
  description: string;
  place: string;
  openToMinors: boolean;
  announceOn: Day;
  fate: Fate;
  shifts: PlannedShift[];
  fundraising?: { endsOn: Day; disclosedOn: Day | null };
}

export const campaigns: Omit<CreateCampaign, "idempotencyKey">[] = [
  {
    slug: "volunteer-day-2026",
    name: "浙江省志愿者日便民服务",
    nameEn: "Zhejiang Volunteers' Day",
    tagline: "十二个镇乡街道，同一天出发",
    taglineEn: "Twelve towns set out on the same day",
    day: "2026-03-05",
  },
  {
    slug: "charity-day-2026",
    name: "善行暨阳——我愿益",
    nameEn: "Kindness in Jiyang",
    tagline: "第十一个中华慈善日，把时间送给需要的人",
    taglineEn: "China Charity Day: give your time to those who need it",
    day: "2026-09-05",
  },
  {
    slug: "elders-month-2026",
    name: "敬老月时间兑换开放日",
    nameEn: "Elders' Month",
    tagline: "存下的时间，今天可以用",
    taglineEn: "The time you saved is there to be used",
    day: "2026-10-21",
  },
];

const square = [
  ["free-clinic", "广场义诊", "COMPANION_TALK", "陪伴与引导来看诊的老人，协助登记和叫号。"],
  ["haircuts", "义剪", "HAIRDRESSING", "为老人和行动不便者理发。"],
  ["bazaar", "慈善义卖", "FESTIVAL_EVENT", "整理义卖物品，引导市民。本平台不收取任何款项。"],
  ["charity-law", "慈善法宣传", "ANTI_FRAUD_TALK", "向市民讲解慈善法和防诈常识。"],
  ["community-fund", "社区发展基金启动", "FESTIVAL_EVENT", "会场引导、秩序维护和老人接送。"],
  ["clean-river", "浦阳江净滩", "ENVIRONMENT", "清理浦阳江滨的垃圾；未成年人须有监护人同意。"],
] as const;

/** The year's events (domain.md 5.6): nobody is in two places at once, and everybody keeps a day for one thing. */
export function planEvents(volunteers: readonly PlannedVolunteer[]): PlannedEvent[] {
  const dice = new Dice(20260305);
  const grown = volunteers.filter((volunteer) => !volunteer.minor);
  const taken = new Set<string>();
  const pick = (day: Day, announcedOn: Day, count: number): PlannedVolunteer[] => {
    const picked: PlannedVolunteer[] = [];
    for (let tries = 0; picked.length < count && tries < 20_000; tries += 1) {
      const volunteer = dice.pick(grown);
      // A night's patrol ends on the day after.
      if (
        volunteer.registeredOn >= announcedOn ||
        [day, addDays(day, 1)].some((on) => taken.has(`${volunteer.no}:${on}`))
      )
        continue;
      for (const on of [day, addDays(day, 1)]) taken.add(`${volunteer.no}:${on}`);
      picked.push(volunteer);
    }
    return picked;
  };
  const announced =
    (announcedOn: Day) =>
    (day: Day, from: number, minutes: number, capacity: number, people: number): PlannedShift => ({
      day,
      from,
      minutes,
      capacity,
      people: pick(day, announcedOn, people),
    });
  const plain = { campaign: null, openToMinors: false, fate: "HELD" } as const;
  const events: PlannedEvent[] = [];
  for (const [i, { code, name }] of divisions.slice(0, 12).entries())
    events.push({
      ...plain,
      slug: `volunteer-day-${code}`,
      campaign: "volunteer-day-2026",
      name: `${name}便民服务`,
      serviceType: i % 2 === 0 ? "HAIRDRESSING" : "SMART_DEVICE_HELP",
      divisionCode: code,
      description: "理发、磨刀、小家电检查、智能手机教学。",
      place: `${name}文化广场`,
      announceOn: "2026-02-23",
      shifts: [announced("2026-02-23")("2026-03-05", 9 * 60 + 30, 150, 12, 10)],
      ...(i === 0 ? { fundraising: { endsOn: "2026-05-31", disclosedOn: null } } : {}),
    });
  events.push({
    ...plain,
    slug: "fengqiao-fortnightly",
    name: "枫桥镇示例义工队村里服务日",
    serviceType: "HOUSE_CLEANING",
    divisionCode: "fengqiao",
    description: "每两周一次进村，为独居老人打扫、陪聊。",
    place: "枫桥镇各村",
    announceOn: "2026-03-24",
    shifts: Array.from({ length: 7 }, (_, i) =>
      announced("2026-03-24")(addDays("2026-04-01", i * 14), 14 * 60, 120, 10, 6),
    ),
  });
  events.push({
    ...plain,
    slug: "anti-fraud-may",
    name: "五月防诈宣讲",
    serviceType: "ANTI_FRAUD_TALK",
    divisionCode: "jiyang",
    description: "每周一讲，走进社区。",
    place: "江新社区",
    announceOn: "2026-04-27",
    shifts: Array.from({ length: 4 }, (_, i) =>
      announced("2026-04-27")(addDays("2026-05-07", i * 7), 19 * 60, 90, 8, 5),
    ),
  });
  events.push({
    ...plain,
    slug: "patrol-june",
    name: "六月平安夜巡",
    serviceType: "PATROL",
    divisionCode: "datang",
    description: "夜间巡防，跨越零点。",
    place: "大唐街道",
    announceOn: "2026-05-25",
    shifts: Array.from({ length: 4 }, (_, i) =>
      announced("2026-05-25")(addDays("2026-06-05", i * 7), 23 * 60 + 30, 105, 10, 8),
    ),
  });
  for (const [i, [slug, name, serviceType, description]] of square.entries())
    events.push({
      ...plain,
      slug: `charity-${slug}`,
      campaign: "charity-day-2026",
      name,
      serviceType,
      divisionCode: (["jiyang", "huandong", "taozhu", "jinan", "fengqiao", "jiyang"] as const)[i] as string,
      description,
      place: i === 5 ? "浦阳江边" : "市民广场",
      openToMinors: slug === "clean-river",
      announceOn: "2026-08-24",
      shifts: [announced("2026-08-24")("2026-09-05", 9 * 60 + i * 30, 180, 25, 17 + i)],
      ...(slug === "bazaar" ? { fundraising: { endsOn: "2026-10-31", disclosedOn: null } } : {}),
    });
  events.push(
    {
      ...plain,
      slug: "charity-night-market",
      campaign: "charity-day-2026",
      name: "公益夜市",
      serviceType: "FESTIVAL_EVENT",
      divisionCode: "huandong",
      description: "公益组织摆摊，志愿者引导。",
      place: "浣东街道夜市",
      announceOn: "2026-08-24",
      fate: "CANCELLED",
      shifts: [announced("2026-08-24")("2026-09-05", 18 * 60 + 30, 150, 12, 7)],
    },
    {
      ...plain,
      slug: "venture-pitch",
      name: "公益创投项目路演",
      serviceType: "FESTIVAL_EVENT",
      divisionCode: "jiyang",
      description: "签到、引导、计时。",
      place: "市志愿者服务中心",
      announceOn: "2026-09-01",
      shifts: [announced("2026-09-01")("2026-09-12", 13 * 60 + 30, 180, 10, 9)],
    },
    {
      ...plain,
      slug: "fengqiao-sunday",
      campaign: "charity-day-2026",
      name: "枫桥古镇便民集市",
      serviceType: "FESTIVAL_EVENT",
      divisionCode: "fengqiao",
      description: "今天上午正在进行：引导、义剪排队登记、老人陪同。",
      place: "枫桥镇大庙广场",
      announceOn: "2026-09-10",
      fate: "TODAY",
      shifts: [
        announced("2026-09-10")("2026-09-20", 8 * 60 + 30, 210, 20, 14),
        announced("2026-09-10")("2026-09-20", 13 * 60, 180, 12, 12),
      ],
    },
    {
      ...plain,
      slug: "wuxie-trail",
      campaign: "charity-day-2026",
      name: "五泄古道清扫",
      serviceType: "ENVIRONMENT",
      divisionCode: "wuxie",
      description: "清扫古道；暴雨预警，改期另行通知。",
      place: "五泄景区入口",
      openToMinors: true,
      announceOn: "2026-09-07",
      fate: "POSTPONED",
      shifts: [announced("2026-09-07")("2026-09-19", 9 * 60 + 30, 150, 15, 8)],
    },
    {
      ...plain,
      slug: "elders-open-day",
      campaign: "elders-month-2026",
      name: "时间兑换开放日引导",
      serviceType: "ESCORT_OUTING",
      divisionCode: "jiyang",
      description: "陪老人了解如何用存下的时间兑换服务。",
      place: "居家养老服务中心",
      announceOn: "2026-09-15",
      fate: "UPCOMING",
      shifts: [
        announced("2026-09-15")("2026-10-21", 9 * 60, 180, 6, 9),
        announced("2026-09-15")("2026-10-21", 13 * 60 + 30, 180, 6, 2),
      ],
    },
  );
  return events;
}

/** The days on which a volunteer is promised to an event, as `number:day`. */
export function promisedDays(events: readonly PlannedEvent[]): Set<string> {
  return new Set(
    events.flatMap(({ shifts }) =>
      shifts.flatMap(({ day, people }) => people.flatMap(({ no }) => [`${no}:${day}`, `${no}:${addDays(day, 1)}`])),
    ),
  );
}
