import type { Division, DivisionKind } from "../../src/domain/facts/organizations";
import { Refusal } from "../../src/domain/kit/refusal";
import { below, lineage } from "../../src/domain/organizations";
import { readDivisionCode, readOfficialCode } from "../../src/domain/organizations/division-codes";
import {
  type DivisionFate,
  type DivisionLine,
  planDivisions,
  readDivision,
} from "../../src/domain/organizations/divisions";

const today = "2026-09-20";

describe("what an official code says by its digits", () => {
  test.each<[code: string, is: string, kind: DivisionKind | null, above: string[]]>([
    ["330681", "330681", "COUNTY_CITY", ["330600", "330000"]],
    ["330681001", "330681001", "SUBDISTRICT", ["330681"]],
    ["330681099", "330681099", "SUBDISTRICT", ["330681"]],
    ["330681100", "330681100", "TOWN", ["330681"]],
    ["330681199", "330681199", "TOWN", ["330681"]],
    ["330681200", "330681200", "TOWNSHIP", ["330681"]],
    ["330681399", "330681399", "TOWNSHIP", ["330681"]],
    // Farms and zones that govern themselves: a kind has to be said.
    ["330681400", "330681400", null, ["330681"]],
    ["330681599", "330681599", null, ["330681"]],
    ["330681109001", "330681109001", "COMMUNITY", ["330681109"]],
    ["330681109199", "330681109199", "COMMUNITY", ["330681109"]],
    ["330681109200", "330681109200", "VILLAGE", ["330681109"]],
    ["330681109399", "330681109399", "VILLAGE", ["330681109"]],
    ["330681109400", "330681109400", "COMMUNITY", ["330681109"]],
    ["330681109500", "330681109500", "VILLAGE", ["330681109"]],
    ["330681400498", "330681400498", "COMMUNITY", ["330681400"]],
    // Lists fill every code up to twelve digits.
    ["330681000000", "330681", "COUNTY_CITY", ["330600", "330000"]],
    ["330681001000", "330681001", "SUBDISTRICT", ["330681"]],
    ["330681000", "330681", "COUNTY_CITY", ["330600", "330000"]],
    // A prefecture and a province are no county.
    ["330600", "330600", null, ["330000"]],
    ["330000", "330000", null, []],
  ])("%s", (code, is, kind, above) => {
    expect(readOfficialCode(code)).toMatchObject({ code: is, kind, above });
  });

  test.each([
    "33068",
    "3306811",
    "33068100",
    "3306811090",
    "33068110900",
    "3306811090011",
    "006810",
    "170681",
    "990681",
    "330081",
    "330681600",
    "330681999",
    "330681109600",
    "330681000001",
    "330600001",
    "330681109 ",
    "３３０６８１",
    "3.30681E+11",
    "",
  ])("%j is none", (code) => {
    expect(readOfficialCode(code)).toBeNull();
  });
});

test.each<[text: string, code: string | null]>([
  ["fengqiao", "fengqiao"],
  ["fengqiao-xincun", "fengqiao-xincun"],
  ["330681109000", "330681109"],
  // Full width and blanks around are read as what they show.
  [" ３３０６８１ ", "330681"],
  ["ｆｅｎｇｑｉａｏ", "fengqiao"],
  ["Fengqiao", null],
  ["枫桥", null],
  ["f", null],
  ["-fengqiao", null],
  ["fengqiao_1", null],
  ["12345", null],
  ["3306811", null],
  ["3306810010011", null],
  ["3.30681E+11", null],
  ["330681 001", null],
  ["", null],
  ["a".repeat(62), null],
])("the code %j is read as %j", (text, code) => {
  const read = () => readDivisionCode(text, "code");
  if (code === null) expect(read).toThrow(expect.objectContaining({ code: "DIVISION_CODE_INVALID", path: ["code"] }));
  else expect(read()).toBe(code);
});

/** What each line came to: accepted, repeated, or the code of its refusal and where it points. */
function outcome(fate: DivisionFate): string {
  if (fate instanceof Refusal) return `${fate.code} ${fate.path.join(".")}`;
  return fate.change === null ? "repeated" : `${fate.change.action} ${fate.change.after.version}`;
}
function plan(known: Division[], lines: DivisionLine[]) {
  const read = lines.map((line) => {
    try {
      return readDivision(line);
    } catch (error) {
      return error as Refusal;
    }
  });
  const { fates, changes } = planDivisions(known, read, today);
  const after = new Map([...known, ...changes.map((change) => change.after)].map((one) => [one.code, one]));
  return { told: fates.map(outcome), after };
}

