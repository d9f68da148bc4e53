import type { Text } from "../../kit/language";
import type { RefusalCode } from "../../kit/refusal";

export interface Sentence extends Text {
  /** Names facts whose values are not printed, and the value that each must have. */
  when?: Readonly<Record<string, boolean>>;
  /** Says all that the code says, and the facts: the code's own sentence is left out. */
  whole?: true;
  /** Names facts that it tells in other words: no later sentence tells them again. */
  covers?: readonly string[];
}

/** The sentences of refusals, by their codes. */
export type Sentences = Partial<Record<RefusalCode, readonly Sentence[]>>;
