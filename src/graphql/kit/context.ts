import type { Language } from "../../domain/kit/language";
import type { Actor } from "../../domain/permissions/actors";
import type { ServiceType } from "../../domain/policies/values";
import type { Services } from "../../services";
import type { VerifiedClaims } from "../../services/people/identities";
import { Loader } from "./loader";

export type { Language } from "../../domain/kit/language";

export type ShownServiceType = Omit<ServiceType, "labelEn">;
export function shownServiceType({ labelEn, ...type }: ServiceType, language: Language): ShownServiceType {
  return { ...type, label: language === "zh" ? type.label : labelEn };
}

/** What no organisation has to do is the office's, which is no organisation of the bank. */
export const officeId = "office";
const office: Record<Language, string> = { zh: "民政部门", en: "The civil-affairs office" };
export const officeIn = (language: Language) => ({ id: officeId, label: office[language] });

/** One set a request: what a list of 100 asks for is asked once. */
export type Loaders = ReturnType<typeof openLoaders>;

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
  /** For each event of a subscription: who asks, and everything asked, is looked up anew. */
  renew(): Promise<void>;
}

export async function createContext(asking: {
  services: Services;
  claims: { subject: string; verified?: VerifiedClaims } | null;
  issuer: string;
  requestId: string;
  language: Language;
  address?: string;
  publicUrl: string;
}): Promise<Context> {
  const { services, requestId, claims, issuer, publicUrl, language, address = null } = asking;
  const who = async () => {
    await services.refresh();
    return services.people.actorOf(claims && { ...claims, issuer });
  };
  const actor = await who();
  return {
    actor,
    services,
    requestId,
    language,
    address,
    publicUrl,
    loaders: openLoaders(services, actor, language),
    // Apollo hands a copy of this to each operation: the copy that is asked is renewed.
    async renew(this: Context) {
      this.actor = await who();
      this.loaders = openLoaders(services, this.actor, language);
    },
  };
}

