import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { groupCode } from "../../src/domain/people/invitations";
import { settingsOf } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";
import { goodhours, installed } from "../support/process";

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
  const named = ["--organization", "fengqiao-station", "--volunteers", at("list.csv"), "--out", at("cards.html")];
  const ran = await installed(settings, "invite", ...named);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  const nothing = { replaced: 0, refused: 0, refusedByCode: {}, refusedFile: null };
  expect(JSON.parse(ran.stdout)).toEqual({ invited: 2, ...nothing, out: at("cards.html") });
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
  // V-1 is in already; the station has a worker and two supervisors. V-2 was given a card before.
  expect(JSON.parse(before.stdout)).toMatchObject({ invited: 5, replaced: 1 });
  expect(cards.map(({ volunteerNo }) => volunteerNo)).toEqual(["V-2", "V-3", null, null, null]);
  expect(await accept("wx-w", cards.find(({ name }) => name === "STATION_WORKER")?.code as string)).toBe(
    bank.worker.personId,
  );
  // The file holds codes that stand nowhere else, so nobody writes over it unasked.
  const kept = readFileSync(at("all.json"), "utf8");
  const again = await invite("--all-without-identity", "--out", at("all.json"));
  expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/is there already.+--overwrite\n$/)]);
  expect(readFileSync(at("all.json"), "utf8")).toBe(kept);
  writeFileSync(at("all.csv"), "an earlier sheet");
  const second = await invite("--all-without-identity", "--out", at("all.csv"), "--overwrite");
  expect(JSON.parse(second.stdout)).toMatchObject({ invited: 4, replaced: 4, out: at("all.csv") });
  const [head, ...rows] = readFileSync(at("all.csv"), "utf8").trimEnd().split("\r\n");
  expect(head).toBe("\ufeffname,volunteer_no,code,link,expires_on");
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatch(/^志愿者V-2,V-2,.{5}-.{5},https:\/\/bank\.example\/join#.{10},2026-10-04$/);
  // The earlier codes open nothing any more.
  await expect(accept("wx-2", cards[0]?.code as string)).rejects.toMatchObject({ code: "INVITATION_INVALID" });
  expect(await accept("wx-2", rows[0]?.split(",")[2] as string)).toBeDefined();
  expect(groupCode("ABCDEFGHJK")).toBe("ABCDE-FGHJK");
});

test("rows that name nobody who may be invited stand beside the list, and the others are invited", async () => {
  const left = await bank.volunteer("V-4");
  await bank.services.volunteers.advance(bank.officer, { volunteerId: left.id, action: "WITHDRAW", reason: "退出" });
  writeFileSync(at("some.csv"), "编号\nV-9\nV-3\nV-4\nv-3\n");
  const { PUBLIC_URL: _, ...local } = settings;
  const given = ["--organization", "fengqiao-station", "--volunteers", at("some.csv"), "--out", at("some.json")];
  const ran = await goodhours(local, "invite", ...given);
  expect([ran.code, JSON.parse(ran.stdout)]).toEqual([
    0,
    {
      ...{ invited: 1, replaced: 1, refused: 2, refusedByCode: { VOLUNTEER_NOT_FOUND: 2 } },
      ...{ refusedFile: at("some.csv.invite.refused.csv"), out: at("some.json") },
    },
  ]);
  expect(readFileSync(at("some.csv.invite.refused.csv"), "utf8").split("\r\n").slice(0, 3)).toEqual([
    "\ufeff序号,行号,编号,代码,原因",
    "1,2,V-9,VOLUNTEER_NOT_FOUND,没有查到这个编号，或该志愿者已停用。请核对后再输一次。（编号）",
    "3,4,V-4,VOLUNTEER_NOT_FOUND,没有查到这个编号，或该志愿者已停用。请核对后再输一次。",
  ]);
  // Only this machine reaches the address at which it listens.
  expect(ran.stderr).toMatch(/^goodhours: PUBLIC_URL is not set: the links in the file lead to http:.+\n$/);
});

test("a list is one command, however many of its rows are refused", async () => {
  const { volunteers, organizations } = bank.services;
  const { id } = (
    await organizations.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), slug: "team", name: "义工队", kind: "VOLUNTEER_TEAM" },
      ...{ filingStatus: "REGISTERED", divisionCode: "fengqiao" },
    })
  ).value;
  // V-10 has a role elsewhere, which the operator could give; those who left are refused.
  const rows = ["V-3"];
  for (let i = 10; i < 16; i += 1) {
    const volunteer = await bank.volunteer(`V-${i}`);
    if (i === 10) await bank.grant(volunteer.personId, "ACTIVITY_LEAD", id);
    else await volunteers.advance(bank.officer, { volunteerId: volunteer.id, action: "WITHDRAW", reason: "退出" });
    rows.push(`V-${i}`);
  }
  writeFileSync(at("left.csv"), ["编号", ...rows].join("\n"));
  const commands = async () => (await bank.ground.raw("SELECT key FROM commands")).length;
  const before = await commands();
  const ran = await invite("--volunteers", at("left.csv"), "--out", at("left.json"));
  expect(JSON.parse(ran.stdout)).toMatchObject({ invited: 2, refusedByCode: { VOLUNTEER_NOT_FOUND: 5 } });
  expect((await commands()) - before).toBe(1);
  const cards = JSON.parse(readFileSync(at("left.json"), "utf8")) as { volunteerNo: string; code: string }[];
  expect(cards.map(({ volunteerNo }) => volunteerNo)).toEqual(["V-3", "V-10"]);
  expect(await accept("wx-10", cards[1]?.code as string)).toBe((await bank.store.view.volunteerByNo("V-10"))?.personId);
  expect(readFileSync(at("left.csv.invite.refused.csv"), "utf8")).toContain("7,8,V-15,VOLUNTEER_NOT_FOUND");
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
