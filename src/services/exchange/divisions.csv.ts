import type { DivisionLine } from "../../domain/divisions";
import type { DivisionKind } from "../../domain/organizations";
import { type Cells, optionalChoice, optionalFlag, optionalText, text } from "./cells";
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

export const divisionsColumns: Columns = {
  required: ["code", "name"],
  optional: ["kind", "parent_code", "official_code", "retired"],
  values: { kind: kinds },
  headers: {
    code: ["代码", "区划代码", "行政区划代码"],
    name: ["名称", "区划名称", "行政区划名称"],
    kind: ["类别"],
    parent_code: ["上级", "上级代码"],
    official_code: ["官方代码"],
    retired: ["停用", "已撤销"],
  },
};

/** One row as the line that setDivisions takes; throws InvalidCell. */
export function toDivision(cells: Cells): DivisionLine {
  return {
    code: text(cells, "code"),
    name: text(cells, "name"),
    kind: optionalChoice(cells, "kind", kinds),
    parentCode: optionalText(cells, "parent_code"),
    officialCode: optionalText(cells, "official_code"),
    retired: optionalFlag(cells, "retired"),
  };
}