const zhuji: Division = {
  code: "zhuji",
  officialCode: "330681",
  name: "诸暨市",
  kind: "COUNTY_CITY",
  parentCode: null,
  retiredOn: null,
  version: 1,
};
const fengqiao: Division = {
  ...zhuji,
  code: "fengqiao",
  officialCode: null,
  name: "枫桥镇",
  kind: "TOWN",
  parentCode: "zhuji",
};
const village: Division = { ...fengqiao, code: "xincun", name: "新村", kind: "VILLAGE", parentCode: "fengqiao" };
const retired: Division = { ...fengqiao, code: "caota", name: "草塔镇", retiredOn: "2019-09-01" };
const county = [zhuji, fengqiao, village, retired];

describe("a line against the bank's divisions", () => {
  test.each<[name: string, line: Omit<DivisionLine, "name"> & { name?: string }, told: string]>([
    ["an official code brings kind and parent", { code: "330681001" }, "ADD 1"],
    ["a short name needs a kind", { code: "huandong", parentCode: "zhuji" }, "INVALID_INPUT kind"],
    ["and a parent, where others are there", { code: "huandong", kind: "SUBDISTRICT" }, "INVALID_INPUT parentCode"],
    ["another county may stand beside", { code: "330683" }, "ADD 1"],
    ["a village's town is not there", { code: "330681109001" }, "DIVISION_NOT_FOUND parentCode"],
    [
      "a parent that is said is not there",
      { code: "330681109", parentCode: "nowhere" },
      "DIVISION_NOT_FOUND parentCode",
    ],
    ["a parent by its official code", { code: "huandong", kind: "SUBDISTRICT", parentCode: "330681" }, "ADD 1"],
    ["the same again", { code: "fengqiao", name: "枫桥镇" }, "repeated"],
    ["the same by its official code", { code: "330681", name: "诸暨市" }, "repeated"],
    ["a new name", { code: "fengqiao", name: "枫桥街道" }, "REVISE 2"],
    ["a new kind of the same layer", { code: "fengqiao", name: "枫桥镇", kind: "SUBDISTRICT" }, "REVISE 2"],
    [
      "a kind narrower than what lies in it",
      { code: "fengqiao", name: "枫桥镇", kind: "GRID" },
      "DIVISION_MISPLACED kind",
    ],
    ["its official code, later", { code: "fengqiao", name: "枫桥镇", officialCode: "330681109" }, "REVISE 2"],
    [
      "an official code that is taken",
      { code: "other", officialCode: "330681", kind: "COUNTY_CITY" },
      "DUPLICATE_DIVISION officialCode",
    ],
    ["two official codes", { code: "330681109", officialCode: "330681110" }, "DIVISION_CODE_INVALID officialCode"],
    [
      "an official code that is none",
      { code: "other", officialCode: "fengqiao" },
      "DIVISION_CODE_INVALID officialCode",
    ],
    ["a kind of another layer than the code's", { code: "330681109", kind: "VILLAGE" }, "DIVISION_CODE_INVALID kind"],
    ["a name that its neighbour has", { code: "330681109", name: "枫桥镇" }, "DUPLICATE_DIVISION name"],
    ["a name that a retired one had", { code: "330681109", name: "草塔镇" }, "ADD 1"],
    [
      "inside a village: no town",
      { code: "other", kind: "TOWN", parentCode: "xincun" },
      "DIVISION_MISPLACED parentCode",
    ],
    [
      "inside a town: no town",
      { code: "other", kind: "TOWN", parentCode: "fengqiao" },
      "DIVISION_MISPLACED parentCode",
    ],
    ["inside itself", { code: "fengqiao", parentCode: "fengqiao" }, "DIVISION_MISPLACED parentCode"],
    [
      "inside what lies in it",
      { code: "zhuji", name: "诸暨市", parentCode: "fengqiao" },
      "DIVISION_MISPLACED parentCode",
    ],
    ["inside a retired one", { code: "other", kind: "VILLAGE", parentCode: "caota" }, "DIVISION_RETIRED parentCode"],
    [
      "retired at once, as lists keep old ones",
      { code: "other", kind: "VILLAGE", parentCode: "caota", retired: true },
      "ADD 1",
    ],
    [
      "retired while villages are in use",
      { code: "fengqiao", name: "枫桥镇", retired: true },
      "DIVISION_IN_USE retired",
    ],
    ["retired", { code: "xincun", name: "新村", retired: true }, "RETIRE 2"],
    ["retired again", { code: "caota", name: "草塔镇", retired: true }, "repeated"],
    ["a retired one's name", { code: "caota", name: "草塔" }, "REVISE 2"],
    ["taken into use again", { code: "caota", name: "草塔镇", retired: false }, "RESTORE 2"],
  ])("%s", (_, line, told) => {
    expect(plan(county, [{ name: "某地", ...line }]).told).toEqual([told]);
  });
});

