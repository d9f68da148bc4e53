import { renderToString } from "preact-render-to-string";
import { strictPolicy } from "./answers";
import { type AssetName, assetPath } from "./assets";

const styles: readonly AssetName[] = ["graphiql.css", "explorer.css"];
const scripts: readonly AssetName[] = ["react.js", "react-dom.js", "graphiql.js", "explorer.js"];

/** GraphiQL's stylesheet holds its typefaces; nothing comes from another host, and nothing goes there. */
const policy = [strictPolicy.replace("form-action 'self'", "form-action 'none'"), "font-src data:"].join("; ");

/** The page at which a person tries the API in a browser: GraphiQL, from our own disk. */
export function explorerPage(): { headers: Readonly<Record<string, string>>; body: string } {
  const body = renderToString(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>善时 Goodhours · GraphiQL</title>
        <link rel="icon" href={assetPath("icon.svg")} />
        {styles.map((name) => (
          <link key={name} rel="stylesheet" href={assetPath(name)} />
        ))}
      </head>
      <body>
        <div id="explorer">
          <noscript>GraphiQL needs JavaScript. Programs ask this address by POST, in JSON.</noscript>
        </div>
        {scripts.map((name) => (
          <script key={name} src={assetPath(name)} />
        ))}
      </body>
    </html>,
  );
  return { headers: { "content-security-policy": policy }, body: `<!doctype html>${body}` };
}
