import { disclosuresOf } from "../../src/domain/activities/fundraising";
import { completed, type Fact, type FactOf, type JournalKind } from "../../src/domain/facts";
import type { PolicyVersion } from "../../src/domain/facts/policies";
import { posts } from "../../src/domain/hours";
import { type IndicatorKey, otherKinds } from "../../src/domain/indicators";
import { addDays, addMonths, type Day, dayOf } from "../../src/domain/kit/calendar";
import { decode } from "../../src/domain/ledger/journal";
import { below } from "../../src/domain/organizations";
import { Policies } from "../../src/domain/policies";
import type { Store } from "../../src/storage/store";

type StandingKind = "ORGANIZATION_STEP" | "VOLUNTEER_STEP";
interface Step<K extends StandingKind = StandingKind> {
  day: Day;
  fact: FactOf<K>;
}

/** Everything an indicator is counted from, as the journal alone tells it: no table of the bank is looked at. */
export interface Facts {
  policies: Policies;
  divisions: Map<string, FactOf<"DIVISION_STEP">>;
  /** Of each organisation its steps, the first first. */
  organizations: Step<"ORGANIZATION_STEP">[][];
  /** And of each volunteer. */
  volunteers: Step<"VOLUNTEER_STEP">[][];
  profiles: Map<string, FactOf<"ORGANIZATION_PROFILE_SET">>;
  /** The day on which each record was posted; what replaced another has that one's. */
  posted: Map<string, Day>;
  /** The day of the last entry. */
  today: Day;
  terms: Map<string, { entered: Day; fact: FactOf<"SOCIAL_WORKER_SET"> }>;
  /** Each span on the list as it was said last. */
  spans: Map<string, Omit<FactOf<"LISTING_ENDED">, "type">>;
  last<K extends JournalKind>(kind: K): FactOf<K>[];
}

export async function readFacts(store: Store): Promise<Facts> {
  const last = new Map<string, Map<string, Fact>>();
  const steps = { ORGANIZATION_STEP: new Map<string, Step[]>(), VOLUNTEER_STEP: new Map<string, Step[]>() };
  const terms: Facts["terms"] = new Map();
  const posted: Facts["posted"] = new Map();
  const replaced = new Map<string, string>();
  let today = "";
  const spans: Facts["spans"] = new Map();
  const versions: PolicyVersion[] = [];
  for (let after = -1; ; ) {
    const rows = await store.view.journalAfter(after, 1000);
    if (rows.length === 0) break;
    for (const { body, seq } of rows) {
      const { fact: stored, at } = decode(body);
      const earlier = last.get("RECORD_STEP")?.get("id" in stored ? stored.id : "") as
        | FactOf<"RECORD_STEP">
        | undefined;
      const fact: Fact = stored.type === "RECORD_STEP" ? completed(stored, earlier ?? null) : stored;
      after = seq;
      const day = dayOf(at);
      today = day;
      if (fact.type === "RECORD_STEP" && fact.replacedBy !== null) replaced.set(fact.replacedBy, fact.id);
      if (fact.type === "RECORD_STEP" && posts({ ...fact, to: fact.state }))
        posted.set(fact.id, posted.get(replaced.get(fact.id) ?? "") ?? day);
      if (fact.type === "POLICY_SET") {
        const { type: _, ...version } = fact;
        versions.push({ ...version, seq });
      }
      if (fact.type === "SOCIAL_WORKER_SET") {
        const key = `${fact.id} ${fact.registeredOn}`;
        terms.set(key, { entered: terms.get(key)?.entered ?? day, fact });
      }
      if (fact.type === "RECIPIENT_SET") {
        const { id: recipientId, listedOn, listedUntil, divisionCode } = fact;
        const span = { recipientId, listedOn, listedUntil: listedUntil as string, divisionCode, ending: null };
        spans.set(`${recipientId} ${listedOn}`, span);
      }
      if (fact.type === "LISTING_ENDED") spans.set(`${fact.recipientId} ${fact.listedOn}`, fact);
      const ofKind = last.get(fact.type) ?? new Map<string, Fact>();
      last.set(fact.type, ofKind);
      const keys = fact as {
        id?: string;
        organizationId?: string;
        activityId?: string;
        code?: string;
        quarter?: string;
      };
      const key = keys.id ?? keys.code ?? keys.activityId ?? keys.organizationId ?? `${seq}`;
      ofKind.set(key, fact);
      if (fact.type === "ORGANIZATION_STEP" || fact.type === "VOLUNTEER_STEP") {
        const ofType = steps[fact.type];
        ofType.set(key, [...(ofType.get(key) ?? []), { day, fact }]);
      }
    }
  }
  const all = <K extends JournalKind>(kind: K) => [...(last.get(kind)?.values() ?? [])] as unknown as FactOf<K>[];
  return {
    policies: new Policies(versions),
    divisions: new Map(all("DIVISION_STEP").map((division) => [division.code, division])),
    organizations: [...steps.ORGANIZATION_STEP.values()] as Facts["organizations"],
    volunteers: [...steps.VOLUNTEER_STEP.values()] as Facts["volunteers"],
    profiles: new Map(all("ORGANIZATION_PROFILE_SET").map((profile) => [profile.organizationId, profile])),
    posted,
    today,
    terms,
    spans,
    last: all,
  };
}

