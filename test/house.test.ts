import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { parseSync } from "@swc/core";
import { settingNames } from "../src/config";
import { journalKinds, shapes } from "../src/domain/facts";
import { activityMoves, signUpMoves } from "../src/domain/facts/activities";
import { creditMoves } from "../src/domain/facts/credit-records";
import { recordActions, recordMoves, recordStates } from "../src/domain/facts/hours";
import { divisionMoves, headMoves, organizationMoves } from "../src/domain/facts/organizations";
import { tieMoves, volunteerMoves } from "../src/domain/facts/people";
import { downgradeMoves, ratingMoves } from "../src/domain/facts/ratings";
import { spelled, type Word } from "../src/domain/facts/words";
import { refusalCodes, refusals } from "../src/domain/kit/refusal";
import { paperFaults } from "../src/domain/people/papers";
import { phoneFaults } from "../src/domain/people/phones";
import { acts } from "../src/domain/permissions/actors";
import { parameters } from "../src/domain/policies/parameters";
import { exits } from "../src/exits";
import { columnsTable, type ImportName, importColumns } from "../src/services/exchange/columns";

const root = resolve(__dirname, "..");

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && statSync(join(root, name)).isFile());
}

/** All documents of a folder, one after another. */
function pagesIn(folder: string): string {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(".md"));
  return names.map((name) => readFileSync(join(root, folder, name), "utf8")).join("\n");
}

function imports(name: string): string[] {
  const text = readFileSync(join(root, name), "utf8");
  return importsIn(parseSync(text, { syntax: "typescript", tsx: name.endsWith("x"), decorators: true }));
}

// biome-ignore lint/suspicious/noExplicitAny: a node of the tree has fields by its kind, and each of them is looked into.
function importsIn(node: any): string[] {
  if (node === null || typeof node !== "object") return [];
  const isCall = node.type === "CallExpression" && (node.callee.type === "Import" || node.callee.value === "require");
  const from =
    (/^(Import|ExportAll|ExportNamed)Declaration$/.test(node.type) && node.source) ||
    (node.type === "TsImportType" && node.argument) ||
    (node.type === "TsExternalModuleReference" && node.expression) ||
    (isCall && node.arguments[0].expression);
  return [...(typeof from?.value === "string" ? [from.value] : []), ...Object.values(node).flatMap(importsIn)];
}

/** The file, from the root and without its ending, that a relative import leads to. */
function pathOf(file: string, target: string): string {
  return relative(root, resolve(root, dirname(file), target));
}

/** The room that a relative import leads to. */
function room(file: string, target: string): string {
  const path = pathOf(file, target);
  if (path.startsWith("drizzle")) return "drizzle";
  if (["src/main", "src/config", "src/exits"].includes(path)) return path;
  if (path === "src/storage/store" || path === "src/storage/writer") return "port";
  return path.split("/").slice(0, 2).join("/");
}

/** The files that lead back to themselves, each circle a list (Tarjan's strongly connected components). */
function circles(names: readonly string[]): string[][] {
  const known = new Set(names);
  const targetOf = (file: string, target: string) => {
    const path = pathOf(file, target);
    return [`${path}.ts`, `${path}.tsx`, join(path, "index.ts")].find((name) => known.has(name));
  };
  const targets = (file: string) =>
    imports(file).flatMap((target) => (target.startsWith(".") ? (targetOf(file, target) ?? []) : []));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const closed: string[][] = [];
  function visit(file: string): number {
    order.set(file, order.size);
    lowest.set(file, order.get(file) as number);
    open.push(file);
    for (const target of targets(file)) {
      const reached = order.has(target)
        ? open.includes(target)
          ? (order.get(target) as number)
          : Infinity
        : visit(target);
      lowest.set(file, Math.min(lowest.get(file) as number, reached));
    }
    if (lowest.get(file) === order.get(file)) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) closed.push(circle.sort());
    }
    return lowest.get(file) as number;
  }
  for (const name of names) if (!order.has(name)) visit(name);
  return closed;
}

/**
 * What each room of the house may import: other rooms, or single files of them. The domain imports no package; the other rooms
 * import any. The server knows nothing of hours: of the domain it imports five files of types and of pure functions, which hold no rule.
 */
