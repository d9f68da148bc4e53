import { type Mutations, type Scene, stationAndOffice, withToken } from "./scene";

let starred = 0;
/** A volunteer of the station with an hour of service, whom nobody proposed for the star that the ladder now gives for it. */
const served = async ({ bank }: Scene) => {
  starred += 1;
  const ladder = { key: "star.thresholdsHours", citation: "试行", effectiveFrom: bank.services.today() };
  const climb = (value: number[]) =>
    bank.services.policies.set(bank.officer, { idempotencyKey: bank.key(), ...ladder, value });
  const volunteer = await bank.volunteer(`STAR-${starred}`);
  await climb([100, 300, 600, 1000, 1500]);
  const { id } = await bank.log(volunteer.volunteerNo, "2026-09-18", "09:00", "10:00");
  await bank.confirm(bank.supervisor, id);
  await climb([1, 2, 3, 4, 5]);
  return volunteer;
};
const proposed = async (scene: Scene) => {
  const { bank } = scene;
  const asked = { idempotencyKey: bank.key(), volunteerId: (await served(scene)).id, level: 1 };
  return (await bank.services.stars.propose(bank.worker, asked)).value.id;
};

export const stars: Mutations = {
  proposeVolunteerStar: {
    allowed: stationAndOffice,
    input: async (scene) => ({ volunteerId: (await served(scene)).id, level: 1 }),
  },
  objectToVolunteerStar: {
    allowed: withToken,
    input: async (scene) => ({ awardId: await proposed(scene), reason: "未见其服务" }),
  },
  decideVolunteerStar: {
    allowed: ["OFFICER"],
    input: async (scene) => ({ awardId: await proposed(scene), decision: "REFUSE", reason: "材料不全" }),
  },
};
