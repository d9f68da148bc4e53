import type { Glyph } from "fontkit";
import { nobody } from "../../domain/permissions/actors";
import type { Answer } from "../answers";
import { named } from "../facts";
import { longDay, span } from "../format";
import { missingPage } from "../pages/plain";
import type { Visit } from "../visit";
import { typeface } from "./typeface";

const [width, height, margin] = [1200, 630, 80];
const colors = { paper: "#fbf5ec", ink: "#2b231d", soft: "#6b5f54", accent: "#b4351f" };

/**
 * The picture that is shown where a page's address is shared. It holds only lasting words: a crowd must not cost a picture each
 * second.
 */
export async function campaignPicture(visit: Visit, slug: string): Promise<Answer> {
  const campaign = await visit.services.activities.campaignBySlug(slug);
  if (!campaign) return missingPage(visit);
  const { name, tagline } = named(campaign, visit.language);
  return picture(visit, { above: longDay(campaign.day, visit.language), title: name, below: tagline ?? "" });
}

export async function activityPicture(visit: Visit, slug: string): Promise<Answer> {
  const { services, language } = visit;
  const activity = await services.activities.bySlug(nobody, slug);
  if (!activity) return missingPage(visit);
  const [organization] = await services.organizations.many([activity.organizationId]);
  const above = span(activity.startsAt, activity.endsAt, language);
  return picture(visit, { above, title: activity.name, below: organization?.name ?? "" });
}

const keptMost = 100;
const kept = new Map<string, Promise<Buffer>>();

async function picture(visit: Visit, words: { above: string; title: string; below: string }): Promise<Answer> {
  const content = { ...words, brand: visit.say("brand") };
  const key = JSON.stringify(content);
  const drawn = kept.get(key) ?? rasterise(compose(content));
  kept.delete(key);
  if (kept.size >= keptMost) kept.delete(kept.keys().next().value as string);
  kept.set(key, drawn);
  drawn.catch(() => kept.delete(key));
  return { status: 200, type: "image/png", body: await drawn, keep: "SHARED" };
}

/** Letters become outlines, so that the picture looks the same on a server without any Chinese font. */
function compose({ above, title, below, brand }: { above: string; title: string; below: string; brand: string }) {
  // A title of one line is large; what needs two keeps clear of the seal below.
  const room = width - 2 * margin;
  const large = wrapped(title, 88, room, 2);
  const size = large.length === 1 ? 88 : 72;
  const lines = large.length === 1 ? large : wrapped(title, size, room, 2);
  const parts = [
    `<rect width="${width}" height="${height}" fill="${colors.paper}"/>`,
    `<rect width="${width}" height="14" fill="${colors.accent}"/>`,
    outline(above, { x: margin, y: 168, size: 36, color: colors.accent }),
    ...lines.map((line, i) => outline(line, { x: margin, y: 280 + i * 90, size, color: colors.ink })),
    outline(wrapped(below, 36, room, 1)[0] ?? "", {
      x: margin,
      y: 280 + lines.length * 90 - 14,
      size: 36,
      color: colors.soft,
    }),
    `<rect x="${margin}" y="506" width="64" height="64" rx="12" fill="${colors.accent}"/>`,
    outline([...brand][0] ?? "", { x: margin + 12, y: 553, size: 40, color: "#fff" }),
    outline(brand, { x: margin + 84, y: 552, size: 36, color: colors.ink }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join("")}</svg>`;
}

async function rasterise(svg: string): Promise<Buffer> {
  const { renderAsync } = require("@resvg/resvg-js") as typeof import("@resvg/resvg-js");
  return (await renderAsync(svg, { font: { loadSystemFonts: false } })).asPng();
}

function outline(text: string, { x, y, size, color }: { x: number; y: number; size: number; color: string }): string {
  let at = 0;
  const scale = size / typeface(700).unitsPerEm;
  const glyphs = glyphsOf(text).map((glyph) => {
    const path = `<path transform="translate(${at} 0)" d="${glyph.path.toSVG()}"/>`;
    at += glyph.advanceWidth;
    return path;
  });
  return `<g fill="${color}" transform="translate(${x} ${y}) scale(${scale} ${-scale})">${glyphs.join("")}</g>`;
}

/** The text is broken where the width ends; what does not fit on the last line is left out with an ellipsis. */
function wrapped(text: string, size: number, room: number, linesMost: number): string[] {
  const wide = (piece: string) =>
    (glyphsOf(piece).reduce((sum, glyph) => sum + glyph.advanceWidth, 0) * size) / typeface(700).unitsPerEm;
  const lines: string[] = [];
  let line = "";
  // English breaks between words, Chinese between any two signs; a word longer than a line breaks where it must.
  const pieces = (text.match(/[A-Za-z0-9'’.,&-]+\s*|./gsu) ?? []).flatMap((piece) =>
    wide(piece.trimEnd()) <= room ? [piece] : [...piece],
  );
  for (const piece of pieces) {
    if (wide(line + piece.trimEnd()) <= room) line += piece;
    else if (lines.length === linesMost - 1) return [...lines, `${line.trimEnd().slice(0, -1)}…`];
    else {
      if (line) lines.push(line.trimEnd());
      line = piece;
    }
  }
  return line ? [...lines, line.trimEnd()] : lines;
}

function glyphsOf(text: string): Glyph[] {
  return typeface(700).layout(text).glyphs;
}
