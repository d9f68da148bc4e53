import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { isAddressBlock } from "./server/addresses";

/** A setting cannot be used: the message is one line for the operator, and never holds the value of a secret. */
export class BadConfig extends Error {
  override name = "BadConfig";
}

const demoDatabase = "data/demo.db";
/** The demo's secret is public: a person who runs the demo holds its keys anyway. */
const demoSecret = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const issuerDefault = "https://goodhours.example";

/** Secrets that everybody knows: the demo's, and the digits that would be tried first. */
const publicSecrets = [demoSecret, "0".repeat(64), "f".repeat(64)];

/** Keys and tokens fetched without encryption could come from anybody; only this very machine needs none. */
const safeAddress = webAddress("an https address (http for this machine alone), without a user", (url) => {
  const isThisMachine = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return (url.protocol === "https:" || isThisMachine) && url.username === "" && url.password === "";
});
/** Schemas of PostgreSQL and of Citus, and those that hold the keys of a bank. */
const ownedNames = /^(public|pg_.*|information_schema|(citus|columnar)(_.*)?|.*_keys)$/;

const listed = (text: string) =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
/** As a browser sends it, or an app that is one (capacitor://localhost): without a path, and without a slash. */
const isOrigin = (text: string) =>
  /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+$/.test(text) &&
  (!/^https?:/.test(text) || (URL.canParse(text) && new URL(text).origin === text));
const scale = "a number from 0.01 to 1000";
const logLevels = ["fatal", "error", "warn", "info", "debug", "silent"] as const;
const instant = z.iso.datetime({ offset: true });
const shapes = {
  DATABASE_URL: z.string().regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, "file:<path> or postgres://…"),
  BANK: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,40}$/, "lower-case letters, digits and underscores")
    .refine(
      (name) => !ownedNames.test(name),
      "a name of its own, not one that PostgreSQL, an extension or the keys of another bank have",
    ),
  ORIGIN: z.string().regex(/^[a-z0-9.-]+(\/[a-z0-9._-]+)*$/, "a name such as goodhours.example/zhuji"),
  HOST: z.string().min(1),
  PORT: z.coerce
    .number<string>("a port from 0 to 65535")
    .refine((port) => Number.isInteger(port) && port >= 0 && port <= 65_535, "a port from 0 to 65535"),
  // Links, cookies and codes all begin at its root.
  PUBLIC_URL: webAddress("an http or https address without a path", (url) => `${url.origin}/` === url.href).transform(
    (text) => new URL(text).origin,
  ),
  GOODHOURS_CLOCK: z
    .string()
    .refine((text) => instant.safeParse(text.replace(/\+$/, "")).success, "an instant, or one with + behind it"),
  GOODHOURS_SECRET: z.string().regex(/^[0-9a-f]{64}$/i, "64 hexadecimal digits"),
  TOKEN_ISSUER: safeAddress,
  TOKEN_AUDIENCE: z.string().min(1),
  TOKEN_JWKS_URL: safeAddress,
  TOKEN_CLAIM_ID_NUMBER: claimName(),
  TOKEN_CLAIM_PHONE: claimName(),
  TOKEN_CLAIM_NAME: claimName(),
  TOKEN_CLAIM_VERIFIED: claimName(),
  CORS_ORIGINS: z
    .string()
    .transform(listed)
    .refine((entries) => entries.every(isOrigin), "origins such as https://app.example, with commas between"),
  TRUSTED_PROXIES: z
    .string()
    .transform(listed)
    .refine((entries) => entries.every(isAddressBlock), "addresses or blocks such as 10.0.0.0/8, with commas between"),
  RATE_LIMIT_STORE: z.enum(["memory", "database"], "memory or database"),
  RATE_LIMIT_SCALE: z.coerce.number<string>(scale).min(0.01, scale).max(1000, scale),
  GRAPHIQL: z.enum(["on", "off"], "on or off"),
  LOG_LEVEL: z.enum(logLevels, logLevels.join(", ")),
} as const;

/** An http or https address, spelled whole. */
function webAddress(expected: string, fits: (url: URL) => boolean) {
  return z
    .string()
    .refine((text) => /^https?:\/\/[^/\\]/i.test(text) && URL.canParse(text) && fits(new URL(text)), expected);
}

/** Every setting there is. */
export const settingNames = Object.keys(shapes) as SettingName[];
export type SettingName = keyof typeof shapes;

/** The name of a claim at the top of a token's payload. */
function claimName() {
  return z.string().regex(/^[\w:/.-]{1,200}$/, "the name of a claim, of letters, digits and _ : / . -");
}

