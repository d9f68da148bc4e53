import { type Papers, readPapers } from "../../domain/activities/filings";
import {
  checkFiling,
  checkPeriod,
  type Disclosure,
  type DisclosureState,
  disclosureState,
  disclosuresMade,
  isOtherPlan,
  nextDue,
} from "../../domain/activities/fundraising";
import type { Activity, Fundraising } from "../../domain/facts/activities";
import { dayOf } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { type Asked, read } from "../bank/fields";
import { paged, shownPage } from "../bank/paging";
import { setFundraisingFacts } from "./commands";
import type { Register } from "./register";

export interface FundraisingFacts extends Fundraising {
  state: DisclosureState;
  /** Civil days that the next disclosure is late, or the final one was; 0 in time. */
  daysLate: number;
  disclosures: Disclosure[];
}

/** The fundraising beside an activity: facts that must be said, and the clock of their disclosure. No money, ever. */
export class Fundraisings {
  private readonly bank: Bank;
  constructor(private readonly register: Register) {
    this.bank = register.bank;
  }

  /**
   * The facts that a page must show of a fundraising beside the activity, and the clock of its disclosure. The plan is
   * for the office to enter; the organisation's own admin notes what was disclosed, in the same words.
   */
  async set(actor: Actor, asked: Asked<typeof setFundraisingFacts>): Promise<Activity> {
    const input = read(setFundraisingFacts, asked);
    const { organizationName, planFilingNo, permitNo, howToQuery } = input;
    const texts = { organizationName, planFilingNo, permitNo, howToQuery };
    return this.bank.commands.act(actor, async (tx, actor) => {
      const activity = await this.register.activity(tx, actor, input.activityId);
      await this.register.permit(tx, actor, "fundraising.disclose", activity);
      const before = (await tx.fundraisings([activity.id])).get(activity.id);
      const policies = await this.bank.policies(tx);
      const today = dayOf(tx.now);
      const facts = {
        activityId: activity.id,
        ...texts,
        filedOn: input.filedOn ?? before?.filedOn ?? today,
        startsOn: input.startsOn ?? before?.startsOn ?? dayOf(activity.startsAt),
        endsOn: input.endsOn,
        emergency: input.emergency ?? before?.emergency ?? false,
        interimDisclosedOn: [...(input.interimDisclosedOn ?? before?.interimDisclosedOn ?? [])].sort(),
        disclosedOn: input.disclosedOn ?? before?.disclosedOn ?? null,
      };
      // The paper that the office has seen says who may raise funds, and how long.
      if (isOtherPlan(before, facts)) {
        await this.register.permit(tx, actor, "fundraising.plan", activity);
        Object.assign(facts, await this.papers(tx, texts));
      }
      checkPeriod(facts, policies, today);
      checkFiling(facts, policies);
      const { seq: _, version: __, ...old } = { ...before } as Fundraising & { seq?: number };
      const set = { ...facts, dueOn: nextDue(facts, policies) };
      if (before && JSON.stringify(sorted(old)) === JSON.stringify(sorted(set))) return activity;
      await tx.append(actor.personId as string, {
        type: "FUNDRAISING_SET",
        ...set,
        version: (before?.version ?? 0) + 1,
      });
      return activity;
    });
  }

  /** Null where there is none. Batched. */
  async of(activityIds: readonly string[]): Promise<(FundraisingFacts | null)[]> {
    const view = this.bank.store.view;
    const fundraisings = await view.fundraisings(activityIds);
    const policies = await this.bank.policies(view);
    return activityIds.map((id) => {
      const facts = fundraisings.get(id);
      return facts ? this.shown(facts, policies) : null;
    });
  }

  /** The longest overdue first; for officers and auditors. */
  async overdue(actor: Actor, page: PageInput): Promise<Connection<FundraisingFacts>> {
    if ((await this.bank.places.scope(this.bank.store.view, actor, "regulator.see")) !== null)
      refuse("NOT_PERMITTED", { act: "regulator.see" });
    const today = this.bank.today();
    const overdue = await paged(
      page,
      { name: "overdueDisclosures", shape: ["text", "text"] },
      (bounds) => this.bank.store.view.fundraisingsOverdue(today, bounds),
      (facts) => [facts.dueOn as string, facts.activityId],
    );
    const policies = await this.bank.policies(this.bank.store.view);
    return shownPage(overdue, (rows) => rows.map((facts) => this.shown(facts, policies)));
  }

  private shown(facts: Fundraising, policies: Policies): FundraisingFacts {
    const today = this.bank.today();
    const disclosures = disclosuresMade(facts, policies, today);
    // What is late is said of the disclosure that the state is about: the next one, or the final one once it is out.
    const about = disclosures.find(({ dueOn }) => dueOn === facts.dueOn) ?? disclosures.at(-1);
    return { ...facts, state: disclosureState(facts, policies, today), daysLate: about?.daysLate ?? 0, disclosures };
  }

  /** The papers in one spelling. Of an organisation that the bank knows by its code, the name is that which it has. */
  private async papers(view: View, input: Papers): Promise<Papers> {
    const { uscc, ...papers } = readPapers(input);
    const known = uscc === null ? undefined : await view.organizationByUscc(uscc);
    if (known && known.name !== papers.organizationName)
      refuse("INVALID_INPUT", { expected: known.name }, ["organizationName"]);
    return papers;
  }
}

const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
