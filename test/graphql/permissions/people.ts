import { issuer } from "../../support/bank";
import { organization } from "./organizations";
import { appointers, deciders, type Mutations, type Scene, stationAndOffice, withToken } from "./scene";

export const people: Mutations = {
  registerVolunteer: {
    allowed: withToken,
    input: async () => ({ displayName: "新", birthDate: "1990-01-01", divisionCode: "fengqiao", consent: false }),
  },
  // A volunteer corrects nothing but the own name and phone: test/stories/corrections.
  reviseVolunteer: {
    allowed: ["the volunteer", ...stationAndOffice],
    input: async ({ mei }) => ({ volunteerId: mei.id, displayName: "志愿者V-1", reason: "核对" }),
  },
  advanceVolunteer: {
    allowed: deciders,
    input: async ({ mei }) => ({ volunteerId: mei.id, action: "RESTORE", reason: "r" }),
  },
  linkGuardian: {
    allowed: stationAndOffice,
    input: async ({ child, mei }) => ({ volunteerId: child.id, guardianId: mei.id }),
  },
  endGuardianship: {
    allowed: stationAndOffice,
    input: async ({ bank, child }) => {
      const { id } = await bank.volunteer(`G-${bank.key()}`);
      const pair = { volunteerId: child.id, guardianId: id };
      await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
      return { ...pair, reason: "监护关系变更" };
    },
  },
  setTie: {
    allowed: [...stationAndOffice, "the volunteer"],
    input: async (scene) => ({
      volunteerId: scene.mei.id,
      organizationId: await organization(scene),
      allowed: true,
      reason: "本人书面同意",
    }),
  },
  // Volunteers are invited; staff and guardians in test/clients/onboarding.
  invitePeople: { allowed: stationAndOffice, input: async (scene) => invitation(scene) },
  revokeInvitation: {
    allowed: stationAndOffice,
    input: async (scene) => {
      const { bank } = scene;
      const input = { idempotencyKey: bank.key(), ...invitation(scene) };
      const { value } = await bank.services.invitations.invite(bank.worker, input);
      return { invitationId: value[0]?.id, reason: "误发" };
    },
  },
  acceptInvitation: { allowed: withToken, input: async () => ({ code: "AAAAAAAAAA" }) },
  linkIdentity: { allowed: deciders, input: async (scene) => identity(scene) },
  // The volunteer learns that others must end the last link.
  unlinkIdentity: {
    allowed: [...deciders, "the volunteer"],
    input: async (scene) => {
      const { bank } = scene;
      const input = { idempotencyKey: bank.key(), ...identity(scene) };
      const { value } = await bank.services.identities.link(bank.officer, input);
      return { identityId: value.id, reason: "换手机" };
    },
  },
  markNoticesRead: { allowed: withToken, input: async () => ({ noticeIds: [] }) },
  renewCalendarLink: { allowed: withToken, input: async () => ({}) },
  exportPerson: {
    allowed: ["the volunteer", "OFFICER"],
    input: async ({ mei }) => ({ personId: mei.personId }),
  },
  mergePeople: {
    allowed: ["OFFICER"],
    input: async ({ mei }) => ({ keepPersonId: mei.personId, mergePersonId: mei.personId, reason: "重复登记" }),
  },
  separatePerson: {
    allowed: ["OFFICER"],
    input: async ({ mei }) => ({ personId: mei.personId, separateVolunteerId: mei.id, reason: "误并" }),
  },
  erasePerson: { allowed: ["OFFICER"], input: async ({ mei }) => ({ personId: mei.personId, reason: "本人申请" }) },
  grantRole: {
    allowed: appointers,
    input: async ({ bank }) => ({
      personId: bank.worker.personId,
      role: "ACTIVITY_LEAD",
      organizationId: bank.station.id,
      validFrom: "2026-09-20",
    }),
  },
  revokeRole: {
    allowed: appointers,
    input: async ({ bank }) => ({ grantId: bank.supervisor.grants[0]?.id, reason: "" }),
  },
  registerStaff: {
    allowed: ["OFFICER"],
    input: async ({ bank }) => ({
      staff: [{ role: "STATION_WORKER", organizationId: bank.station.id, displayName: `专员${bank.key()}` }],
    }),
  },
};

const invitation = ({ bank, mei }: Scene) => ({
  organizationId: bank.station.id,
  invitees: [{ volunteerId: mei.id }],
});
const identity = ({ bank, mei }: Scene) => ({
  personId: mei.personId,
  issuer,
  subject: bank.key(),
  reason: "已核对证件",
});