function openLoaders(services: Services, actor: Actor, language: Language) {
  const by = <V, K = string>(ask: (keys: readonly K[]) => Promise<V[]>) => new Loader<K, V>(ask);
  return {
    volunteer: by((ids) => services.volunteers.many(actor, ids)),
    /** Whoever stands on a record or a sign-up that the actor sees; without a tie their person is masked. */
    face: by((ids) => services.volunteers.faces(actor, ids)),
    person: by((ids) => services.volunteers.persons(actor, ids)),
    totals: by((ids) => services.volunteers.totals(ids)),
    organization: by((ids) => services.organizations.many(ids)),
    account: by((ids) => services.ledger.accounts(actor, ids)),
    balance: by((ids) => services.ledger.balances(ids)),
    kind: by((ids) => services.ledger.kindsOf(ids)),
    record: by((ids) => services.hours.many(actor, ids)),
    details: by((ids) => services.hours.details(actor, ids)),
    steps: by((ids) => services.hours.steps(actor, ids)),
    moments: by((ids) => services.hours.moments(ids)),
    replaced: by((ids) => services.hours.replaced(actor, ids)),
    dispute: by((ids) => services.hours.disputes(actor, ids)),
    transfersOfRecord: by((ids) => services.ledger.transfersOfRecords(ids)),
    reversal: by((seqs: readonly number[]) => services.ledger.reversalsOf(seqs)),
    policy: by((ids) => services.policies.many(ids)),
    personLabel: by((ids) => services.people.labels(actor, ids)),
    personGrants: by((ids) => services.people.grantsOf(actor, ids)),
    invitation: by((ids) => services.invitations.many(actor, ids)),
    identity: by((ids) => services.identities.many(actor, ids)),
    identitiesOfPerson: by((ids) => services.identities.of(actor, ids)),
    /** By volunteer: whether the person may be known by id. */
    reachesVolunteer: by((ids) => services.identities.reaches(actor, ids)),
    guardians: by((ids) => services.guardians.of(actor, ids)),
    /** By person id: the id of that person today, which is another one after a merging. */
    standing: by((ids) => services.people.standing(ids)),
    grant: by((ids) => services.people.grants(actor, ids)),
    effectiveTo: by((ids) => services.policies.effectiveTo(ids)),
    campaign: by((ids) => services.activities.campaignsById(ids)),
    activity: by((ids) => services.activities.many(actor, ids)),
    activityDetails: by((ids) => services.activities.details(actor, ids)),
    activityHistory: by((ids) => services.activities.history(actor, ids)),
    shift: by((ids) => services.activities.shifts(actor, ids)),
    shiftOfSignUp: by((ids) => services.activities.shiftsOfSignUps(actor, ids)),
    shifts: by((ids) => services.activities.shiftsOf(actor, ids)),
    counts: by((subjects) => services.activities.totals(subjects)),
    fundraising: by((ids) => services.fundraising.of(ids)),
    signUp: by((ids) => services.signUps.many(actor, ids)),
    organizationProfile: by((ids) => services.organizations.profiles(ids)),
    villageKinds: by(async (keys) => {
      const all = new Map((await services.organizations.villageKinds()).map((kind) => [kind.code, kind]));
      return keys.map(() => all);
    }),
    awards: by((ids) => services.organizations.awards(ids)),
    findings: by((ids) => services.registry.findingsOf(actor, ids)),
    volunteerHistory: by((ids) => services.volunteers.historyOf(actor, ids)),
    organizationHistory: by((ids) => services.registry.historyOf(actor, ids)),
    heads: by((ids) => services.heads.of(actor, ids)),
    socialWorker: by((ids) => services.socialWorkers.many(actor, ids)),
    workerFace: by((ids) => services.socialWorkers.faces(actor, ids)),
    workerTraining: by((ids) => services.socialWorkers.training(actor, ids)),
    requiredWorkers: by(async (keys) => {
      const required = await services.organizations.requiredWorkers();
      return keys.map(() => required);
    }),
    certifiedWorkers: by((ids) => services.socialWorkers.certified(ids)),
    householdHistory: by((ids) => services.villagePoints.historiesOf(actor, ids)),
    household: by((ids) => services.villagePoints.many(actor, ids)),
    recipient: by((ids) => services.recipients.many(actor, ids)),
    recipientListings: by((ids) => services.recipients.listings(actor, ids)),
    recipientHistory: by((ids) => services.recipients.historyOf(actor, ids)),
    workerHistory: by((ids) => services.socialWorkers.historyOf(actor, ids)),
    recipientFace: by((ids) => services.recipients.faces(actor, ids)),
    householdQuarter: by((ids) => services.villagePoints.quarters(actor, ids)),
    knownPerson: by((ids) => services.people.known(ids)),
    award: by((ids) => services.organizations.awardsById(ids)),
    finding: by((ids) => services.registry.findings(actor, ids)),
    head: by((ids) => services.heads.many(actor, ids)),
    training: by((ids) => services.socialWorkers.trainings(actor, ids)),
    notice: by((ids) => services.notices.many(actor, ids)),
    office: by(async (ids) => ids.map((id) => (id === officeId ? officeIn(language) : null))),
    visit: by((ids) => services.visits.many(actor, ids)),
    visitDetails: by((ids) => services.visits.details(actor, ids)),
    obligation: by((ids) => services.visits.obligationsById(actor, ids)),
    obligationOfVisit: by((ids) => services.visits.obligationsOf(actor, ids)),
    visitAttempts: by((ids) => services.visits.attempts(actor, ids)),
    creditCase: by((ids) => services.credit.cases(actor, ids)),
    creditGround: by(async (codes) => {
      const policies = await services.policies.current();
      return codes.map((code) => policies.creditGroundName(code, services.today())[language]);
    }),
    rating: by((ids) => services.ratings.many(actor, ids)),
    ratingFile: by((ids) => services.ratings.filesOf(actor, ids)),
    ratingRound: by((ids) => services.ratings.roundsById(ids)),
    ratings: by((ids) => services.ratings.currentOf(ids)),
    ratingHistory: by((ids) => services.ratings.historyOf(ids)),
    spotCheck: by((ids) => services.spotChecks.many(actor, ids)),
    spotResults: by((ids) => services.spotChecks.results(ids)),
    publicCredit: by((ids) => services.credit.publicOf(ids)),
    post: by((ids) => services.posts.many(actor, ids)),
    postName: by((ids) => services.posts.names(actor, ids)),
    signUpHistory: by((ids) => services.signUps.history(actor, ids)),
    withdrawalCost: by((ids) => services.signUps.withdrawalCosts(actor, ids)),
    position: by((ids) => services.signUps.positions(ids)),
    attendance: by((ids) => services.attendance.many(actor, ids)),
    attendanceOfSignUp: by((ids) => services.attendance.ofSignUps(actor, ids)),
    divisions: by(async (keys) => {
      const all = await services.organizations.divisions();
      return keys.map(() => all);
    }),
    calendar: by(async (keys) => {
      const calendar = await services.calendar();
      return keys.map(() => calendar);
    }),
    serviceType: by(async (codes) => {
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
}
