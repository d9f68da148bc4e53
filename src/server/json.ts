/** What needs no escape in a JSON text: neither quotes, backslashes and control characters nor halves of a pair. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const escapes = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A string as JSON. Most texts need no escape, and to see that is cheaper than to write them character by character. */
export function quoted(text: string): string {
  return escapes.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** A value as JSON has it; what JSON does not know (a function, a symbol) is null. */
export function jsonOf(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  return JSON.stringify(value) ?? "null";
}
