import { parameters } from "../domain/policies/parameters";
import type { Services } from "../services";

/**
 * The name that people see for the scheme: the policy `scheme.label`, on every page, picture, calendar and report. The label
 * that was read last is used while the bank cannot be read, so that a page which says so is framed like all others.
 */
export class Scheme {
  private last: string = parameters["scheme.label"].value;

  constructor(private readonly services: Pick<Services, "policies" | "today">) {}

  label(): string {
    return this.last;
  }

  async read(): Promise<string> {
    try {
      const policies = await this.services.policies.current();
      this.last = policies.inForce("scheme.label", this.services.today()).value as string;
    } catch {
      // The page's own reading reports why the bank cannot be read.
    }
    return this.last;
  }
}
