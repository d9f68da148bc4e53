import { type Mutations, type Scene, stationAndOffice, townAndOffice } from "./scene";

const elder = {
  displayName: "老人",
  birthDate: "1940-01-01",
  divisionCode: "fengqiao",
  categories: ["EMPTY_NEST" as const],
  consent: true,
};
const visit = async (scene: Scene) => ({
  organizationId: scene.bank.station.id,
  recipientId: await recipient(scene),
  mode: "HOME" as const,
  result: "MET" as const,
});
const award = async (scene: Scene) => ({
  householdId: await household(scene),
  points: 5,
  reason: "整洁",
  on: "2026-09-19",
});

/** Elders and the visits to them, households and their points. */
export const village: Mutations = {
  registerRecipient: { allowed: townAndOffice, input: async () => elder },
  reviseRecipient: {
    allowed: townAndOffice,
    input: async (scene) => ({ recipientId: await recipient(scene), address: "示例村", reason: "复核" }),
  },
  listRecipient: {
    allowed: townAndOffice,
    input: async (scene) => ({ recipientId: await recipient(scene), listed: false, reason: "迁出" }),
  },
  // Staff record visits of their own station. Volunteers record theirs in test/stories/visits.
  recordVisit: {
    allowed: stationAndOffice,
    input: async (scene) => ({ ...(await visit(scene)), at: "2026-09-19T10:00:00+08:00" }),
  },
  withdrawVisit: {
    allowed: townAndOffice,
    input: async (scene) => ({ visitId: await recorded(scene, "2026-09-19"), reason: "误录" }),
  },
  confirmVisit: {
    allowed: townAndOffice,
    input: async (scene) => {
      const late = { evidence: [{ kind: "PHOTO" as const, ref: "照片 1" }] };
      return { visitId: await recorded(scene, "2026-08-19", late) };
    },
  },
  registerHousehold: {
    allowed: townAndOffice,
    input: async ({ bank }) => ({ householdNo: bank.key(), divisionCode: "fengqiao" }),
  },
  reviseHousehold: {
    allowed: townAndOffice,
    input: async (scene) => ({
      householdId: await household(scene),
      householdNo: scene.bank.key(),
      reason: "换号",
    }),
  },
  splitHousehold: {
    allowed: townAndOffice,
    input: async (scene) => ({
      householdId: await household(scene),
      householdNo: scene.bank.key(),
      reason: "分户",
    }),
  },
  awardVillagePoints: { allowed: townAndOffice, input: award },
  reverseVillagePoints: {
    allowed: townAndOffice,
    input: async (scene) => {
      const { bank } = scene;
      const input = { idempotencyKey: bank.key(), ...(await award(scene)) };
      const { value } = await bank.services.villagePoints.award(bank.officer, input);
      return { seq: String(value.transferSeq), reason: "误录" };
    },
  },
};

async function recipient({ bank }: Scene): Promise<string> {
  const input = { idempotencyKey: bank.key(), ...elder };
  return (await bank.services.recipients.register(bank.officer, input)).value.id;
}

async function recorded(scene: Scene, day: string, more: { evidence?: { kind: "PHOTO"; ref: string }[] } = {}) {
  const { bank } = scene;
  const at = Date.parse(`${day}T10:00:00+08:00`);
  const input = { idempotencyKey: bank.key(), ...(await visit(scene)), ...more, at, asVolunteer: false };
  return (await bank.services.visits.record(bank.officer, input)).value.id;
}

async function household({ bank }: Scene): Promise<string> {
  const input = { idempotencyKey: bank.key(), householdNo: bank.key(), divisionCode: "fengqiao" };
  return (await bank.services.villagePoints.households.register(bank.officer, input)).value.id;
}
