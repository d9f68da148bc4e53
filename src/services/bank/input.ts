import type { Day } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { isKeepable, unkeepableAt } from "../../domain/kit/texts";
import { counted } from "../../domain/kit/units";
import { isUscc } from "../../domain/organizations/uscc";
import { holdsUnreadable, readLine, readName } from "../../domain/people/names";
import { checkImpersonal, isResidentId, personalIn } from "../../domain/people/numbers";
import { type IdKind, isPapers, type Papers, readPapers } from "../../domain/people/papers";
import { readPhone } from "../../domain/people/phones";
import type { Expectation } from "../../domain/wording/fact-sentences/expectations";

/**
 * Text a person may enter: trimmed, without control characters, within a length. A `line` is shown among others' words:
 * it neither breaks nor turns the direction of what stands beside it, holds nothing that cannot be seen, and is spelled as it
 * reads. A `name` has its dots in one spelling, too.
 */
export function checkText(
  text: string | null | undefined,
  at: string | string[],
  bounds: { most: number; least?: number; line?: boolean; name?: boolean },
): string | null {
  const refusing = (details: Record<string, unknown>) => refuse("INVALID_INPUT", details, [at].flat());
  if (text === null || text === undefined) return bounds.least ? refusing({ missing: true }) : null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (!isKeepable(text) || /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text))
    refusing({ controlCharacters: true });
  if (bounds.line && /[\n\r\t\u2028-\u202e\u2066-\u2069]/.test(text.trim())) refusing({ severalLines: true });
  // A character of one machine's own font is another one, or none, wherever else the name is read.
  if (bounds.line && holdsUnreadable(text)) refusing({ unreadable: true });
  const read = bounds.name ? readName(text) : bounds.line ? readLine(text) : text;
  // What nobody can see is no text.
  const trimmed = /[\p{L}\p{N}\p{P}\p{S}]/u.test(read) ? read.trim() : "";
  if (trimmed.length > bounds.most || trimmed.length < (bounds.least ?? 0))
    refusing(counted("CHARACTERS", { least: bounds.least ?? 0, most: bounds.most }));
  return trimmed === "" ? null : trimmed;
}

/**
 * Text that stands in clear in the journal for good, such as an activity's name: it holds nobody's ID or mobile number, and no
 * mail address but where an office's own belongs.
 */
export function checkOpenText(
  text: string | null | undefined,
  at: string | string[],
  bounds: { most: number; least?: number; line?: boolean; name?: boolean; mail?: boolean },
): string | null {
  const path = [at].flat();
  const checked = checkText(text, path, bounds);
  if (checked !== null) checkImpersonal(checked, path, bounds);
  return checked;
}

/** Refuses what holds, anywhere in it, a text that no database could keep as it is. */
export function checkKeepable(value: unknown): void {
  const path = unkeepableAt(value);
  if (path !== null) refuse("INVALID_INPUT", { controlCharacters: true }, path);
}

/**
 * The name of a person, which other people see. It must have a letter, and must not hold an ID or mobile number. NAME_INVALID.
 */
export function checkName(text: string | null | undefined, at: string | string[], least = 1): string | null {
  const path = [at].flat();
  if (text != null && holdsUnreadable(text)) refuse("NAME_INVALID", { unreadable: true }, path);
  const name = checkText(text, path, { most: 50, least, line: true, name: true });
  if (name === null) return null;
  const personal = personalIn(name) ?? (isPapers(name) ? "PAPERS" : null);
  if (personal) refuse("NAME_INVALID", { personal }, path);
  return /[\p{L}\p{Nl}]/u.test(name) ? name : refuse("NAME_INVALID", {}, path);
}

/**
 * The papers that a registration gives, in one spelling; null where it gives none. A registration that asks for no birth
 * date says which ages it is for. ID_NUMBER_INVALID.
 */
export function checkPapers(
  { idKind, idNumber }: { idKind: IdKind | null; idNumber: string | null },
  born: Day | { least: number; most: number } | null,
  today: Day,
): Papers | null {
  const known = typeof born === "string" ? { birthDate: born } : { ages: born ?? undefined };
  return idNumber === null ? null : readPapers(idNumber, { kind: idKind, ...known, today });
}

/** A telephone number, in one spelling. PHONE_INVALID. */
export function checkPhone(text: string | null | undefined, path: string[]): string | null {
  const typed = checkText(text, path, { most: 60 });
  return typed === null ? null : readPhone(typed, path).number;
}

const paperNo = "4 to 40 letters, digits and hyphens";
/** The number of a certificate, in one spelling. */
export function checkPaperNo(text: string | null | undefined, at: string | string[], least = 0): string | null {
  return (
    checkShape(checkText(text, at, { most: 40, least }), at, /^[\dA-Za-z-]{4,40}$/, paperNo)?.toUpperCase() ?? null
  );
}

/** Refuses a text that does not have the shape. INVALID_INPUT. */
export function checkShape<T extends string | null>(
  text: T,
  at: string | string[],
  shape: RegExp,
  expected: Expectation,
): T {
  if (text !== null && !shape.test(text)) refuse("INVALID_INPUT", { expected }, [at].flat());
  return text;
}

/** A unified social credit code. One ID number in 31 has its check digit as well. USCC_INVALID. */
export function checkUscc(uscc: string, path: string[]): void {
  if (!isUscc(uscc) || isResidentId(uscc)) refuse("USCC_INVALID", {}, path);
}

/** A short name for addresses. */
export function checkSlug(slug: string, path: string[]): void {
  if (!/^[a-z0-9][a-z0-9-]{1,60}$/.test(slug))
    refuse("INVALID_INPUT", counted("SLUG_CHARACTERS", { least: 2, most: 61 }), path);
  checkImpersonal(slug, path);
}
