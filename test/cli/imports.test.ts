import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { decode } from "../../src/domain/ledger/journal";
import { phoneFaults } from "../../src/domain/people/phones";
import { openServices, type Services, seededEntropy } from "../../src/services";
import { openSqlite } from "../../src/storage/sqlite";
import type { Store } from "../../src/storage/store";
import { goodhours, installed } from "../support/process";

/** A bank of one's own: no seed, an issuer of its own, and the operator at the machine that holds the keys. */
let folder: string;
let settings: Record<string, string>;
let store: Store;
const at = (name: string) => join(folder, name);
const clock = "2026-09-20T09:00:00+08:00";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "goodhours-own-"));
  settings = {
    DATABASE_URL: `file:${at("bank.db")}`,
    GOODHOURS_SECRET: "07".repeat(32),
    GOODHOURS_CLOCK: clock,
    TOKEN_ISSUER: "https://login.example",
    TOKEN_JWKS_URL: "https://login.example/jwks.json",
    ORIGIN: "test.example/own",
  };
  expect(await goodhours(settings, "migrate")).toMatchObject({ code: 0 });
  store = openSqlite({ path: at("bank.db"), clock: () => Date.parse(clock) });
});
afterEach(async () => {
  expect(await goodhours(settings, "audit")).toMatchObject({ code: 0 });
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function imported(kind: string, lines: string | string[], ...more: string[]) {
  const file = at(`${kind}.csv`);
  writeFileSync(file, [lines].flat().join("\n"));
  const ran = await goodhours(settings, "import", kind, file, "--json", ...more);
  return ran.code === 0 ? JSON.parse(ran.stdout) : ran;
}
const samples = (name: string) => readFileSync(join(__dirname, "../../samples", name), "utf8");

test("without TOKEN_ISSUER no subject is tied to the issuer that only a demo has", async () => {
  const { TOKEN_ISSUER: _, ...nameless } = settings;
  const needed = "TOKEN_ISSUER: needed";
  const first = ["grant", "add", "--role", "officer", "--name", "首任", "--subject", "s-1"];
  const { seq } = await store.view.head();
  expect(await goodhours(nameless, ...first)).toMatchObject({ code: 78, stderr: expect.stringContaining(needed) });
  expect((await store.view.head()).seq).toBe(seq);
  expect(await goodhours(nameless, "serve")).toMatchObject({ code: 78, stderr: expect.stringContaining(needed) });
  const named = await goodhours(nameless, ...first, "--issuer", "https://login.example");
  expect(named).toMatchObject({ code: 0, stdout: expect.stringContaining("OFFICER") });
  writeFileSync(
    at("staff.csv"),
    "role,display_name,subject,issuer\nauditor,审计,s-2,\nauditor,审计员,s-3,https://login.example\n",
  );
  const staff = await goodhours(nameless, "import", "staff", at("staff.csv"), "--json");
  expect(JSON.parse(staff.stdout)).toMatchObject({ accepted: 1, refused: 1, refusedByCode: { INVALID_INPUT: 1 } });
});

describe("import divisions", () => {
  test("reads the county's towns, kinds and parents from their codes; the same file again changes nothing", async () => {
    const first = await imported("divisions", samples("divisions.csv"));
    expect(first).toEqual({
      file: at("divisions.csv"),
      rows: 24,
      accepted: 24,
      repeated: 0,
      refused: 0,
      refusedByCode: {},
      refusedFile: null,
      dryRun: false,
    });
    const divisions = new Map((await store.view.divisions()).map((division) => [division.code, division]));
    expect(divisions.get("jiyang")).toMatchObject({
      kind: "SUBDISTRICT",
      parentCode: "zhuji",
      officialCode: "330681001",
    });
    expect(divisions.get("fengqiao")).toMatchObject({ kind: "TOWN", parentCode: "zhuji", name: "枫桥镇" });
    expect(divisions.get("donghe")).toMatchObject({ kind: "TOWNSHIP", parentCode: "zhuji" });
    const before = await store.view.head();
    expect(await imported("divisions", samples("divisions.csv"))).toMatchObject({
      accepted: 0,
      repeated: 24,
      refused: 0,
    });
    expect(await store.view.head()).toEqual(before);
    const [, , last] = await store.view.journalAfter(before.seq - 3, 3);
    expect(last?.kind).toBe("DIVISION_STEP");
  });

  test("lines in any order, headers in Chinese, refused lines beside the file", async () => {
    const lines = [
      "名称,区划代码,类别,停用",
      "新村,330681109200,,",
      "枫桥镇,330681109000,,",
      "暨阳街道,３３０６８１００１,,",
      "诸暨市,330681,县级市,",
      "某地,3306811,,",
      "某地,3.30681E+11,,",
      "某地,330681400,,",
      "某地,330681110,公社,",
      "枫桥镇,330681111,,",
      "旧镇,330681112,镇,是",
      ",330681113,,",
      '"=1+1",330681115,,',
    ];
    const summary = await imported("divisions", lines);
    expect(summary).toMatchObject({
      rows: 12,
      accepted: 5,
      refused: 7,
      refusedByCode: { DIVISION_CODE_INVALID: 2, DUPLICATE_DIVISION: 1, INVALID_INPUT: 4 },
      refusedFile: at("divisions.csv.refused.csv"),
    });
    const refused = readFileSync(at("divisions.csv.refused.csv"), "utf8");
    expect(refused).toContain("序号,行号,区划代码,代码,原因");
    expect(refused).toContain("5,6,3306811,DIVISION_CODE_INVALID,");
    // By the file's own columns, and what they take.
    expect(refused).toContain("8,9,330681110,INVALID_INPUT,类别：须为以下之一：县、镇、乡、街道、村、社区、网格");
    expect(refused).toContain("11,12,330681113,INVALID_INPUT,名称：为空");
    expect(refused).not.toContain("公社");
    expect(await imported("divisions", lines)).toMatchObject({ accepted: 0, repeated: 5, refused: 7 });
  });

  test("all or none; a dry run keeps nothing", async () => {
    const lines = ["code,name", "330681,诸暨市", "33068,五位"];
    const before = await store.view.head();
    for (const more of [["--mode", "all"], ["--dry-run"], ["--mode", "all", "--dry-run"]])
      expect(await imported("divisions", lines, ...more)).toMatchObject({ rows: 2 });
    expect(await store.view.head()).toEqual(before);
    expect(await imported("divisions", lines, "--mode", "all")).toMatchObject({
      accepted: 0,
      refusedByCode: { DIVISION_CODE_INVALID: 1, LINKED_FAILED: 1 },
    });
    // The code of the refusal is not the division's.
    expect(readFileSync(at("divisions.csv.refused.csv"), "utf8")).toContain("row,line,division_code,code,reason");
  });

  test("an import that cannot be read ends with 2 and writes nothing", async () => {
    const before = await store.view.head();
    const bad: Record<string, string | string[]> = {
      "no code": ["name,kind", "诸暨市,市"],
      "a column twice, once in Chinese": ["code,名称,name", "330681,诸暨市,诸暨市"],
      "too many": ["code,name", ...Array.from({ length: 10_001 }, (_, i) => `g-${i},网格${i}`)],
    };
    for (const [name, lines] of Object.entries(bad))
      expect([name, await imported("divisions", lines)]).toEqual([
        name,
        expect.objectContaining({ code: 2, stdout: "" }),
      ]);
    expect(await store.view.head()).toEqual(before);
    expect(existsSync(at("divisions.csv.refused.csv"))).toBe(false);
    // Where refused rows cannot be written down, no row is used.
    mkdirSync(at("divisions.csv.refused.csv"));
    const { code, stderr } = await imported("divisions", samples("divisions.csv"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("cannot be written beside the file")]);
    expect(await store.view.head()).toEqual(before);
    rmdirSync(at("divisions.csv.refused.csv"));
  });

  test("two processes read the same list at once: each division is there once", async () => {
    writeFileSync(at("list.csv"), samples("divisions.csv"));
    writeFileSync(at("list2.csv"), samples("divisions.csv"));
    const ran = await Promise.all(
      ["list.csv", "list2.csv"].map((name) => installed(settings, "import", "divisions", at(name), "--json")),
    );
    const told = ran.map(({ stdout }) => JSON.parse(stdout)).map(({ accepted, repeated }) => [accepted, repeated]);
    expect(told.sort()).toEqual([
      [0, 24],
      [24, 0],
    ]);
    expect(await store.view.divisions()).toHaveLength(24);
  });
});

describe("import organizations", () => {
  beforeEach(async () => {
    expect(await imported("divisions", samples("divisions.csv"))).toMatchObject({ accepted: 24 });
  });

  test("registers the sample; the same file again changes nothing", async () => {
    expect(await imported("organizations", samples("organizations.csv"))).toMatchObject({
      rows: 4,
      accepted: 4,
      refused: 0,
    });
    const station = await store.view.organizationBySlug("fengqiao-station");
    expect(station).toMatchObject({ kind: "SOCIAL_WORK_STATION", divisionCode: "fengqiao", state: "ACTIVE" });
    const team = await store.view.organizationBySlug("fengqiao-mediation");
    expect((await store.view.organizationProfiles([team?.id ?? ""])).get(team?.id ?? "")).toMatchObject({
      registeredOn: "2021-03-01",
      villageKind: "MEDIATION_COUNCIL",
    });
    const before = await store.view.head();
    expect(await imported("organizations", samples("organizations.csv"))).toMatchObject({ accepted: 0, repeated: 4 });
    expect(await store.view.head()).toEqual(before);
  });

  test("headers and kinds in Chinese; bad rows stand beside the file", async () => {
    const lines = [
      "名称,类别,登记状态,所属区划,统一社会信用代码,登记日期",
      "某协会,社会团体,备案,330681109000,,2020-01-01",
      "某协会,社会团体,备案,nowhere,,",
      "某中心,公司,备案,fengqiao,,",
      "某中心,基金会,备案,fengqiao,51330681MJDEM9001A,",
      "某中心,基金会,备案,fengqiao,,2027-01-01",
      "某中心,基金会,备案,fengqiao,,2020-02-30",
    ];
    expect(await imported("organizations", lines)).toMatchObject({
      accepted: 1,
      refusedByCode: { DIVISION_NOT_FOUND: 1, IN_THE_FUTURE: 1, INVALID_INPUT: 2, USCC_INVALID: 1 },
    });
    const refused = readFileSync(at("organizations.csv.refused.csv"), "utf8");
    expect(refused).not.toContain("公司");
    expect(refused).toContain("没有这个行政区划，请核对代码。（所属区划）");
    expect(await imported("organizations", lines)).toMatchObject({ accepted: 0, repeated: 1, refused: 5 });
  });
});

describe("import staff, and what they then do", () => {
  beforeEach(async () => {
    for (const kind of ["divisions", "organizations"]) await imported(kind, samples(`${kind}.csv`));
  });

  test("gives the sample's roles; the same file again changes nothing", async () => {
    expect(await imported("staff", samples("staff.csv"))).toMatchObject({ rows: 4, accepted: 4, refused: 0 });
    const before = await store.view.head();
    expect(await imported("staff", samples("staff.csv"))).toMatchObject({ accepted: 0, repeated: 4 });
    expect(await store.view.head()).toEqual(before);
    const lines = [
      "岗位,组织,姓名,账号,起,止",
      "社工站专员,fengqiao-station,专员丙,fengqiao-worker,,",
      "社工站专员,fengqiao-station,专员戊,,2026-09-01,2027-08-31",
      "社工站专员,nowhere,专员己,,,",
      "站长,fengqiao-station,专员己,,,",
      "民政干部,,干部庚,county-officer,,",
      "社工站专员,fengqiao-station,别人,fengqiao-worker,,",
    ];
    expect(await imported("staff", lines)).toMatchObject({
      accepted: 2,
      repeated: 1,
      refusedByCode: { DUPLICATE_PERSON: 1, INVALID_INPUT: 1, NOT_FOUND: 1 },
    });
    const refused = readFileSync(at("staff.csv.refused.csv"), "utf8");
    expect(refused).toContain("3,4,专员己,NOT_FOUND,");
    // Nobody is made a volunteer or a guardian by a role.
    expect(refused).toContain("4,5,专员己,INVALID_INPUT,岗位：须为以下之一：活动负责人、组织管理员、社工站专员、");
    expect(refused).not.toContain("监护人");
    expect(await imported("staff", lines)).toMatchObject({ accepted: 0, repeated: 3, refused: 3 });
  });

  test("rows without a subject are invited: the codes stand beside the file, for its owner alone, and are written once", async () => {
    const lines = [
      "role,organization,display_name,subject",
      "STATION_WORKER,fengqiao-station,专员丙,fengqiao-worker",
      "STATION_WORKER,fengqiao-station,专员丁,",
      "ACTIVITY_LEAD,fengqiao-station,专员丁,",
      "ACTIVITY_LEAD,fengqiao-station,专员丙,fengqiao-worker",
    ];
    const dry = await imported("staff", lines, "--dry-run");
    expect([dry.accepted, dry.invitationsFile]).toEqual([4, null]);
    const first = await imported("staff", lines);
    expect(first).toMatchObject({ accepted: 4, invitationsFile: at("staff.csv.invitations.csv") });
    const rows = readFileSync(first.invitationsFile, "utf8")
      .trim()
      .split("\r\n")
      .map((row) => row.split(","));
    expect(rows).toHaveLength(2);
    expect(rows[1]?.slice(0, 2)).toEqual(["专员丁", "fengqiao-station"]);
    expect(rows[1]?.[4]).toBe("2026-10-04");
    expect(statSync(first.invitationsFile).mode & 0o777).toBe(0o600);
    expect(await imported("staff", lines)).toMatchObject({ accepted: 0, repeated: 4, invitationsFile: null });
    const services = reader();
    const stranger = await services.people.actorOf({ issuer: "https://login.example", subject: "newcomer" });
    const code = rows[1]?.[2] as string;
    const { value: personId } = await services.invitations.accept(stranger, { idempotencyKey: "accept", code });
    const known = await services.people.actorOf({ issuer: "https://login.example", subject: "newcomer" });
    expect([known.personId, known.grants.map(({ role }) => role).sort()]).toEqual([
      personId,
      ["ACTIVITY_LEAD", "STATION_WORKER"],
    ]);
  });

  test("an office's role without a subject is counted in the summary, and linked by the operator", async () => {
    const lines = [
      "role,organization,display_name,subject",
      "OFFICER,,干部庚,",
      "STATION_WORKER,,某人,",
      "GUARDIAN,,某人,",
    ];
    writeFileSync(at("office.csv"), lines.join("\n"));
    const ran = await goodhours(settings, "import", "staff", at("office.csv"), "--json", "--language", "en");
    expect(JSON.parse(ran.stdout)).toMatchObject({ accepted: 1, refused: 2, withoutWayIn: 1, invitationsFile: null });
    expect(ran.stderr).toMatch(/^goodhours: 1 of the new persons have no way to sign in: .+grant add.+\n$/);
    const [, ...refused] = readFileSync(at("office.csv.refused.csv"), "utf8").trim().split("\r\n");
    expect(refused).toEqual([
      "2,3,某人,INVALID_INPUT,The input is not valid as it stands. This role is held at an organisation. (organization)",
      expect.stringMatching(/^3,4,某人,INVALID_INPUT,"role: is not one of ACTIVITY_LEAD, .+ AUDITOR"$/),
    ]);
    const { stdout } = await goodhours(settings, "grant", "list", "--role", "officer");
    const held = JSON.parse(stdout);
    expect(held).toMatchObject({ displayName: "干部庚", role: "OFFICER" });
    const tie = ["--role", "officer", "--person", held.personId, "--subject", "s-9"];
    expect(await goodhours(settings, "grant", "add", ...tie)).toMatchObject({ code: 0 });
    const known = await reader().people.actorOf({ issuer: "https://login.example", subject: "s-9" });
    expect(known.personId).toBe(held.personId);
  });

  test("records that the operator imports stand in the journal as the system's, and any supervisor may confirm them", async () => {
    await imported("staff", samples("staff.csv"));
    const station = ["--organization", "fengqiao-station"];
    expect(await imported("volunteers", samples("volunteers.csv"), ...station)).toMatchObject({
      accepted: 6,
      refused: 2,
    });
    expect(await imported("hours", samples("hours.csv"), ...station)).toMatchObject({
      accepted: 6,
      repeated: 1,
      refused: 5,
    });
    for (const kind of ["VOLUNTEER_STEP", "RECORD_STEP", "GRANT_STEP", "STAFF_SET", "ORGANIZATION_STEP"])
      expect([kind, await actors(kind)]).toEqual([kind, new Set(["system"])]);
    const organization = await store.view.organizationBySlug("fengqiao-station");
    const volunteer = await store.view.volunteerByNo("FQ90600007");
    expect(volunteer).toMatchObject({ state: "ACTIVE", vouchedBy: organization?.id });
    const records = await store.view.recordList({ volunteerId: volunteer?.id, state: ["SUBMITTED"] }, "RECORDED_AT", {
      first: 1,
      after: null,
    });
    expect(records).toMatchObject([{ handledBy: ["system"], confirmationsNeeded: 1 }]);
    const services = reader();
    const supervisor = await services.people.actorOf({
      issuer: "https://login.example",
      subject: "fengqiao-supervisor",
    });
    const { results } = await services.hours.confirm(supervisor, {
      idempotencyKey: "confirm",
      recordIds: records.map(({ id }) => id),
      mode: "EACH",
    });
    expect(results.map(({ record, refusal }) => refusal?.code ?? record?.state)).toEqual(["POSTED"]);
    // The same files again, and nobody else's name in them.
    expect(await imported("hours", samples("hours.csv"), ...station)).toMatchObject({ accepted: 0, repeated: 7 });
    expect(await imported("volunteers", samples("volunteers.csv"), ...station)).toMatchObject({
      accepted: 0,
      repeated: 6,
    });
  });
});

/** The services as a second process has them. */
function reader(): Services {
  return openServices({
    store,
    clock: () => Date.parse(clock),
    entropy: seededEntropy("reader"),
    secret: Buffer.alloc(32, 7),
    origin: "test.example/own",
    issuer: null,
  });
}

async function actors(kind: string): Promise<Set<string>> {
  const rows = await store.view.journalAfter(-1, 1000);
  return new Set(rows.filter((row) => row.kind === kind).map((row) => decode(row.body).actor));
}

describe("who does an import", () => {
  test("the operator stands in the journal as the system, unless a person is named", async () => {
    await imported("divisions", ["code,name", "330681,诸暨市"]);
    expect(await actors("DIVISION_STEP")).toEqual(new Set(["system"]));
    await imported("divisions", ["code,name", "330681001,暨阳街道"], "--as", "system");
    expect(await actors("DIVISION_STEP")).toEqual(new Set(["system"]));
    const added = await goodhours(settings, "grant", "add", "--role", "officer", "--name", "首任", "--subject", "s-1");
    const { personId } = JSON.parse(added.stdout);
    expect(await imported("divisions", ["code,name", "330681002,浣东街道"], "--as", personId)).toMatchObject({
      accepted: 1,
    });
    expect(await actors("DIVISION_STEP")).toEqual(new Set(["system", personId]));
  });

  test("a role is nobody's name on a real bank: one line, exit 64, nothing written", async () => {
    await goodhours(settings, "grant", "add", "--role", "officer", "--name", "首任", "--subject", "s-1");
    const before = await store.view.head();
    for (const as of ["officer", "station-worker", "OFFICER", "person_00000000000000000000000000", "nobody"]) {
      const ran = await imported("divisions", ["code,name", "330681,诸暨市"], "--as", as);
      expect([as, ran.code, ran.stdout]).toEqual([as, 64, ""]);
      expect(ran.stderr).toMatch(/^goodhours: --as.+\n$/);
    }
    expect(await store.view.head()).toEqual(before);
  });

  test("on a bank with a clock of its own a role stands for its first holder, and for nobody where nobody holds it", async () => {
    const { TOKEN_JWKS_URL: _, ...demo } = settings;
    for (const kind of ["divisions", "organizations"]) await imported(kind, samples(`${kind}.csv`));
    writeFileSync(at("volunteers.csv"), samples("volunteers.csv"));
    const run = (...more: string[]) =>
      goodhours(
        demo,
        "import",
        "volunteers",
        at("volunteers.csv"),
        "--organization",
        "fengqiao-station",
        "--json",
        ...more,
      );
    expect(await run("--as", "station-worker")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("nobody is"),
    });
    expect(JSON.parse((await run()).stdout)).toMatchObject({ accepted: 6 });
    expect(await actors("VOLUNTEER_STEP")).toEqual(new Set(["system"]));
  });

  test("an actor who may not set divisions may not import them either", async () => {
    const added = await goodhours(settings, "grant", "add", "--role", "auditor", "--name", "审计", "--subject", "s-2");
    const { personId } = JSON.parse(added.stdout);
    const ran = await imported("divisions", ["code,name", "330681,诸暨市"], "--as", personId);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("NOT_PERMITTED") });
  });
});

