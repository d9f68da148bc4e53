import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serveDocs } from "../../src/cli/docs";
import { goodhours, installed } from "../support/process";

/** `goodhours docs`, as a reader without a bank and without a network uses it. */
const folder = mkdtempSync(join(tmpdir(), "goodhours-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("writes pages that need no server, into a new folder alone", async () => {
  const out = join(folder, "pages");
  const wrote = await installed({}, "docs", "--out", out);
  expect([wrote.code, wrote.stderr]).toEqual([0, ""]);
  expect(readdirSync(out)).toEqual(expect.arrayContaining(["assets", "docs.css", "en", "index.html", "zh"]));
  expect(readFileSync(join(out, "en/reference/refusals.html"), "utf8")).toContain("<code>RECORD_OVERLAP</code>");
  const taken = join(folder, "taken");
  mkdirSync(taken);
  writeFileSync(join(taken, "mine.txt"), "mine");
  expect(await goodhours({}, "docs", "--out", taken)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is not empty"),
  });
  expect(readdirSync(taken)).toEqual(["mine.txt"]);
});

test.each([
  ["a new folder in new folders", "a/b/c", 0, ""],
  ["below a file", "file/c", 2, "ENOTDIR"],
  ["over a file", "file", 2, "ENOTDIR"],
  // Node's own way to make folders never ends here.
  ["where the system takes none", "/proc/c", 2, "ENOENT"],
])("pages %s", async (_, out, code, error) => {
  writeFileSync(join(folder, "file"), "");
  const ran = await goodhours({}, "docs", "--out", resolve(folder, out));
  expect([ran.code, ran.stderr.includes(error)]).toEqual([code, true]);
});

test("says whether the generated pages are fresh, and refuses a port that is none", async () => {
  expect(await goodhours({}, "docs", "--check")).toMatchObject({ code: 0, stderr: "" });
  expect(await goodhours({}, "docs", "--port", "70000")).toMatchObject({ code: 64 });
});

describe("served", () => {
  const head = async (method: string, path: string) => {
    const server = await serveDocs(0);
    const { port } = server.address() as AddressInfo;
    try {
      return await new Promise<{ status?: number; headers: Record<string, unknown>; body: string }>(
        (resolve, reject) => {
          request({ host: "127.0.0.1", port, method, path }, (answer) => {
            let body = "";
            answer.on("data", (chunk) => {
              body += chunk;
            });
            answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
          })
            .once("error", reject)
            .end();
        },
      );
    } finally {
      server.close();
    }
  };

  test.each([
    ["GET", "/", 200, "text/html; charset=utf-8"],
    ["GET", "/en/", 200, "text/html; charset=utf-8"],
    ["GET", "/zh/reference/steps.html?x=1", 200, "text/html; charset=utf-8"],
    ["HEAD", "/docs.css", 200, "text/css; charset=utf-8"],
    ["GET", "/../package.json", 404, undefined],
    ["GET", "/%2e%2e/package.json", 404, undefined],
    ["GET", "/nothing", 404, undefined],
    ["POST", "/", 405, undefined],
  ])("%s %s answers %i, and no other host and no script may come in", async (method, path, status, type) => {
    const answer = await head(method, path);
    expect([answer.status, answer.headers["content-type"]]).toEqual([status, type]);
    expect(answer.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'self'; img-src 'self';/);
    expect(answer.body.length > 0).toBe(method === "GET" && status === 200);
  });
});
