import type { DivisionKind } from "../../domain/facts/organizations";
import type { DivisionLine } from "../../domain/organizations/divisions";
import { type Cells, cellTakes, mark, optionalChoice, optionalFlag, optionalMark, text, unspoilt } from "./cells";
import type { Columns } from "./csv";

const kinds: Record<DivisionKind, readonly string[]> = {
  COUNTY_CITY: ["县", "市", "区", "县级市"],
  TOWN: ["镇"],
  TOWNSHIP: ["乡"],
  SUBDISTRICT: ["街道"],
  VILLAGE: ["村", "行政村"],
  COMMUNITY: ["社区"],
  GRID: ["网格"],
};

export const divisionsColumns = {
  code: {
    need: "CELL",
    titles: ["代码", "区划代码", "行政区划代码"],
    takes: {
      en: "an official code of 6, 9 or 12 digits, or a short name in lower-case letters, digits and hyphens",
      zh: "6、9 或 12 位官方代码，或由小写字母、数字、连字符组成的简称",
    },
  },
  name: { need: "CELL", titles: ["名称", "区划名称", "行政区划名称"], takes: { en: "its name", zh: "名称" } },
  kind: { need: "NOTHING", titles: ["类别"], words: kinds },
  parent_code: {
    need: "NOTHING",
    titles: ["上级", "上级代码"],
    takes: {
      en: "the code or official code of the division it lies in; empty where its own official code says so",
      zh: "所属上级的代码或官方代码；可由官方代码得出时不填",
    },
  },
  official_code: {
    need: "NOTHING",
    titles: ["官方代码"],
    takes: { en: "6, 9 or 12 digits, where code is a short name", zh: "6、9 或 12 位数字，代码为简称时填写" },
  },
  retired: { need: "NOTHING", titles: ["停用", "已撤销"], takes: cellTakes.FLAG },
} as const satisfies Columns;

/** One row as the line that setDivisions takes; throws InvalidCell. */
export function toDivision(cells: Cells): DivisionLine {
  return {
    code: mark(cells, "code"),
    name: unspoilt("name", text(cells, "name")),
    kind: optionalChoice(cells, "kind", kinds),
    parentCode: optionalMark(cells, "parent_code"),
    officialCode: optionalMark(cells, "official_code"),
    retired: optionalFlag(cells, "retired"),
  };
}
