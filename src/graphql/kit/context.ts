import type { Language, Text } from "../../domain/kit/language";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import type { Actor } from "../../domain/permissions/actors";
import type { ServiceType } from "../../domain/policies/values";
import type { Services } from "../../services";
import type { VerifiedClaims } from "../../services/people/identity-claims";
import { Loader } from "./loader";

export type { Language } from "../../domain/kit/language";

export type ShownServiceType = Omit<ServiceType, "labelEn">;
export function shownServiceType({ labelEn, ...type }: ServiceType, language: Language): ShownServiceType {
  return { ...type, label: language === "zh" ? type.label : labelEn };
}

/** What no organisation has to do is the office's, which is no organisation of the bank. */
export const officeId = "office";
const office: Text = { zh: "民政部门", en: "The civil-affairs office" };
export const officeIn = (language: Language) => ({ id: officeId, label: office[language] });

/** One set a request: what a list of 100 asks for is asked once. */
export type Loaders = {
  readonly [Name in keyof typeof asks]: (typeof asks)[Name] extends Ask<infer V, infer K> ? Loader<K, V> : never;
};

export interface Context {
  actor: Actor;
  services: Services;
  loaders: Loaders;
  language: Language;
  requestId: string;
  /** Where the request comes from, as far as the proxies on the way are trusted; null where nothing says so. */
  address: string | null;
  /** Where people reach the bank from outside, without a slash at the end. */
  publicUrl: string;
  /** Looks up the actor anew, and forgets what the loaders have answered: for each event of a subscription, and after a step that changes the actor. */
  renew(): Promise<void>;
}

export function createContext(asking: {
  services: Services;
  claims: { subject: string; verified?: VerifiedClaims } | null;
  issuer: string;
  requestId: string;
  language: Language;
  address?: string;
  publicUrl: string;
}): Soon<Context> {
  const { services, requestId, claims, issuer, publicUrl, language, address = null } = asking;
  const who = () => services.people.actorOf(claims && { issuer, subject: claims.subject, verified: claims.verified });
  return whenKnown(who(), (actor) => ({
    actor,
    services,
    requestId,
    language,
    address,
    publicUrl,
    loaders: openLoaders({ services, actor, language }),
    // Apollo hands a copy of this to each operation: the copy that is asked is renewed.
    async renew(this: Context) {
      await services.refresh();
      this.actor = await who();
      this.loaders = openLoaders({ services, actor: this.actor, language });
    },
  }));
}

/** The actor and the language for which a loader asks. */
interface Asking {
  readonly services: Services;
  readonly actor: Actor;
  readonly language: Language;
}
type Ask<V, K> = (asking: Asking, keys: readonly K[]) => Soon<V[]>;
const by = <V, K = string>(ask: Ask<V, K>) => ask;

