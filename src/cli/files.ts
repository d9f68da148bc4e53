import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { UnreadableFile } from "../services/exchange/csv";
import { Stop } from "./output";

/** Waits for what is read of a file; a file that cannot be read ends the command, which names it. */
export function reading<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof UnreadableFile) throw new Stop(`${error.code}: ${path}: ${error.message}`, "BAD_FILE");
    throw error;
  });
}

/**
 * Makes a folder and those that it stands in. Node's own way (`recursive`) never ends where the system takes no folder and says
 * that its parent is missing, as below /proc.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
