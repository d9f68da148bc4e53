import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organizationKinds } from "../../src/domain/facts/organizations";
import { settingsOf } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { environment, fromSources, goodhours, installed } from "../support/process";

let bank: TestBank;
let folder: string;
let settings: Record<string, string>;
beforeAll(async () => {
  bank = await openBank();
  await bank.volunteer("V-1");
  settings = settingsOf(bank);
  folder = mkdtempSync(join(tmpdir(), "goodhours-cli-"));
});
afterAll(async () => {
  await bank.close();
  rmSync(folder, { recursive: true, force: true });
});
const at = (name: string) => join(folder, name);
const at_station = ["--organization", "fengqiao-station"];

const header =
  "external_ref,volunteer_no,service_type,started_at,ended_at,break_minutes,place,content,activity_lead,evidence";
const row = "r-1,V-1,COMPANION_TALK,2026-09-18T09:00:00+08:00,2026-09-18T10:00:00+08:00,0,大庙,聊天,负责人,";
const good = `${header}\n${row}\n`;

describe("a file that cannot be read ends with 2, one coded line, and nothing written", () => {
  const gbk = Buffer.from([0xb7, 0xe3, 0xc7, 0xc5]);
  test.each<[string, string | Buffer]>([
    ["GBK", Buffer.concat([Buffer.from(`${header}\nr-1,V-1,`), gbk, Buffer.from("\n")])],
    ["UTF-16", Buffer.from(`\ufeff${good}`, "utf16le")],
    ["half a line", good.slice(0, -40)],
    ["half a quoted cell", `${good.trim().slice(0, -1)},"half`],
    ["a missing column", good.replace("volunteer_no,", "").replace("V-1,", "")],
    ["a NUL byte", good.replace("聊天", "聊\0天")],
    ["an empty file", ""],
    ["a cell of 10 MB", good.replace("聊天", "长".repeat(3_500_000))],
  ])("%s", async (name, content) => {
    const file = at(`${name.replaceAll(" ", "-")}.csv`);
    writeFileSync(file, content);
    const before = await bank.store.view.head();
    const ran = await goodhours(settings, "import", "hours", file, ...at_station);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toMatch(/^goodhours: [A-Z_]+: .+\n$/);
    expect(await bank.store.view.head()).toEqual(before);
    expect(existsSync(`${file}.refused.csv`)).toBe(false);
  });

  test("no file at all", async () => {
    expect(await goodhours(settings, "import", "hours", at("none.csv"), ...at_station)).toMatchObject({
      code: 2,
      stderr: `goodhours: NOT_FOUND: ${at("none.csv")}: there is no such file\n`,
    });
  });
});

test("a formula in a text cell is text; in a number or date column it is INVALID_INPUT", async () => {
  const file = at("formula.csv");
  writeFileSync(
    file,
    [
      header,
      row.replace("聊天", "=1+1").replace("r-1", "f-1"),
      row.replace(",0,大庙", ",=1+1,大庙").replace("r-1", "f-2"),
      row.replace("2026-09-18T09", "=NOW()").replace("r-1", "f-3"),
    ].join("\n"),
  );
  const ran = await goodhours(settings, "import", "hours", file, ...at_station, "--json");
  expect(JSON.parse(ran.stdout)).toMatchObject({ accepted: 1, refused: 2, refusedByCode: { INVALID_INPUT: 2 } });
  expect(readFileSync(`${file}.refused.csv`, "utf8")).toContain("f-2");
});

test("a dry run tells the same and keeps nothing", async () => {
  const file = at("dry.csv");
  writeFileSync(file, good.replace("2026-09-18", "2026-09-17").replaceAll("2026-09-18", "2026-09-17"));
  const before = await bank.store.view.head();
  const dry = JSON.parse(
    (await goodhours(settings, "import", "hours", file, ...at_station, "--dry-run", "--json")).stdout,
  );
  expect(dry).toMatchObject({ accepted: 1, dryRun: true });
  expect(await bank.store.view.head()).toEqual(before);
  const real = JSON.parse((await goodhours(settings, "import", "hours", file, ...at_station, "--json")).stdout);
  expect(real).toEqual({ ...dry, dryRun: false });
});

