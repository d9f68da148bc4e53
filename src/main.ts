#!/usr/bin/env node
import { isClosed, outliveReaders, Terminal } from "./cli/output";
import { exits } from "./exits";
import { failed, run } from "./program";

const { env, stdout, stderr } = process;
const command = __filename.endsWith(".ts") ? "npm run --silent goodhours --" : "goodhours";
const terminal = new Terminal({ env, stdout, stderr, isClosed, command });
const fail = (error: unknown) => process.exit(exits[failed(error, terminal)].code);

outliveReaders(fail);
process.on("uncaughtException", fail);
run(process.argv.slice(2), terminal).then(() => {
  // What was printed is still on its way, so the process ends by itself.
  process.exitCode = exits[terminal.exit].code;
}, fail);
