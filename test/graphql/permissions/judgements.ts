import { leaders, type Mutations, type Scene, staff } from "./scene";

/** Ratings of organisations, and the credit records of persons. */
export const judgements: Mutations = {
  openRatingRound: {
    allowed: ["OFFICER"],
    input: async (scene) => ({ ...(await round(scene)), instrument: "PLATFORM_STAR" }),
  },
  applyForRating: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async (scene) => {
      await application(scene);
      return { roundId: await openRound(scene), organizationId: scene.bank.station.id };
    },
  },
  // Members of the committee vote and reviewers review: test/stories/stars and evaluations.
  scoreRating: {
    allowed: ["ASSESSOR"],
    input: async (scene) => ({ applicationId: await application(scene), scores: [] }),
  },
  voteRating: {
    allowed: [],
    input: async (scene) => ({ applicationId: await application(scene), choice: "ABSTAIN" }),
  },
  advanceRating: {
    allowed: ["OFFICER"],
    input: async (scene) => ({ applicationId: await application(scene), action: "CHECK_ELIGIBILITY" }),
  },
  requestRatingReview: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async (scene) => ({ applicationId: await application(scene), reason: "漏计" }),
  },
  supplyRatingEvidence: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async (scene) => ({
      applicationId: await application(scene),
      evidence: [{ kind: "OTHER", ref: "年度报告" }],
    }),
  },
  requestRatingRecusal: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async (scene) => ({ ...(await member(scene)), reason: "曾任理事" }),
  },
  decideRatingRecusal: {
    allowed: ["OFFICER"],
    input: async (scene) => {
      const asked = await member(scene);
      await scene.bank.services.ratings.requestRecusal(scene.admin, { ...asked, reason: "曾任理事" });
      return { ...asked, decision: "GRANT_RECUSAL" };
    },
  },
  withdrawRating: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async (scene) => ({ applicationId: await application(scene), reason: "重新准备材料" }),
  },
  answerRatingDowngrade: {
    allowed: ["ORGANIZATION_ADMIN"],
    input: async (scene) => ({ applicationId: await application(scene), statement: "已整改" }),
  },
  dropRatingDowngrade: {
    allowed: ["OFFICER"],
    input: async (scene) => ({ applicationId: await application(scene), reason: "证据不足" }),
  },
  downgradeRating: {
    allowed: ["OFFICER"],
    input: async ({ bank }) => ({
      organizationId: bank.station.id,
      instrument: "PLATFORM_STAR",
      toLevel: 1,
      ground: "r",
    }),
  },
  // Feedback takes ninety days on a staff, or service: test/stories/stars.
  giveFeedback: {
    allowed: [],
    input: async (scene) => ({ organizationId: await platform(scene), stars: 3 }),
  },
  openCreditRecord: { allowed: staff, input: async (scene) => accusation(scene) },
  // The unit takes the first step; the office takes the later ones: test/stories/credit.
  advanceCreditRecord: {
    allowed: leaders,
    input: async (scene) => ({ recordId: await creditRecord(scene), action: "DISMISS", reason: "不实" }),
  },
  objectToCreditRecord: {
    allowed: ["the volunteer"],
    input: async (scene) => ({ recordId: await creditRecord(scene), statement: "不实" }),
  },
  applyForCreditRepair: {
    allowed: ["the volunteer"],
    input: async (scene) => ({ recordId: await creditRecord(scene), statement: "已补救" }),
  },
};

async function round({ bank }: Scene) {
  const committee: string[] = [];
  for (let i = 0; i < 7; i += 1) committee.push((await bank.staff("ASSESSOR", null, `member ${i}`)).personId as string);
  return { opensOn: "2026-09-20", closesOn: "2026-09-20", committee };
}

async function openRound(scene: Scene): Promise<string> {
  const { bank } = scene;
  const input = { ...(await round(scene)), idempotencyKey: bank.key(), instrument: "PLATFORM_STAR" as const };
  return (await bank.services.ratings.openRound(bank.officer, input)).value.id;
}

/** An application of its own for each try: the earlier one is checked, and ends, since a station is no platform. */
async function application(scene: Scene): Promise<string> {
  const { bank, admin } = scene;
  const { ratings } = bank.services;
  const before = (await bank.store.view.ratingsOf([bank.station.id])).get(bank.station.id) ?? [];
  for (const { id, state } of before)
    if (state === "APPLIED") await ratings.advance(bank.officer, { applicationId: id, action: "CHECK_ELIGIBILITY" });
  const roundId = await openRound(scene);
  const input = { idempotencyKey: bank.key(), roundId, organizationId: bank.station.id };
  return (await ratings.apply(admin, input)).value.id;
}

/** A member of the committee that decides on an application of its own. */
async function member(scene: Scene): Promise<{ applicationId: string; memberId: string }> {
  const { ratings } = scene.bank.services;
  const applicationId = await application(scene);
  const [shown] = await ratings.many(scene.bank.officer, [applicationId]);
  const [round] = await ratings.roundsById([shown?.roundId as string]);
  return { applicationId, memberId: round?.committee[0] as string };
}

async function platform({ bank }: Scene): Promise<string> {
  const { value } = await bank.services.organizations.register(bank.officer, {
    idempotencyKey: bank.key(),
    slug: `platform-${bank.key()}`,
    name: "平台",
    kind: "SERVICE_PLATFORM",
    filingStatus: "REGISTERED",
    divisionCode: "fengqiao",
  });
  return value.id;
}

const accusation = ({ mei }: Scene) => ({
  subjectId: mei.id,
  kind: "ADVERSE" as const,
  ground: "MALICIOUS_NO_SHOW",
  facts: "故意不到",
  evidence: [{ kind: "OTHER" as const, ref: "记录" }],
});

async function creditRecord(scene: Scene): Promise<string> {
  const { bank } = scene;
  const input = { ...accusation(scene), idempotencyKey: bank.key() };
  return (await bank.services.credit.open(bank.worker, input)).value.id;
}
