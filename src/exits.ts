import type { Text } from "./domain/kit/language";

interface ExitRow {
  code: number;
  meaning: Text;
}

/** How a command ends. Codes of 64 and more are those of sysexits.h; 141 is what a shell shows of a program that SIGPIPE ended. */
export const exits = {
  DONE: {
    code: 0,
    meaning: {
      en: "done; an import or `invite` that refused some rows says so in its summary",
      zh: "完成；导入或 `invite` 有行被拒时，见其汇总",
    },
  },
  FAILED: {
    code: 1,
    meaning: { en: "refused or failed; an audit that found something", zh: "被拒绝或失败；审计有发现" },
  },
  BAD_FILE: { code: 2, meaning: { en: "a file cannot be read or written", zh: "文件无法读取或写入" } },
  WRONG_USAGE: { code: 64, meaning: { en: "wrong usage", zh: "用法错误" } },
  NO_SPACE: {
    code: 74,
    meaning: {
      en: "the audit's temporary file cannot be written (its disk is full, see `TMPDIR`); this says nothing of the bank",
      zh: "审计的临时文件无法写入（所在磁盘已满，见 `TMPDIR`）；与银行本身无关",
    },
  },
  BAD_CONFIG: {
    code: 78,
    meaning: {
      en: "wrong configuration, or secret, keys and bank do not fit: nothing was written",
      zh: "配置错误，或机密设定、密钥与银行不符：未写入任何内容",
    },
  },
  UNREAD: { code: 141, meaning: { en: "the reader of the output went away", zh: "读取输出的程序已退出" } },
} as const satisfies Record<string, ExitRow>;

export type Exit = keyof typeof exits;