test("all or none: a row that cannot be read keeps the others out too, dry or not", async () => {
  const file = at("all.csv");
  const day = (text: string, ref: string) => text.replaceAll("2026-09-18", "2026-09-15").replace("r-1", ref);
  writeFileSync(file, [header, day(row, "a-1"), day(row, "a-2").replace(",0,", ",some,")].join("\n"));
  const before = await bank.store.view.head();
  for (const dry of [[], ["--dry-run"]]) {
    const ran = await goodhours(settings, "import", "hours", file, ...at_station, "--mode", "all", "--json", ...dry);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      accepted: 0,
      refusedByCode: { INVALID_INPUT: 1, LINKED_FAILED: 1 },
    });
  }
  expect(await bank.store.view.head()).toEqual(before);
});

test("an empty bank gets its first officer, who is known by the issuer's subject", async () => {
  const own = { ...settings, DATABASE_URL: `file:${at("empty.db")}` };
  expect(await goodhours(own, "migrate")).toMatchObject({ code: 0, stdout: "migrated\n" });
  const added = JSON.parse(
    (await goodhours(own, "grant", "add", "--role", "officer", "--name", "首任", "--subject", "sub-1")).stdout,
  );
  expect(added).toEqual({
    personId: expect.stringMatching(/^person_/),
    grantId: expect.stringMatching(/^grant_/),
    displayName: "首任",
    roles: ["OFFICER"],
  });
  expect((await goodhours(own, "token", "--as", "officer")).stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const other = await goodhours(own, "grant", "add", "--role", "auditor", "--name", "x", "--subject", "sub-1");
  expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("DUPLICATE_PERSON") });
  const revoked = JSON.parse((await goodhours(own, "grant", "revoke", added.grantId, "--reason", "离任")).stdout);
  expect(revoked).toMatchObject({ validUntil: "2026-09-19", version: 2 });
  expect((await goodhours(own, "grant", "list")).stdout.trim().split("\n")).toHaveLength(1);
  expect(await goodhours(own, "audit")).toMatchObject({ code: 0 });
});

test("several first migrations at once make one bank, and all end well", async () => {
  const own = { ...settings, DATABASE_URL: `file:${at("own/at-once.db")}` };
  const ran = await Promise.all([1, 2, 3].map(() => installed(own, "migrate")));
  expect(ran).toEqual(ran.map(() => ({ code: 0, stdout: "migrated\n", stderr: "" })));
  expect(readdirSync(at("own")).sort()).toEqual(["at-once.db", "at-once.db.keys"]);
  expect(await goodhours(own, "audit")).toMatchObject({ code: 0 });
}, 180_000);

