import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Answer } from "./answers";
import { type AssetName, assetPath } from "./assets";
import { RefusalNote } from "./parts";
import { markChinese } from "./tongues";
import type { Frame } from "./visit";

export interface PageOptions {
  title: string;
  status?: number;
  /** A line for search engines, and for places where the address is shared. */
  description?: string;
  picture?: string;
  scripts?: readonly AssetName[];
  /** Seconds after which a browser without JavaScript loads the page anew, without its query. */
  refreshAfter?: number;
  /** Whether the page has no header and footer: a screen at a venue, or a frame on another site. */
  bare?: boolean;
  className?: string;
  headers?: Readonly<Record<string, string>>;
  cookies?: readonly string[];
}

/**
 * A whole page. A visitor who is signed in, or has just done something, gets one of their own; everybody else gets the shared
 * one.
 */
export function page(visit: Frame, options: PageOptions, content: VNode): Answer {
  const { status = visit.refusal ? 422 : 200 } = options;
  const shared = !visit.signedIn && visit.refusal === null && status < 400 && !options.cookies?.length;
  // The content comes first: where a field shows an error, the top of the page points to it and does not repeat it.
  const rendered = renderToString(content);
  const inner = visit.language === "en" ? markChinese(rendered) : rendered;
  const note = visit.refusal && (
    <RefusalNote visit={visit} refusal={visit.refusal} tied={inner.includes('aria-invalid="true"')} />
  );
  const body = `<!doctype html>${renderToString(
    <Document visit={visit} options={options} content={(note ? renderToString(note) : "") + inner} />,
  )}`;
  return {
    status,
    type: "text/html; charset=utf-8",
    body,
    keep: shared ? "SHARED" : "PRIVATE",
    headers: options.headers,
    cookies: options.cookies,
  };
}

function Document({ visit, options, content }: { visit: Frame; options: PageOptions; content: string }) {
  const { say, language, publicUrl, path, large } = visit;
  const { title, description = say("brandLine"), picture, scripts = [], bare } = options;
  return (
    <html lang={language === "zh" ? "zh-CN" : "en"} class={large ? "large" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${say("brand")}`}</title>
        <meta name="description" content={description} />
        <meta name="color-scheme" content="light dark" />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={say("brand")} />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:url" content={`${publicUrl}${path}`} />
        {picture && <meta property="og:image" content={`${publicUrl}${picture}`} />}
        {picture && <meta name="twitter:card" content="summary_large_image" />}
        <link rel="stylesheet" href={assetPath("style.css")} />
        <link rel="icon" href={assetPath("icon.svg")} type="image/svg+xml" />
        {options.refreshAfter !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={`${Math.ceil(options.refreshAfter)};url=${path}`} />
          </noscript>
        )}
        {scripts.map((name) => (
          <script key={name} src={assetPath(name)} defer />
        ))}
      </head>
      <body class={options.className}>
        {!bare && <Header visit={visit} />}
        {/* The content was rendered, and escaped, just before. */}
        <main id="content" tabIndex={-1} dangerouslySetInnerHTML={{ __html: content }} />
        {!bare && (
          <footer class="footer">
            <p>{say("footer")}</p>
          </footer>
        )}
      </body>
    </html>
  );
}

function Header({ visit }: { visit: Frame }) {
  const { say, language, signedIn, path } = visit;
  const other = language === "zh" ? "en" : "zh";
  return (
    <header class="header">
      <a class="skip" href="#content">
        {say("skip")}
      </a>
      <nav class="bar" aria-label={say("menu")}>
        <a class="brand" href="/">
          <span class="seal" aria-hidden="true">
            {[...say("brand")][0]}
          </span>
          <span>{say("brand")}</span>
          <span class="unseen"> · {say("home")}</span>
        </a>
        <div class="links">
          <TextSwitch visit={visit} />
          <a href={choiceLink(visit, "lang", other)} lang={other === "zh" ? "zh-CN" : "en"} hrefLang={other}>
            {say("otherLanguage")}
          </a>
          {signedIn && <a href="/my">{say("my")}</a>}
          {signedIn ? (
            <form method="post" action="/sign-out">
              <button type="submit" class="plain">
                {say("signOut")}
              </button>
            </form>
          ) : (
            path !== "/sign-in" && <a href={`/sign-in?next=${encodeURIComponent(path)}`}>{say("signIn")}</a>
          )}
        </div>
      </nav>
    </header>
  );
}

/** Switches to large letters for every page from here on, or back to the usual ones. */
export function TextSwitch({ visit }: { visit: Frame }) {
  const { say, large } = visit;
  return <a href={choiceLink(visit, "text", large ? "usual" : "large")}>{say(large ? "textUsual" : "textLarge")}</a>;
}

/**
 * The address of the same page with another choice: its parameters stay, except for the choice and for what was done just
 * before.
 */
function choiceLink({ path, query }: Frame, name: "lang" | "text", value: string): string {
  const asked = new URLSearchParams([...query].filter(([key]) => key !== name && key !== "done" && key !== "said"));
  asked.set(name, value);
  return `${path}?${asked}`;
}
