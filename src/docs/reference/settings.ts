import { readConfig, settingNames } from "../../config";
import type { Language } from "../../domain/kit/language";
import { exits } from "../../exits";
import { code, joined, table } from "../markdown";
import { settingTexts } from "../settings";

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
    const { unset, what } = settingTexts[name];
    const holds = typeof unset === "function" ? code(String(unset(defaults))) : unset[language];
    return [code(name), holds, what[language]];
  });
  return joined(`# ${title}`, about, table(head, rows));
}
