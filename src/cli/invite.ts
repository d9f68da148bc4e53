import { randomUUID } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { extname } from "node:path";
import type { Organization } from "../domain/facts/organizations";
import type { Volunteer } from "../domain/facts/people";
import type { Language } from "../domain/kit/language";
import { Refusal } from "../domain/kit/refusal";
import { groupCode, stateAt } from "../domain/people/invitations";
import { welcomeStates } from "../domain/people/volunteers";
import { isInForce, system } from "../domain/permissions/actors";
import { type Columns, type CsvRow, checkCsv, readCsv, type Titles, writeCsv } from "../services/exchange/csv";
import { volunteersColumns } from "../services/exchange/volunteers.csv";
import type { Invitee } from "../services/people/invitees";
import { type InvitationCard, invitationSheet } from "../web/drawn/cards";
import { reading } from "./files";
import { Tally } from "./import-tally";
import { Wording } from "./import-words";
import { type OpenBank, Stop } from "./output";

export interface InviteOptions {
  organization: string;
  /** A CSV with the column `volunteer_no`, such as the file that was imported. */
  volunteers?: string;
  allWithoutIdentity: boolean;
  out: string;
  /** Whether an existing file is overwritten. Its codes stand nowhere else, so the default is no. */
  overwrite: boolean;
  language: Language;
  publicUrl: string;
}
export interface InviteSummary {
  invited: number;
  /** How many earlier codes of these people end when the new ones are made. */
  replaced: number;
  refused: number;
  refusedByCode: Record<string, number>;
  refusedFile: string | null;
  /** The sheet; null where nobody was invited. */
  out: string | null;
}

const batch = 1000;
const columns: Columns = { volunteer_no: volunteersColumns.volunteer_no };
type Cards = readonly InvitationCard[];
const formats: Readonly<
  Record<string, (cards: Cards, labels: { organizationName: string; language: Language }) => string | Promise<string>>
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
 * Invites the volunteers of a list, or all people of an organisation who cannot sign in yet, and writes a card for each. The
 * codes stand in that file and nowhere else, so it is opened first, readable for its owner alone. A row that names no person who
 * may be invited goes to the list of refused rows, as in an import.
 */
export async function invitePeople(bank: OpenBank, options: InviteOptions): Promise<InviteSummary> {
  const format = formats[extname(options.out).toLowerCase()];
  if (!format) throw new Stop(`--out ends with ${Object.keys(formats).join(", ")}`, "WRONG_USAGE");
  if ((options.volunteers === undefined) !== options.allWithoutIdentity)
    throw new Stop("name the people by --volunteers <file>, or take --all-without-identity", "WRONG_USAGE");
  const organization = await bank.options.store.view.organizationBySlug(options.organization);
  if (!organization) throw new Stop(`no organisation ${options.organization}`);
  if (!options.overwrite && existsSync(options.out))
    throw new Stop(`${options.out} is there already: name another file, or say --overwrite`, "BAD_FILE");
  const refusals = new Refusals();
  const people = options.volunteers
    ? await listed(bank, options.volunteers, options.language, refusals)
    : [...(await withoutIdentity(bank, organization)), ...(await staffWithoutIdentity(bank, organization))];
  const part = `${options.out}.part`;
  const file = await open(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600).catch(
    async (error) => {
      await refusals.abandon();
      throw new Stop(`${part} cannot be written: ${(error as NodeJS.ErrnoException).code}`, "BAD_FILE");
    },
  );
  try {
    const cards: InvitationCard[] = [];
    let replaced = 0;
    for (let from = 0; from < people.length; from += batch) {
      const done = await inviteBatch(bank, organization, people.slice(from, from + batch), options, refusals);
      cards.push(...done.cards);
      replaced += done.replaced;
    }
    if (cards.length > 0) {
      await file.writeFile(await format(cards, { organizationName: organization.name, language: options.language }));
      await file.sync();
    }
    await file.close();
    if (cards.length > 0) await rename(part, options.out);
    else await rm(part, { force: true });
    const refused = await refusals.end();
    if (cards.length === 0 && refused.first !== null)
      throw new Stop(`${refused.first}; nobody was invited, and each row's reason stands in ${refused.refusedFile}`);
    const { first: _, ...counts } = refused;
    return { invited: cards.length, replaced, ...counts, out: cards.length > 0 ? options.out : null };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    await refusals.abandon();
    throw error;
  }
}

/** Invites a batch. People of a list whom the bank refuses go to the list of refused rows, and the others are invited. */
async function inviteBatch(
  { services, options }: OpenBank,
  { id: organizationId }: Organization,
  people: readonly Person[],
  { publicUrl, volunteers }: InviteOptions,
  refusals: Refusals,
): Promise<{ cards: InvitationCard[]; replaced: number }> {
  const now = options.clock();
  const earlier = await options.store.view.invitationsOf(people.map(({ personId }) => personId));
  const refused = new Map<number, Refusal>();
  const input = {
    idempotencyKey: `invite-${randomUUID()}`,
    organizationId,
    invitees: people.map(({ invitee }) => invitee),
  };
  // Without a list, a person who is refused ends the command before anybody is invited.
  const leftOut = volunteers === undefined ? undefined : (at: number, refusal: Refusal) => refused.set(at, refusal);
  const { value } = await services.invitations.invite(system, input, leftOut);
  for (const [at, refusal] of refused) await refusals.add(people[at]?.row as CsvRow, refusal);
  const invited = people.filter((_, at) => !refused.has(at));
  const cards = value.map(({ code, expiresAt }, i): InvitationCard => {
    const { name, volunteerNo } = invited[i] as Person;
    const link = `${publicUrl}/join#${code}`;
    return { name, volunteerNo, code: code as string, link, expiresOn: shanghaiDay(expiresAt) };
  });
  const replaced = invited
    .flatMap(({ personId }) => earlier.get(personId) ?? [])
    .filter((invitation) => invitation.organizationId === organizationId && stateAt(invitation, now) === "OPEN").length;
  return { cards, replaced };
}

