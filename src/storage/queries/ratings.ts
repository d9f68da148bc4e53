import { and, desc, eq, gte, inArray, lt, lte, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { RatingDowngrade } from "../../domain/facts/ratings";
import { pendingRatings, type Rating, type RatingRound, type RatingVote } from "../../domain/facts/ratings";
import type { DowngradeStepRow, Feedback, RatingStepRow, RatingsView, StoredSheet } from "../store";
import { type Database, grouped, inChunks, keyed, listed, openLookup, rowsOf, whole } from "./lookups";

/** Rounds, applications, votes, and what members think. */
export function openRatingsView(db: Database, t: Tables): RatingsView {
  const lookup = openLookup(db);
  const { ratings, ratingRounds, feedbacks, recordSteps: s, serviceRecords: r, organizations: o } = t;
  const rounds = lookup<RatingRound>("rating_round", ratingRounds, ratingRounds.id);
  const byId = lookup<Rating>("rating", ratings, ratings.id);
  const byOrganization = lookup<Rating>("rating_organization", ratings, ratings.organizationId, ratings.id);
  const steps = lookup<RatingStepRow>("rating_step", t.ratingSteps, t.ratingSteps.ratingId, t.ratingSteps.version);
  const sheets = lookup<StoredSheet>("rating_sheet", t.ratingSheets, t.ratingSheets.ratingId, t.ratingSheets.seq);
  const downgrades = lookup<RatingDowngrade>(
    "rating_downgrade",
    t.ratingDowngrades,
    t.ratingDowngrades.ratingId,
    t.ratingDowngrades.seq,
  );
  const downgradeSteps = lookup<DowngradeStepRow>(
    "rating_downgrade_step",
    t.ratingDowngradeSteps,
    t.ratingDowngradeSteps.downgradeId,
    t.ratingDowngradeSteps.version,
  );
  const votes = lookup<RatingVote>("rating_vote", t.ratingVotes, t.ratingVotes.ratingId, t.ratingVotes.id);

  return {
    ratingRounds: async (ids) => keyed(await rounds(ids), (row) => row.id),
    ratingRoundList: (instrument, page) =>
      listed(page, {
        order: [
          { column: ratingRounds.opensOn, down: true },
          { column: ratingRounds.id, down: true },
        ],
        where: instrument ? eq(ratingRounds.instrument, instrument) : undefined,
        select: rowsOf(db, ratingRounds),
      }),
    async ratingsPending(roundIds) {
      const rows = await inChunks(roundIds, async (chunk) =>
        db
          .select({ roundId: ratings.roundId, count: whole(sql`count(*)`) })
          .from(ratings)
          .where(and(inArray(ratings.roundId, chunk), inArray(ratings.state, [...pendingRatings])))
          .groupBy(ratings.roundId),
      );
      return new Map(rows.map(({ roundId, count }) => [roundId, count]));
    },
    ratings: async (ids) => keyed(await byId(ids), (row) => row.id),
    ratingsOf: async (organizationIds) => grouped(await byOrganization(organizationIds), (row) => row.organizationId),
    ratingsOfRound: (roundId, page) =>
      listed(page, {
        order: [{ column: ratings.id }],
        where: eq(ratings.roundId, roundId),
        select: rowsOf(db, ratings),
      }),
    ratingSteps: async (ids) => grouped(await steps(ids), (row) => row.ratingId),
    ratingVotes: async (ids) => grouped(await votes(ids), (row) => row.ratingId),
    ratingSheets: async (ids) => grouped(await sheets(ids), (row) => row.ratingId),
    ratingDowngrades: async (ids) => grouped(await downgrades(ids), (row) => row.ratingId),
    ratingDowngradeSteps: async (ids) => grouped(await downgradeSteps(ids), (row) => row.downgradeId),
    async feedbackOf(organizationId, memberHash) {
      const rows = await db
        .select()
        .from(feedbacks)
        .where(and(eq(feedbacks.organizationId, organizationId), eq(feedbacks.memberHash, memberHash)))
        .orderBy(desc(feedbacks.version))
        .limit(1);
      return rows[0] as Feedback | undefined;
    },
    async feedbackSum(organizationId, { from, until }) {
      const [row] = await db
        .select({ count: whole(sql`count(*)`), sum: whole(sql`sum(${feedbacks.stars})`) })
        .from(feedbacks)
        .where(
          and(
            eq(feedbacks.organizationId, organizationId),
            gte(feedbacks.on, from),
            lte(feedbacks.on, until),
            // Each member's last word by then.
            sql`not exists (select 1 from ${feedbacks} as later where later.id = ${feedbacks.id} and later.version > ${feedbacks.version} and ${sql.raw('later."on"')} <= ${until})`,
          ),
        );
      return row ?? { count: 0, sum: 0 };
    },
    disputesDecided: ({ from, until }, organizationId) =>
      db
        .select({
          divisionCode: o.divisionCode,
          upheld: whole(sql`sum(case when ${s.action} = 'UPHOLD' then 1 else 0 end)`),
          decided: whole(sql`count(*)`),
        })
        .from(s)
        .innerJoin(r, eq(r.id, s.recordId))
        .innerJoin(o, eq(o.id, r.organizationId))
        .where(
          and(
            eq(s.from, "DISPUTED"),
            inArray(s.action, ["UPHOLD", "ADJUST", "REVERSE"]),
            gte(s.at, from),
            lt(s.at, until),
            organizationId ? eq(o.id, organizationId) : undefined,
          ),
        )
        .groupBy(o.divisionCode),
  };
}
