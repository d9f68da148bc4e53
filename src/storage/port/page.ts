import type { Day, Instant } from "../../domain/kit/calendar";

/**
 * A page of a list by position, in the order the list is given: at most so many rows between two positions, neither of them
 * counted in. Read backwards it is the last of them, and the last row stands first.
 */
export interface Page {
  first: number;
  after: string[] | null;
  before?: string[] | null;
  backwards?: boolean;
  /** The rows are counted instead, and none is given. What is a list of several parts adds them up. */
  counting?: { total: number };
}

/** Organisations by id, and all organisations of these divisions. */
export interface Places {
  organizationIds: readonly string[];
  divisionCodes: readonly string[];
}

/** Both days counted in. */
export interface Days {
  from: Day;
  until: Day;
}
/** From the first instant, up to and without the last. */
export interface Instants {
  from: Instant;
  until: Instant;
}