/** The rows of a list that name no person who may be invited. They are written beside the list. */
class Refusals {
  private list: { tally: Tally; wording: Wording } | null = null;
  private first: string | null = null;

  async begin(path: string, titles: Titles, language: Language): Promise<void> {
    const wording = new Wording(columns, titles, language);
    // The import of the same list may have written its own refused rows beside it.
    const names = { keyTitle: wording.title("volunteer_no"), ending: "invite.refused.csv" };
    const tally = new Tally(path, "volunteer_no", 0, false, names);
    await tally.begin();
    this.list = { tally, wording };
  }

  async add(row: CsvRow, refusal: Refusal): Promise<void> {
    this.first ??= `${refusal.code}: row ${row.row} of the list names nobody who can be invited`;
    await this.list?.tally.count(row, this.list.wording.of(refusal));
  }

  async end(): Promise<Pick<InviteSummary, "refused" | "refusedByCode" | "refusedFile"> & { first: string | null }> {
    const { refused, refusedByCode, refusedFile } = (await this.list?.tally.end()) ?? noneRefused;
    return { refused, refusedByCode, refusedFile, first: this.first };
  }

  async abandon(): Promise<void> {
    await this.list?.tally.abandon();
  }
}
const noneRefused = { refused: 0, refusedByCode: {}, refusedFile: null };

interface Person {
  invitee: Invitee;
  personId: string;
  name: string;
  volunteerNo: string | null;
  /** The row of the list that names the person. */
  row?: CsvRow;
}

async function listed(bank: OpenBank, path: string, language: Language, refusals: Refusals): Promise<Person[]> {
  const rows: CsvRow[] = [];
  let titles: Titles = new Map();
  const reads = checkCsv(path, columns, (header) => {
    titles = header;
  });
  await reading(path, reads);
  for await (const row of readCsv(path, columns)) rows.push(row);
  await refusals.begin(path, titles, language);
  const no = ({ cells }: CsvRow) => (cells.volunteer_no ?? "").trim();
  const volunteers = await bank.options.store.view.volunteersByNo(rows.map(no));
  // Two spellings of a number are one volunteer.
  const named = new Map<string, { volunteer: Volunteer; row: CsvRow }>();
  for (const row of rows) {
    const volunteer = volunteers.get(no(row));
    if (!volunteer) await refusals.add(row, new Refusal("VOLUNTEER_NOT_FOUND", {}, ["volunteerNo"]));
    else if (!named.has(volunteer.id)) named.set(volunteer.id, { volunteer, row });
  }
  const list = [...named.values()];
  const people = await asPersons(
    bank,
    list.map(({ volunteer }) => volunteer),
  );
  return people.map((person, i) => ({ ...person, row: list[i]?.row }));
}

async function withoutIdentity(bank: OpenBank, organization: Organization): Promise<Person[]> {
  const { services } = bank;
  const volunteers: Volunteer[] = [];
  for (let after: string | null = null; ; ) {
    const page = await services.volunteers.sight.find(system, {}, { first: 100, after });
    const ours = page.edges
      .map(({ node }) => node)
      .filter(({ vouchedBy, state }) => vouchedBy === organization.id && welcomeStates.includes(state));
    const outside = await withoutWayIn(
      bank,
      ours.map(({ personId }) => personId),
    );
    volunteers.push(...ours.filter(({ personId }) => outside.has(personId)));
    if (!page.pageInfo.hasNextPage) return asPersons(bank, volunteers);
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
  // The volunteer of the organisation has a card already.
  const others = ids.filter((id) => volunteers.get(id)?.vouchedBy !== organization.id);
  const outside = [...(await withoutWayIn(bank, others))];
  const names = await services.people.labels(system, outside);
  return outside.map((personId, i) => ({ invitee: { personId }, personId, name: names[i] ?? "", volunteerNo: null }));
}

async function withoutWayIn({ services }: OpenBank, personIds: readonly string[]): Promise<Set<string>> {
  const links = await services.identities.of(system, personIds);
  return new Set(personIds.filter((_, i) => !links[i]?.some(({ state }) => state === "LINKED")));
}

async function asPersons({ services }: OpenBank, volunteers: readonly Volunteer[]): Promise<Person[]> {
  const persons = await services.volunteers.sight.persons(
    system,
    volunteers.map(({ id }) => id),
  );
  return volunteers.map(({ id, personId, volunteerNo }, i) => ({
    invitee: { volunteerId: id },
    personId,
    name: persons[i]?.displayName ?? "",
    volunteerNo,
  }));
}

const shanghaiDay = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
