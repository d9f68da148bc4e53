import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { groupCode } from "../../src/domain/invitations";
import { settingsOf } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";
import { goodhours } from "../support/process";

let bank: TestBank;
let folder: string;
let settings: Record<string, string>;
beforeAll(async () => {
  bank = await openBank();
  for (const no of ["V-1", "V-2", "V-3"]) await bank.volunteer(no);
  settings = { ...settingsOf(bank), PUBLIC_URL: "https://bank.example" };
  folder = mkdtempSync(join(tmpdir(), "goodhours-invite-"));
});
afterAll(async () => {
  await bank.close();
  rmSync(folder, { recursive: true, force: true });
});
const at = (name: string) => join(folder, name);
const invite = (...given: string[]) => goodhours(settings, "invite", "--organization", "fengqiao-station", ...given);
const accept = async (subject: string, code: string) => {
  const actor = await bank.services.people.actorOf({ subject, issuer });
  return (await bank.services.invitations.accept(actor, { idempotencyKey: bank.key(), code })).value;
};

test("a card for each volunteer of a list, to print, for its owner's eyes alone", async () => {
  writeFileSync(at("list.csv"), "志愿者编号,姓名\nV-1,甲\nV-2,乙\n");
  const ran = await invite("--volunteers", at("list.csv"), "--out", at("cards.html"));
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(ran.stdout)).toEqual({ invited: 2, out: at("cards.html") });
  expect(statSync(at("cards.html")).mode & 0o777).toBe(0o600);
  const sheet = readFileSync(at("cards.html"), "utf8");
  const codes = [...sheet.matchAll(/class="code">([^<]+)</g)].map(([, code]) => code as string);
  expect(codes).toHaveLength(2);
  expect(sheet.match(/<svg/g)).toHaveLength(2);
  expect(sheet).toContain("志愿者编号 V-1");
  expect(sheet).toContain("https://bank.example/join");
  // Nothing is fetched from elsewhere when it is opened.
  expect(sheet).not.toMatch(/<script|<link|src=|url\(/);
  expect(await accept("wx-1", codes[0] as string)).toBe((await bank.store.view.volunteerByNo("V-1"))?.personId);
});

test("everybody who has no way in yet, volunteers and staff, as a table or as JSON", async () => {
  const before = await invite("--all-without-identity", "--out", at("all.json"));
  const cards = JSON.parse(readFileSync(at("all.json"), "utf8")) as {
    name: string;
    volunteerNo: string;
    code: string;
  }[];
  // V-1 is in already; the station has a worker and two supervisors.
  expect(JSON.parse(before.stdout).invited).toBe(5);
  expect(cards.map(({ volunteerNo }) => volunteerNo)).toEqual(["V-2", "V-3", null, null, null]);
  expect(await accept("wx-w", cards.find(({ name }) => name === "STATION_WORKER")?.code as string)).toBe(
    bank.worker.personId,
  );
  await invite("--all-without-identity", "--out", at("all.csv"));
  const [head, ...rows] = readFileSync(at("all.csv"), "utf8").trimEnd().split("\r\n");
  expect(head).toBe("\ufeffname,volunteer_no,code,link,expires_on");
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatch(/^志愿者V-2,V-2,.{5}-.{5},https:\/\/bank\.example\/join#.{10},2026-10-04$/);
  // The earlier codes open nothing any more.
  await expect(accept("wx-2", cards[0]?.code as string)).rejects.toMatchObject({ code: "INVITATION_INVALID" });
  expect(await accept("wx-2", rows[0]?.split(",")[2] as string)).toBeDefined();
  expect(groupCode("ABCDEFGHJK")).toBe("ABCDE-FGHJK");
});

test.each<[string, string[], RegExp]>([
  ["a list that names nobody", ["--volunteers", "nobody.csv", "--out", "x.html"], /VOLUNTEER_NOT_FOUND: row 1/],
  ["neither a list nor all", ["--out", "x.html"], /--volunteers/],
  ["an ending that is no format", ["--all-without-identity", "--out", "x.pdf"], /\.html, \.csv, \.json/],
  ["a folder that is not there", ["--all-without-identity", "--out", "none/x.html"], /ENOENT/],
  ["no such organisation", ["--all-without-identity", "--out", "x.html", "--organization", "none"], /no organisation/],
])("refused, and nobody invited: %s", async (_, given, said) => {
  writeFileSync(at("nobody.csv"), "volunteer_no\nV-9\n");
  const before = (await bank.store.view.head()).seq;
  const ran = await invite(...given.map((text) => (/\.(csv|html|pdf)$/.test(text) ? at(text) : text)));
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toMatch(said);
  expect((await bank.store.view.head()).seq).toBe(before);
  expect(readdirSync(folder).filter((name) => name.includes("x."))).toEqual([]);
  expect(existsSync(at("x.html.part"))).toBe(false);
});
