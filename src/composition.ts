import { dirname } from "node:path";
import { makeFolder } from "./cli/files";
import { type OpenBank, Stop } from "./cli/output";
import type { Config } from "./config";
import { dayOf } from "./domain/kit/calendar";
import type { ShareStore } from "./server/shares";
import { type Entropy, foundBank, misfit, openServices, seededEntropy, systemEntropy } from "./services";
import { CannotOpen } from "./storage/migrations";
import type { SqliteOptions } from "./storage/sqlite";
import type { Marks, Store } from "./storage/store";

type SqliteSyncs = Pick<SqliteOptions, "syncs">;

/** Looks, and changes nothing: whether secret, name and keys fit the bank. Null where there is no bank yet. */
async function checkFit({ database, bank, secret, origin, originIsSet }: Config): Promise<Marks | null> {
  const marks =
    database.kind === "sqlite"
      ? await (await import("./storage/sqlite")).marksOfSqlite(database.path)
      : await (await import("./storage/postgres")).marksOfPostgres({ url: database.url, bank });
  const keysAt = database.kind === "sqlite" ? `${database.path}.keys` : `the schema ${bank}_keys`;
  const wrong = marks && misfit(marks, { secret, origin: originIsSet ? origin : null, keysAt });
  if (wrong) throw new CannotOpen(wrong);
  return marks;
}

// Each kit is loaded where it is asked for: a command starts sooner without the other's driver.
async function openStore({ database, bank, clock }: Config, { syncs }: SqliteSyncs): Promise<Store> {
  return database.kind === "sqlite"
    ? (await import("./storage/sqlite")).openSqlite({ path: database.path, clock, syncs })
    : (await import("./storage/postgres")).openPostgres({ url: database.url, bank, clock });
}

export async function openShareStore({ rateLimitStore, database, bank }: Config): Promise<ShareStore | null> {
  if (rateLimitStore !== "database" || database.kind !== "postgres") return null;
  return (await import("./storage/counts")).openCountStore({ url: database.url, bank });
}

/** The only composition: config → store → services. The server or a command is put on top. */
export async function openBank(
  config: Config,
  {
    entropy = systemEntropy(),
    migrating = false,
    ...syncs
  }: { entropy?: Entropy; migrating?: boolean } & SqliteSyncs = {},
): Promise<OpenBank> {
  const { clock, secret } = config;
  const marks = await checkFit(config);
  if (marks?.founded && marks.bank === null && !migrating)
    throw new CannotOpen(
      "this bank is of an earlier release, or has lost its check value: run `goodhours migrate` first",
    );
  const origin = marks?.origin ?? config.origin;
  const issuer = config.jwksUrl === null ? config.issuer : null;
  const store = await openStore(config, syncs);
  const options = { store, clock, secret, origin, issuer, tokenIssuer: config.issuer ?? undefined, entropy };
  return { options, services: openServices(options), close: () => store.close() };
}

/** A bank that holds only what its founding wrote is empty: it is emptied of that too, so that a seed is always the same. */
async function forgetFounding({ database, bank }: Config): Promise<void> {
  if (database.kind === "postgres")
    return (await import("./storage/postgres")).forgetFoundingPostgres({ url: database.url, bank });
  (await import("./storage/sqlite")).forgetFoundingSqlite(database.path);
}

async function migrate(config: Config): Promise<void> {
  const { database, bank } = config;
  await checkFit(config);
  if (database.kind === "postgres")
    return (await import("./storage/postgres")).migratePostgres({ url: database.url, bank });
  makeFolder(dirname(database.path));
  (await import("./storage/sqlite")).migrateSqlite(database.path);
}

/** Tables and rules as this release has them; the bank's name, and where the journal then stands. */
export async function bringUp(config: Config): Promise<{ origin: string; headSeq: number }> {
  await migrate(config);
  const bank = await openBank(config, { migrating: true });
  try {
    await foundBank(bank.options, { effectiveFrom: dayOf(config.clock()) });
    return { origin: bank.options.origin, headSeq: (await bank.options.store.view.head()).seq };
  } finally {
    await bank.close();
  }
}

/** A bank whose ids, salts and keys come from a fixed seed: the demo is the same on every machine. */
export async function seedingBank(config: Config, syncs: SqliteSyncs = {}): Promise<OpenBank> {
  await migrate(config);
  await forgetFounding(config);
  const bank = await openBank(config, { entropy: seededEntropy("zhuji"), ...syncs });
  if ((await bank.options.store.view.head()).seq >= 0) {
    await bank.close();
    throw new Stop("the bank is not empty");
  }
  return bank;
}
