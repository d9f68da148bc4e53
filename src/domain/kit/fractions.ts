import { invariant } from "./invariant";

/** An exact share in lowest terms: nothing is rounded until a whole number is asked for. */
export interface Fraction {
  readonly part: bigint;
  /** Above zero. */
  readonly whole: bigint;
}

export function fraction(part: number | bigint, whole: number | bigint = 1): Fraction {
  const [above, below] = [BigInt(part), BigInt(whole)];
  invariant(below > 0n, `a fraction's whole is above zero, got ${whole}`);
  const common = commonDivisor(above < 0n ? -above : above, below);
  return { part: above / common, whole: below / common };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.part * b.whole + b.part * a.whole, a.whole * b.whole);
}
export function minus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.part * b.whole - b.part * a.whole, a.whole * b.whole);
}
export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.part * b.part, a.whole * b.whole);
}
/** `b` is above zero. */
export function over(a: Fraction, b: Fraction): Fraction {
  return fraction(a.part * b.whole, a.whole * b.part);
}
export function sumOf(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce(plus, fraction(0));
}
/** The lesser of the two. */
export function atMost(a: Fraction, most: Fraction): Fraction {
  return compare(a, most) > 0 ? most : a;
}
/** Below zero where `a` is less than `b`. */
export function compare(a: Fraction, b: Fraction): number {
  return Number(a.part * b.whole - b.part * a.whole);
}

/** The whole number below a fraction that is not negative. */
export function floor({ part, whole }: Fraction): number {
  return Number(part / whole);
}

/** A fraction as people write it: "2/3", and "5" for a whole number. */
export function fractionText({ part, whole }: Fraction): string {
  return whole === 1n ? `${part}` : `${part}/${whole}`;
}
export function fractionOf(text: string): Fraction {
  const [part = "", whole = "1"] = text.split("/");
  return fraction(BigInt(part), BigInt(whole));
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonDivisor(b, a % b);
}
