import type { Role } from "../../../src/domain/facts/actors";
import type { Volunteer } from "../../../src/domain/facts/people";
import { type Actor, nobody, system } from "../../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../../support/api";
import { openBank, type TestBank } from "../../support/bank";
import { openCharity, type TestCharity } from "../../support/charity";
import { residentId } from "../../support/papers";

/** One mutation: the actors who may do it, by their names in the scene, and an input that would be accepted. */
export interface Mutation {
  allowed: readonly string[];
  input(scene: Scene): Promise<Record<string, unknown>>;
}
export type Mutations = Record<string, Mutation>;

const atStation: Role[] = ["ACTIVITY_LEAD", "STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN"];
const atOffice: Role[] = ["OFFICER", "AUDITOR", "ASSESSOR", "REVIEWER"];

export const volunteers = ["another volunteer", "the volunteer"];
export const withToken = [...volunteers, ...atStation.flatMap((role) => [role, `${role} elsewhere`]), ...atOffice];
export const staff = [...atStation, "OFFICER"];
export const deciders = ["STATION_SUPERVISOR", "OFFICER"];
export const leaders = ["STATION_SUPERVISOR", "ORGANIZATION_ADMIN", "OFFICER"];
export const appointers = ["ORGANIZATION_ADMIN", "OFFICER"];
const stationStaff = ["STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN"];
export const stationAndOffice = [...stationStaff, "OFFICER"];
/** "Elsewhere" is another station of the same town: it too may act for the households and elders of the town. */
export const townAndOffice = [...stationAndOffice, ...stationStaff.map((role) => `${role} elsewhere`)];

/** A bank with an actor of each role at its station, at another station of the town, and at the office. */
export interface Scene {
  bank: TestBank;
  api: TestApi;
  charity: TestCharity;
  /** "The volunteer". */
  mei: Volunteer;
  child: Volunteer;
  actors: ReadonlyMap<string, Actor>;
  /** The administrator of the station. */
  admin: Actor;
}

export async function openScene(): Promise<Scene> {
  const bank = await openBank();
  const api = await openApi(bank);
  const mei = await bank.volunteer("V-1", { idNumber: residentId("1980-05-01") });
  const child = await bank.volunteer("V-3", { birthDate: "2010-01-01", guardian: true });
  const charity = await openCharity(bank);
  const { value: elsewhere } = await bank.services.organizations.register(system, {
    idempotencyKey: "elsewhere",
    slug: "elsewhere",
    name: "elsewhere",
    kind: "SOCIAL_WORK_STATION",
    filingStatus: "REGISTERED",
    divisionCode: "fengqiao",
  });
  const actors = new Map<string, Actor>([
    ["public", nobody],
    ["another volunteer", await bank.actorOf(await bank.volunteer("V-2"))],
    ["the volunteer", await bank.actorOf(mei)],
  ]);
  for (const role of atStation) {
    actors.set(role, await bank.staff(role, bank.station.id));
    actors.set(`${role} elsewhere`, await bank.staff(role, elsewhere.id));
  }
  for (const role of atOffice) actors.set(role, await bank.staff(role, null));
  return { bank, api, charity, mei, child, actors, admin: actors.get("ORGANIZATION_ADMIN") as Actor };
}

export async function closeScene({ api, bank }: Scene): Promise<void> {
  await api.close();
  await bank.close();
}
