import { type Config, readConfig, settingNames } from "../../config";
import { invariant } from "../../domain/kit/invariant";
import type { Language } from "../../domain/kit/language";
import { exits } from "../../exits";
import { code, joined, table } from "../markdown";
import { settingTexts } from "../settings";

/** The place in the configuration of each setting; the code's own defaults are read there. */
const places: Readonly<Record<string, (config: Config) => unknown>> = {
  BANK: ({ bank }) => bank,
  ORIGIN: ({ origin }) => origin,
  HOST: ({ host }) => host,
  PORT: ({ port }) => port,
  TOKEN_ISSUER: ({ issuer }) => issuer,
  TOKEN_AUDIENCE: ({ audience }) => audience,
  TOKEN_CLAIM_NAME: ({ claims }) => claims.name,
  TOKEN_CLAIM_VERIFIED: ({ claims }) => claims.verified,
  RATE_LIMIT_STORE: ({ rateLimitStore }) => rateLimitStore,
  RATE_LIMIT_SCALE: ({ rateLimitScale }) => rateLimitScale,
  GRAPHIQL: ({ graphiql }) => (graphiql ? "on" : "off"),
  LOG_LEVEL: ({ logLevel }) => logLevel,
};

const words = {
  en: {
    title: "Settings",
    about: `All settings are environment variables. \`src/config.ts\` reads them once at the start; a wrong value ends every command with exit code ${exits.BAD_CONFIG.code} and one line that names the setting. An empty value counts as not set.`,
    head: ["setting", "default", "what it is"],
  },
  zh: {
    title: "设置",
    about: `所有设置都是环境变量，由 \`src/config.ts\` 在启动时一次读取；值有误时，任何命令都以退出码 ${exits.BAD_CONFIG.code} 和写明该设置的一行结束。空值视为未设。`,
    head: ["设置", "默认", "含义"],
  },
} as const;

export function settingsPage(language: Language): string {
  const { title, about, head } = words[language];
  const defaults = readConfig({ GOODHOURS_SECRET: "5e".repeat(32) });
  const rows = settingNames.map((name) => {
    const text = settingTexts[name];
    invariant(text, `the setting ${name} has no text in src/docs/settings.ts`);
    const unset = text.unset?.[language] ?? code(String(places[name]?.(defaults)));
    return [code(name), unset, text.what[language]];
  });
  return joined(`# ${title}`, about, table(head, rows));
}