describe("lines of one batch", () => {
  const at = (code: string, name: string, more: Partial<DivisionLine> = {}): DivisionLine => ({ code, name, ...more });

  test("stand in any order: what others lie in is set first", () => {
    const lines = [
      at("330681109200", "新村"),
      at("jiyang", "暨阳街道", { officialCode: "330681001" }),
      at("330681001001", "某社区"),
      at("330681109", "枫桥镇"),
      at("330681", "诸暨市"),
    ];
    const { told, after } = plan([], lines);
    expect(told).toEqual(Array(5).fill("ADD 1"));
    expect(lineage("330681109200", after)).toEqual(["330681109200", "330681109", "330681"]);
    expect(after.get("330681001001")?.parentCode).toBe("jiyang");
    expect(plan([...after.values()], lines).told).toEqual(Array(5).fill("repeated"));
  });

  test("that say two things of one division: the first counts, whatever order they are read in", () => {
    const { told } = plan(county, [
      at("330681109", "枫桥"),
      at("330681109", "枫桥二"),
      at("fengqiao", "枫桥镇"),
      at("fengqiao", "枫桥三"),
    ]);
    expect(told).toEqual(["ADD 1", "DUPLICATE_DIVISION code", "repeated", "DUPLICATE_DIVISION code"]);
  });

  test("a whole town is retired with its villages, or after they moved, in any order", () => {
    const gone = [at("fengqiao", "枫桥镇", { retired: true }), at("xincun", "新村", { retired: true })];
    for (const lines of [gone, [...gone].reverse()]) expect(plan(county, lines).told).toEqual(["RETIRE 2", "RETIRE 2"]);
    const moved = [
      gone[0] as DivisionLine,
      at("xincun", "新村", { parentCode: "datang" }),
      at("datang", "大唐街道", { kind: "SUBDISTRICT", parentCode: "zhuji" }),
    ];
    expect(plan(county, moved).told).toEqual(["RETIRE 2", "REVISE 2", "ADD 1"]);
    const back = plan(county, gone).after;
    const restored = [at("xincun", "新村", { retired: false }), at("fengqiao", "枫桥镇", { retired: false })];
    expect(plan([...back.values()], restored).told).toEqual(["RESTORE 3", "RESTORE 3"]);
  });

  test("a name is the same in full width", () => {
    const { told } = plan(county, [at("330681109", "A区"), at("330681110", "Ａ区")]);
    expect(told).toEqual(["ADD 1", "DUPLICATE_DIVISION name"]);
  });

  test("a circle of 1,000 is refused line by line, and what hangs on it", () => {
    const circle = Array.from({ length: 999 }, (_, i) =>
      at(`g${i}`, `网格${i}`, { kind: "GRID", parentCode: `g${(i + 1) % 999}` }),
    );
    const { told } = plan(county, [...circle, at("tail", "尾", { kind: "GRID", parentCode: "g0" })]);
    expect(new Set(told)).toEqual(new Set(["DIVISION_MISPLACED parentCode"]));
  });

  test("a chain of 1,000 grids ends at the eighth layer", () => {
    const chain = Array.from({ length: 1000 }, (_, i) =>
      at(`g${i}`, `网格${i}`, { kind: "GRID", parentCode: i === 0 ? "xincun" : `g${i - 1}` }),
    );
    const { told } = plan(county, chain);
    expect(told.slice(0, 6)).toEqual(["ADD 1", "ADD 1", "ADD 1", "ADD 1", "ADD 1", "DIVISION_MISPLACED parentCode"]);
    expect(new Set(told.slice(6))).toEqual(new Set(["DIVISION_NOT_FOUND parentCode"]));
  });
});

test("everything below a division is found once, in the list's own order", () => {
  const divisions = new Map(county.map((division) => [division.code, division]));
  expect(below("zhuji", divisions)).toEqual(["zhuji", "fengqiao", "xincun", "caota"]);
  expect(below("fengqiao", divisions)).toEqual(["fengqiao", "xincun"]);
  expect(below("nowhere", divisions)).toEqual([]);
});