/** Numerator and denominator of each indicator of a division and all below it, counted one by one. */
export function recount(
  facts: Facts,
  on: Day,
  head: string,
  today = facts.today,
): Record<IndicatorKey, [number, number | null]> {
  const { policies, divisions, profiles, last } = facts;
  const codes = below(head, divisions as never);
  const inDivision = ({ divisionCode }: { divisionCode: string }) => codes.includes(divisionCode);
  // As each stood on the day, whatever has become of it since.
  const active = <S extends { day: Day; fact: { state: string } }>(all: readonly S[][]): S[] =>
    all.flatMap((steps) => {
      const known = steps.findLast(({ day }) => day <= on);
      return known?.fact.state === "ACTIVE" ? known : [];
    });
  const standing = active(facts.organizations);
  const organizations = standing.filter(({ fact }) => inDivision(fact));
  const where = new Map(
    facts.organizations.flatMap((steps) => {
      const last = steps.at(-1)?.fact;
      return last ? [[last.id, last] as const] : [];
    }),
  );
  const stands = new Set(standing.map(({ fact }) => fact.id));
  const kind = (wanted: string) => organizations.filter(({ fact }) => fact.kind === wanted).length;
  const [month, year] = [on.slice(0, 7), on.slice(0, 4)];
  const during = (day: Day, from: Day) => day >= from && day <= on;

  const marked = (name: string, from: Day) =>
    organizations.filter(({ fact }) =>
      last("AWARD_SET").some(
        (award) =>
          award.organizationId === fact.id && award.name === name && !award.withdrawn && during(award.on, from),
      ),
    ).length;

  const workers = new Map<string, Set<string>>();
  const latest = new Map<string, FactOf<"SOCIAL_WORKER_SET">>();
  for (const { fact, entered } of facts.terms.values())
    if (entered <= on && fact.registeredOn <= on && (latest.get(fact.id)?.registeredOn ?? "") < fact.registeredOn)
      latest.set(fact.id, fact);
  for (const fact of latest.values()) {
    const organization = where.get(fact.organizationId);
    if (!organization || !stands.has(organization.id) || !inDivision(organization) || fact.registeredUntil < on)
      continue;
    workers.set(organization.id, (workers.get(organization.id) ?? new Set()).add(fact.id));
  }
  const towns = codes.filter((code) => ["TOWN", "TOWNSHIP", "SUBDISTRICT"].includes(divisions.get(code)?.kind ?? ""));
  const stations = organizations.filter(({ fact }) => fact.kind === "SOCIAL_WORK_STATION");
  const least = policies.count("station.minCertifiedWorkers", on);

  const end = addDays(addMonths(`${month}-01`, 1), -1);
  const visits = last("VISIT_SET").filter(
    ({ withdrawn, confirmedBy, confirmationsNeeded }) => !withdrawn && confirmedBy.length >= confirmationsNeeded,
  );
  const dead = new Map(visits.flatMap((visit) => (visit.deceased ? [[visit.recipientId, visit.on] as const] : [])));
  // Of each person the last span that began in time and lasted to the month's end, or was cut short during the month.
  const owing = new Map<string, { divisionCode: string; listedOn: string }>();
  for (const { recipientId: id, listedOn, listedUntil, divisionCode, ending } of facts.spans.values()) {
    const stays = ending === "UNLISTED" || ending === "MOVED";
    const lasted = listedUntil === null || (listedUntil >= (stays ? `${month}-01` : end) && listedUntil >= listedOn);
    if (addDays(listedOn, 14) > end || !lasted || (dead.get(id) ?? end) < end) continue;
    if ((owing.get(id)?.listedOn ?? "") < listedOn) owing.set(id, { divisionCode, listedOn });
  }
  const owed = [...owing].flatMap(([id, span]) => (inDivision(span) ? [id] : []));
  // The rate counts whoever was met in the month, whichever obligation the visit meets.
  const visited = new Set(
    visits.flatMap((visit) => (visit.met && visit.on <= on && visit.on.slice(0, 7) === month ? visit.countsForId : [])),
  );
  const records = last("RECORD_STEP").filter((record) => {
    const organization = where.get(record.organizationId);
    return organization && inDivision(organization) && during(dayOf(record.endedAt - 60_000), `${month}-01`);
  });
  const posted = records.filter(({ state }) => state === "POSTED" || state === "DISPUTED");
  const quarterEnds = addDays(
    addMonths(`${year}-${String(Math.floor((Number(on.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, "0")}-01`, 3),
    -1,
  );
  const quarters = last("HOUSEHOLD_QUARTER_SET").filter(
    ({ quarter }) =>
      `${quarter.slice(0, 4)}-${String(Number(quarter.slice(6)) * 3).padStart(2, "0")}` <= quarterEnds.slice(0, 7),
  );
  const begun = new Set(quarters.map(({ householdId }) => householdId));
  const activities = new Map(last("ACTIVITY_STEP").map((activity) => [activity.id, activity]));
  const due = last("FUNDRAISING_SET").flatMap((plan) => {
    const activity = activities.get(plan.activityId);
    const { final } = disclosuresOf(plan, policies);
    return activity && inDivision(activity) && final >= `${year}-01-01` && final < on ? [{ ...plan, final }] : [];
  });
  const people = policies.populations(on).find(({ code }) => code === head)?.people ?? null;
  return {
    SOCIAL_ORGANIZATIONS: [
      organizations.filter(
        ({ fact }) => fact.filingStatus !== "UNREGISTERED" && !otherKinds.includes(fact.kind as never),
      ).length,
      people,
    ],
    CERTIFIED_SOCIAL_WORKERS: [
      [...latest.values()].filter(({ organizationId }) => {
        const organization = where.get(organizationId);
        return organization !== undefined && inDivision(organization);
      }).length,
      null,
    ],
    VISIT_RATE: [owed.filter((id) => visited.has(id)).length, owed.length],
    POINTS_HOUSEHOLDS: [
      last("HOUSEHOLD_SET").filter((household) => inDivision(household) && begun.has(household.id)).length,
      null,
    ],
    HUB_ORGANIZATIONS: [organizations.filter(({ fact }) => profiles.get(fact.id)?.hub === true).length, null],
    VILLAGE_ORGANIZATIONS: [
      organizations.filter(({ fact }) => profiles.get(fact.id)?.villageKind != null).length,
      null,
    ],
    PARTY_SERVICE_CENTERS: [marked("示范型社会组织党群服务中心", "0000-01-01"), null],
    SOCIAL_WORK_AGENCIES: [kind("SOCIAL_WORK_AGENCY"), null],
    NEW_SOCIAL_WORK_AGENCIES: [marked("重点培育社会工作服务机构", `${year}-01-01`), null],
    STATION_COVERAGE: [
      towns.filter((code) => stations.some(({ fact }) => fact.divisionCode === code)).length,
      towns.length,
    ],
    COMPLIANT_STATIONS: [
      stations.filter(({ fact }) => (workers.get(fact.id)?.size ?? 0) >= least).length,
      stations.length,
    ],
    VOLUNTEERS: [active(facts.volunteers).filter(({ fact }) => inDivision(fact)).length, null],
    SERVICE_MINUTES: [posted.reduce((sum, { serviceMinutes }) => sum + serviceMinutes, 0), null],
    RECORDS_ON_TIME: [
      posted.filter(({ id, recordBy }) => (facts.posted.get(id) ?? "") <= recordBy).length,
      posted.length +
        records.filter(({ state, recordBy }) => ["DRAFT", "SUBMITTED", "RETURNED"].includes(state) && recordBy < today)
          .length,
    ],
    CHARITY_BASES: [kind("CHARITY_BASE"), null],
    CAMPAIGN_ACTIVITIES: [
      [...activities.values()].filter(
        (activity) =>
          inDivision(activity) &&
          activity.campaignId !== null &&
          ["ENDED", "RECORDING", "CLOSED"].includes(activity.state) &&
          during(dayOf(activity.endsAt - 60_000), `${year}-01-01`),
      ).length,
      null,
    ],
    DISCLOSED_IN_TIME: [
      due.filter(({ disclosedOn, final }) => disclosedOn !== null && (disclosedOn as Day) <= final).length,
      due.length,
    ],
  };
}