describe("import volunteers", () => {
  test("papers are read as lists have them, what is wrong is said in words, and the same file again changes nothing", async () => {
    await imported("divisions", samples("divisions.csv"));
    await imported("organizations", samples("organizations.csv"));
    const header =
      "volunteer_no,display_name,birth_date,division,consent,guardian_name,guardian_relation,guardian_consented_on,id_kind,id_number";
    const line = (no: string, name: string, born: string, kind: string, number: string) =>
      `${no},${name},${born},fengqiao,true,,,,${kind},${number}`;
    const lines = [
      header,
      // What a spreadsheet leaves of eighteen digits, in two people's lines.
      line("BP001", "王梅", "1968-04-12", "", "330681196804120000"),
      line("BP002", "赵四", "1939-03-05", "", "330681196804120000"),
      line("BP003", "钱五", "1968-04-12", "", "0000"),
      line("BP004", "孙六", "1968-04-12", "", "----"),
      line("BP005", "王梅", "1968-04-12", "身份证", "３３０６８１１９６８０４１２００１１"),
      line("BP006", "李雷", "1968-04-12", "", "330681680412001"),
      line("BP007", "Anna", "1980-01-01", "护照", "c01x00t47"),
      line("BP008", "陈台", "1980-01-01", "", "01234576"),
      line("BP009", "陈台", "1980-01-01", "台胞证", "01234576"),
    ];
    const counted = async () => {
      const { accepted, repeated, refusedByCode } = await imported(
        "volunteers",
        lines,
        "--organization",
        "fengqiao-station",
        "--as",
        "system",
      );
      return { accepted, repeated, refusedByCode };
    };
    const refusedByCode = { ID_NUMBER_INVALID: 5, PAPERS_DISAGREE: 1 };
    expect(await counted()).toEqual({ accepted: 3, repeated: 0, refusedByCode });
    const refused = readFileSync(at("volunteers.csv.refused.csv"), "utf8");
    expect(refused).toContain("已被表格软件改为末尾为 0，请将该列设为文本后重新录入。");
    for (const number of ["330681", "0000", "01234576"]) expect(refused).not.toContain(number);
    const { seq } = await store.view.head();
    expect(await counted()).toEqual({ accepted: 0, repeated: 3, refusedByCode });
    expect((await store.view.head()).seq).toBe(seq);
  });

  test("telephones are read as lists have them, and beside a refused row stands what is wrong with which column", async () => {
    await imported("divisions", samples("divisions.csv"));
    await imported("organizations", samples("organizations.csv"));
    const list = readFileSync(join(__dirname, "../data/faults/c-phones.csv"), "utf8");
    const ran = await imported("volunteers", list, "--organization", "fengqiao-station", "--as", "system");
    expect(ran).toMatchObject({ accepted: 6, refused: 4, refusedByCode: { PHONE_INVALID: 4 } });
    const refused = readFileSync(at("volunteers.csv.refused.csv"), "utf8");
    const reasons = [...refused.matchAll(/(BL\d+).*重新填写。(.*?)。（phone）/g)].map(
      ([, no, reason]) => `${no} ${reason}`,
    );
    expect(reasons).toEqual([
      `BL006 ${phoneFaults.SEVERAL.zh}`,
      `BL008 ${phoneFaults.MADE_UP.zh}`,
      `BL009 ${phoneFaults.FORM.zh}`,
      `BL010 ${phoneFaults.LENGTH.zh}`,
    ]);
    expect(refused).not.toMatch(/1380000|00000000/);
  });
});

