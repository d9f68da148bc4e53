import type { Shift } from "../../src/domain/facts/activities";
import { type Actor, system } from "../../src/domain/permissions/actors";
import { closeAudited } from "./audited";
import { openBank, type TestBank } from "./bank";
import { charityDay, openCharity, type TestCharity } from "./charity";
import { codeOf } from "./outcomes";

/**
 * A bank with a campaign, new for each test of the file that imports this; whatever a test did, the bank is in the end
 * as its journal says.
 */
export let bank: TestBank;
export let charity: TestCharity;
beforeEach(async () => {
  bank = await openBank(undefined, "2026-08-20T09:00:00+08:00");
  charity = await openCharity(bank);
});
afterEach(() => closeAudited(bank));

export const clock = (time: string, day = charityDay) => bank.setClock(`${day}T${time}:00+08:00`);
export const people = (...nos: string[]) => Promise.all(nos.map((no) => bank.volunteer(no)));
export const stateOf = async (signUp: unknown) =>
  (await bank.store.view.signUps([(signUp as { id: string }).id])).get((signUp as { id: string }).id)?.state;
export const totals = async () => (await bank.services.activities.totals([charity.campaign.id]))[0];

/** The state afterwards, or the code of the refusal. */
export const advance = (
  actor: TestBank["worker"],
  activityId: string,
  action: "SUBMIT" | "PUBLISH" | "RETURN" | "END" | "CLOSE" | "CANCEL" | "POSTPONE" | "START",
  reason = "原因",
) => codeOf(bank.services.activities.advance(actor, { activityId, action, reason }).then(({ state }) => state));
export const resolve = (signUpId: string, outcome: "COMPLETED" | "NO_SHOW" | "EXCUSED", more = {}) =>
  codeOf(
    bank.services.attendance.resolving
      .resolve(charity.lead, { signUpId, outcome, reason: "核对", ...more })
      .then(({ state }) => state),
  );

/** A team that is no station, with its head and a lead. */
export const teamOf = async (divisionCode = "fengqiao") => {
  const { value } = await bank.services.organizations.register(system, {
    idempotencyKey: bank.key(),
    slug: "team",
    name: "义工队",
    kind: "VOLUNTEER_TEAM",
    filingStatus: "UNREGISTERED",
    divisionCode,
  });
  const [head, lead] = [
    await bank.staff("ORGANIZATION_ADMIN", value.id),
    await bank.staff("ACTIVITY_LEAD", value.id, "team lead"),
  ];
  return { id: value.id, head, lead };
};
/** An activity of that team, which the town's station has reviewed. */
export const ofTeam = async (team: { id: string; head: Actor }, slug: string, plan: object = {}) => {
  const { id } = await charity.draft(slug, { organizationId: team.id, by: team.head, ...plan });
  await advance(team.head, id, "SUBMIT");
  await advance(bank.officer, id, "PUBLISH");
  return ((await bank.services.activities.shiftsOf(team.head, [id]))[0] as Shift[])[0] as Shift;
};

/** An activity of the campaign, announced. */
export const announced = async (plan?: Parameters<TestCharity["announce"]>[1]) => {
  const { activity, shifts } = await charity.announce("square", plan);
  return { activity, shift: shifts[0] as Shift, shifts };
};
