import type { MonthReport } from "../../domain/facts/indicators";
import type { FilingStatus, OrganizationKind } from "../../domain/facts/organizations";
import type { RecordsAlike } from "../../domain/hours";
import type { Day } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { OrganizationMark } from "../../domain/organizations";
import type { Days } from "./page";

interface CountOf {
  divisionCode: string;
  count: number;
}
/** Sums for the office, by division: of what stands on a day, or lies within a span. */
export interface IndicatorsView {
  /** Organisations at work on the day; their kind, hub and village as they are described today. */
  organizationsOn(
    day: Day,
  ): Soon<(CountOf & { kind: OrganizationKind; filingStatus: FilingStatus; hub: boolean; village: boolean })[]>;
  /** Organisations at work on the last of the days that were given the mark within them. */
  markedDuring(mark: OrganizationMark, days: Days): Soon<CountOf[]>;
  /** People who hold a certificate and were registered with it by the day, where their latest term was; whether or not it still runs. */
  certificateHolders(day: Day): Soon<CountOf[]>;
  /** Social workers whose registration holds on the day, by organisation. */
  certifiedOn(day: Day): Soon<(CountOf & { organizationId: string; kind: OrganizationKind })[]>;
  /** Records of services whose day lies within the days, as they stand today; of all, or of one organisation's. */
  recordsDuring(days: Days, today: Day, organizationId?: string): Soon<(RecordsAlike & { divisionCode: string })[]>;
  /** How many volunteers were active where, from their first such day until the day before the other; null where they are. */
  volunteerSpans(): Soon<(CountOf & { from: Day; until: Day | null })[]>;
  householdsIn(quarter: string): Soon<CountOf[]>;
  /** Of these months, those that were reported, by month. */
  monthReports(months: readonly string[]): Soon<Map<string, MonthReport>>;
  campaignActivitiesDuring(days: Days): Soon<CountOf[]>;
  /** Of all, or of one organisation's. */
  fundraisingsEnding(
    days: Days,
    organizationId?: string,
  ): Soon<{ divisionCode: string; startsOn: Day; endsOn: Day; emergency: boolean; disclosedOn: Day | null }[]>;
}
