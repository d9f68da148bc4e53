import type { BankOptions, Services } from "../services";

/** An open bank, as commands get it from main. */
export interface OpenBank {
  services: Services;
  options: BankOptions;
  close(): Promise<void>;
}

/** A command ends here: one line for a person, an exit code for a script. */
export class Stop extends Error {
  override name = "Stop";
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** For people at a terminal only; scripts and logs stay quiet. */
export function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}
export function progressDone(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}
