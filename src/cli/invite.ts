import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { extname } from "node:path";
import { isInForce, system } from "../domain/actors";
import { groupCode } from "../domain/invitations";
import type { Language } from "../domain/language";
import type { Organization } from "../domain/organizations";
import { type Volunteer, welcomeStates } from "../domain/volunteers";
import type { Invitee } from "../services/contract";
import { checkCsv, readCsv, UnreadableFile, writeCsv } from "../services/exchange/csv";
import { type InvitationCard, invitationSheet } from "../web/drawn/cards";
import { type OpenBank, Stop } from "./output";

export interface InviteOptions {
  organization: string;
  /** A CSV with the column `volunteer_no`, such as the file that was imported. */
  volunteers?: string;
  allWithoutIdentity: boolean;
  out: string;
  language: Language;
  publicUrl: string;
}

const batch = 1000;
const columns = { required: ["volunteer_no"], headers: { volunteer_no: ["志愿者编号", "编号"] } };
type Cards = readonly InvitationCard[];
const formats: Readonly<
  Record<string, (cards: Cards, given: { organizationName: string; language: Language }) => string | Promise<string>>
> = {
  ".html": invitationSheet,
  ".csv": csvOf,
  ".json": (cards) => `${JSON.stringify(cards, null, 2)}\n`,
};

async function csvOf(cards: Cards): Promise<string> {
  const sheet = writeCsv(["name", "volunteer_no", "code", "link", "expires_on"]);
  for (const { name, volunteerNo, code, link, expiresOn } of cards)
    sheet.write([name, volunteerNo, groupCode(code), link, expiresOn]);
  sheet.end();
  return (await sheet.toArray()).join("");
}

/**
 * Invites the volunteers of a list, or everybody of an organisation who has no way in yet, and writes a card for each. The
 * codes stand in that file and nowhere else, so it is opened first, for its owner alone.
 */
export async function invitePeople(bank: OpenBank, options: InviteOptions): Promise<{ invited: number; out: string }> {
  const { services, options: opened } = bank;
  const format = formats[extname(options.out).toLowerCase()];
  if (!format) throw new Stop(`--out ends with ${Object.keys(formats).join(", ")}`, 64);
  if ((options.volunteers === undefined) !== options.allWithoutIdentity)
    throw new Stop("name the people by --volunteers <file>, or take --all-without-identity", 64);
  const organization = await opened.store.view.organizationBySlug(options.organization);
  if (!organization) throw new Stop(`no organisation ${options.organization}`);
  const people = options.volunteers
    ? await listed(bank, options.volunteers)
    : [...(await withoutIdentity(bank, organization)), ...(await staffWithoutIdentity(bank, organization))];
  const part = `${options.out}.part`;
  const file = await open(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600).catch((error) => {
    throw new Stop(`${part} cannot be written: ${(error as NodeJS.ErrnoException).code}`);
  });
  try {
    const cards: InvitationCard[] = [];
    for (let from = 0; from < people.length; from += batch) {
      const some = people.slice(from, from + batch);
      const { value } = await services.invitations.invite(system, {
        idempotencyKey: `invite-${randomUUID()}`,
        organizationId: organization.id,
        invitees: some.map(({ invitee }) => invitee),
      });
      for (const [i, { code, expiresAt }] of value.entries()) {
        const { name, volunteerNo } = some[i] as Person;
        const link = `${options.publicUrl}/join#${code}`;
        cards.push({ name, volunteerNo, code: code as string, link, expiresOn: shanghaiDay(expiresAt) });
      }
    }
    await file.writeFile(await format(cards, { organizationName: organization.name, language: options.language }));
    await file.sync();
    await file.close();
    await rename(part, options.out);
    return { invited: cards.length, out: options.out };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}

interface Person {
  invitee: Invitee;
  name: string;
  volunteerNo: string | null;
}

async function listed(bank: OpenBank, path: string): Promise<Person[]> {
  const numbers: string[] = [];
  try {
    await checkCsv(path, columns);
    for await (const { cells } of readCsv(path, columns.headers)) numbers.push((cells.volunteer_no ?? "").trim());
  } catch (error) {
    if (error instanceof UnreadableFile) throw new Stop(`${error.code}: ${error.message}`, 2);
    throw error;
  }
  const found = await bank.options.store.view.volunteersByNo(numbers);
  const missing = numbers.findIndex((no) => !found.has(no));
  if (missing >= 0) throw new Stop(`VOLUNTEER_NOT_FOUND: row ${missing + 1} of the list names no volunteer`);
  // Two spellings of a number are one volunteer.
  const volunteers = new Map(numbers.map((no) => found.get(no) as Volunteer).map((one) => [one.id, one]));
  return named(bank, [...volunteers.values()]);
}

async function withoutIdentity(bank: OpenBank, organization: Organization): Promise<Person[]> {
  const { services } = bank;
  const found: Volunteer[] = [];
  for (let after: string | null = null; ; ) {
    const page = await services.volunteers.find(system, {}, { first: 100, after });
    const ours = page.edges
      .map(({ node }) => node)
      .filter(({ vouchedBy, state }) => vouchedBy === organization.id && welcomeStates.includes(state));
    const outside = await withoutWayIn(
      bank,
      ours.map(({ personId }) => personId),
    );
    found.push(...ours.filter(({ personId }) => outside.has(personId)));
    if (!page.pageInfo.hasNextPage) return named(bank, found);
    after = page.pageInfo.endCursor;
  }
}

async function staffWithoutIdentity(bank: OpenBank, organization: Organization): Promise<Person[]> {
  const { services, options } = bank;
  const view = options.store.view;
  const grants = (await view.grantsOfOrganization(organization.id)).filter((grant) =>
    isInForce(grant, services.today()),
  );
  const ids = [...new Set(grants.map(({ personId }) => personId))];
  const volunteers = await view.volunteersOfPersons(ids);
  // A volunteer of the organisation has a card already.
  const others = ids.filter((id) => volunteers.get(id)?.vouchedBy !== organization.id);
  const outside = [...(await withoutWayIn(bank, others))];
  const names = await services.people.labels(system, outside);
  return outside.map((personId, i) => ({ invitee: { personId }, name: names[i] ?? "", volunteerNo: null }));
}

async function withoutWayIn({ services }: OpenBank, personIds: readonly string[]): Promise<Set<string>> {
  const links = await services.identities.of(system, personIds);
  return new Set(personIds.filter((_, i) => !links[i]?.some(({ state }) => state === "LINKED")));
}

async function named({ services }: OpenBank, volunteers: readonly Volunteer[]): Promise<Person[]> {
  const persons = await services.volunteers.persons(
    system,
    volunteers.map(({ id }) => id),
  );
  return volunteers.map(({ id, volunteerNo }, i) => ({
    invitee: { volunteerId: id },
    name: persons[i]?.displayName ?? "",
    volunteerNo,
  }));
}

const shanghaiDay = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
