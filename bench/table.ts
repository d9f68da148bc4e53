/** A line of what the bench tells. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly ratio: number;
  readonly bar: { readonly least: number } | { readonly most: number } | null;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function judged({ ratio, bar }: Row): string {
  if (bar === null) return "";
  const [isMet, text] = "least" in bar ? [ratio >= bar.least, `≥ ${bar.least}`] : [ratio <= bar.most, `≤ ${bar.most}`];
  return `${text} ${isMet ? "met" : "NOT MET"}`;
}

/** The rows as a table that stands in a README as it is. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [
    ["", "ours", "theirs", "ratio", "bar"],
    ["---", "---:", "---:", "---:", "---"],
    ...rows.map((row) => [row.what, row.ours, row.theirs, row.ratio.toFixed(2), judged(row)]),
  ];
  return cells.map((line) => `| ${line.join(" | ")} |`).join("\n");
}
