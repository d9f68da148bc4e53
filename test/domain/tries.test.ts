import { giveTryBack, type Tried, takeTry, triesMost } from "../../src/domain/people/tries";

const minute = 60_000;
/** Tries at these minutes, wrong ones but where marked right: which were taken, and the pauses there were. */
function play(tries: (number | [at: number, "right"])[]): { taken: number[]; pauses: number[] } {
  let tried: Tried | null = null;
  const taken: number[] = [];
  const pauses: number[] = [];
  for (const one of tries) {
    const [at, right] = [one].flat() as [number, string?];
    try {
      tried = takeTry(tried, at * minute);
      taken.push(at);
      if (right) tried = giveTryBack(tried);
      else if (tried.count >= triesMost) pauses.push(((tried.until as number) - at * minute) / minute);
    } catch (error) {
      expect(error).toMatchObject({ code: "TOO_MANY_TRIES", details: { minutes: expect.any(Number) } });
    }
  }
  return { taken, pauses };
}
const times = (count: number, at: number) => Array.from({ length: count }, () => at);

test("five wrong tries, and then a pause of a minute", () => {
  expect(play(times(400, 0))).toEqual({ taken: times(5, 0), pauses: [1] });
  expect(play([...times(6, 0), 0.9, 1])).toEqual({ taken: [...times(5, 0), 1], pauses: [1] });
});

test("a right try does not forget the wrong ones, and takes none of the five", () => {
  const between = [0, 0, 0, 0].flatMap((at): (number | [number, "right"])[] => [at, [at, "right"], [at, "right"]]);
  expect(play([...between, 0, 0])).toMatchObject({ pauses: [1] });
  expect(play([...Array.from({ length: 300 }, () => [0, "right"] as [number, "right"])]).pauses).toEqual([]);
  // With the fifth it would have paused; it was right.
  expect(play([...times(4, 0), [0, "right"], 0]).pauses).toEqual([1]);
});

test("each pause is twice as long, at most half an hour, until an hour was quiet", () => {
  const pauses: number[] = [];
  let at = 0;
  const tries: number[] = [];
  for (const pause of [1, 2, 4, 8, 16, 30, 30]) {
    tries.push(...times(5, at));
    pauses.push(pause);
    at += pause;
  }
  expect(play(tries).pauses).toEqual(pauses);
  expect(play([...tries, ...times(5, at + 61)]).pauses).toEqual([...pauses, 1]);
  // Also where the last pause was given back, since the try that began it was right.
  const right: [number, "right"] = [1, "right"];
  expect(play([...times(5, 0), ...times(4, 1), right, ...times(5, 100)]).pauses).toEqual([1, 1]);
});

test("a visitor who errs now and then is not stopped; one who tries slowly gets thirty tries an hour", () => {
  expect(play(Array.from({ length: 200 }, (_, i) => i * 2)).pauses).toEqual([]);
  const { taken } = play(Array.from({ length: 240 }, (_, i) => i * 0.25));
  expect(taken.length).toBeLessThan(40);
});
