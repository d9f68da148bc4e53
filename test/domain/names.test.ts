import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkName } from "../../src/services/bank/input";
import { residentId } from "../support/papers";

const read = (name: string) => {
  try {
    return checkName(name, "displayName");
  } catch (error) {
    const { code, path, details } = error as { code: string; path: string[]; details: Record<string, unknown> };
    expect(JSON.stringify([path, details])).not.toContain(name);
    return [code, details.personal ?? (details.unreadable ? "UNREADABLE" : null)];
  }
};

const id = residentId("1968-04-12");
const rows: [name: string, is: string | [code: string, personal: string | null]][] = [
  ["王梅", "王梅"],
  ["李四2", "李四2"],
  ["李", "李"],
  ["〇一", "〇一"],
  ["志愿者#0001", "志愿者#0001"],
  ["古丽米热·艾比布力", "古丽米热·艾比布力"],
  ["Anna-Maria O'Neil", "Anna-Maria O'Neil"],
  ["Kim Wexler 志愿者", "Kim Wexler 志愿者"],
  ["ضياء الدين", "ضياء الدين"],
  ["枫桥镇2026年第139志愿服务队", "枫桥镇2026年第139志愿服务队"],
  // What cannot be seen is taken out: zero width, a byte-order mark, a soft hyphen, marks of direction, a Hangul filler.
  ["张\u200b三", "张三"],
  ["\ufeff赵四", "赵四"],
  ["李\u00ad\u2060四\u200d", "李四"],
  ["王\u200e五\u3164", "王五"],
  ["\u200b\ufeff", ["INVALID_INPUT", null]],
  // Radicals and doubled characters are read as what they stand for: 人行, 黄某, 李小明, 龙, 王.
  ["\u2f08\u2f8f", "人行"],
  ["\u2ee9某", "黄某"],
  ["\uf9e1小明", "李小明"],
  ["\u2ef0\u{2f8fc}", "龙\u{2f8fc}".normalize("NFC")],
  ["\u2f5f", "玉"],
  // One dot of many keyboards, between characters alone.
  ["买买提•艾力", "买买提·艾力"],
  ["买买提・艾力", "买买提·艾力"],
  ["买买提.艾力", "买买提·艾力"],
  ["买买提．艾力", "买买提·艾力"],
  ["J.K. Rowling", "J.K. Rowling"],
  // A font of one's own, and what an encoding lost.
  ["李\ue863", ["NAME_INVALID", "UNREADABLE"]],
  ["王\u{f0000}", ["NAME_INVALID", "UNREADABLE"]],
  ["王\ufffd明", ["NAME_INVALID", "UNREADABLE"]],
  // The next column of a list.
  ["13912345678", ["NAME_INVALID", "MOBILE"]],
  ["王梅 139 1234 5678", ["NAME_INVALID", "MOBILE"]],
  ["王梅（+86 139-1234-5678）", ["NAME_INVALID", "MOBILE"]],
  [id, ["NAME_INVALID", "RESIDENT_ID"]],
  [`王梅${id}`, ["NAME_INVALID", "RESIDENT_ID"]],
  ["330681680412001", ["NAME_INVALID", "RESIDENT_ID"]],
  ["E12345678", ["NAME_INVALID", "PAPERS"]],
  ["h1234 5678", ["NAME_INVALID", "PAPERS"]],
  ["Eva1234567", "Eva1234567"],
  ["1968-04-12", ["NAME_INVALID", null]],
  ["87012345", ["NAME_INVALID", null]],
  ["----", ["NAME_INVALID", null]],
];
test.each(rows)("%j as a name is %j", (name, is) => expect(read(name)).toEqual(is));

test("the names of the list of faults are people's names", () => {
  const [, ...lines] = readFileSync(join(__dirname, "../data/faults/v-names.csv"), "utf8")
    .trim()
    .split(/\r?\n(?=BG)/);
  const names = lines.map((line) => /^BG\d+,"?([^",]+)/.exec(line)?.[1] as string);
  expect(names).toHaveLength(13);
  // One has a character of a machine's own font, one a space of no width, one a mark of the file's beginning, one two radicals.
  const otherwise: Record<number, unknown> = {
    3: ["NAME_INVALID", "UNREADABLE"],
    4: "张三",
    5: "赵四",
    12: "人行",
  };
  for (const [i, name] of names.entries()) expect(read(name)).toEqual(otherwise[i] ?? name.trim());
});
