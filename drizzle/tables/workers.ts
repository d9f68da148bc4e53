import { communityPosts } from "../../src/domain/workers/posts";
import { socialWorkLevels } from "../../src/domain/workers/social-workers";
import type { Kit } from "../kit.sqlite";
import { oneOf } from "./checks";

/** People who are paid for what they do here: certified social workers, and community workers with their posts. */
export function defineWorkersTables({ table, text, int, flag, index, uniqueIndex, check, primaryKey }: Kit) {
  /** Projection of SOCIAL_WORKER_SET. */
  const socialWorkers = table(
    "social_workers",
    {
      id: text().primaryKey(),
      personId: text().notNull(),
      organizationId: text().notNull(),
      level: text().notNull(),
      certificateHash: text().notNull(),
      registeredOn: text().notNull(),
      registeredUntil: text().notNull(),
      profileId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("social_worker_level", oneOf("level", socialWorkLevels)),
      uniqueIndex("social_workers_person").on(t.personId),
      uniqueIndex("social_workers_certificate").on(t.certificateHash),
      index("social_workers_organization").on(t.organizationId, t.registeredUntil),
    ],
  );

  /** Projection of SOCIAL_WORKER_SET: each term, and where its holder was registered for it last. */
  const socialWorkerTerms = table(
    "social_worker_terms",
    {
      socialWorkerId: text().notNull(),
      organizationId: text().notNull(),
      registeredOn: text().notNull(),
      registeredUntil: text().notNull(),
      /** The civil day on which it was first entered. */
      enteredOn: text().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.socialWorkerId, t.registeredOn], name: "social_worker_terms_pk" }),
      index("social_worker_terms_organization").on(t.organizationId, t.registeredUntil),
    ],
  );

  /** Projection of TRAINING_SET. */
  const trainings = table(
    "trainings",
    {
      id: text().primaryKey(),
      socialWorkerId: text().notNull(),
      hours: int().notNull(),
      on: text().notNull(),
      detailsId: text().notNull(),
      withdrawn: flag().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [index("trainings_worker").on(t.socialWorkerId, t.on)],
  );

  /** Projection of POST_SET. */
  const posts = table(
    "posts",
    {
      id: text().primaryKey(),
      personId: text().notNull(),
      organizationId: text().notNull(),
      post: text().notNull(),
      grade: int().notNull(),
      validFrom: text().notNull(),
      validUntil: text(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("post_kind", oneOf("post", communityPosts)),
      index("posts_person").on(t.personId, t.validFrom),
      index("posts_organization").on(t.organizationId, t.id),
    ],
  );

  return { socialWorkers, socialWorkerTerms, trainings, posts };
}
