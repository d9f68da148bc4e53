import type { Post, SocialWorker, SocialWorkLevel, Training } from "../../domain/facts/workers";
import type { Day } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { Page, Places } from "./page";

/** A post with the journal position of its last step. */
export type StoredPost = Post & { seq: number };

export interface SocialWorkerQuery {
  organizationId?: string;
  levels?: readonly SocialWorkLevel[];
  /** Only at organisations in these places. */
  within?: Places;
}

/** What can be asked about those who are paid for their work. */
export interface WorkersView {
  socialWorkers(ids: readonly string[]): Soon<Map<string, SocialWorker>>;
  socialWorkerOfPerson(personId: string): Soon<SocialWorker | undefined>;
  /** The sealed profile of each person who is one. */
  profilesOfWorkers(personIds: readonly string[]): Soon<Map<string, string>>;
  /** By organisation, then the longest registered first. */
  socialWorkerList(filter: SocialWorkerQuery, page: Page): Soon<SocialWorker[]>;
  socialWorkerCount(filter: SocialWorkerQuery): Soon<number>;
  /** How many each of these organisations has whose term holds on the day; absent for none. */
  certifiedAt(organizationIds: readonly string[], day: Day): Soon<Map<string, number>>;
  trainings(ids: readonly string[]): Soon<Map<string, Training>>;
  trainingsOf(socialWorkerIds: readonly string[]): Soon<Map<string, Training[]>>;
  posts(ids: readonly string[]): Soon<Map<string, Post>>;
  /** The earliest first, by person; with those that ended. */
  postsOfPersons(personIds: readonly string[]): Soon<Map<string, StoredPost[]>>;
  postsOfOrganization(organizationId: string, page: Page): Soon<Post[]>;
}
