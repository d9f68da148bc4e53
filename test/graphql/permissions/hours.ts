import { deciders, type Mutations, type Scene, staff, volunteers } from "./scene";

const entry = {
  serviceType: "COMPANION_TALK",
  startedAt: "2026-09-20T08:00:00+08:00",
  endedAt: "2026-09-20T08:10:00+08:00",
  content: "聊天",
  activityLead: "负责人",
};

export const hours: Mutations = {
  confirmServiceRecords: {
    allowed: staff,
    input: async (scene) => ({ recordIds: [await record(scene, "SUBMITTED")] }),
  },
  disputeServiceRecord: {
    allowed: staff,
    input: async (scene) => ({ recordId: await record(scene, "POSTED"), reason: "r" }),
  },
  logServiceHours: {
    allowed: staff,
    input: async ({ bank }) => ({ organizationId: bank.station.id, entries: [{ ...entry, volunteerNo: "V-1" }] }),
  },
  rejectServiceRecord: {
    allowed: staff,
    input: async (scene) => ({ recordId: await record(scene, "SUBMITTED"), reason: "r" }),
  },
  resolveDispute: {
    allowed: deciders,
    input: async (scene) => ({ recordId: await record(scene, "DISPUTED"), outcome: "UPHELD", reason: "r" }),
  },
  resubmitServiceRecord: {
    allowed: staff,
    input: async (scene) => ({ recordId: await record(scene, "RETURNED") }),
  },
  returnServiceRecord: {
    allowed: staff,
    input: async (scene) => ({ recordId: await record(scene, "SUBMITTED"), reason: "r" }),
  },
  reverseServiceRecord: {
    allowed: deciders,
    input: async (scene) => ({ recordId: await record(scene, "POSTED"), reason: "r" }),
  },
  submitServiceRecord: {
    allowed: volunteers,
    input: async ({ bank }) => ({ organizationId: bank.station.id, ...entry }),
  },
  voidServiceRecord: {
    allowed: staff,
    input: async (scene) => ({ recordId: await record(scene, "SUBMITTED"), reason: "r" }),
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
    input: async (scene) => ({ recordId: await record(scene, "POSTED"), state: "PASSED", finding: "一致" }),
  },
};

let records = 0;
/** A record of its own for each try, so that its state never hides the permission. */
async function record({ bank }: Scene, until: "SUBMITTED" | "POSTED" | "DISPUTED" | "RETURNED"): Promise<string> {
  records += 1;
  const day = new Date(Date.parse("2026-09-17T00:00:00Z") - (records % 7) * 86_400_000).toISOString().slice(0, 10);
  const hour = String(6 + (Math.floor(records / 7) % 16)).padStart(2, "0");
  const no = `W-${Math.floor(records / 100)}`;
  if (!(await bank.store.view.volunteerByNo(no))) await bank.volunteer(no);
  const { id } = await bank.log(no, day, `${hour}:00`, `${hour}:40`);
  const recordId = id as string;
  if (until === "RETURNED") await bank.services.hours.giveBack(bank.second, { recordId, reason: "补充" });
  if (until === "POSTED" || until === "DISPUTED") await bank.confirm(bank.second, id);
  if (until === "DISPUTED")
    await bank.services.hours.dispute(bank.worker, { idempotencyKey: bank.key(), recordId, reason: "不符" });
  return recordId;
}
