import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkName } from "../../src/services/input";
import { residentId } from "../support/papers";

const read = (name: string) => {
  try {
    return checkName(name, "displayName");
  } catch (error) {
    const { code, path, details } = error as { code: string; path: string[]; details: Record<string, unknown> };
    expect(JSON.stringify([path, details])).not.toContain(name);
    return [code, details.personal ?? null];
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
  for (const name of names) expect(read(name)).toBe(name.trim());
});
