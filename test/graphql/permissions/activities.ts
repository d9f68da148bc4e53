import type { Volunteer } from "../../../src/domain/facts/people";
import { leaders, type Mutations, type Scene, staff, stationAndOffice, volunteers } from "./scene";

const ticked = async (scene: Scene) => ({
  shiftId: await shiftOf(scene, await activity(scene, "PUBLISHED")),
  volunteerId: scene.mei.id,
});
const campaign = ({ bank }: Scene) => ({ slug: `campaign-${bank.key()}`, name: "敬老月", day: "2026-10-21" });

export const activities: Mutations = {
  advanceActivity: {
    allowed: leaders,
    input: async (scene) => ({ activityId: await activity(scene, "DRAFT"), action: "SUBMIT" }),
  },
  checkIn: { allowed: staff, input: ticked },
  checkOut: { allowed: staff, input: ticked },
  reopenCheckOut: { allowed: staff, input: ticked },
  createActivity: {
    allowed: staff,
    input: async ({ bank }) => ({
      organizationId: bank.station.id,
      slug: `try-${bank.key()}`,
      name: "活动",
      serviceType: "ENVIRONMENT",
      description: "活动",
      divisionCode: "fengqiao",
      contact: "站",
      shifts: [{ startsAt: "2026-09-21T01:00:00Z", endsAt: "2026-09-21T03:00:00Z", capacity: 2, place: "广场" }],
    }),
  },
  createCampaign: { allowed: ["OFFICER"], input: async (scene) => campaign(scene) },
  reviseCampaign: {
    allowed: ["OFFICER"],
    input: async (scene) => {
      const { bank } = scene;
      const input = { idempotencyKey: bank.key(), ...campaign(scene) };
      const { value } = await bank.services.activities.createCampaign(bank.officer, input);
      return { campaignId: value.id, name: "重阳敬老月", reason: "按文件更名" };
    },
  },
  decideGuardianConsent: {
    allowed: stationAndOffice,
    input: async (scene) => ({ signUpId: await signUpOf(scene, scene.child), consent: true }),
  },
  dropShift: {
    allowed: staff,
    input: async (scene) => {
      const series = { repeatEveryDays: 100, repeatUntil: "2027-01-31" };
      return { shiftId: await shiftOf(scene, await activity(scene, "PUBLISHED", series)), reason: "下雨" };
    },
  },
  editActivity: {
    allowed: staff,
    input: async (scene) => ({ activityId: await activity(scene, "DRAFT"), name: "新名" }),
  },
  resolveSignUp: {
    allowed: staff,
    input: async (scene) => ({ signUpId: await signUpOf(scene, scene.mei), outcome: "EXCUSED", reason: "生病" }),
  },
  // The plan. An administrator of the organisation may also note what was disclosed: test/stories/activities.
  setFundraisingFacts: {
    allowed: ["OFFICER"],
    input: async (scene) => ({
      activityId: await activity(scene, "PUBLISHED"),
      planFilingNo: "备案-1",
      permitNo: "证书-1",
      organizationName: "慈善总会",
      howToQuery: "慈善中国",
      endsOn: "2026-10-31",
    }),
  },
  signUp: {
    allowed: volunteers,
    input: async (scene) => ({ shiftId: await shiftOf(scene, await activity(scene, "PUBLISHED")) }),
  },
  withdrawSignUp: {
    allowed: [...staff, "the volunteer"],
    input: async (scene) => ({ signUpId: await signUpOf(scene, scene.mei) }),
  },
};

let drafted = 0;
/** An activity of its own for each try, at an hour of its own, so that neither state nor booking hides the permission. */
async function activity({ bank, charity }: Scene, until: "DRAFT" | "PUBLISHED", series = {}): Promise<string> {
  drafted += 1;
  const startsAt = Date.parse("2026-10-01T01:00:00Z") + drafted * 3_600_000;
  const { id: activityId } = await charity.draft(`walk-${drafted}`, {
    serviceType: "ENVIRONMENT",
    openToMinors: true,
    shift: { startsAt, endsAt: startsAt + 3_600_000, ...series },
  });
  if (until === "DRAFT") return activityId;
  await bank.services.activities.advance(charity.admin, { activityId, action: "SUBMIT" });
  await bank.services.activities.advance(bank.officer, { activityId, action: "PUBLISH" });
  return activityId;
}

async function shiftOf({ bank }: Scene, activityId: string): Promise<string> {
  return (await bank.services.activities.shiftsOf(bank.officer, [activityId]))[0]?.[0]?.id as string;
}

async function signUpOf(scene: Scene, volunteer: Volunteer): Promise<string> {
  const { bank } = scene;
  const shiftId = await shiftOf(scene, await activity(scene, "PUBLISHED"));
  const input = { idempotencyKey: bank.key(), shiftId };
  return (await bank.services.signUps.signUp(await bank.actorOf(volunteer), input)).value.id;
}