export interface Config {
  readonly database:
    | { readonly kind: "sqlite"; readonly path: string }
    | { readonly kind: "postgres"; readonly url: string };
  readonly bank: string;
  /** The name that a new bank gets; a bank that was founded has its own. */
  readonly origin: string;
  /** Whether the setting is there: a bank that was founded under another name is then refused. */
  readonly originIsSet: boolean;
  readonly host: string;
  readonly port: number;
  /** The address at which people reach the bank from outside; null for the one at which it listens. */
  readonly publicUrl: string | null;
  readonly secret: Buffer;
  /** True where the clock is not the machine's: tokens are then signed with a local key. */
  readonly demo: boolean;
  /** The issuer by which people are known; null for a bank of real people whose settings name none, since the default is a demo's. */
  readonly issuer: string | null;
  readonly audience: string;
  readonly jwksUrl: string | null;
  /** The claims of the issuer that the bank trusts, where a token says that it has verified the real name. */
  readonly claims: {
    readonly idNumber: string | null;
    readonly phone: string | null;
    readonly name: string;
    readonly verified: string;
  };
  readonly corsOrigins: readonly string[];
  /** The proxies whose `X-Forwarded-For` is believed; none where left out. */
  readonly trustedProxies?: readonly string[];
  /** The place in which the shares of addresses and persons are counted; in each server's memory where left out. */
  readonly rateLimitStore?: "memory" | "database";
  /** By how much every share is multiplied. */
  readonly rateLimitScale?: number;
  /** Whether a browser that opens /graphql gets GraphiQL. */
  readonly graphiql: boolean;
  readonly logLevel: string;
  readonly clock: () => number;
}

/** The files that the demo leaves beside its own, so that other commands on it share its clock. */
interface DemoClock {
  clock: string;
  startedAt: number;
}

/** Reads the environment; every default stands here. */
export function readConfig(env: NodeJS.ProcessEnv, options: { database?: string } = {}): Config {
  const get = <K extends keyof typeof shapes>(name: K): z.output<(typeof shapes)[K]> | undefined => {
    const raw = env[name];
    if (raw === undefined || raw === "") return undefined;
    const parsed = shapes[name].safeParse(raw);
    if (!parsed.success) throw new BadConfig(`${name}: expected ${parsed.error.issues[0]?.message ?? "another value"}`);
    return parsed.data as z.output<(typeof shapes)[K]>;
  };
  const url =
    get("DATABASE_URL") ??
    options.database ??
    (existsSync(demoDatabase) ? `file:${demoDatabase}` : "file:data/goodhours.db");
  const path = url.startsWith("file:") ? url.slice("file:".length) : null;
  const sidecar =
    path !== null && existsSync(clockFile(path))
      ? (JSON.parse(readFileSync(clockFile(path), "utf8")) as DemoClock)
      : null;
  const jwksUrl = get("TOKEN_JWKS_URL") ?? null;
  const secretText = get("GOODHOURS_SECRET");
  const clock = get("GOODHOURS_CLOCK");
  // A bank on a clock of its own is a demo or a test; every other one holds real people's data.
  const demo = jwksUrl === null && (sidecar !== null || options.database !== undefined || clock !== undefined);
  if (!demo && secretText === undefined)
    throw new BadConfig(
      "GOODHOURS_SECRET: needed for every bank but a demo: 64 hexadecimal digits, such as `openssl rand -hex 32` prints",
    );
  if (secretText !== undefined && publicSecrets.slice(demo ? 1 : 0).includes(secretText.toLowerCase()))
    throw new BadConfig(
      "GOODHOURS_SECRET: anybody knows this one: make one of your own, such as `openssl rand -hex 32` prints",
    );
  const rateLimitStore = get("RATE_LIMIT_STORE") ?? "memory";
  if (rateLimitStore === "database" && path !== null)
    throw new BadConfig("RATE_LIMIT_STORE: database is for several servers on one postgres://… bank");
  return Object.freeze({
    database: path === null ? ({ kind: "postgres", url } as const) : ({ kind: "sqlite", path } as const),
    bank: get("BANK") ?? "zhuji",
    origin: get("ORIGIN") ?? "goodhours.example/zhuji",
    originIsSet: get("ORIGIN") !== undefined,
    host: get("HOST") ?? "127.0.0.1",
    port: get("PORT") ?? 4000,
    publicUrl: get("PUBLIC_URL") ?? null,
    secret: Buffer.from(secretText ?? demoSecret, "hex"),
    demo,
    issuer: get("TOKEN_ISSUER") ?? (demo ? issuerDefault : null),
    audience: get("TOKEN_AUDIENCE") ?? "goodhours",
    jwksUrl,
    claims: Object.freeze({
      idNumber: get("TOKEN_CLAIM_ID_NUMBER") ?? null,
      phone: get("TOKEN_CLAIM_PHONE") ?? null,
      name: get("TOKEN_CLAIM_NAME") ?? "name",
      verified: get("TOKEN_CLAIM_VERIFIED") ?? "name_verified",
    }),
    corsOrigins: get("CORS_ORIGINS") ?? [],
    trustedProxies: get("TRUSTED_PROXIES") ?? [],
    rateLimitStore,
    rateLimitScale: get("RATE_LIMIT_SCALE") ?? 1,
    graphiql: get("GRAPHIQL") !== "off",
    logLevel: get("LOG_LEVEL") ?? "info",
    clock: clockOf(clock, sidecar),
  });
}

export function clockFile(databasePath: string): string {
  return `${databasePath}.clock.json`;
}

/** `T` freezes the clock, `T+` lets it run from T; the demo's runs from where its file says. */
function clockOf(text: string | undefined, sidecar: DemoClock | null): () => number {
  if (text === undefined && sidecar === null) return Date.now;
  if (text !== undefined && !text.endsWith("+")) {
    const frozen = Date.parse(text);
    return () => frozen;
  }
  const from = Date.parse(text?.slice(0, -1) ?? sidecar?.clock ?? "");
  const started = text === undefined ? (sidecar?.startedAt ?? Date.now()) : Date.now();
  return () => from + Math.max(0, Date.now() - started);
}
