import type { Role } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import { startOf } from "../../domain/kit/calendar";
import { type Actor, system } from "../../domain/permissions/actors";
import type { BankOptions, Services } from "../../services";

export interface Station {
  organization: Organization;
  workers: Actor[];
  supervisors: Actor[];
  admin: Actor;
  lead: Actor;
}

export const at = (day: string, hour: number) => startOf(day) + hour * 3_600_000;

/** What every part of the seed works with: the services, a new key for each command, and the staff and organisations it makes. */
export class Desk {
  /** How many people have got a role so far. */
  staffCount = 0;
  private keys = 0;

  constructor(
    readonly services: Services,
    readonly options: BankOptions,
  ) {}

  async organization(
    input: Omit<Parameters<Services["organizations"]["register"]>[1], "idempotencyKey">,
  ): Promise<Organization> {
    return (await this.services.organizations.register(system, { ...input, idempotencyKey: this.key() })).value;
  }

  async staff(role: Role, organizationId: string | null): Promise<Actor> {
    this.staffCount += 1;
    const personId = await this.services.people.registerStaff(system, {
      displayName: `社工#${String(this.staffCount).padStart(4, "0")}`,
    });
    await this.services.people.grantRole(system, {
      idempotencyKey: this.key(),
      personId,
      role,
      organizationId,
      validFrom: "2026-01-01",
    });
    return this.actor(personId);
  }

  async officer(): Promise<Actor> {
    return (await this.officers())[0];
  }

  async officers(): Promise<[Actor, Actor]> {
    const [first, second] = await this.options.store.view.grantsByRole("OFFICER");
    return [await this.actor(first?.personId ?? ""), await this.actor(second?.personId ?? "")];
  }

  async actor(personId: string): Promise<Actor> {
    return this.services.people.actorOfPerson(personId);
  }

  key(): string {
    this.keys += 1;
    return `seed-${this.keys}`;
  }
}
