import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { docsFolder, documents, staleFiles } from "../../src/docs/folder";
import { anchorOf, rendered } from "../../src/docs/html";
import { table } from "../../src/docs/markdown";
import { site } from "../../src/docs/site";
import { exits } from "../../src/exits";

/** The documentation as a whole: fresh, in step in both languages, and with links that lead somewhere. */
const root = join(__dirname, "../..");
const folder = docsFolder();
const pages = new Map(
  [...documents(folder)].filter(([path]) => path.endsWith(".md")).map(([path, text]) => [path, text.toString("utf8")]),
);
const english = [...pages.keys()].filter((path) => path.startsWith("en/"));
const read = (path: string) => pages.get(path) ?? readFileSync(join(root, path), "utf8");

test("the generated pages are as the tables are: `npm run docs` changes nothing", () => {
  expect(staleFiles(folder)).toEqual([]);
});

test("each page is there in both languages", () => {
  const chinese = [...pages.keys()].filter((path) => path.startsWith("zh/"));
  expect(chinese.map((path) => path.replace("zh/", "en/"))).toEqual(english);
  expect(english.length).toBeGreaterThanOrEqual(10);
});

/** Headings, code blocks and rows of tables, in their order. */
const shape = (path: string) =>
  read(path)
    .split("\n")
    .filter((line) => /^(#|```|\||- |\d+\. )/.test(line))
    .map((line) => /^(#+|```\w*|\||- |\d+\.)/.exec(line)?.[0]);
/** What is to be pasted; a remark behind a command, and the language that is asked for, are the reader's own. */
const code = (path: string) =>
  [...read(path).matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, kind, body = ""]) =>
    kind === "sh" ? body.replaceAll(/ +# .*$/gm, "").replaceAll(/ -H 'accept-language: \w+'/g, "") : kind,
  );

/** The words of the program in each line, whatever stands for a name (`<slug>`, `<简称>`). */
const words = (path: string) =>
  read(path)
    .split("\n")
    .map((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word.replaceAll(/<[^>]*>/g, "<>")))
    .map((line) => [...new Set(line)].sort());

test.each(english.filter((path) => !path.includes("/reference/")))(
  "each line of %s names the same words of the program in Chinese",
  (path) => {
    expect(words(path.replace("en/", "zh/"))).toEqual(words(path));
  },
);

test.each(english)("%s has the same headings, tables, lists and commands in Chinese", (path) => {
  const chinese = path.replace("en/", "zh/");
  expect(shape(chinese)).toEqual(shape(path));
  expect(code(chinese)).toEqual(code(path));
});

test.each(["en", "zh"] as const)("Operate in %s lists the exit codes as the program has them", (language) => {
  const rows = Object.values(exits).map(({ code, meaning }) => [String(code), meaning[language]]);
  const head = { en: ["exit code", "what it means"], zh: ["退出码", "含义"] }[language];
  expect(read(`${language}/operate.md`)).toContain(`\n\n${table(head, rows)}\n\n`);
});

const linked = [...pages.keys(), "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"];
test.each(linked)("every link of %s leads to a file, and to a heading where it names one", (path) => {
  const dead = [...read(path).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
    const [target = "", anchor] = link.split("#");
    const at = pages.has(path) ? normalize(join("docs", dirname(path), target)) : normalize(target);
    const file = target === "" ? path : at.replace(/^docs\//, "");
    try {
      const text = target.endsWith(".md") || target === "" ? read(pages.has(file) ? file : at) : "";
      if (target !== "" && !target.endsWith(".md")) readFileSync(join(root, at));
      const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading));
      return anchor === undefined || anchors.includes(anchor) ? [] : [link];
    } catch {
      return [link];
    }
  });
  expect(dead).toEqual([]);
});

test.each([...linked].filter((path) => path !== "CHANGELOG.md"))("the files that %s names are there", (path) => {
  const named = [...read(path).matchAll(/`((?:src|test|bench|samples|drizzle|migrations)\/[\w./-]*)`/g)].map(
    ([, name = ""]) => name,
  );
  expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
});

describe("the pages", () => {
  const files = site();
  const htmls = [...files].filter(([path]) => path.endsWith(".html"));

  test("load nothing but their own files, hold no script and no style, and link only to pages that are there", () => {
    for (const [path, { body }] of htmls) {
      const html = String(body);
      expect([path, /<script|<style| style=|javascript:|<iframe|<form/i.exec(html)?.[0] ?? null]).toEqual([path, null]);
      for (const [, link = ""] of html.matchAll(/(?:href|src)="([^"#]*)(?:#[^"]*)?"/g)) {
        if (link === "" || /^https?:/.test(link)) continue;
        expect([path, link, files.has(normalize(join(dirname(path), link)))]).toEqual([path, link, true]);
      }
      expect([path, /<link[^>]+https?:/.test(html) || /<img[^>]+https?:/.test(html)]).toEqual([path, false]);
    }
  });

  test("say their language, have one first heading and a title", () => {
    for (const [path, { body }] of htmls) {
      const html = String(body);
      expect([path, html.match(/<h1/g)?.length, /<title>[^<]+<\/title>/.test(html)]).toEqual([path, 1, true]);
      expect(html).toContain(path.startsWith("zh/") ? '<html lang="zh-CN">' : '<html lang="en">');
    }
  });

  test("take markup in a document as text", () => {
    const { body } = rendered('# T\n\n<script>alert(1)</script> [x](javascript:alert(1)) <img src="//else">');
    expect(body).not.toMatch(/<script|<img|href="javascript/);
  });
});
