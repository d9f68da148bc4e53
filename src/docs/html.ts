import MarkdownIt from "markdown-it";

/** GitHub's names for headings, so that a link leads to the same place in a clone and on a page. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}\p{Mark}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

/** HTML in Markdown stays text: nothing in the documents becomes markup of ours. */
function renderer(): MarkdownIt {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  const { rules } = markdown.renderer;
  rules.heading_open = (tokens, i, options, _env, self) => {
    const token = tokens[i];
    const plain = (tokens[i + 1]?.children ?? []).map(({ content }) => content).join("");
    token?.attrSet("id", anchorOf(plain));
    return self.renderToken(tokens, i, options);
  };
  rules.link_open = (tokens, i, options, _env, self) => {
    const token = tokens[i];
    const href = token?.attrGet("href") ?? "";
    if (!/^[a-z]+:/.test(href)) token?.attrSet("href", href.replace(/\.md(?=#|$)/, ".html"));
    return self.renderToken(tokens, i, options);
  };
  // Wide tables and code scroll by themselves, by keyboard too, and never the page.
  rules.table_open = () => '<div class="wide" tabindex="0"><table>\n';
  rules.table_close = () => "</table></div>\n";
  const fence = rules.fence;
  rules.fence = (...args) => (fence?.(...args) ?? "").replace("<pre>", '<pre tabindex="0">');
  return markdown;
}

const markdown = renderer();

/** The body of a page, and its title: the first heading. */
export function rendered(text: string): { title: string; body: string } {
  const source = text.replace(/^<!--.*?-->\n/, "");
  const title = /^# (.*)$/m.exec(source)?.[1] ?? "Goodhours";
  return { title: title.replaceAll("`", ""), body: markdown.render(source) };
}
