import { type Actor, system } from "../../src/domain/permissions/actors";
import { openApi } from "./api";
import { openBank } from "./bank";
import type { Engine } from "./engines";

const application =
  "application { id state score level noticeUntil validUntil eligibility { ok failed } votes { inFavour against abstained recused quorum } } userErrors { code message path details }";
export const documents = {
  open: "mutation OpenRatingRound($input: OpenRatingRoundInput!) { openRatingRound(input: $input) { round { id instrument state opensOn closesOn } replayed userErrors { code message path details } } }",
  apply: `mutation ApplyForRating($input: ApplyForRatingInput!) { applyForRating(input: $input) { replayed ${application} } }`,
  score: `mutation ScoreRating($input: ScoreRatingInput!) { scoreRating(input: $input) { ${application} } }`,
  vote: `mutation VoteRating($input: VoteRatingInput!) { voteRating(input: $input) { ${application} } }`,
  advance: `mutation AdvanceRating($input: AdvanceRatingInput!) { advanceRating(input: $input) { ${application} } }`,
  review: `mutation RequestRatingReview($input: RequestRatingReviewInput!) { requestRatingReview(input: $input) { ${application} } }`,
  downgrade:
    "mutation DowngradeRating($input: DowngradeRatingInput!) { downgradeRating(input: $input) { organization { platformStar { level } evaluationGrade { level } } userErrors { code message path details } } }",
  supply: `mutation ($input: SupplyRatingEvidenceInput!) { supplyRatingEvidence(input: $input) { ${application} } }`,
  request: `mutation ($input: RequestRatingRecusalInput!) { requestRatingRecusal(input: $input) { ${application} } }`,
  decide: `mutation ($input: DecideRatingRecusalInput!) { decideRatingRecusal(input: $input) { ${application} } }`,
  file: "query ($applicationId: ID!) { node(id: $applicationId) { ... on RatingApplication { file { evidence { note evidence { kind ref } } recusals { member { id } reason decision decisionReason } history { action actor { kind } } } } } }",
  feedback: "mutation ($input: GiveFeedbackInput!) { giveFeedback(input: $input) { stars userErrors { code } } }",
  explained:
    "query RatingExplained($organizationId: ID!) { organization(id: $organizationId) { platformStarHistory { level score exactScore state validFrom validUntil indicators { key label weight value points exactWeight exactPoints source } votes { inFavour against abstained recused quorum } review { requestedAt decision reason } policyVersion { id citation } } } }",
  rated:
    "query RatedPlatforms($minLevel: Int, $divisionCode: String, $first: Int!, $after: String) { organizations(filter: { minPlatformStar: $minLevel, divisionCode: $divisionCode }, first: $first, after: $after) { edges { node { id name kind platformStar { level score validFrom validUntil } evaluationGrade { level validUntil } } } pageInfo { hasNextPage endCursor } } }",
};

/** An answer of any of these documents. */
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape that its document asks for.
type Answered = any;

/** A committee, a reviewer and a platform that applies, as clients send their steps. A refusal is answered as its code. */
export type TestRatings = Awaited<ReturnType<typeof openRatings>>;

export async function openRatings(engine: Engine) {
  const bank = await openBank(engine, "2026-09-01T09:00:00+08:00");
  const api = await openApi(bank);
  const members: Actor[] = [];
  for (let i = 0; i < 7; i += 1) members.push(await bank.staff("ASSESSOR", null, `member ${i}`));
  const reviewer = await bank.staff("REVIEWER", null);
  const organization = async (slug: string, kind: "SERVICE_PLATFORM" | "ASSOCIATION", registeredOn = "2020-01-01") => {
    const { value } = await bank.services.organizations.register(system, {
      ...{ idempotencyKey: bank.key(), slug, name: slug, kind, filingStatus: "REGISTERED", divisionCode: "fengqiao" },
    });
    await bank.services.organizations.describe(bank.officer, { organizationId: value.id, hub: false, registeredOn });
    return value;
  };
  const platform = await organization("platform", "SERVICE_PLATFORM");
  const admin = await bank.staff("ORGANIZATION_ADMIN", platform.id, "admin");

  const send = async (who: Actor | null, query: string, input: object): Promise<Answered> => {
    const { data, errors } = await api.post(who, { query, variables: query.startsWith("query") ? input : { input } });
    if (errors) return errors[0]?.extensions.code;
    const [answer] = Object.values(data) as { userErrors?: { code: string }[]; application?: object }[];
    return answer?.userErrors?.[0]?.code ?? answer?.application ?? answer;
  };
  return {
    ...{ bank, api, members, reviewer, platform, admin, organization, send },
    day: (date: string) => bank.setClock(`${date}T09:00:00+08:00`),
    openRound: (instrument: string, more: object = {}) =>
      send(bank.officer, documents.open, {
        idempotencyKey: bank.key(),
        instrument,
        opensOn: "2026-09-01",
        closesOn: "2026-09-15",
        committee: members.map(({ personId }) => personId),
        ...more,
      }),
    apply: (roundId: string, organizationId = platform.id, who = admin) =>
      send(who, documents.apply, { idempotencyKey: bank.key(), roundId, organizationId }),
    advance: async (applicationId: string, action: string, who = bank.officer, more: object = {}) => {
      const answer = await send(who, documents.advance, { applicationId, action, ...more });
      return answer.state ?? answer;
    },
    vote: async (applicationId: string, who: Actor, choice = "IN_FAVOUR", level?: number) => {
      const answer = await send(who, documents.vote, { applicationId, choice, level });
      return answer.votes ?? answer;
    },
    feedback: (who: Actor, stars: number) =>
      send(who, documents.feedback, { idempotencyKey: bank.key(), organizationId: platform.id, stars }),
    /** What the public reads of the platform's stars. */
    explained: async () => (await send(null, documents.explained, { organizationId: platform.id })).platformStarHistory,
    /** The platforms that have at least so many stars, such as "platform 3". */
    rated: async (minLevel = 1): Promise<string[]> =>
      (await send(null, documents.rated, { minLevel, first: 5 })).edges.map(
        ({ node }: { node: { name: string; platformStar: { level: number } } }) =>
          `${node.name} ${node.platformStar.level}`,
      ),
  };
}
