import type { Answer } from "./answers";

const keepMs = 1_000;
const keptMost = 200;

/**
 * A crowd that asks for the same page within a second costs one rendering. A failed rendering, or one of a missing page, is not
 * kept.
 */
export function shareRenderings(clock: () => number = () => performance.now()) {
  const kept = new Map<string, { since: number; answer: Promise<Answer> }>();
  return (key: string, render: () => Promise<Answer>): Promise<Answer> => {
    const known = kept.get(key);
    if (known && clock() - known.since < keepMs) return known.answer;
    kept.delete(key);
    if (kept.size >= keptMost) kept.delete(kept.keys().next().value as string);
    const answer = render();
    kept.set(key, { since: clock(), answer });
    // A page that is missing or cannot be shown takes no place from others.
    answer.then(
      ({ status }) => status >= 400 && kept.delete(key),
      () => kept.delete(key),
    );
    return answer;
  };
}
