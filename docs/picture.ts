import { join } from "node:path";
import { openBrowser } from "../test/support/browser";

/**
 * The pictures of the READMEs: the campaign's page of a running demo, as a visitor sees it.
 *
 *   npm run demo                    in one terminal
 *   npm run docs:picture            in another; an address behind it names a demo elsewhere
 */
const demo = process.argv[2] ?? "http://127.0.0.1:4000";

async function main(): Promise<void> {
  const browser = await openBrowser();
  try {
    for (const language of ["en", "zh"]) {
      const page = await browser.newPage({ viewport: { width: 860, height: 700 }, colorScheme: "light" });
      await page.goto(`${demo}/c/charity-day-2026?lang=${language}`);
      await page.screenshot({ path: join(__dirname, language, "campaign.png") });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