describe("a clerk's own lists", () => {
  const station = ["--organization", "fengqiao-station"];
  beforeEach(async () => {
    for (const kind of ["divisions", "organizations"]) await imported(kind, samples(`${kind}.csv`));
  });

  test("volunteers and hours go by Chinese columns and words, and refusals by what the file calls them", async () => {
    const volunteers = [
      "姓　名,编号,出生日期,所属区划,本人同意,监护人,监护人关系,监护人同意日期,身份证号,手机,备注,,",
      "王梅,BL001,1968-04-12,330681109,是,,,,330681196804120011,13800000061,老党员,,",
      "李雷,BL002,1980-01-01,枫桥,是,,,,,,,,",
      "周小,BL003,2012-01-01,fengqiao,是,周大,父亲,2026-10-01,,,,,",
      "吴小,BL004,2012-01-01,fengqiao,是,吴大,,2026-09-01,,,,,",
      ",,,,,,,,,,,,",
    ];
    writeFileSync(at("名单.csv"), `\ufeff${volunteers.join("\r\n")}\r\n`);
    const ran = await goodhours(settings, "import", "volunteers", at("名单.csv"), ...station, "--json");
    expect(JSON.parse(ran.stdout)).toMatchObject({ rows: 4, accepted: 1, refused: 3 });
    expect(ran.stderr).toMatch(/^goodhours: column K of the file is not read: .+ --help` names the columns\n$/);
    const [title, ...refused] = readFileSync(at("名单.csv.refused.csv"), "utf8").trim().split("\r\n");
    expect(title).toBe("序号,行号,编号,代码,原因");
    expect(refused).toEqual([
      "2,3,BL002,DIVISION_NOT_FOUND,没有这个行政区划，请核对代码。（所属区划）",
      expect.stringMatching(/^3,4,BL003,INVALID_INPUT,.+（监护人同意日期）$/),
      "4,5,BL004,INVALID_INPUT,监护人关系：为空",
    ]);
    const hours = [
      "开始时间,结束时间,志愿者编号,服务项目,服务内容,负责人,地点,休息分钟,佐证,流水号",
      "2026-09-18T09:00:00+08:00,2026-09-18T10:00:00+08:00,BL001,聊天陪伴,聊天,站长甲,,,签到表：9月；函件:17,L-1",
      "2026-09-18T11:00:00+08:00,2026-09-18T12:00:00+08:00,BL001,COMPANION_TALK,聊天,站长甲,,,,L-2",
      "2026-09-18T13:00:00+08:00,2026-09-18T14:00:00+08:00,BL001,打麻将,聊天,站长甲,,,,L-3",
      "2026/9/18 15:00,2026-09-18T16:00:00+08:00,BL001,送餐,送餐,站长甲,,,,L-4",
      "2026-09-18T15:00:00+08:00,2026-09-18T16:00:00+08:00,BL001,送餐,送餐,站长甲,,,传说:1,L-5",
    ];
    expect(await imported("hours", hours, ...station)).toMatchObject({
      accepted: 2,
      refusedByCode: { INVALID_INPUT: 2, SERVICE_TYPE_NOT_FOUND: 1 },
    });
    const lines = readFileSync(at("hours.csv.refused.csv"), "utf8").trim().split("\r\n").slice(1);
    expect(lines).toEqual([
      "3,4,L-3,SERVICE_TYPE_NOT_FOUND,服务目录中没有这项服务，请从目录中选择。（服务项目）",
      "4,5,L-4,INVALID_INPUT,开始时间：须为时刻，如 2026-09-12T14:00:00+08:00",
      "5,6,L-5,INVALID_INPUT,佐证：须为类别:编号，如 单位证明:2026-17，多项以分号分隔",
    ]);
    const volunteer = await store.view.volunteerByNo("BL001");
    const records = await store.view.recordList({ volunteerId: volunteer?.id }, "RECORDED_AT", {
      first: 9,
      after: null,
    });
    expect(records.map(({ serviceType }) => serviceType)).toEqual(["COMPANION_TALK", "COMPANION_TALK"]);
    expect(await imported("hours", hours, ...station)).toMatchObject({ accepted: 0, repeated: 2 });
  });

  test("a list of volunteers that is read again leaves nothing in any table", async () => {
    const list = samples("volunteers.csv");
    const consented = list.split("\r\n").filter((line) => !/^FQ9060000[68]/.test(line));
    expect(await imported("volunteers", consented, ...station)).toMatchObject({ rows: 6, accepted: 6 });
    const rows = () => {
      const bank = new Database(at("bank.db"), { readonly: true });
      const tables = bank.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all();
      const counts = tables.map(({ name }) => [name, bank.prepare(`SELECT count(*) AS n FROM "${name}"`).get()]);
      bank.close();
      return counts;
    };
    const before = rows();
    expect(await imported("volunteers", consented, ...station)).toMatchObject({ accepted: 0, repeated: 6 });
    // Another person under a number that is taken is refused, and leaves as little.
    const other = [
      "志愿者编号,姓名,出生日期,区划,同意,监护人,监护人关系,监护人同意日期",
      "FQ90600001,别人,1970-01-01,fengqiao,是,,,",
    ];
    expect(await imported("volunteers", other, ...station)).toMatchObject({
      refusedByCode: { DUPLICATE_VOLUNTEER_NO: 1 },
    });
    expect(rows()).toEqual(before);
  });

  test("a village's kind goes by its name", async () => {
    const lines = [
      "名称,类别,登记状态,区划,简称,村级类别",
      "枫溪村红白理事会,志愿服务队,备案,fengqiao,fengxi-council,红白理事会",
      "枫溪村麻将会,志愿服务队,备案,fengqiao,fengxi-majiang,麻将会",
    ];
    expect(await imported("organizations", lines)).toMatchObject({ accepted: 1, refusedByCode: { INVALID_INPUT: 1 } });
    const { id = "" } = (await store.view.organizationBySlug("fengxi-council")) ?? {};
    expect((await store.view.organizationProfiles([id])).get(id)?.villageKind).toBe("WEDDINGS_FUNERALS_COUNCIL");
  });
});
