import { renderToString } from "preact-render-to-string";
import type { Language } from "../../domain/kit/language";
import { groupCode } from "../../domain/people/invitations";
import { plainDay } from "../format";
import { sayIn } from "../texts";
import { qrPath, quietZone } from "./qr";

/** What one person's card shows. */
export interface InvitationCard {
  name: string;
  volunteerNo: string | null;
  code: string;
  link: string;
  /** The civil day on which the code ends. */
  expiresOn: string;
}

const style = `
@page { size: A4; margin: 10mm; }
* { box-sizing: border-box; }
body { margin: 0; font: 12pt/1.5 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #000; background: #fff; }
.cards { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm; }
.card { border: 0.3mm dashed #777; padding: 6mm; break-inside: avoid; }
h2 { font-size: 13pt; margin: 0 0 2mm; }
.name { font-size: 18pt; font-weight: 700; margin: 0; }
.code { font: 700 20pt/1.4 "Courier New", monospace; letter-spacing: 0.06em; margin: 2mm 0; white-space: nowrap; }
svg { width: 38mm; height: 38mm; float: right; margin: 0 0 2mm 4mm; }
ol { margin: 2mm 0; padding-left: 1.4em; }
p { margin: 0 0 1mm; }
.keep { font-weight: 700; }
@media screen { body { padding: 10mm; } }
`;

/** A sheet to print and cut: one card a person, in words that a person of 65 follows. It needs nothing from the network. */
export function invitationSheet(
  cards: readonly InvitationCard[],
  { organizationName, language }: { organizationName: string; language: Language },
): string {
  const say = sayIn(language);
  const title = say("cardsTitle", { organization: organizationName });
  return `<!doctype html>${renderToString(
    <html lang={language === "zh" ? "zh-CN" : "en"}>
      <head>
        <meta charSet="utf-8" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main class="cards">
          {cards.map((card) => (
            <Card key={card.code} card={card} organizationName={organizationName} language={language} />
          ))}
        </main>
      </body>
    </html>,
  )}\n`;
}

function Card({
  card: { name, volunteerNo, code, link, expiresOn },
  organizationName,
  language,
}: {
  card: InvitationCard;
  organizationName: string;
  language: Language;
}) {
  const say = sayIn(language);
  const { path, size } = qrPath(link);
  const whole = size + 2 * quietZone;
  return (
    <section class="card">
      <svg viewBox={`0 0 ${whole} ${whole}`} role="img" aria-label={say("cardQr")}>
        <rect width={whole} height={whole} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <h2>{say("cardTitle", { organization: organizationName })}</h2>
      <p class="name">{name}</p>
      {volunteerNo && <p>{say("cardNumber", { number: volunteerNo })}</p>}
      <p class="code">{groupCode(code)}</p>
      <ol>
        <li>{say("cardScan")}</li>
        <li>{say("cardSignIn")}</li>
        <li>{say("cardPress")}</li>
      </ol>
      <p>{say("cardByHand", { address: link.split("#")[0] as string })}</p>
      <p>{say("cardUntil", { day: plainDay(expiresOn, language) })}</p>
      <p class="keep">{say("cardKeep")}</p>
    </section>
  );
}
