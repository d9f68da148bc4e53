import type { Invitation, InvitationState } from "../facts/people";
import type { Instant } from "../kit/calendar";

/** The state of an invitation at an instant: an open one ends by itself at `expiresAt`. */
export function stateAt({ state, expiresAt }: Pick<Invitation, "state" | "expiresAt">, now: Instant): InvitationState {
  return state === "OPEN" && now >= expiresAt ? "EXPIRED" : state;
}

/**
 * The signs of which codes are made. There is no 0 and no O, no 1, I or L; of U and V only V, and of 2 and Z, 5 and S, 8 and B
 * only the digits. Ten of these 27 signs hold 47 bits.
 */
export const codeSigns = "23456789ACDEFGHJKMNPQRTVWXY";
export const codeLength = 10;
/** Signs that people write in place of a sign of the codes. */
const readAs: Readonly<Record<string, string>> = { Z: "2", S: "5", B: "8", U: "V" };

/** A code from random bytes, asked for until enough of them fall on a sign evenly. */
export function makeCode(bytes: (count: number) => Uint8Array): string {
  const fair = 256 - (256 % codeSigns.length);
  let code = "";
  while (code.length < codeLength)
    for (const byte of bytes(codeLength))
      if (byte < fair && code.length < codeLength) code += codeSigns[byte % codeSigns.length];
  return code;
}

/**
 * A code in its one spelling, from the way in which it was typed: lower case, full width, spaces and dashes of any kind are
 * read. Null for a text that is no code.
 */
export function readCode(typed: string): string | null {
  if (typed.length > 100) return null;
  const signs = typed
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}\u00b7\u30fb\u2212_.]/gu, "")
    .replaceAll(/[ZSBU]/g, (sign) => readAs[sign] ?? sign);
  return signs.length === codeLength && [...signs].every((sign) => codeSigns.includes(sign)) ? signs : null;
}

/** A code as it is shown to people: two groups of five. */
export function groupCode(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/**
 * How many wrong codes may be tried within how long: by a person, who may have many accounts at the issuer, and from an
 * address, which a station's whole hall may share. A right code in between changes nothing.
 */
export const wrongCodesMost = { person: 5, address: 100 } as const;
export const wrongCodesMs = 3_600_000;