test("a demo takes no other bank's place: neither its file nor its keys are thrown away, or served as a demo's", async () => {
  const DATABASE_URL = `file:${at("real.db")}`;
  const { GOODHOURS_CLOCK: _, ...own } = settings;
  const real = { ...own, DATABASE_URL };
  await goodhours(real, "migrate");
  const files = () =>
    ["real.db", "real.db.keys"].map((name) => existsSync(at(name)) && readFileSync(at(name), "base64"));
  const before = files();
  for (const more of [[], ["--fresh"]])
    for (const given of [real, { DATABASE_URL }])
      expect(await goodhours(given, "demo", ...more)).toEqual({
        code: 78,
        stdout: "",
        stderr: expect.stringMatching(/^goodhours: .+real\.db is not a demo's: .+\n$/),
      });
  expect(files()).toEqual(before);
  // The bank is away to be restored, and its keys wait for it.
  rmSync(at("real.db"));
  expect(await goodhours(real, "demo", "--fresh")).toMatchObject({ code: 78 });
  expect(files()).toEqual([false, before[1]]);
});

test("a seed fills an empty bank only, and asks for a clock", async () => {
  const { GOODHOURS_CLOCK: _, ...clockless } = settings;
  expect(await goodhours({ ...clockless, DATABASE_URL: `file:${at("seeded.db")}` }, "seed")).toEqual({
    code: 64,
    stdout: "",
    stderr: "goodhours: seed needs GOODHOURS_CLOCK: its ids and keys are not secret\n",
  });
  expect(existsSync(at("seeded.db"))).toBe(false);
  const { seq } = await bank.store.view.head();
  expect(await goodhours(settings, "seed")).toMatchObject({ code: 1, stderr: "goodhours: the bank is not empty\n" });
  expect((await bank.store.view.head()).seq).toBe(seq);
});

test("migrating again changes nothing", async () => {
  const own = { ...settings, DATABASE_URL: `file:${at("earlier.db")}` };
  await goodhours(own, "migrate");
  const before = JSON.parse((await goodhours(own, "migrate", "--json")).stdout);
  expect(JSON.parse((await goodhours(own, "migrate", "--json")).stdout)).toEqual(before);
});

test("a process tells the same as the command in this one, from the build and from the clone's sources", async () => {
  const broken = { ...settings, PORT: "many" };
  for (const [given, ...command] of [
    [settings, "--help"],
    [settings, "audit", "--json"],
    [settings, "grant", "list"],
    [settings, "frobnicate"],
    [broken, "audit"],
  ] as const)
    expect(await installed(given, ...command)).toEqual(await goodhours(given, ...command));
  expect(await fromSources(settings, "audit", "--json")).toEqual(await goodhours(settings, "audit", "--json"));
}, 180_000);

test("a demo that was kept is served, and names the commands to try as this machine has them", async () => {
  const demo = { DATABASE_URL: `file:${at("kept.db")}` };
  await goodhours({ ...demo, GOODHOURS_CLOCK: "2026-09-20T09:00:00+08:00" }, "migrate");
  writeFileSync(
    at("kept.db.clock.json"),
    JSON.stringify({ clock: "2026-09-20T09:00:00+08:00", startedAt: Date.now() }),
  );
  const root = join(__dirname, "../..");
  const welcome = async (...program: string[]) => {
    const child = spawn(process.execPath, [...program, "demo"], { cwd: root, env: environment(demo) });
    const gone = new Promise((resolve) => child.once("exit", resolve));
    let said = "";
    await new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (said.includes("Ctrl-C")) resolve();
      });
      gone.then(() => reject(new Error(`the demo ended: ${said}`)), reject);
    });
    child.kill("SIGTERM");
    expect(await gone).toBe(0);
    return new Set(said.match(/\w[\w -]*(?= token --as)/g));
  };
  const byNpm = "npm run --silent goodhours --";
  const welcomed = [welcome(join(root, "dist/src/main.js")), welcome("--import", "tsx", join(root, "src/main.ts"))];
  expect(await Promise.all(welcomed)).toEqual([new Set(["goodhours"]), new Set([byNpm])]);
}, 180_000);

test("exports are whole, guarded files", async () => {
  const { id } = await bank.log("V-1", "2026-09-16", "09:00", "11:00", { externalRef: "=HYPERLINK(1)" });
  await bank.confirm(bank.supervisor, id);
  const records = (await goodhours(settings, "export", "records", ...at_station)).stdout;
  expect(records.startsWith("\ufeffrecord_id,")).toBe(true);
  expect(records).toContain(",'=HYPERLINK(1),V-1,");
  // What may be a name or a way to reach somebody is not passed on.
  for (const [i, externalRef] of ["Zhuge Lihua", "zhuge7@example.com", "13912345678"].entries())
    await bank.log("V-1", "2026-09-16", `${12 + i}:00`, `${12 + i}:30`, { externalRef });
  const again = (await goodhours(settings, "export", "records", ...at_station)).stdout;
  expect(again.split("\n").filter((line) => /^record_\w+,,V-1,/.test(line))).toHaveLength(3);
  expect(again).not.toMatch(/Zhuge|zhuge7|13912345678/);
  await goodhours(settings, "export", "statement", "--volunteer-no", "V-1", "--out", at("statement.csv"));
  expect(readFileSync(at("statement.csv"), "utf8")).toMatch(
    /\d+,2026-09-16,2026-09-20T09:00:00\+08:00,EARN,120,0,120,record_/,
  );
  const journal = (await goodhours(settings, "export", "journal")).stdout.trim().split("\n");
  expect(journal).toHaveLength((await bank.store.view.head()).seq + 1);
  expect(JSON.parse(journal[0] ?? "")).toMatchObject({ seq: 0, kind: "BANK_OPENED" });
});

