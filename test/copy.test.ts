import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parameters } from "../src/domain/policies/parameters";
import { edgeErrors } from "../src/server/errors";
import { texts } from "../src/web/texts";

/**
 * What people read in Chinese, wherever it stands: each `zh` of the sources, and the tables that put it into a list. The demo's
 * people and events are data, and what a spreadsheet's heads may be called is what clerks write.
 */
const root = join(__dirname, "../src");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith(join("cli", "seed")))
  .map((name) => [name, readFileSync(join(root, name), "utf8")] as const);
const written = sources.flatMap(([name, source]) =>
  [...source.matchAll(/\bzh:\s*(?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g)].map(
    ([, plain, template]) => [name, plain ?? (template as string).replaceAll(/\$\{[^}]*\}/g, "{}")] as const,
  ),
);
const listed = [
  ...Object.values(edgeErrors).map(([, , zh]) => ["server/errors.ts", zh] as const),
  ...Object.values(parameters).map(({ citation }) => ["domain/parameters.ts", citation] as const),
];
const all = [...written, ...listed].filter(([, text]) => /\p{Script=Han}/u.test(text));
const pages = Object.values(texts).map(({ zh }) => ["web/texts.ts", zh as string] as const);

/** The places where a text breaks a rule, each with what breaks it. */
function breaking(rule: RegExp, of: readonly (readonly [string, string])[] = all): string[] {
  return of.flatMap(([name, text]) => {
    const found = rule.exec(text);
    return found ? [`${name}: ${found[0]} in ${text}`] : [];
  });
}

test("more than a few hundred texts are read", () => {
  expect(all.length).toBeGreaterThan(600);
});

// One word a thing: each word with the one that stands for it.
test.each([
  ["本行", "本平台 or 本市"],
  ["裁定", "处理"],
  ["种子", "抽查号"],
  ["幂等", "a sentence that says to send again"],
  ["JWT", "登录码"],
  ["令牌", "登录码"],
  ["角色", "身份, 岗位 or 权限"],
  ["信用时间", "可用时间"],
  ["时间积分", "可用时间"],
  ["缺席", "未到场"],
  ["考勤", "到场情况"],
  ["结项", "办结"],
  ["账册", "账本"],
  ["督导", "站长"],
  ["担保", "核验身份"],
  ["乡镇街道", "镇乡（街道）"],
  ["轮次", "批次"],
  ["身故", "去世"],
  ["Goodhours default", "本平台默认规定"],
  ["你", "您"],
])("no text says %s where people say %s", (word) => {
  expect(breaking(new RegExp(word))).toEqual([]);
});

test("marks beside Chinese are full-width, and no blank stands beside them", () => {
  // Evidence is written `kind:reference`, with the mark that a keyboard has.
  const half =
    /\p{Script=Han}[(),;!?]|[(),;!?]\p{Script=Han}|(?<!类别|单位证明):\p{Script=Han}|(?<!类别|单位证明)(?<=\p{Script=Han}):/u;
  expect(breaking(half)).toEqual([]);
  expect(breaking(/[，。：；、（）《》“”！？] | [，。：；、（）《》”！？]/)).toEqual([]);
});

test("a range has 至", () => {
  expect(breaking(/[\d}\p{Script=Han}] ?[–~～] ?[\d{\p{Script=Han}]/u)).toEqual([]);
});

test("a law's article follows its name in 《》", () => {
  const article = /(?<![》）、一二三四五六七八九十至])第[一二三四五六七八九十百]+条/;
  expect(breaking(article)).toEqual([]);
});

test("no text repeats a number that a policy sets", () => {
  // A citation says what the paper has.
  expect(breaking(/(\d|(?!一日内)[一二三四五六七八九十])+ ?(周?岁|天|个工作日|日内|日前|%)/, written)).toEqual([]);
});

test("a page's text has no English but what people know by it", () => {
  const known = /^(PDF|Excel|JSON|English|A)$/;
  const words = pages.flatMap(([name, text]) =>
    [...text.replaceAll(/\{\w*\}/g, "").matchAll(/[A-Za-z][A-Za-z-]*/g)]
      .filter(([word]) => !known.test(word))
      .map(([word]) => `${name}: ${word} in ${text}`),
  );
  expect(words).toEqual([]);
});

test("a page's clause has at most 25 characters, a name or number in it counted as two", () => {
  const long = pages.flatMap(([name, text]) =>
    text
      .replaceAll(/\{\w*\}/g, "某某")
      .split(/[，。：；！？、]/)
      .filter((clause) => clause.length > 25)
      .map((clause) => `${name}: ${clause}`),
  );
  expect(long).toEqual([]);
});
