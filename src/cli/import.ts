import { roles } from "../domain/facts/actors";
import type { Language } from "../domain/kit/language";
import { type Actor, system } from "../domain/permissions/actors";
import type { ImportName } from "../services/exchange/columns";
import { checkCsv, type Titles } from "../services/exchange/csv";
import { reading } from "./files";
import { InvitationsFile } from "./import-invitations";
import { type ImportKind, importKinds } from "./import-kinds";
import { type ImportSummary, Tally } from "./import-tally";
import { Wording } from "./import-words";
import { type OpenBank, Stop, type Terminal } from "./output";
import { personFor, roleNamed } from "./token";

export interface ImportOptions {
  /** The organisation by its short name, where the kind of file needs one. */
  organization?: string;
  /** The person who imports: an id, or `system`; on a demo also a role, whose first holder imports. */
  as?: string;
  mode?: "each" | "all";
  dryRun: boolean;
  /** The language of the reasons in the list of refused rows. */
  language: Language;
  /** The address at which people reach the bank, for the links of invitations. */
  publicUrl: string;
  /** The issuer of the subjects where a row names none; null where the settings name none either. */
  issuer: string | null;
  /** Whether the bank is a demo, where no real person's name is used. */
  demo: boolean;
}

/** Reads a file as commands of the API. A refused row goes to a file beside it; the other rows are kept. */
export async function importFile(
  bank: OpenBank,
  name: ImportName,
  file: string,
  options: ImportOptions,
  terminal: Terminal,
): Promise<ImportSummary> {
  const kind: ImportKind = importKinds[name];
  let titles: Titles = new Map();
  const reads = checkCsv(file, kind.columns, (header) => {
    titles = header;
  });
  const { rows, unread } = await reading(file, reads);
  if (unread.length > 0)
    terminal.warn(
      `${unread.length === 1 ? `column ${unread[0]} of the file is` : `columns ${unread.join(", ")} of the file are`} not read: \`goodhours import ${name} --help\` names the columns`,
    );
  const wording = new Wording(kind.columns, titles, options.language);
  const view = bank.options.store.view;
  const organization = options.organization === undefined ? null : await view.organizationBySlug(options.organization);
  if (organization === undefined) throw new Stop(`no organisation ${options.organization}`);
  const actor = await actorOf(bank, options, kind.demoRole);
  const most = options.mode === "all" ? kind.allMost : kind.rowsMost;
  if (rows > most)
    throw new Stop(
      `BATCH_TOO_LARGE: ${options.mode === "all" ? "--mode all" : "one file"} takes at most ${most} rows`,
      "BAD_FILE",
    );
  const title = wording.title(kind.keyColumn);
  // The list of refused rows has a column `code` for the code of the refusal.
  const keyTitle = title === "code" ? `${name.slice(0, -1)}_code` : title;
  const tally = new Tally(file, kind.keyColumn, rows, options.dryRun, { keyTitle, terminal });
  await tally.begin();
  const mode = options.mode === "all" ? "ALL_OR_NOTHING" : "EACH";
  const invitations = new InvitationsFile(file, options.publicUrl);
  const { issuer, dryRun } = options;
  const run = { bank, actor, organization, issuer, invitations, wording, mode, dryRun } as const;
  const summary = await kind
    .run(run, file, tally)
    .then(() => tally.end())
    .catch(async (error: unknown) => {
      await tally.abandon();
      throw error;
    });
  const invitationsFile = await invitations.end();
  return kind.invites ? { ...summary, invitationsFile, withoutWayIn: invitations.withoutWayIn } : summary;
}

/**
 * The person who imports, and stands in the journal for it. The operator counts as the system unless a person is named. On a
 * demo, where all people are invented, a role stands for its first holder.
 */
async function actorOf(bank: OpenBank, options: ImportOptions, demoRole: string | null): Promise<Actor> {
  const as = options.as ?? (options.demo ? demoRole : null) ?? "system";
  if (as === "system") return system;
  if ((roles as readonly string[]).includes(roleNamed(as))) {
    if (!options.demo)
      throw new Stop(
        `--as ${roleNamed(as)} names a role, which many hold: name the person who does it (--as person_…), or leave --as out, and the operator stands in the journal as the system`,
        "WRONG_USAGE",
      );
    const at = as === "officer" ? undefined : options.organization;
    const holder = await personFor(bank.options.store.view, { as, organization: at }).catch((error: unknown) => {
      // A bank that begins has nobody yet who could stand for the role.
      if (error instanceof Stop && options.as === undefined) return null;
      throw error;
    });
    return holder === null ? system : bank.services.people.actorOfPerson(holder);
  }
  if (!as.startsWith("person_")) throw new Stop("--as takes a person's id such as person_…, or system", "WRONG_USAGE");
  const actor = await bank.services.people.actorOfPerson(as);
  return actor.personId === null ? nobodyIs() : actor;
}

function nobodyIs(): never {
  throw new Stop(
    "--as: the bank knows no person with this id; `goodhours grant list` shows who holds roles",
    "WRONG_USAGE",
  );
}
