import { renderToString } from "preact-render-to-string";
import type { Language, Text } from "../domain/kit/language";
import { assetAt, assetPath } from "../web/assets";
import { docsFolder, documents } from "./folder";
import { rendered } from "./html";

export interface SiteFile {
  type: string;
  body: string | Buffer;
}

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml; charset=utf-8",
};

/** The pages in the order in which a newcomer reads them. */
const menu: readonly { name: string; label: Text }[] = [
  { name: "start", label: { en: "Start", zh: "快速上手" } },
  { name: "concepts", label: { en: "Concepts", zh: "概念" } },
  { name: "api", label: { en: "API", zh: "接口" } },
  { name: "operate", label: { en: "Operate", zh: "运维" } },
  { name: "reference/index", label: { en: "Reference", zh: "参考" } },
  { name: "decisions", label: { en: "Decisions", zh: "取舍" } },
];

const words = {
  en: { brand: "Goodhours", docs: "documentation", skip: "To the text", other: "中文", menu: "Pages" },
  zh: { brand: "善时", docs: "文档", skip: "跳到正文", other: "English", menu: "页面" },
} as const;

/**
 * Every file of the documentation as a site, by its path without a slash in front. All links are relative, so that the same
 * files are served, or opened from a disk without a server.
 */
export function site(folder = docsFolder()): Map<string, SiteFile> {
  const style = assetPath("style.css").slice(1);
  const icon = assetPath("icon.svg").slice(1);
  const files = new Map<string, SiteFile>();
  for (const path of [style, icon]) {
    const asset = assetAt(`/${path}`);
    if (asset) files.set(path, { type: asset.type as string, body: asset.body as Buffer });
  }
  for (const [path, content] of documents(folder)) {
    const ending = path.split(".").at(-1) ?? "";
    if (ending === "md") {
      const page = path.replace(/\.md$/, ".html");
      files.set(page, { type: types.html as string, body: pageOf(page, content.toString("utf8"), { style, icon }) });
    } else if (ending in types) files.set(path, { type: types[ending] as string, body: content });
  }
  files.set("index.html", { type: types.html as string, body: front({ style, icon }) });
  return files;
}

interface Assets {
  style: string;
  icon: string;
}

function pageOf(path: string, text: string, assets: Assets): string {
  const language: Language = path.startsWith("zh/") ? "zh" : "en";
  const { title, body } = rendered(text);
  const say = words[language];
  const up = "../".repeat(path.split("/").length - 1);
  const other = `${up}${path.replace(/^(en|zh)/, language === "en" ? "zh" : "en")}`;
  return whole(
    <html lang={language === "zh" ? "zh-CN" : "en"}>
      <Head title={`${title} · ${say.brand}`} up={up} assets={assets} />
      <body class="docs">
        <header class="header">
          <a class="skip" href="#content">
            {say.skip}
          </a>
          <nav class="bar" aria-label={say.menu}>
            <a class="brand" href={`${up}${language}/index.html`}>
              <span class="seal" aria-hidden="true">
                {[...say.brand][0]}
              </span>
              <span>
                {say.brand} · {say.docs}
              </span>
            </a>
            <div class="links">
              {menu.map(({ name, label }) => (
                <a
                  key={name}
                  href={`${up}${language}/${name}.html`}
                  aria-current={isWithin(path, `${language}/${name}`) ? "page" : undefined}
                >
                  {label[language]}
                </a>
              ))}
              <a href={other} lang={language === "zh" ? "en" : "zh-CN"}>
                {say.other}
              </a>
            </div>
          </nav>
        </header>
        {/* Rendered by markdown-it, which escapes all that is not its own. */}
        <main id="content" tabIndex={-1} dangerouslySetInnerHTML={{ __html: body }} />
      </body>
    </html>,
  );
}

function isWithin(path: string, name: string): boolean {
  return path === `${name}.html` || (name.endsWith("/index") && path.startsWith(name.slice(0, -"index".length)));
}

function front(assets: Assets): string {
  return whole(
    <html lang="en">
      <Head title="Goodhours 善时" up="" assets={assets} />
      <body class="docs">
        <main id="content">
          <h1>Goodhours 善时</h1>
          <p>
            <a href="en/index.html">Documentation in English</a>
          </p>
          <p lang="zh-CN">
            <a href="zh/index.html">中文文档</a>
          </p>
        </main>
      </body>
    </html>,
  );
}

function Head({ title, up, assets }: { title: string; up: string; assets: Assets }) {
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="stylesheet" href={`${up}${assets.style}`} />
      <link rel="stylesheet" href={`${up}docs.css`} />
      <link rel="icon" href={`${up}${assets.icon}`} type="image/svg+xml" />
    </head>
  );
}

const whole = (page: preact.VNode) => `<!doctype html>${renderToString(page)}`;