const arrows: Record<string, readonly string[]> = {
  "src/domain": ["src/domain"],
  drizzle: ["drizzle", "src/domain"],
  "src/storage": ["src/storage", "port", "drizzle", "src/domain"],
  "src/services": ["src/services", "port", "src/domain"],
  "src/graphql": ["src/graphql", "src/services", "port", "src/domain"],
  "src/web": ["src/web", "src/services", "port", "src/domain"],
  "src/server": [
    "src/server",
    ...["language", "places", "remembered", "soon", "units"].map((name) => `src/domain/kit/${name}`),
  ],
  "src/docs": ["src/docs", "src/server", "src/web", "src/services", "src/domain", "src/config", "src/exits"],
  "src/cli": [
    "src/cli",
    "src/docs",
    "src/server",
    "src/web",
    "src/graphql",
    "src/services",
    "src/domain",
    "port",
    "src/config",
    "src/exits",
  ],
};

describe("the house", () => {
  const offences = Object.entries(arrows).flatMap(([from, allowed]) =>
    files(from).flatMap((file) =>
      imports(file)
        .filter((target) => target.startsWith("."))
        .filter((target) => !allowed.includes(room(file, target)) && !allowed.includes(pathOf(file, target)))
        .map((target) => `${file} imports ${target}`),
    ),
  );

  it("keeps its arrows: imports run one way", () => {
    expect(offences).toEqual([]);
  });

  it("has no circle of imports, and none of type imports", () => {
    expect(circles(["src", "drizzle"].flatMap(files))).toEqual([]);
  });

  it("has a pure domain: no package, no clock, no random, no process", () => {
    const impure = files("src/domain").flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const packages = imports(file).filter((target) => !target.startsWith(".") && target !== "node:crypto");
      const words = ["Date.now", "Math.random", "process.", "setTimeout", "new Date()"].filter((word) =>
        text.includes(word),
      );
      return [...packages, ...words].map((found) => `${file}: ${found}`);
    });
    expect(impure).toEqual([]);
  });

  it("writes a bound once: what people enter is read by the tables of commands", () => {
    // The spellings that the fields are made of. Whoever calls one beside its table writes down a bound again.
    const spellings = /\b(checkText|checkOpenText|checkName|checkPhone|checkPaperNo|checkSlug|checkUscc)\b/;
    const callers = files("src").filter((name) => spellings.test(readFileSync(join(root, name), "utf8")));
    expect(callers.sort()).toEqual(["src/services/bank/fields.ts", "src/services/bank/input.ts"]);
  });

  it("writes a bound once: forms and columns take theirs from the commands", () => {
    const form = /\b(maxLength|minLength|min|max|pattern)=(\{\d|")/;
    const column = /(at most|至多) [\d,]+ |\d (to|至) \d/;
    const own = (folder: string, name: RegExp, bound: RegExp) =>
      files(folder)
        .filter((file) => name.test(file))
        .flatMap((file) =>
          readFileSync(join(root, file), "utf8")
            .split("\n")
            .filter((line) => bound.test(line)),
        );
    expect(own("src/web", /\.tsx$/, form)).toEqual([]);
    expect(own("src/services/exchange", /\.csv\.ts$/, column)).toEqual([]);
    // What each would find, so that neither looks for nothing.
    expect([form.test("<input maxLength={40} />"), column.test("text of at most 200 signs")]).toEqual([true, true]);
  });

  test("nothing follows promises by async hooks: once they are on, each promise of the process costs twice as much", () => {
    const follows = files("src").filter((file) => imports(file).includes("node:async_hooks"));
    expect(follows).toEqual([]);
  });

  it("compiles text in one place, which takes the names of fields alone (test/domain/objects.test.ts)", () => {
    const compiling = files("src").filter((name) =>
      /\bnew Function\b|\beval\(/.test(readFileSync(join(root, name), "utf8")),
    );
    expect(compiling).toEqual(["src/domain/kit/objects.ts"]);
  });

  it("composes services of parts: none inherits from another", () => {
    const heirs = files("src/services").flatMap((name) =>
      [
        ...readFileSync(join(root, name), "utf8").matchAll(/^(?:export )?class (\w+) extends (?!Error|Transform)\w+/gm),
      ].map(([, heir]) => heir),
    );
    expect(heirs).toEqual([]);
  });

  it("keeps SQL inside storage, drizzle and migrations", () => {
    const sql = ["src/services", "src/graphql", "src/web", "src/server"]
      .flatMap(files)
      .filter((file) => imports(file).some((target) => /drizzle|better-sqlite3|^pg$/.test(target)));
    expect(sql).toEqual([]);
  });
});

describe("closed tables", () => {
  it("give every refusal a text in both languages", () => {
    for (const code of refusalCodes) {
      expect(refusals[code].en).toMatch(/\.$/);
      expect(refusals[code].zh).toMatch(/。$/);
    }
  });

  it("lead every record step into a known state", () => {
    expect(Object.keys(recordMoves)).toEqual([...recordActions]);
    const states: readonly string[] = [...recordStates, "SAME"];
    for (const move of Object.values(recordMoves))
      for (const state of [...move.from, ...[move.to].flat()]) if (state) expect(states).toContain(state);
  });

  it("keep no text in clear in the journal but ids, days, words of closed lists, and what is judged to be nobody's number", () => {
    const words = Object.values(shapes).flatMap(({ kind, fields }) =>
      Object.entries<Word>(fields).flatMap(([field, { is }]) =>
        is === "text" || is === "json" ? [`${kind}.${field}`] : [],
      ),
    );
    // Each entry that writes these asks checkOpenText, checkSlug, checkNumber, checkUscc or checkPolicy, but for six: the operator
    // names the bank, lines and points of a rating and figures of a month are counted, and the seed of a spot check and an issuer are taken as they are.
    expect(words).toEqual([
      "BANK_OPENED.origin",
      "POLICY_SET.value",
      "POLICY_SET.citation",
      "DIVISION_STEP.code",
      "DIVISION_STEP.name",
      "ORGANIZATION_STEP.slug",
      "ORGANIZATION_STEP.name",
      "ORGANIZATION_STEP.uscc",
      "VOLUNTEER_STEP.volunteerNo",
      "MONTH_REPORTED.figures",
      "IDENTITY_STEP.issuer",
      "CAMPAIGN_SET.slug",
      "CAMPAIGN_SET.name",
      "CAMPAIGN_SET.nameEn",
      "CAMPAIGN_SET.tagline",
      "CAMPAIGN_SET.taglineEn",
      "ACTIVITY_STEP.slug",
      "ACTIVITY_STEP.name",
      "ACTIVITY_STEP.announcedName",
      "FUNDRAISING_SET.organizationName",
      "FUNDRAISING_SET.planFilingNo",
      "FUNDRAISING_SET.permitNo",
      "FUNDRAISING_SET.howToQuery",
      "AWARD_SET.name",
      "AWARD_SET.grantedBy",
      "HOUSEHOLD_SET.householdNo",
      "SPOT_SEED_SET.seed",
      "RATING_STEP.lines",
      "RATING_SHEET_SET.points",
    ]);
  });

  it("number the journal's kinds without gap or repetition", () => {
    expect(journalKinds.map((kind) => shapes[kind].code)).toEqual(journalKinds.map((_, i) => i + 1));
  });

  /** The sources without the pages of the reference, which print whole tables, and without what only fills a demo. */
  const reading = (table: string, rooms: RegExp) =>
    files("src")
      .filter(
        (name) =>
          rooms.test(name) &&
          !name.startsWith(table) &&
          !name.startsWith("src/docs") &&
          !name.startsWith("src/cli/seed"),
      )
      .map((name) => readFileSync(join(root, name), "utf8"))
      .join("\n");
  it.each<[what: string, names: readonly string[], table: string, unread: readonly string[], rooms?: RegExp]>([
    // It stands in the clients' list of codes; a key that was refused answers the same refusal again.
    ["refusal is thrown", refusalCodes, "src/domain/kit/refusal.ts", ["PREVIOUSLY_REFUSED"]],
    ["parameter is read by a rule", Object.keys(parameters), "src/domain/policies/parameters", []],
    // Everybody may do these, so nothing asks.
    ["act is asked for", Object.keys(acts), "src/domain/permissions/actors.ts", ["organization.see", "ledger.see"]],
    ["exit code ends a command", Object.keys(exits), "src/exits.ts", [], /^src\/(cli|program)/],
  ])("let no row of a table stand for nothing: each %s", (_, names, table, unread, rooms = /^src/) => {
    const sources = reading(table, rooms);
    const isRead = (name: string) => [name, name.replace(/^\w+\./, "")].some((one) => sources.includes(`"${one}"`));
    expect(names.filter((name) => !isRead(name))).toEqual(unread);
  });

  it.each(Object.keys(importColumns) as ImportName[])("read each column of an import of %s", (kind) => {
    const source = readFileSync(join(root, `src/services/exchange/${kind}.csv.ts`), "utf8");
    expect(Object.keys(importColumns[kind]).filter((column) => !source.includes(`"${column}"`))).toEqual([]);
  });

  it("grant no act to nobody by leaving its row empty", () => {
    for (const allowed of Object.values(acts)) expect(allowed.length).toBeGreaterThan(0);
  });

  it.each(["en", "zh"] as const)(
    "stand in docs/%s/reference: refusals, journal kinds and their fields, steps",
    (language) => {
      const reference = pagesIn(`docs/${language}/reference`);
      for (const code of refusalCodes) expect(reference).toContain(`| \`${code}\` | ${refusals[code][language]} |`);
      for (const [fault, text] of [...Object.entries(paperFaults), ...Object.entries(phoneFaults)])
        expect(reference).toContain(`| \`${fault}\` | ${text[language]} |`);
      for (const kind of journalKinds) {
        const { code, version, fields } = shapes[kind];
        const listed = Object.entries<Word>(fields)
          .map(([field, word]) => `${field} ${spelled(word)}`)
          .join(", ");
        const line = `| ${code} | \`${kind}\` | ${version} | `;
        expect(reference.split("\n").find((row) => row.startsWith(line))).toBe(`${line}${listed} |`);
      }
      for (const kind of Object.keys(importColumns) as ImportName[])
        expect(reference).toContain(columnsTable(kind, language).join("\n"));
      const tables: Record<
        string,
        { from: readonly (string | null)[]; to: string | readonly string[]; reason: boolean }
      >[] = [
        recordMoves,
        volunteerMoves,
        activityMoves,
        signUpMoves,
        divisionMoves,
        organizationMoves,
        headMoves,
        creditMoves,
        ratingMoves,
        downgradeMoves,
        tieMoves,
        ...journalKinds.map((kind) => shapes[kind].machine?.moves ?? {}),
      ];
      for (const [action, move] of tables.flatMap((table) => Object.entries(table))) {
        const from = move.from.map((state) => state ?? "∅").join(", ");
        const to = [move.to].flat().join(", ");
        expect(reference).toContain(
          `| \`${action}\` | ${from} | ${to} | ${move.reason ? "✓" : ""} |`.replace("|  |", "| |"),
        );
      }
    },
  );

  it.each(["en", "zh"])("stand in docs/%s/reference: every setting once, and no other", (language) => {
    const reference = readFileSync(join(root, `docs/${language}/reference/settings.md`), "utf8");
    const table = reference.slice(reference.search(/^\| (setting|设置) \|/m)).split("\n\n")[0] ?? "";
    const listed = table.split("\n").flatMap((row) => row.split(" | ")[0]?.match(/(?<=`)[A-Z_]+(?=`)/g) ?? []);
    expect(listed.sort()).toEqual([...settingNames].sort());
  });

  it("keep the two READMEs in step: the same headings, code and tables", () => {
    const shape = (name: string) =>
      readFileSync(join(root, name), "utf8")
        .split("\n")
        .filter((line) => /^(#|```|\|)/.test(line))
        .map((line) => /^(#+|```\w*|\|)/.exec(line)?.[0]);
    expect(shape("README.zh-CN.md")).toEqual(shape("README.md"));
  });

  it.each(["en", "zh"])("names every dependency in docs/%s/decisions.md", (language) => {
    const decisions = readFileSync(join(root, `docs/${language}/decisions.md`), "utf8");
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const name of Object.keys({ ...dependencies, ...devDependencies }))
      if (!name.startsWith("@types/")) expect(decisions).toContain(`\`${name}\``);
  });
});

describe("generated files", () => {
  it.each(["sqlite", "postgres"])("migrations/%s leave drizzle-kit nothing to add", (dialect) => {
    const folder = mkdtempSync(join(tmpdir(), "goodhours-tables-"));
    try {
      cpSync(join(root, "migrations", dialect), folder, { recursive: true });
      const before = readdirSync(folder).sort();
      const sqlDialect = dialect === "postgres" ? "postgresql" : "sqlite";
      const output = execFileSync(
        process.execPath,
        [
          join(root, "node_modules/drizzle-kit/bin.cjs"),
          "generate",
          "--dialect",
          sqlDialect,
          "--schema",
          `drizzle/schema.${dialect}.ts`,
          "--out",
          relative(root, folder),
          "--casing",
          "snake_case",
        ],
        { cwd: root, encoding: "utf8" },
      );
      expect(output).toContain("No schema changes");
      expect(readdirSync(folder).sort()).toEqual(before);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("carry the same names in both dialects", () => {
    const names = (dialect: string) =>
      readdirSync(join(root, "migrations", dialect)).filter((name) => name.endsWith(".sql"));
    expect(names("postgres")).toEqual(names("sqlite"));
  });

  it("include a sample for the walk-through", () => {
    expect(existsSync(join(root, "samples/hours.csv"))).toBe(true);
    expect(existsSync(join(root, "samples/volunteers.csv"))).toBe(true);
  });
});
