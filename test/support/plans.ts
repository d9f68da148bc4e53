import SQLite from "better-sqlite3";

/**
 * While this watches, every statement that is sent to SQLite through the query builder is explained first, and one that reads a
 * growing table from end to end, or a part of it that grows, throws: the story that sent it fails. So a new statement of a story is looked at by itself.
 */

/** Tables that hold a few hundred rows in the largest county, however long it keeps its bank. */
const small = [
  "bank_marks",
  "campaigns",
  "divisions",
  "month_reports",
  "organization_profiles",
  "organizations",
  "policies",
  "rating_rounds",
  "spot_seeds",
];

/** Statements that read a growing table whole, and why they may. Each is named by a part of its text that no other has. */
export const exceptions: readonly [part: RegExp, reason: string][] = [
  [
    /^insert into "accounts"/,
    "a foreign key: SQLite plans the look for children, and skips it unless a check was deferred",
  ],
  [
    /from "accounts" where .*"unit" = \? group by/,
    "the trial balance adds up every account; an auditor's, once in a while",
  ],
  [
    /with "spans" as/,
    "indicators: a month's figures are counted over all who ever stood in a division, and kept when reported",
  ],
  [/"organization_standings"/, "indicators: standings of organisations, a few a house and year"],
  [/"social_worker_terms"/, "indicators: terms of social workers, one a worker and three years"],
  [/from "social_workers"/, "the county's list of its social workers, some hundreds"],
  [/"household_quarters"/, "indicators of villages: households by division"],
  [/from "listings"/, "the office's duty: which of all people on a list were visited; the list itself is what is read"],
  [/from "recipients"/, "the office's list of all people on a list who lack a visit"],
  [/with recursive earlier\(/, "follows one record's predecessors; the scan is of what was found so far"],
  [/from \(values .*\) as span cross join/, "live records, span by span; the scan is of the spans that are asked for"],
  [/with recursive span\(/, "halves the journal; the scan is of the spans so far"],
  [
    /from "record_steps" inner join .* group by "organizations"."division_code"/,
    "indicators: how disputes of a month ended",
  ],
  [
    /from "service_records" inner join "record_steps" on/,
    "draws a month's spot checks from all records that were posted in it",
  ],
  [
    /from "service_records" where|from "service_records" order by/,
    "an officer's list of the whole county's records in an order or by a filter that has no index: four more indexes would cost each record 200 bytes",
  ],
];

/** The part of a plan that reads a growing table whole; null where there is none. */
export function wholeRead(sql: string, plan: readonly string[]): string | null {
  const isPage = / limit \?/.test(sql) || / from "\w+" order by [^?]* limit \(\? \+ 0\)$/.test(sql);
  const isBounded = isPage && !plan.some((line) => line.includes("TEMP B-TREE"));
  for (const [i, line] of plan.entries()) {
    const name = /^SCAN (\w+)/.exec(line)?.[1];
    if (name === undefined || name === "CONSTANT" || /^\d+$/.test(name)) continue;
    const table = new RegExp(`"(\\w+)" (?:as )?"?${name}"?[ ,)]`).exec(sql)?.[1] ?? name;
    // In the order of an index, and no further than the page: as far as the first rows that fit.
    if (small.includes(table) || (isBounded && i === 0)) continue;
    return line;
  }
  return null;
}

/** Lists that leave out some of the few rows that another column finds. */
const filters: readonly [column: string, reason: string][] = [
  ["state", "a closed list: some of the rows of a volunteer, an organisation or a round"],
  ["action", "a closed list: some steps of one thing"],
  ["shift_id", "some of one volunteer's sign-ups"],
];

/**
 * The list of values by which a plan does not look, though it searches by another column: it would read all rows of, say, an
 * organisation to find a few by their references. Null where there is none, or where the statement ends with a page.
 */
export function listNotLookedUp(sql: string, plan: readonly string[]): string | null {
  const searched = plan.filter((line) => line.startsWith("SEARCH ")).join(", ");
  if (searched === "" || / limit \?/.test(sql)) return null;
  for (const [, table = "", column = ""] of sql.matchAll(/"(\w+)"\."(\w+)" in \(\?/g))
    if (!small.includes(table) && !filters.some(([name]) => name === column) && !searched.includes(`${column}=?`))
      return `"${table}"."${column}" beside ${searched}`;
  return null;
}

const ofBuilder = /^(select|insert into|update|delete from|with) ["a-z(]/;

/**
 * Explains what is prepared from now on in this process, until the answer is called; `seen` takes each statement, and the indexes by which they find their rows.
 */
export function watchPlans(seen: Set<string>, used = new Set<string>()): () => void {
  const { prototype } = SQLite as unknown as { prototype: SQLite.Database };
  const prepare = prototype.prepare;
  prototype.prepare = function (this: SQLite.Database, sql: string) {
    if (ofBuilder.test(sql) && !seen.has(sql)) {
      const explain = prepare.call(this, `EXPLAIN QUERY PLAN ${sql}`) as unknown as SQLite.Statement;
      const nothing = Array.from({ length: sql.split("?").length - 1 }, () => null);
      const plan = (explain.all(...nothing) as { detail: string }[]).map(({ detail }) => detail);
      const whole = wholeRead(sql, plan);
      if (whole !== null && !exceptions.some(([part]) => part.test(sql)))
        throw new Error(`a growing table is read whole, ${whole}, by: ${sql}`);
      const unused = listNotLookedUp(sql, plan);
      if (unused !== null) throw new Error(`a list of values is looked for row by row, ${unused}, by: ${sql}`);
      seen.add(sql);
      for (const line of plan)
        for (const [, index] of line.matchAll(/USING (?:COVERING )?INDEX (\w+)/g)) used.add(index as string);
    }
    return prepare.call(this, sql);
  } as typeof prepare;
  return () => {
    prototype.prepare = prepare;
  };
}
