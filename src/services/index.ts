import { type accountKinds, units } from "../domain/facts/ledger";
import type { Day } from "../domain/kit/calendar";
import { sources } from "../domain/ledger/accounts";
import { parameters } from "../domain/policies/parameters";
import type { Tx } from "../storage/store";
import { Attendances } from "./activities/attendance";
import { Calendars } from "./activities/calendars";
import { Fundraisings } from "./activities/fundraising";
import { Planning } from "./activities/planning";
import { Activities } from "./activities/reading";
import { Register } from "./activities/register";
import { Screens } from "./activities/screens";
import { Sight } from "./activities/sight";
import { SignUps } from "./activities/signups";
import { Timekeeping } from "./activities/timekeeping";
import { Announcements } from "./announcements";
import { Bank, type BankOptions } from "./bank";
import { workingCalendar } from "./bank/calendar";
import { tieKeys } from "./bank/marks";
import { Sessions } from "./bank/sessions";
import { Clocks } from "./clocks";
import { Credit } from "./credit-records";
import { Hours } from "./hours";
import { Indicators } from "./indicators";
import { Ledger } from "./ledger";
import { Notices } from "./notices";
import { Orders } from "./orders";
import { Requesting } from "./orders/requesting";
import { OrderScenes } from "./orders/scenes";
import { Organizations } from "./organizations";
import { Divisions } from "./organizations/divisions";
import { Heads } from "./organizations/heads";
import { Registry } from "./organizations/registry";
import { People } from "./people";
import { Capacities } from "./people/capacities";
import { Corrections } from "./people/corrections";
import { Guardians } from "./people/guardians";
import { Identities } from "./people/identities";
import { Invitations } from "./people/invitations";
import { Leaving } from "./people/leaving";
import { Persons } from "./people/persons";
import { Joinings } from "./people/persons/joinings";
import { Unmerging } from "./people/persons/unmerging";
import { Staff } from "./people/staff";
import { Ties } from "./people/ties";
import { Volunteers } from "./people/volunteers";
import { PolicyVersions } from "./policies";
import { Privacy } from "./privacy";
import { Copies } from "./privacy/copies";
import { Proxies } from "./proxies";
import { Ratings } from "./ratings";
import { SpotChecks } from "./spot-checks";
import { Stars } from "./stars";
import { StarSteps } from "./stars/steps";
import { VillagePoints } from "./village-points";
import { Visits } from "./visits";
import { VisitHours } from "./visits/hours";
import { Matching } from "./visits/matching";
import { Recipients } from "./visits/recipients";
import { Posts } from "./workers/posts";
import { SocialWorkers } from "./workers/social-workers";

export type { BankOptions } from "./bank";
export { type Entropy, seededEntropy, systemEntropy } from "./bank/entropy";
export { misfit } from "./bank/marks";

