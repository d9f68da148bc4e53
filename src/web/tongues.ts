/**
 * Marks Chinese words on an English page as Chinese (WCAG 3.1.2), so that a screen reader pronounces them: names of people,
 * places and activities are Chinese in both languages. It reads the rendered page, so that no component can forget it. What
 * is rendered has every `<` of a text escaped, and attributes in double quotes.
 */
export function markChinese(html: string): string {
  let skipped: string | null = null;
  let open = -1;
  const tokens = html.match(/<(?:"[^"]*"|[^">])*>|[^<]+/g) ?? [];
  const marked: string[] = [];
  for (const token of tokens) {
    const tag = /^<(\/?)([a-z0-9]+)/i.exec(token);
    if (!tag) {
      if (skipped === null) marked.push(token.replace(run, (words) => `<span lang="zh-CN">${words}</span>`));
      else {
        // Where no span may stand, the element itself has the attribute.
        if (han.test(token) && open >= 0 && !marked[open]?.includes(" lang="))
          marked[open] = marked[open]?.replace(/^<[a-z]+/, '$& lang="zh-CN"') ?? "";
        marked.push(token);
      }
      continue;
    }
    const [, closes = "", name = ""] = tag;
    if (closes && name === skipped) skipped = null;
    else if (!closes && skipped === null && (textOnly.has(name) || / lang="/.test(token))) {
      skipped = name;
      open = textOnly.has(name) ? marked.length : -1;
    }
    const typed = name === "input" && / value="([^"]*)"/.exec(token)?.[1];
    marked.push(
      typed && han.test(typed) && !/ type="hidden"/.test(token)
        ? token.replace("<input", '<input lang="zh-CN"')
        : token,
    );
  }
  return marked.join("");
}

const han = /\p{Script=Han}/u;
/** From one Chinese character to the last that follows with nothing but Chinese marks and digits between. */
const run = /\p{Script=Han}(?:[\p{Script=Han}\d·・、，。（）《》：；！？“”—\s-]*[\p{Script=Han}）》。！？”])?/gu;
/** Elements that hold text alone. */
const textOnly: ReadonlySet<string> = new Set(["option", "textarea", "title"]);
