import { parentPort } from "node:worker_threads";
import { openBank } from "./composition";
import { readConfig } from "./config";
import { serveReplay } from "./services/audit";

/** A thread of `goodhours audit`, which replays the journal while the main thread reads the tables. */
if (!parentPort) throw new Error("goodhours audit starts this as a thread");
serveReplay(parentPort, async () => (await openBank(readConfig(process.env))).options);