export function openServices(options: BankOptions) {
  const bank = new Bank(options);
  const identities = new Identities(bank);
  const register = new Register(bank);
  const matching = new Matching(bank);
  const orderScenes = new OrderScenes(bank);
  const requesting = new Requesting(orderScenes);
  const volunteers = new Volunteers(bank, new Leaving(register, requesting), matching);
  const capacities = new Capacities(bank, identities);
  const recipients = new Recipients(bank, capacities, matching);
  const credit = new Credit(bank, volunteers);
  const ratings = new Ratings(bank, credit);
  const ledger = new Ledger(bank, volunteers, recipients);
  const people = new People(bank, identities, volunteers);
  const guardians = new Guardians(bank, people, volunteers);
  const ties = new Ties(bank);
  const starSteps = new StarSteps(bank);
  const hours = new Hours(bank, register.tallies, starSteps);
  const joinings = new Joinings(bank, capacities, matching);
  const unmerging = new Unmerging({
    bank,
    volunteers,
    identities,
    credit,
    hours,
    starSteps,
    ties,
    joinings,
    capacities,
  });
  const invitations = new Invitations(bank, identities, people, guardians, ties);
  const notices = new Notices(bank, credit, ratings);
  const timekeeping = new Timekeeping(register);
  const signUps = new SignUps(register, timekeeping);
  const sight = new Sight(register);
  const attendance = new Attendances(register, timekeeping, signUps, hours.attended, sight);
  return {
    now: options.clock,
    today: () => bank.today(),
    origin: options.origin,
    /** Looks at what was written since, by whichever process. A request does this when it begins, before anything is asked for it. */
    refresh: () => options.store.refresh(),
    calendar: async () => workingCalendar(await bank.policies(options.store.view), bank.today()),
    people,
    identities,
    staff: new Staff(bank, people, identities),
    sessions: new Sessions(bank),
    volunteers,
    persons: new Persons({
      bank,
      volunteers,
      identities,
      credit,
      hours,
      starSteps,
      ties,
      joinings,
      unmerging,
      capacities,
    }),
    corrections: new Corrections(bank, volunteers, identities),
    guardians,
    invitations,
    divisions: new Divisions(bank),
    ties,
    organizations: new Organizations(bank),
    socialWorkers: new SocialWorkers(bank, capacities),
    posts: new Posts(bank, volunteers),
    registry: new Registry(bank),
    heads: new Heads(bank),
    villagePoints: new VillagePoints(bank),
    recipients,
    visits: new Visits(bank, recipients, new VisitHours(hours.records), matching),
    credit,
    privacy: new Privacy(bank, credit, identities, invitations, new Copies(bank, credit, notices)),
    ratings,
    clocks: new Clocks(bank),
    indicators: new Indicators(bank),
    spotChecks: new SpotChecks(bank),
    hours,
    proxies: new Proxies(bank),
    orders: new Orders(bank, orderScenes, requesting, signUps.reading, hours),
    stars: new Stars(starSteps, credit),
    activities: new Activities(register, new Planning(register, timekeeping), timekeeping),
    signUps,
    attendance,
    screens: new Screens(register, people),
    fundraising: new Fundraisings(register),
    notices,
    calendars: new Calendars(bank, sight),
    ledger,
    policies: new PolicyVersions(bank, matching),
    announcements: new Announcements(bank, ledger, people),
  };
}

/** What the edges may ask of the bank. Each refusal is thrown as a `Refusal`; anything else thrown is our fault. */
export type Services = ReturnType<typeof openServices>;

/** Accounts of the bank itself; members' accounts are opened with them. */
const ownAccounts = [
  "ISSUANCE",
  "PUBLIC_POOL",
  "GOVERNMENT_GRANT",
  "GRANT_FUNDING",
  "REDEEMED",
  "OVERFLOW_HONOUR",
] as const satisfies readonly (typeof accountKinds)[number][];

/**
 * The first entries of an empty journal: the bank and its accounts; and the first version of each policy that the bank
 * does not have yet, so that a rule which came with a later release has one too.
 */
export async function foundBank(options: BankOptions, founding: { effectiveFrom: Day }): Promise<void> {
  await tieKeys(options.store, options.secret);
  const bank = new Bank(options);
  await options.store.write(async (tx) => {
    if ((await tx.head()).seq < 0) await openBooks(tx, bank, options.origin);
    const known = new Set((await tx.policies()).map(({ key }) => key));
    for (const [key, { value, citation, status }] of Object.entries(parameters)) {
      if (known.has(key)) continue;
      await tx.append("system", {
        type: "POLICY_SET",
        id: bank.id("policy", tx.now),
        key,
        value: value,
        effectiveFrom: founding.effectiveFrom,
        citation,
        status,
      });
    }
  });
}

async function openBooks(tx: Tx, bank: Bank, origin: string): Promise<void> {
  await tx.append("system", { type: "BANK_OPENED", origin, unit: units[0] });
  for (const kind of ownAccounts)
    await tx.append("system", {
      type: "ACCOUNT_OPENED",
      id: bank.id("account", tx.now),
      kind,
      unit: units[0],
      owner: null,
      floor: sources.includes(kind) ? null : 0,
      ceiling: null,
    });
}
