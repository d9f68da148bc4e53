/**
 * A function that makes objects with these fields of the values in their order. An object to which more than a dozen fields are
 * added one by one is a dictionary to the engine, and slow to read and to copy; these are as if they were written out. A value
 * whose name is null is left out.
 */
export function objectsOf(names: readonly (string | null)[]): (values: readonly unknown[]) => Record<string, unknown> {
  // The text holds the names of our own fields, and nothing that anybody sent.
  const fields = names.flatMap((name, i) => (name === null ? [] : `${JSON.stringify(name)}: values[${i}]`));
  return new Function("values", `return { ${fields.join(", ")} };`) as ReturnType<typeof objectsOf>;
}
