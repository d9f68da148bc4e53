import { appointers, leaders, type Mutations, type Scene } from "./scene";

const training = async (scene: Scene) => ({
  socialWorkerId: await socialWorker(scene),
  name: "个案工作",
  hours: 8,
  organizer: "协会",
  on: "2026-09-01",
});

/** Social workers, their training and their posts. */
export const workers: Mutations = {
  registerSocialWorker: {
    allowed: leaders,
    input: async ({ bank }) => ({
      displayName: "社工",
      organizationId: bank.station.id,
      level: "ASSISTANT",
      certificateNo: `C-${bank.key()}`.slice(0, 40),
      registeredOn: "2026-01-01",
    }),
  },
  reviseSocialWorker: {
    allowed: leaders,
    input: async (scene) => ({ socialWorkerId: await socialWorker(scene), displayName: "社工甲", reason: "录错" }),
  },
  recordTraining: { allowed: leaders, input: training },
  withdrawTraining: {
    allowed: leaders,
    input: async (scene) => {
      const { bank } = scene;
      const { socialWorkers } = bank.services;
      const given = await training(scene);
      await socialWorkers.recordTraining(bank.officer, { idempotencyKey: bank.key(), ...given });
      const [term] = await socialWorkers.training(bank.officer, [given.socialWorkerId]);
      return { trainingId: term?.lines[0]?.id, reason: "误录" };
    },
  },
  setCommunityPost: {
    allowed: appointers,
    input: async (scene) => postOf(scene, await socialWorker(scene)),
  },
  endCommunityPost: {
    allowed: appointers,
    input: async (scene) => {
      const { bank } = scene;
      const input = { ...postOf(scene, await socialWorker(scene)), idempotencyKey: bank.key() };
      const { value } = await bank.services.posts.set(bank.officer, input);
      return { postId: value.id, on: "2026-09-19", reason: "退休" };
    },
  },
};

export async function socialWorker({ bank }: Scene): Promise<string> {
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

export const postOf = ({ bank }: Scene, socialWorkerId: string) => ({
  socialWorkerId,
  organizationId: bank.station.id,
  post: "GENERAL" as const,
  grade: 6,
  validFrom: "2026-09-01",
});
