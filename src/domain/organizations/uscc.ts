const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

function checkDigit(body: string): string | null {
  let sum = 0;
  for (const [i, letter] of [...body].entries()) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    sum += value * (3 ** i % 31);
  }
  return alphabet[(31 - (sum % 31)) % 31] ?? null;
}

/** Unified social credit code, GB 32100: 18 characters of an alphabet without I O S V Z, the last a mod-31 check. */
export function isUscc(code: string): boolean {
  return /^[0-9A-HJ-NP-RTUWXY]{18}$/.test(code) && checkDigit(code.slice(0, 17)) === code[17];
}

/** Completes the first 17 characters with their check digit. */
export function completeUscc(body: string): string {
  return body + (checkDigit(body) ?? "");
}
