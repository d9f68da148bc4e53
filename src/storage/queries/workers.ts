import { and, eq, gte, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { Post, SocialWorker, Training } from "../../domain/facts/workers";
import type { SocialWorkerQuery, StoredPost, WorkersView } from "../store";
import { type Database, grouped, inChunks, keyed, listed, openLookup, rowsOf, whole } from "./lookups";

/** Social workers, what they have learnt, and paid posts. */
export function openWorkersView(db: Database, t: Tables): WorkersView {
  const lookup = openLookup(db);
  const { socialWorkers, trainings, posts } = t;
  const workersById = lookup<SocialWorker>("worker", socialWorkers, socialWorkers.id);
  const workersByPerson = lookup<SocialWorker>("worker_person", socialWorkers, socialWorkers.personId);
  const trainingsById = lookup<Training>("training", trainings, trainings.id);
  const trainingsByWorker = lookup<Training>(
    "training_worker",
    trainings,
    trainings.socialWorkerId,
    trainings.on,
    trainings.id,
  );
  const postsById = lookup<Post>("post", posts, posts.id);
  const postsByPerson = lookup<StoredPost>("post_person", posts, posts.personId, posts.validFrom, posts.id);

  return {
    socialWorkers: async (ids) => keyed(await workersById(ids), (row) => row.id),
    socialWorkerOfPerson: async (personId) => (await workersByPerson([personId]))[0],
    profilesOfWorkers: async (ids) =>
      new Map((await workersByPerson(ids)).map(({ personId, profileId }) => [personId, profileId])),
    socialWorkerList: (filter, page) =>
      listed(page, {
        order: [
          { column: socialWorkers.organizationId },
          { column: socialWorkers.registeredOn },
          { column: socialWorkers.id },
        ],
        where: matching(filter),
        select: rowsOf(db, socialWorkers),
      }),
    async socialWorkerCount(filter) {
      const [row] = await db
        .select({ count: whole(sql`count(*)`) })
        .from(socialWorkers)
        .where(matching(filter));
      return row?.count ?? 0;
    },
    async certifiedAt(ids, day) {
      const rows = await inChunks(ids, async (chunk) =>
        db
          .select({ organizationId: socialWorkers.organizationId, count: whole(sql`count(*)`) })
          .from(socialWorkers)
          .where(and(inArray(socialWorkers.organizationId, chunk), gte(socialWorkers.registeredUntil, day)))
          .groupBy(socialWorkers.organizationId),
      );
      return new Map(rows.map((row) => [row.organizationId, row.count]));
    },
    trainings: async (ids) => keyed(await trainingsById(ids), (row) => row.id),
    trainingsOf: async (ids) => grouped(await trainingsByWorker(ids), (row) => row.socialWorkerId),
    posts: async (ids) => keyed(await postsById(ids), (row) => row.id),
    postsOfPersons: async (ids) => grouped(await postsByPerson(ids), (row) => row.personId),
    postsOfOrganization: (organizationId, page) =>
      listed(page, {
        order: [{ column: posts.id }],
        where: eq(posts.organizationId, organizationId),
        select: rowsOf(db, posts),
      }),
  };

  function matching({ organizationId, levels, within }: SocialWorkerQuery): SQL | undefined {
    return and(
      organizationId === undefined ? undefined : eq(socialWorkers.organizationId, organizationId),
      levels && inArray(socialWorkers.level, [...levels]),
      within &&
        or(
          within.organizationIds.length
            ? inArray(socialWorkers.organizationId, [...within.organizationIds])
            : undefined,
          within.divisionCodes.length
            ? sql`exists (select 1 from ${t.organizations} where ${t.organizations.id} = ${socialWorkers.organizationId} and ${inArray(t.organizations.divisionCode, [...within.divisionCodes])})`
            : undefined,
          sql`1 = 0`,
        ),
    );
  }
}
