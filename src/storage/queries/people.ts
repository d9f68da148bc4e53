import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, ne, not, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { CapacityStep } from "../../domain/facts/capacities";
import type { Division, Organization } from "../../domain/facts/organizations";
import type { Grant, InvitationState, Volunteer, VolunteerMove, VolunteerState } from "../../domain/facts/people";
import type { ServiceTotals } from "../../domain/hours/totals";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import { meant, readNumber } from "../../domain/people/numbers";
import { countingStates } from "../../domain/ratings";
import type {
  Erasure,
  Merging,
  OrganizationFilter,
  PeopleView,
  Sealed,
  StoredGrant,
  StoredGuardianship,
  StoredIdentityLink,
  StoredInvitation,
  StoredPost,
  StoredVolunteer,
} from "../store";
import {
  all,
  chunk,
  type Database,
  grouped,
  holds,
  inChunks,
  keyed,
  listed,
  openList,
  openLookup,
  prepare,
  rowsOf,
  whole,
  wholeOf,
} from "./lookups";
import { openTiesView, tiedTo } from "./ties";

/** The parameters for the terms of a name: its last ones, since given names differ more than the words before them. */
const namedBy = ["name0", "name1", "name2", "name3"];

/** Places, organisations, people and what is sealed of them. */
export function openPeopleView(db: Database, t: Tables): PeopleView {
  const lookup = openLookup(db);
  const organizationsById = lookup<Organization>("organization", t.organizations, t.organizations.id);
  const organizationsBySlug = lookup<Organization>("organization_slug", t.organizations, t.organizations.slug);
  const organizationsByName = lookup<Organization>("organization_name", t.organizations, t.organizations.name);
  const organizationsByUscc = lookup<Organization>("organization_uscc", t.organizations, t.organizations.uscc);
  const volunteersById = lookup<StoredVolunteer>("volunteer", t.volunteers, t.volunteers.id);
  // Numbers of earlier releases keep the case in which they were given; an index knows them in upper case.
  const readNo = sql`upper(${t.volunteers.volunteerNo})`;
  const volunteersByNo = lookup<Volunteer>("volunteer_no", t.volunteers, readNo, t.volunteers.id);
  const volunteersByPerson = lookup<Volunteer>("volunteer_person", t.volunteers, t.volunteers.personId);
  const volunteersTogether = openList<
    string,
    { volunteer: Volunteer; post: StoredPost | null; grant: StoredGrant | null }
  >(db, "volunteer_together", (places) =>
    db
      .select({ volunteer: t.volunteers, post: t.posts, grant: t.grants })
      .from(t.volunteers)
      .leftJoin(t.posts, eq(t.posts.personId, t.volunteers.personId))
      .leftJoin(t.grants, eq(t.grants.personId, t.volunteers.personId))
      .where(inArray(readNo, places))
      .orderBy(asc(t.volunteers.id), asc(t.posts.validFrom), asc(t.posts.id), asc(t.grants.id)),
  );
  const postsByPerson = lookup<StoredPost>("post_person", t.posts, t.posts.personId, t.posts.validFrom, t.posts.id);
  const byNo = (nos: readonly string[], volunteers: readonly Volunteer[]) => {
    const alike = grouped(volunteers, (row) => row.volunteerNo.toUpperCase());
    const pairs = nos.map((no) => [no, meant(no, alike.get(readNumber(no)) ?? [])] as const);
    return new Map(pairs.flatMap(([no, volunteer]) => (volunteer ? [[no, volunteer]] : [])));
  };
  /** Registrations that were merged into another are a trace, and nobody's own. */
  const unmerged = (personIds: readonly string[]) =>
    whenKnown(volunteersByPerson(personIds), (rows) => rows.filter(({ state }) => state !== "MERGED"));
  const everMergedByPerson = lookup<Merging>("merged", t.mergedPersons, t.mergedPersons.personId);
  const everMergedByKept = lookup<Merging>("merged_into", t.mergedPersons, t.mergedPersons.keptId);
  /** The mergings that have not ended. */
  const holding = (mergings: readonly Merging[]) => mergings.filter(({ endedAt }) => endedAt === null);
  const mergesByPerson = (ids: readonly string[]) => whenKnown(everMergedByPerson(ids), holding);
  const mergesByKept = async (ids: readonly string[]) => holding(await everMergedByKept(ids));
  const stepsByCapacity = lookup<CapacityStep>(
    "capacity_step",
    t.capacitySteps,
    t.capacitySteps.capacityId,
    t.capacitySteps.version,
  );
  const stepsByVolunteer = lookup<VolunteerMove>(
    "volunteer_step",
    t.volunteerSteps,
    t.volunteerSteps.volunteerId,
    t.volunteerSteps.version,
  );
  const totalsByVolunteer = lookup<ServiceTotals>("totals", t.serviceTotals, t.serviceTotals.volunteerId);
  const grantsById = lookup<Grant>("grant", t.grants, t.grants.id);
  const grantsByPerson = lookup<StoredGrant>("grant_person", t.grants, t.grants.personId, t.grants.id);
  const grantsByOrganization = lookup<Grant>("grant_organization", t.grants, t.grants.organizationId, t.grants.id);
  const grantsByRole = lookup<Grant>("grant_role", t.grants, t.grants.role, t.grants.id);
  const nameTerm = sql`select 1 from ${t.searchTerms} where ${t.searchTerms.personId} = ${t.grants.personId} and ${t.searchTerms.kind} = 'name'`;
  const hasNameTerm = (key: string) => sql`exists (${nameTerm} and ${t.searchTerms.hash} = ${sql.placeholder(key)})`;
  const holdersNamed = (name: string, place: SQL) =>
    prepare(db, name, () =>
      db
        .selectDistinct({ personId: t.grants.personId })
        .from(t.grants)
        .where(and(place, or(and(...namedBy.map(hasNameTerm)), sql`not exists (${nameTerm})`))),
    );
  const holdersNamedAt = holdersNamed("holders_at", eq(t.grants.organizationId, sql.placeholder("at")));
  const holdersNamedOfBank = holdersNamed("holders_of_bank", isNull(t.grants.organizationId));
  const termsOfPerson = prepare(db, "terms_of_person", () => {
    const { kind, hash, personId } = t.searchTerms;
    return db
      .select({ kind, hash })
      .from(t.searchTerms)
      .where(eq(personId, sql.placeholder("personId")));
  });
  const erasuresByPerson = lookup<Erasure>("erasure", t.erasures, t.erasures.personId);
  const staffById = lookup<{ personId: string; profileId: string }>("staff", t.staff, t.staff.personId);
  const identitiesByHash = lookup<{ hash: string; personId: string; ended: number | null }>(
    "identity",
    t.identities,
    t.identities.hash,
  );
  const identityLinksById = lookup<StoredIdentityLink>("identity_link", t.identityLinks, t.identityLinks.id);
  const identityLinksByPerson = lookup<StoredIdentityLink>(
    "identity_person",
    t.identityLinks,
    t.identityLinks.personId,
    t.identityLinks.openedSeq,
  );
  const identityLinksByHash = lookup<StoredIdentityLink>(
    "identity_hash",
    t.identityLinks,
    t.identityLinks.hash,
    t.identityLinks.openedSeq,
  );
  const invitationsById = lookup<StoredInvitation>("invitation", t.invitations, t.invitations.id);
  const invitationsByCode = lookup<StoredInvitation>("invitation_code", t.invitations, t.invitations.codeHash);
  const invitationsByPerson = lookup<StoredInvitation>(
    "invitation_person",
    t.invitations,
    t.invitations.personId,
    t.invitations.openedSeq,
  );
  const wrongCodesByWho = lookup<{ times: number[] }>("wrong_codes", t.wrongCodes, t.wrongCodes.who);
  const guardianshipsByVolunteer = lookup<StoredGuardianship>(
    "guardian",
    t.guardians,
    t.guardians.volunteerId,
    t.guardians.id,
  );
  const guardianshipsByPerson = lookup<StoredGuardianship>("ward", t.guardians, t.guardians.personId, t.guardians.id);
  const sealedById = lookup<Sealed>("sealed", t.sealed, t.sealed.id);
  const allDivisions = prepare(db, "divisions", () => db.select().from(t.divisions).orderBy(asc(t.divisions.seq)));

  return {
    ...openTiesView(db, t),
    divisions: () => wholeOf<Division>(db, t.divisions, () => all(allDivisions)),
    organizations: (ids) => whenKnown(organizationsById(ids), (rows) => keyed(rows, (row) => row.id)),
    organizationBySlug: async (slug) => (await organizationsBySlug([slug]))[0],
    organizationByUscc: async (uscc) => (await organizationsByUscc([uscc]))[0],
    organizationsBySlug,
    organizationsByUscc,
    organizationsByName,
    organizationList: (filter, page) =>
      listed(page, {
        order: [{ column: t.organizations.name }, { column: t.organizations.id }],
        where: organizationFilter(filter),
        select: rowsOf(db, t.organizations),
      }),
    async organizationCount(filter) {
      const rows = await db
        .select({ count: whole(sql`count(*)`) })
        .from(t.organizations)
        .where(organizationFilter(filter));
      return rows[0]?.count ?? 0;
    },
    volunteers: (ids) => whenKnown(volunteersById(ids), (rows) => keyed(rows, (row) => row.id)),
    volunteerByNo: async (no) => meant(no, await volunteersByNo([readNumber(no)])),
    volunteersByNo: async (nos) => byNo(nos, await volunteersByNo(nos.map(readNumber))),
    async volunteersToLog(nos) {
      const rows = await volunteersTogether([...new Set(nos.map(readNumber))]);
      const volunteers = [
        ...keyed(
          rows.map(({ volunteer }) => volunteer),
          ({ id }) => id,
        ).values(),
      ];
      const people = volunteers.map(({ personId }) => personId);
      postsByPerson.know(people, [
        ...keyed(
          rows.flatMap(({ post }) => post ?? []),
          ({ id }) => id,
        ).values(),
      ]);
      grantsByPerson.know(people, [
        ...keyed(
          rows.flatMap(({ grant }) => grant ?? []),
          ({ id }) => id,
        ).values(),
      ]);
      return byNo(nos, volunteers);
    },
    volunteerOfPerson: (personId) => whenKnown(unmerged([personId]), ([volunteer]) => volunteer),
    volunteersOfPersons: async (ids) => keyed(await unmerged(ids), (row) => row.personId),
    mergedInto: function mergedInto(personId): Soon<string | undefined> {
      return whenKnown(mergesByPerson([personId]), ([merged]) =>
        merged ? whenKnown(mergedInto(merged.keptId), (last) => last ?? merged.keptId) : undefined,
      );
    },
    async standing(personIds) {
      const now = new Map(personIds.map((id) => [id, id]));
      for (let merged = await mergesByPerson([...now.keys()]); merged.length > 0; ) {
        const into = new Map(merged.map((row) => [row.personId, row.keptId]));
        for (const [id, at] of now) now.set(id, into.get(at) ?? at);
        merged = await mergesByPerson([...new Set(into.values())]);
      }
      return now;
    },
    async selves(personId) {
      const personIds: string[] = [];
      for (let ids = [personId]; ids.length > 0; ids = (await mergesByKept(ids)).map((merged) => merged.personId))
        personIds.push(...ids);
      return personIds;
    },
    mergingsInto: (personId) => mergesByKept([personId]),
    mergingOf: async (personId) => (await mergesByPerson([personId]))[0],
    capacitySteps: async (ids) => grouped(await stepsByCapacity(ids), (row) => row.capacityId),
    volunteerSteps: async (ids) => grouped(await stepsByVolunteer(ids), (row) => row.volunteerId),
    async stateBefore(volunteerId, state) {
      const { volunteerStandings: s } = t;
      const [row] = await db
        .select({ state: s.state })
        .from(s)
        .where(and(eq(s.volunteerId, volunteerId), notInArray(s.state, [state, "MERGED"])))
        .orderBy(desc(s.version))
        .limit(1);
      return row?.state as VolunteerState | undefined;
    },
    profilesOfVolunteers: async (ids) =>
      new Map((await unmerged(ids)).map(({ personId, profileId }) => [personId, profileId])),
    volunteerList(filter, page) {
      const { within } = filter;
      const conditions = [
        filter.no === undefined ? undefined : eq(readNo, readNumber(filter.no)),
        filter.states && inArray(t.volunteers.state, [...filter.states]),
        filter.divisionCodes && inArray(t.volunteers.divisionCode, [...filter.divisionCodes]),
        filter.personIds && inArray(t.volunteers.personId, [...filter.personIds].slice(0, chunk)),
        ...(filter.terms?.hashes ?? []).map(
          (hash) =>
            sql`exists (select 1 from ${t.searchTerms} where ${t.searchTerms.hash} = ${hash} and ${t.searchTerms.kind} = ${filter.terms?.kind} and ${t.searchTerms.personId} = ${t.volunteers.personId})`,
        ),
        within &&
          or(
            within.divisionCodes.length ? inArray(t.volunteers.divisionCode, [...within.divisionCodes]) : undefined,
            tiedTo(t, within.organizationIds, within),
          ),
      ];
      return listed(page, {
        order: [{ column: t.volunteers.volunteerNo }],
        where: and(...conditions),
        select: rowsOf(db, t.volunteers),
      });
    },
    totals: (ids) => whenKnown(totalsByVolunteer(ids), (rows) => keyed(rows, (row) => row.volunteerId)),
    grants: (ids) => whenKnown(grantsById(ids), (rows) => keyed(rows, (row) => row.id)),
    grantsOfPersons: (ids) => whenKnown(grantsByPerson(ids), (rows) => grouped(rows, (row) => row.personId)),
    grantsOfOrganization: (id) => grantsByOrganization([id]),
    async holdersNamed(organizationId, hashes) {
      const statement = organizationId === null ? holdersNamedOfBank : holdersNamedAt;
      const keys = namedBy.map((key, i) => [key, hashes.at(-1 - i) ?? hashes.at(-1)]);
      const rows = await all<{ personId: string }>(statement, { at: organizationId, ...Object.fromEntries(keys) });
      return rows.map(({ personId }) => personId);
    },
    grantsByRole: (role) => grantsByRole([role]),
    guardianshipsFor: (ids) =>
      whenKnown(guardianshipsByVolunteer(ids), (rows) => grouped(rows, (row) => row.volunteerId)),
    guardianshipsOf: (personId) => guardianshipsByPerson([personId]),
    async personOfIdentity(hash) {
      const [identity] = await identitiesByHash([hash]);
      return identity?.ended ? undefined : identity?.personId;
    },
    async personsOfIdentities(hashes) {
      const known = await identitiesByHash(hashes);
      return new Map(known.flatMap(({ hash, personId, ended }) => (ended ? [] : [[hash, personId] as const])));
    },
    identityLinks: async (ids) => keyed(await identityLinksById(ids), (row) => row.id),
    identityLinksOf: async (ids) => grouped(await identityLinksByPerson(ids), (row) => row.personId),
    identityLinksByHash: (hash) => identityLinksByHash([hash]),
    invitations: async (ids) => keyed(await invitationsById(ids), (row) => row.id),
    invitationByCode: async (codeHash) => (await invitationsByCode([codeHash]))[0],
    invitationsOf: async (ids) => grouped(await invitationsByPerson(ids), (row) => row.personId as string),
    invitationList({ organizationId, states, now }, page) {
      const { invitations: i } = t;
      const standsAs = (state: InvitationState) =>
        state === "EXPIRED"
          ? and(eq(i.state, "OPEN"), lte(i.expiresAt, now))
          : and(eq(i.state, state), state === "OPEN" ? gt(i.expiresAt, now) : undefined);
      return listed(page, {
        order: [{ column: i.openedSeq, down: true, count: true }],
        where: and(eq(i.organizationId, organizationId), states && or(sql`1 = 0`, ...states.map(standsAs))),
        select: rowsOf(db, i),
      });
    },
    wrongCodes: async (who) => (await wrongCodesByWho([who]))[0]?.times ?? [],
    async lastPartingSeq(afterSeq) {
      const { identityLinks: link, volunteers: v } = t;
      const unlinked = await db
        .select({ seq: whole(sql`max(${link.seq})`) })
        .from(link)
        .where(and(eq(link.state, "UNLINKED"), gt(link.seq, afterSeq)));
      const died = await db
        .select({ seq: whole(sql`max(${v.seq})`) })
        .from(v)
        .where(and(sql.raw("state = 'DECEASED'"), gt(v.seq, afterSeq)));
      // Nobody is parted from a login by the bank's first entry.
      return Math.max(...[...unlinked, ...died].map(({ seq }) => seq)) || -1;
    },
    async grantedPersons({ on, roles, within, personIds }, page) {
      const { grants: g } = t;
      const placed =
        within &&
        or(
          sql`1 = 0`,
          within.organizationIds.length ? inArray(g.organizationId, [...within.organizationIds]) : undefined,
          within.divisionCodes.length
            ? sql`exists (select 1 from ${t.organizations} where ${t.organizations.id} = ${g.organizationId} and ${inArray(t.organizations.divisionCode, [...within.divisionCodes])})`
            : undefined,
        );
      const rows = await listed<{ personId: string }>(page, {
        order: [{ column: g.personId }],
        where: and(
          lte(g.validFrom, on),
          or(isNull(g.validUntil), gte(g.validUntil, on)),
          roles && inArray(g.role, [...roles]),
          personIds && inArray(g.personId, [...personIds].slice(0, chunk)),
          placed,
        ),
        // A cast for the reason of `selecting`.
        select: (fields) => db.selectDistinct((fields ?? { personId: g.personId }) as never).from(g),
        counted: sql`count(distinct ${g.personId})`,
      });
      return rows.map(({ personId }) => personId);
    },
    profilesOfStaff: async (ids) =>
      new Map((await staffById(ids)).map(({ personId, profileId }) => [personId, profileId])),
    async personsByTerm(kind, hashes) {
      const rows = await inChunks(hashes, async (chunk) =>
        db
          .select({ personId: t.searchTerms.personId, hash: t.searchTerms.hash })
          .from(t.searchTerms)
          .where(and(eq(t.searchTerms.kind, kind), inArray(t.searchTerms.hash, chunk))),
      );
      const byPerson = grouped(rows, (row) => row.personId);
      const wanted = new Set(hashes).size;
      return [...byPerson]
        .filter(([, terms]) => new Set(terms.map((term) => term.hash)).size === wanted)
        .map(([personId]) => personId);
    },
    searchTermsOf: (personId) => all(termsOfPerson, { personId }),
    async hasTerm(personId, kind) {
      const where = and(eq(t.searchTerms.personId, personId), eq(t.searchTerms.kind, kind));
      return (await db.select({ kind: t.searchTerms.kind }).from(t.searchTerms).where(where).limit(1)).length > 0;
    },
    async sealedOfPerson(personId) {
      return db
        .select({ id: t.sealed.id, seq: t.sealed.seq })
        .from(t.sealed)
        .where(eq(t.sealed.personId, personId))
        .orderBy(asc(t.sealed.seq));
    },
    erasure: async (personId) => (await erasuresByPerson([personId]))[0],
    async erasures(limit) {
      const rows = await db
        .select({ personId: t.erasures.personId })
        .from(t.erasures)
        .orderBy(desc(t.erasures.seq))
        .limit(limit);
      return rows.map(({ personId }) => personId);
    },
    sealed: (ids) => whenKnown(sealedById(ids), (rows) => keyed(rows, (row) => row.id)),
  };

  function certified({ on, least, reached }: NonNullable<OrganizationFilter["certified"]>): SQL {
    const count = sql`(select count(*) from ${t.socialWorkers} where ${t.socialWorkers.organizationId} = ${t.organizations.id} and ${t.socialWorkers.registeredUntil} >= ${on})`;
    const enough = reached ? sql`${count} >= ${least}` : sql`${count} < ${least}`;
    return sql`(${t.organizations.kind} = 'SOCIAL_WORK_STATION' and ${enough})`;
  }

  function profiled(condition: SQL): SQL {
    return sql`exists (select 1 from ${t.organizationProfiles} where ${t.organizationProfiles.organizationId} = ${t.organizations.id} and ${condition})`;
  }
  function starred({ least, on }: NonNullable<OrganizationFilter["stars"]>): SQL {
    const { ratings: r } = t;
    return sql`${t.organizations.state} <> 'DISSOLVED' and exists (select 1 from ${r} where ${r.organizationId} = ${t.organizations.id} and ${r.instrument} = 'PLATFORM_STAR' and ${inArray(r.state, [...countingStates])} and ${r.level} >= ${least} and ${r.validUntil} >= ${on})`;
  }
  function isHub(hub: boolean): SQL {
    const condition = profiled(eq(t.organizationProfiles.hub, true));
    return hub ? condition : not(condition);
  }

  function organizationFilter(filter: OrganizationFilter): SQL | undefined {
    return and(
      filter.slug === undefined ? undefined : eq(t.organizations.slug, filter.slug),
      filter.text === undefined ? undefined : holds(sql`lower(${t.organizations.name})`, filter.text.toLowerCase()),
      filter.kinds && inArray(t.organizations.kind, [...filter.kinds]),
      filter.divisionCodes && inArray(t.organizations.divisionCode, [...filter.divisionCodes]),
      filter.certified && and(ne(t.organizations.state, "DISSOLVED"), certified(filter.certified)),
      filter.hub === undefined ? undefined : isHub(filter.hub),
      filter.stars && starred(filter.stars),
      filter.villageKinds && profiled(inArray(t.organizationProfiles.villageKind, [...filter.villageKinds])),
    );
  }
}
