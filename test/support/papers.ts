import { checkDigit } from "../../src/domain/people/papers";

/** A valid resident ID of Zhuji for a person born on a day; `order` tells apart those of one day. */
export function residentId(birthDate: string, order = 1): string {
  const seventeen = `330681${birthDate.replaceAll("-", "")}${String(order).padStart(3, "0")}`;
  return seventeen + checkDigit(seventeen);
}
