import { AsyncLocalStorage } from "node:async_hooks";

/**
 * A step of a state machine that a client asks for, and what came of it. The edge opens one around each mutation, and the bank
 * notes in it what it did, so that a step that was there already is told as such, whichever service takes it.
 */
export interface Step {
  readonly operation: string;
  /** The client's key, where the mutation may have one and does not need it. */
  readonly key: string | null;
  readonly request: unknown;
  /** Whether the bank was asked to do it, and whether anything was written. */
  acted: boolean;
  changed: boolean;
}

const running = new AsyncLocalStorage<Step>();

export const openStep = (asked: Pick<Step, "operation" | "key" | "request">): Step => ({
  ...asked,
  acted: false,
  changed: false,
});
export const inStep = <T>(step: Step, work: () => T): T => running.run(step, work);
/** The step that is being asked for; a command's work runs in another's turn, so it is looked up before. */
export const currentStep = (): Step | undefined => running.getStore();

/** Thrown where a key was answered before: nothing is done again. It names what the step was about. */
export class AnsweredBefore extends Error {
  constructor(readonly subjectId: string | null) {
    super("this key was answered before");
  }
}
