/**
 * Whether a text is one that every database keeps as it is. PostgreSQL has no NUL in a text, and half a surrogate pair is no
 * letter in UTF-8: it would be kept as another one.
 */
export function isKeepable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** The place of the first text within a value that cannot be kept, names of fields included; null where there is none. */
export function unkeepableAt(value: unknown): string[] | null {
  if (typeof value === "string") return isKeepable(value) ? null : [];
  if (typeof value !== "object" || value === null) return null;
  for (const [name, part] of Object.entries(value)) {
    if (!isKeepable(name)) return [];
    const inner = unkeepableAt(part);
    if (inner !== null) return [name, ...inner];
  }
  return null;
}