test("an export that nobody can read does not end with 0; an export to nowhere on purpose does", async () => {
  const ran = async (redirect: string) => {
    const given = [process.execPath, join(__dirname, "../../dist/src/main.js"), "export", "journal"];
    const child = spawn("bash", ["-c", `"$@" ${redirect}`, "bash", ...given], { env: environment(settings) });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    return [await new Promise((resolve) => child.once("close", resolve)), said];
  };
  expect(await Promise.all([">&-", "> /dev/full", "> /dev/null"].map(ran))).toEqual([
    [2, expect.stringMatching(/^goodhours: standard output is closed.+--out\n$/)],
    [1, expect.stringContaining("ENOSPC")],
    [0, ""],
  ]);
}, 180_000);

test("the help of an import tells its columns and the values that they take", async () => {
  const { stdout } = await goodhours({}, "import", "organizations", "--help");
  expect(stdout).toContain("\n  filing_status, 登记备案, 登记状态\n    REGISTERED, 登记, 已登记\n");
  for (const kind of organizationKinds) expect(stdout).toContain(`\n    ${kind}, `);
});

test("a port that is taken and an address of another machine end the server with 78, and one line says what to set", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  try {
    const inUse = await installed({ ...settings, HOST: "127.0.0.1", PORT: String(port) }, "serve");
    expect([inUse.code, inUse.stdout, inUse.stderr]).toEqual([
      78,
      "",
      `goodhours: PORT: another program listens on 127.0.0.1:${port} already: name another port, or 0 for one that is free\n`,
    ]);
    // An address that is kept for documentation.
    const elsewhere = await installed({ ...settings, HOST: "192.0.2.1" }, "serve");
    expect([elsewhere.code, elsewhere.stderr]).toEqual([
      78,
      "goodhours: HOST: 192.0.2.1 is no address of this machine\n",
    ]);
  } finally {
    taken.close();
  }
}, 180_000);

test("a wrong call gets one line and an exit code of its own", async () => {
  expect(await goodhours({ ...settings, DATABASE_URL: `file:${at("no.db")}` }, "audit")).toMatchObject({
    code: 78,
    stderr: expect.stringMatching(/^goodhours: no bank at .*\n$/),
  });
  expect(await goodhours({ ...settings, PORT: "many" }, "audit")).toMatchObject({
    code: 78,
    stderr: expect.stringMatching(/^goodhours: PORT: .*\n$/),
  });
  expect(await goodhours({ DATABASE_URL: settings.DATABASE_URL ?? "" }, "audit")).toMatchObject({
    code: 78,
    stderr: expect.stringMatching(/^goodhours: GOODHOURS_SECRET: needed/),
  });
  expect(await goodhours(settings, "grant", "add", "--role", "nobody", "--name", "x")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^goodhours: INVALID_INPUT: .+ Expected: .*OFFICER.*\. \(--role\)\n$/),
  });
  const named = ["--role", "officer", "--name", "x"];
  const options: [string, string, string][] = [
    ["--from", "yesterday", "a day such as 2026-09-12. (--from)"],
    ["--until", "2026-02-30", "a day such as 2026-09-12, not before the first. (--until)"],
    ["--organization", "fengqiao-station", "This role is held at no organisation. (--organization)"],
  ];
  for (const [option, value, told] of options)
    expect(await goodhours(settings, "grant", "add", ...named, option, value)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(told),
    });
  expect(await goodhours(settings, "grant", "list", "--role", "worker")).toMatchObject({
    code: 64,
    stderr: expect.stringMatching(/^goodhours: --role: expected one of activity-lead, .+\n$/),
  });
  for (const nth of ["0", "1.5", "first"])
    expect(await goodhours(settings, "token", "--as", "officer", "--nth", nth)).toMatchObject({ code: 64, stdout: "" });
  const sheet = ["--all-without-identity", "--out", at("nowhere/cards.csv")];
  expect(await goodhours(settings, "invite", ...at_station, ...sheet)).toMatchObject({ code: 2 });
  expect(await goodhours(settings, "frobnicate")).toMatchObject({ code: 64 });
  expect(await goodhours(settings, "--help")).toMatchObject({ code: 0, stdout: expect.stringContaining("audit") });
});