const asks = {
  volunteer: by(({ services, actor }, ids) => services.volunteers.sight.many(actor, ids)),
  /** The volunteer of a record or a sign-up that the actor sees; without a tie the name is masked. */
  face: by(({ services, actor }, ids) => services.volunteers.sight.faces(actor, ids)),
  person: by(({ services, actor }, ids) => services.volunteers.sight.persons(actor, ids)),
  totals: by(({ services }, ids) => services.volunteers.sight.totals(ids)),
  organization: by(({ services }, ids) => services.organizations.many(ids)),
  account: by(({ services, actor }, ids) => services.ledger.accounts(actor, ids)),
  balance: by(({ services }, ids) => services.ledger.balances(ids)),
  kind: by(({ services }, ids) => services.ledger.kindsOf(ids)),
  record: by(({ services, actor }, ids) => services.hours.reading.many(actor, ids)),
  /** What a line of a statement shows of its record. */
  recordBrief: by(({ services, actor }, ids) => services.hours.reading.briefs(actor, ids)),
  details: by(({ services, actor }, ids) => services.hours.reading.details(actor, ids)),
  steps: by(({ services, actor }, ids) => services.hours.reading.steps(actor, ids)),
  moments: by(({ services }, ids) => services.hours.reading.moments(ids)),
  replaced: by(({ services, actor }, ids) => services.hours.reading.replaced(actor, ids)),
  dispute: by(({ services, actor }, ids) => services.hours.reading.disputes(actor, ids)),
  transfersOfRecord: by(({ services }, ids) => services.ledger.transfersOfRecords(ids)),
  reversal: by(({ services }, seqs: readonly number[]) => services.ledger.reversalsOf(seqs)),
  policy: by(({ services }, ids) => services.policies.many(ids)),
  personLabel: by(({ services, actor }, ids) => services.people.labels(actor, ids)),
  personGrants: by(({ services, actor }, ids) => services.people.grantsOf(actor, ids)),
  invitation: by(({ services, actor }, ids) => services.invitations.many(actor, ids)),
  identity: by(({ services, actor }, ids) => services.identities.many(actor, ids)),
  identitiesOfPerson: by(({ services, actor }, ids) => services.identities.of(actor, ids)),
  /** Whether the actor may know the person of a volunteer by id. */
  reachesVolunteer: by(({ services, actor }, ids) => services.identities.reach.reaches(actor, ids)),
  guardians: by(({ services, actor }, ids) => services.guardians.of(actor, ids)),
  /** The id that a person has today, by any id of the person: after a merging it is another id. */
  standing: by(({ services }, ids) => services.people.standing(ids)),
  grant: by(({ services, actor }, ids) => services.people.grants(actor, ids)),
  effectiveTo: by(({ services }, ids) => services.policies.effectiveTo(ids)),
  campaign: by(({ services }, ids) => services.activities.campaignsById(ids)),
  activity: by(({ services, actor }, ids) => services.activities.many(actor, ids)),
  activityDetails: by(({ services, actor }, ids) => services.activities.details(actor, ids)),
  activityHistory: by(({ services, actor }, ids) => services.activities.history(actor, ids)),
  shift: by(({ services, actor }, ids) => services.activities.shifts(actor, ids)),
  shiftOfSignUp: by(({ services, actor }, ids) => services.activities.shiftsOfSignUps(actor, ids)),
  shifts: by(({ services, actor }, ids) => services.activities.shiftsOf(actor, ids)),
  counts: by(({ services }, subjects) => services.activities.totals(subjects)),
  fundraising: by(({ services }, ids) => services.fundraising.of(ids)),
  signUp: by(({ services, actor }, ids) => services.signUps.reading.many(actor, ids)),
  organizationProfile: by(({ services }, ids) => services.organizations.profiles(ids)),
  villageKinds: by(async ({ services }, keys) => {
    const all = new Map((await services.organizations.villageKinds()).map((kind) => [kind.code, kind]));
    return keys.map(() => all);
  }),
  awards: by(({ services }, ids) => services.organizations.awards(ids)),
  findings: by(({ services, actor }, ids) => services.registry.findingsOf(actor, ids)),
  volunteerHistory: by(({ services, actor }, ids) => services.volunteers.sight.historyOf(actor, ids)),
  organizationHistory: by(({ services, actor }, ids) => services.registry.historyOf(actor, ids)),
  heads: by(({ services, actor }, ids) => services.heads.of(actor, ids)),
  socialWorker: by(({ services, actor }, ids) => services.socialWorkers.many(actor, ids)),
  workerFace: by(({ services, actor }, ids) => services.socialWorkers.faces(actor, ids)),
  workerTraining: by(({ services, actor }, ids) => services.socialWorkers.training(actor, ids)),
  requiredWorkers: by(async ({ services }, keys) => {
    const required = await services.organizations.requiredWorkers();
    return keys.map(() => required);
  }),
  certifiedWorkers: by(({ services }, ids) => services.socialWorkers.certified(ids)),
  householdHistory: by(({ services, actor }, ids) => services.villagePoints.households.historiesOf(actor, ids)),
  household: by(({ services, actor }, ids) => services.villagePoints.households.many(actor, ids)),
  recipient: by(({ services, actor }, ids) => services.recipients.many(actor, ids)),
  recipientListings: by(({ services, actor }, ids) => services.recipients.listings(actor, ids)),
  recipientHistory: by(({ services, actor }, ids) => services.recipients.historyOf(actor, ids)),
  workerHistory: by(({ services, actor }, ids) => services.socialWorkers.historyOf(actor, ids)),
  recipientFace: by(({ services, actor }, ids) => services.recipients.faces(actor, ids)),
  householdQuarter: by(({ services, actor }, ids) => services.villagePoints.board.quarters(actor, ids)),
  knownPerson: by(({ services }, ids) => services.people.known(ids)),
  award: by(({ services }, ids) => services.organizations.awardsById(ids)),
  finding: by(({ services, actor }, ids) => services.registry.findings(actor, ids)),
  head: by(({ services, actor }, ids) => services.heads.many(actor, ids)),
  training: by(({ services, actor }, ids) => services.socialWorkers.trainings(actor, ids)),
  notice: by(({ services, actor }, ids) => services.notices.many(actor, ids)),
  office: by(async ({ language }, ids) => ids.map((id) => (id === officeId ? officeIn(language) : null))),
  visit: by(({ services, actor }, ids) => services.visits.sight.many(actor, ids)),
  visitDetails: by(({ services, actor }, ids) => services.visits.sight.details(actor, ids)),
  obligation: by(({ services, actor }, ids) => services.visits.obligations.many(actor, ids)),
  obligationOfVisit: by(({ services, actor }, ids) => services.visits.obligations.ofVisits(actor, ids)),
  visitAttempts: by(({ services, actor }, ids) => services.visits.obligations.attempts(actor, ids)),
  creditCase: by(({ services, actor }, ids) => services.credit.files.cases(actor, ids)),
  creditGround: by(async ({ services, language }, codes) => {
    const policies = await services.policies.current();
    return codes.map((code) => policies.creditGroundName(code, services.today())[language]);
  }),
  rating: by(({ services, actor }, ids) => services.ratings.many(actor, ids)),
  ratingFile: by(({ services, actor }, ids) => services.ratings.filesOf(actor, ids)),
  ratingRound: by(({ services }, ids) => services.ratings.roundsById(ids)),
  ratings: by(({ services }, ids) => services.ratings.currentOf(ids)),
  ratingHistory: by(({ services }, ids) => services.ratings.historyOf(ids)),
  proxy: by(({ services, actor }, ids) => services.proxies.many(actor, ids)),
  proxyHistory: by(({ services, actor }, ids) => services.proxies.histories(actor, ids)),
  proxiesOfRecipient: by(({ services, actor }, ids) => services.proxies.ofRecipients(actor, ids)),
  order: by(({ services, actor }, ids) => services.orders.reading.many(actor, ids)),
  orderInside: by(({ services, actor }, ids) => services.orders.reading.insides(actor, ids)),
  orderMoney: by(({ services, actor }, ids) => services.orders.reading.moneyOf(actor, ids)),
  orderHistory: by(({ services, actor }, ids) => services.orders.reading.histories(actor, ids)),
  starAward: by(({ services, actor }, ids) => services.stars.many(actor, ids)),
  starsOf: by(({ services }, ids) => services.stars.of(ids)),
  starHistory: by(({ services, actor }, ids) => services.stars.histories(actor, ids)),
  starSteps: by(({ services, actor }, ids) => services.stars.stepsOf(actor, ids)),
  starDecision: by(({ services, actor }, ids) => services.stars.decisions(actor, ids)),
  spotCheck: by(({ services, actor }, ids) => services.spotChecks.many(actor, ids)),
  spotResults: by(({ services }, ids) => services.spotChecks.results(ids)),
  publicCredit: by(({ services }, ids) => services.credit.files.publicOf(ids)),
  post: by(({ services, actor }, ids) => services.posts.many(actor, ids)),
  postName: by(({ services, actor }, ids) => services.posts.names(actor, ids)),
  signUpHistory: by(({ services, actor }, ids) => services.signUps.reading.history(actor, ids)),
  withdrawalCost: by(({ services, actor }, ids) => services.signUps.reading.withdrawalCosts(actor, ids)),
  position: by(({ services }, ids) => services.signUps.reading.positions(ids)),
  attendance: by(({ services, actor }, ids) => services.attendance.many(actor, ids)),
  attendanceOfSignUp: by(({ services, actor }, ids) => services.attendance.ofSignUps(actor, ids)),
  divisions: by(async ({ services }, keys) => {
    const all = await services.organizations.divisions();
    return keys.map(() => all);
  }),
  calendar: by(async ({ services }, keys) => {
    const calendar = await services.calendar();
    return keys.map(() => calendar);
  }),
  serviceType: by(async ({ services, language }, codes) => {
    const policies = await services.policies.current();
    // A code stays readable after it has left the catalogue: the last version that had it tells its name.
    const known = policies.versions.flatMap((version) =>
      version.key === "scheme.serviceCatalogue" ? (version.value as ServiceType[]) : [],
    );
    return codes.map((code) => {
      const type = known.findLast((candidate) => candidate.code === code);
      return type
        ? shownServiceType(type, language)
        : { code, label: code, needsQualification: false, openToMinors: false };
    });
  }),
};

/** A loader is made when it is first used: a request uses few of all there are. */
class OpenedLoaders {
  readonly opened: Loader<never, unknown>[] = [];
  constructor(readonly asking: Asking) {}
}
for (const [i, [name, ask]] of Object.entries(asks).entries())
  Object.defineProperty(OpenedLoaders.prototype, name, {
    get(this: OpenedLoaders) {
      this.opened[i] ??= new Loader((keys) => (ask as Ask<unknown, never>)(this.asking, keys));
      return this.opened[i];
    },
  });
// A cast: each name has its property, which is defined just above.
const openLoaders = (asking: Asking) => new OpenedLoaders(asking) as OpenedLoaders & Loaders;
