import { postSet, socialWorkerSet, trainingSet } from "../../src/domain/facts/workers";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** People who are paid for what they do here: certified social workers, and community workers with their posts. */
export function defineWorkersTables(kit: Kit) {
  const { index, uniqueIndex } = kit;
  /** Projection of SOCIAL_WORKER_SET. */
  const socialWorkers = projected(kit, socialWorkerSet.into.socialWorkers, (t) => [
    uniqueIndex("social_workers_person").on(t.personId),
    uniqueIndex("social_workers_certificate").on(t.certificateHash),
    index("social_workers_organization").on(t.organizationId, t.registeredUntil),
  ]);

  /** Projection of SOCIAL_WORKER_SET: each term, and where its holder was registered for it last. */
  const socialWorkerTerms = projected(kit, socialWorkerSet.into.socialWorkerTerms, (t) => [
    index("social_worker_terms_organization").on(t.organizationId, t.registeredUntil),
  ]);

  /** Projection of TRAINING_SET. */
  const trainings = projected(kit, trainingSet.into.trainings, (t) => [
    index("trainings_worker").on(t.socialWorkerId, t.on),
  ]);

  /** Projection of POST_SET. */
  const posts = projected(kit, postSet.into.posts, (t) => [
    index("posts_person").on(t.personId, t.validFrom),
    index("posts_organization").on(t.organizationId, t.id),
  ]);

  return { socialWorkers, socialWorkerTerms, trainings, posts };
}
