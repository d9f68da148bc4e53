import { appointers, type Mutations, type Scene } from "./scene";

const association = {
  name: "某协会",
  kind: "ASSOCIATION" as const,
  filingStatus: "FILED" as const,
  divisionCode: "fengqiao",
};
const award = ({ bank }: Scene) => ({
  organizationId: bank.station.id,
  name: "先进集体",
  grantedBy: "民政局",
  on: "2026-01-01",
});
const team = { name: "组织", kind: "VOLUNTEER_TEAM", filingStatus: "FILED", divisionCode: "fengqiao" };

export const organizations: Mutations = {
  setDivisions: {
    allowed: ["OFFICER"],
    input: async () => ({
      divisions: [{ code: "datang", name: "大唐街道", kind: "SUBDISTRICT", parentCode: "zhuji" }],
    }),
  },
  setPolicy: {
    allowed: ["OFFICER"],
    input: async () => ({ key: "redeem.minAge", value: 65, effectiveFrom: "2020-01-01", citation: "cc" }),
  },
  registerOrganization: { allowed: ["OFFICER"], input: async () => team },
  registerOrganizations: { allowed: ["OFFICER"], input: async () => ({ organizations: [team] }) },
  describeOrganization: {
    allowed: ["OFFICER"],
    input: async ({ bank }) => ({ organizationId: bank.station.id, hub: false, registeredOn: "2020-01-01" }),
  },
  reviseOrganization: {
    allowed: ["OFFICER"],
    input: async ({ bank }) => ({
      organizationId: bank.station.id,
      name: "枫桥镇社工站（新）",
      reason: "更名批复",
    }),
  },
  advanceOrganization: {
    allowed: ["OFFICER"],
    input: async (scene) => ({ organizationId: await organization(scene), action: "SUSPEND", reason: "停业整顿" }),
  },
  recordFinding: {
    allowed: ["OFFICER"],
    input: async ({ bank }) => ({
      organizationId: bank.station.id,
      kind: "ANNUAL_CHECK",
      result: "QUALIFIED",
      year: 2025,
      on: "2026-06-30",
    }),
  },
  reviseFinding: {
    allowed: ["OFFICER"],
    input: async ({ bank }) => {
      const finding = { organizationId: bank.station.id, kind: "PENALTY" as const, on: "2026-06-30" };
      await bank.services.registry.recordFinding(bank.officer, { idempotencyKey: bank.key(), ...finding });
      const [findings] = await bank.services.registry.findingsOf(bank.officer, [bank.station.id]);
      return { findingId: findings?.at(-1)?.id, withdrawn: true, reason: "误录" };
    },
  },
  recordAward: { allowed: ["OFFICER"], input: async (scene) => award(scene) },
  withdrawAward: {
    allowed: ["OFFICER"],
    input: async (scene) => {
      const { bank } = scene;
      const { organizations } = bank.services;
      await organizations.recordAward(bank.officer, { idempotencyKey: bank.key(), ...award(scene) });
      return { awardId: (await organizations.awards([bank.station.id]))[0]?.at(-1)?.id, reason: "误录" };
    },
  },
  proposeOrganizationHead: {
    allowed: appointers,
    input: async ({ bank }) => ({ organizationId: bank.station.id, displayName: `站长${bank.key()}` }),
  },
  // The supervising unit or the office approves. The administrator may also end the office: test/stories/organizations.
  advanceOrganizationHead: {
    allowed: ["OFFICER"],
    input: async (scene) => ({ headId: await proposeHead(scene), action: "APPROVE" }),
  },
};

export async function organization({ bank }: Scene): Promise<string> {
  const input = { idempotencyKey: bank.key(), ...association };
  return (await bank.services.organizations.register(bank.officer, input)).value.id;
}

export async function proposeHead({ bank, admin }: Scene): Promise<string> {
  const input = { idempotencyKey: bank.key(), organizationId: bank.station.id, displayName: `站长${bank.key()}` };
  return (await bank.services.heads.propose(admin, input)).value.id;
}
