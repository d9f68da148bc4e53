import type { Words } from "../services/exchange/cells";
import type { Columns } from "../services/exchange/csv";
import { divisionsColumns } from "../services/exchange/divisions.csv";
import { hoursColumns } from "../services/exchange/hours.csv";
import { organizationsColumns } from "../services/exchange/organizations.csv";
import { staffColumns } from "../services/exchange/staff.csv";
import { volunteersFile } from "../services/exchange/volunteers.csv";

/** What can be imported, and from which columns. */
export const importColumns = {
  divisions: divisionsColumns,
  organizations: organizationsColumns,
  staff: staffColumns,
  volunteers: volunteersFile,
  hours: { required: hoursColumns },
} as const satisfies Record<string, Columns>;
export type ImportName = keyof typeof importColumns;

/** A file's columns for the help: which it has to have, by which other names they go, and what those of a closed set take. */
export function columnsHelp(name: ImportName): string {
  const { required, optional = [], headers = {}, values = {} }: Columns = importColumns[name];
  const line = (column: string) => `  ${[column, ...(headers[column] ?? [])].join(", ")}`;
  const lines = (named: readonly string[]) =>
    named.flatMap((column) => [line(column), ...Object.entries(values[column] ?? {}).map(valueLine)]);
  return [
    "\nColumns that the file needs, with the other names that each may have, and below it the values that it takes:",
    ...lines(required),
    ...(optional.length > 0 ? ["\nColumns that it may have:", ...lines(optional)] : []),
  ].join("\n");
}

const valueLine = ([code, words]: [string, Words[string]]) => `    ${[code, ...words].join(", ")}`;
