import type { OpenBank, Terminal } from "../cli/output";
import { openBank } from "../composition";
import { type Config, readConfig } from "../config";

/** The settings of this run. What it then writes, its owner alone can read: banks, keys, exports, refused lines. */
export function settings({ env }: Terminal, options: { database?: string } = {}): Config {
  process.umask(0o077);
  return readConfig(env, options);
}

export async function withBank<T>(
  terminal: Terminal,
  work: (bank: OpenBank, config: Config) => Promise<T>,
): Promise<T> {
  const config = settings(terminal);
  const bank = await openBank(config);
  try {
    return await work(bank, config);
  } finally {
    await bank.close();
  }
}
