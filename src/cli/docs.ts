import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { docsFolder, staleFiles, writeGenerated } from "../docs/folder";
import { type SiteFile, site } from "../docs/site";
import type { Exit } from "../exits";
import { makeFolder } from "./files";
import { Stop, type Terminal } from "./output";

export interface DocsOptions {
  out?: string;
  port: number;
  write?: boolean;
  check?: boolean;
}

/** Pages without a script, a form, a frame or a word to another host. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Serves the documentation, or writes it as pages. `write` and `check` are for the generated documents of the clone. */
export async function docsCommand(options: DocsOptions, terminal: Terminal): Promise<Exit> {
  if (options.write) for (const name of writeGenerated(docsFolder())) terminal.print(`docs/${name}`);
  else if (options.check) return check(terminal);
  else if (options.out !== undefined) writeSite(options.out, terminal);
  else {
    const { port } = (await serveDocs(options.port)).address() as AddressInfo;
    terminal.print(`The documentation is at http://127.0.0.1:${port}/`);
  }
  return "DONE";
}

function check(terminal: Terminal): Exit {
  const stale = staleFiles(docsFolder());
  for (const name of stale) terminal.warn(`docs/${name} is stale: run \`npm run docs\` in the clone`);
  return stale.length === 0 ? "DONE" : "FAILED";
}

/** The pages go into a folder of their own, so that nothing else is overwritten. */
function writeSite(folder: string, terminal: Terminal): void {
  const files = site();
  try {
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw new Stop(`${folder} is not empty: name a new folder for the pages`, "BAD_FILE");
    for (const [path, { body }] of files) {
      makeFolder(dirname(join(folder, path)));
      writeFileSync(join(folder, path), body);
    }
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`cannot write ${folder}: ${(error as NodeJS.ErrnoException).code}`, "BAD_FILE");
  }
  terminal.print(`${files.size} files; begin with ${join(folder, "index.html")}`);
}

/** On this machine alone: the pages are public, and the bank's own server is not asked for them. */
export async function serveDocs(port: number): Promise<Server> {
  const files = site();
  const server = createServer((request, response) => {
    const { method = "GET", url = "/" } = request;
    const head = { "content-security-policy": policy, "x-content-type-options": "nosniff" };
    if (method !== "GET" && method !== "HEAD")
      return void response.writeHead(405, { ...head, allow: "GET, HEAD" }).end();
    const file = fileAt(files, url);
    if (!file) return void response.writeHead(404, head).end();
    response.writeHead(200, { ...head, "content-type": file.type }).end(method === "HEAD" ? undefined : file.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}

/** The file of an address; a folder's is its index. */
function fileAt(files: ReadonlyMap<string, SiteFile>, url: string): SiteFile | undefined {
  const path = (url.split(/[?#]/)[0] ?? "/").slice(1);
  return files.get(path === "" || path.endsWith("/") ? `${path}index.html` : path);
}
