import type { Config, SettingName } from "../config";
import type { Text } from "../domain/kit/language";

interface SettingText {
  /** What holds while the setting is not set: in words, or the place in the configuration where its default stands. */
  unset: Text | ((config: Config) => string | number | undefined);
  what: Text;
}
const none = { en: "none", zh: "无" };

/** The purpose of each setting of `src/config.ts`; a setting that is missing does not compile. */
export const settingTexts: Readonly<Record<SettingName, SettingText>> = {
  DATABASE_URL: {
    unset: {
      en: "`file:data/demo.db` where it exists, else `file:data/goodhours.db`",
      zh: "有 `file:data/demo.db` 时用它，否则 `file:data/goodhours.db`",
    },
    what: {
      en: "Where the bank is: `file:…` for SQLite or `postgres://…`.",
      zh: "银行所在：`file:…`（SQLite）或 `postgres://…`。",
    },
  },
  BANK: {
    unset: ({ bank }) => bank,
    what: {
      en: "The bank's schema on PostgreSQL; the keys of its people are in `<bank>_keys`. Names of PostgreSQL and Citus (`public`, `pg_…`, `citus`) and of keys (`…_keys`) are refused, and so is a schema that holds another program's tables.",
      zh: "银行在 PostgreSQL 中的模式；其人员密钥在 `<bank>_keys`。PostgreSQL 与 Citus 的名称（`public`、`pg_…`、`citus`）和密钥的名称（`…_keys`）被拒绝，已有其他程序的表的模式也被拒绝。",
    },
  },
  ORIGIN: {
    unset: ({ origin }) => origin,
    what: {
      en: "The name of a bank when it is founded, for ever. A bank that was founded has its own name; another one set is refused.",
      zh: "新建银行的名称，终身不变；已建的银行自有其名，设定为其他名称会被拒绝。",
    },
  },
  HOST: {
    unset: ({ host }) => host,
    what: { en: "The address on which the server listens.", zh: "监听的地址。" },
  },
  PORT: {
    unset: ({ port }) => port,
    what: { en: "The port on which the server listens.", zh: "监听的端口。" },
  },
  PUBLIC_URL: {
    unset: { en: "where it listens", zh: "监听地址" },
    what: {
      en: "The address by which people reach the bank, without a path: it stands in calendars, QR codes and shared links. With https every answer carries HSTS.",
      zh: "人们访问的地址（不含路径）：用于日历、二维码和分享链接；为 https 时每个应答带 HSTS。",
    },
  },
  GOODHOURS_SECRET: {
    unset: { en: "a public one, for a demo only", zh: "仅演示有公开值" },
    what: {
      en: "64 hexadecimal digits, such as `openssl rand -hex 32` prints. It wraps personal keys and keys the search hashes: without it no personal data can be read again. A value that anybody knows is refused beside an issuer.",
      zh: "64 位十六进制，如 `openssl rand -hex 32` 所打印。它包裹个人密钥并用于检索散列：丢失后个人信息无法再读。设有发行方时不接受人人皆知的值。",
    },
  },
  GOODHOURS_CLOCK: {
    unset: none,
    what: {
      en: "Demo and tests only: `T` freezes the clock, `T+` lets it run from T.",
      zh: "仅供演示与测试：`T` 定住时钟，`T+` 自 T 起走。",
    },
  },
  TOKEN_ISSUER: {
    unset: { en: "`https://goodhours.example`, for a demo only", zh: "`https://goodhours.example`，仅供演示" },
    what: {
      en: "The issuer whose tokens are believed: https, or http on this very machine.",
      zh: "信任谁的登录码；须为 https，仅本机可用 http。",
    },
  },
  TOKEN_AUDIENCE: {
    unset: ({ audience }) => audience,
    what: { en: "The audience that a token must name.", zh: "登录码须写明的受众。" },
  },
  TOKEN_JWKS_URL: {
    unset: none,
    what: {
      en: "Where the issuer publishes its keys: https, or http on this very machine. Without it tokens are signed with a local key, as in the demo.",
      zh: "发行方公布密钥之处；须为 https，仅本机可用 http。不设时登录码由本机密钥签发，如演示。",
    },
  },
  TOKEN_CLAIM_ID_NUMBER: {
    unset: none,
    what: {
      en: "The claim of the issuer with an ID number that the bank trusts. A token that has it, with a verified name, links by itself.",
      zh: "银行信任的签发方声明：证件号码。登录码带有它且姓名已核验的，自动关联。",
    },
  },
  TOKEN_CLAIM_PHONE: { unset: none, what: { en: "The same for a telephone number.", zh: "同上：电话。" } },
  TOKEN_CLAIM_NAME: {
    unset: ({ claims }) => claims.name,
    what: { en: "The claim with the real name.", zh: "真实姓名的声明。" },
  },
  TOKEN_CLAIM_VERIFIED: {
    unset: ({ claims }) => claims.verified,
    what: {
      en: "The claim that is `true` where the issuer has verified the name. Without it no other claim is read.",
      zh: "签发方已核验姓名时为 `true` 的声明；没有它则一概不读。",
    },
  },
  CORS_ORIGINS: {
    unset: none,
    what: {
      en: "Origins whose pages may call the API, with commas between: `https://app.example`.",
      zh: "可调用接口的网页来源，以逗号分隔：`https://app.example`。",
    },
  },
  TRUSTED_PROXIES: {
    unset: none,
    what: {
      en: "Addresses and blocks, with commas between, whose `X-Forwarded-For` is believed: `10.0.0.0/8,2001:db8::1`.",
      zh: "逗号分隔的地址与网段，采信其 `X-Forwarded-For`：`10.0.0.0/8,2001:db8::1`。",
    },
  },
  RATE_LIMIT_STORE: {
    unset: ({ rateLimitStore }) => rateLimitStore,
    what: {
      en: "Where shares are counted: in the `memory` of each server, or in the `database` where several servers share a PostgreSQL bank.",
      zh: "份额在何处计数：`memory` 为各服务器内存，`database` 供多台服务器共用一个 PostgreSQL 银行。",
    },
  },
  RATE_LIMIT_SCALE: {
    unset: ({ rateLimitScale }) => rateLimitScale,
    what: {
      en: "The factor of every share in [Limits](limits.md), 0.01 to 1000.",
      zh: "[限额](limits.md) 中各项份额的倍数，0.01 至 1000。",
    },
  },
  GRAPHIQL: {
    unset: ({ graphiql }) => (graphiql ? "on" : "off"),
    what: {
      en: "Whether a browser that opens `/graphql` gets GraphiQL; `off` for an API without a page.",
      zh: "浏览器打开 `/graphql` 时是否显示 GraphiQL；`off` 则只有接口，没有页面。",
    },
  },
  LOG_LEVEL: {
    unset: ({ logLevel }) => logLevel,
    what: {
      en: "`fatal`, `error`, `warn`, `info`, `debug` or `silent`.",
      zh: "`fatal`、`error`、`warn`、`info`、`debug`、`silent` 之一。",
    },
  },
};
