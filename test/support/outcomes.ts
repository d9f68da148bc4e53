import { Refusal } from "../../src/domain/kit/refusal";

/** "ok" where a rule refuses nothing, or the code of its refusal. */
export const outcomeOf = (work: () => unknown): string =>
  resultOf(() => {
    work();
    return "ok";
  });

/** The result of a rule, or the code of its refusal. */
export function resultOf(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** What a service answers, or the code of its refusal. */
export const codeOf = async <T>(work: Promise<T>): Promise<T | string> =>
  work.catch((error: { code?: string }) => {
    if (!error.code) throw error;
    return error.code;
  });

/** The refusal of a service with its facts; "accepted" where it refuses nothing. */
export const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    ({ code, details, path }: Refusal) => ({ code, details, path }),
  );

/** The code of a service's refusal; null where it refuses nothing. */
export const refusalCodeOf = async (work: Promise<unknown>): Promise<string | null> => {
  const answer = await codeOf(work);
  return typeof answer === "string" ? answer : null;
};
