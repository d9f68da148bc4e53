import type { Instant } from "../kit/calendar";
import type { Minutes } from "../kit/minutes";

/** Totals by subject (a campaign, an activity or a shift); those of campaigns are also broken down. */
export const tallyDimensions = ["TOTAL", "DIVISION", "ORGANIZATION", "TIMELINE"] as const;
export type TallyDimension = (typeof tallyDimensions)[number];

export interface Counts {
  activities: number;
  organizations: number;
  /** Different people who hold a place. */
  volunteers: number;
  /** Places taken, and people waiting for one. */
  signedUp: number;
  waitlisted: number;
  checkedIn: number;
  /** Of confirmed records. */
  serviceMinutes: Minutes;
  donatedMinutes: Minutes;
}
export interface Tally extends Counts {
  subject: string;
  dimension: TallyDimension;
  key: string;
}
export const noCounts: Counts = {
  activities: 0,
  organizations: 0,
  volunteers: 0,
  signedUp: 0,
  waitlisted: 0,
  checkedIn: 0,
  serviceMinutes: 0,
  donatedMinutes: 0,
};

/** The place at which something happened that counts. */
export interface TallyPlace {
  campaignId: string | null;
  activityId: string;
  shiftId?: string;
  divisionCode: string;
  organizationId: string;
}

/** The timeline's step: a quarter of an hour. */
export const timelineMs = 900_000;
export const timelineKey = (at: Instant) => new Date(Math.floor(at / timelineMs) * timelineMs).toISOString();
