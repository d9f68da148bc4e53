#!/usr/bin/env node
import { isClosed, outliveReaders, Terminal } from "./cli/output";
import { failed, run } from "./program";

const { env, stdout, stderr } = process;
const command = __filename.endsWith(".ts") ? "npm run --silent goodhours --" : "goodhours";
const terminal = new Terminal({ env, stdout, stderr, isClosed, command });
const fail = (error: unknown) => process.exit(failed(error, terminal));

outliveReaders(fail);
process.on("uncaughtException", fail);
run(process.argv.slice(2), terminal).then(() => {
  // What was printed is still on its way, so the process ends by itself.
  process.exitCode = terminal.exitCode;
}, fail);
