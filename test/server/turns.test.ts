import type { Socket } from "node:net";
import { createTurns } from "../../src/server/turns";

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** In which turn of the event loop each piece of work begins, where all of it is asked for at once. */
async function begun(costPerTurn: number, costs: readonly number[]): Promise<number[]> {
  const turns = createTurns(costPerTurn);
  const at: number[] = [];
  let turn = 0;
  const begin = async (cost: number, i: number) => {
    await turns.take(cost);
    at[i] = turn;
  };
  // Asked for first, so that it comes first in each turn.
  let next = nextTurn();
  const all = Promise.all(costs.map(begin));
  while (turn <= costs.length) {
    await next;
    turn += 1;
    next = nextTurn();
  }
  await all;
  return at;
}

describe("work that is asked for at once begins over several turns, in its order", () => {
  const cases: [costs: number[], turns: number[]][] = [
    [
      [1, 1, 1],
      [0, 0, 0],
    ],
    [
      [60, 60, 40],
      [0, 1, 1],
    ],
    // What costs more than a turn has one of its own.
    [
      [500, 500, 500],
      [0, 1, 2],
    ],
    // What is small does not pass what came before it.
    [
      [60, 60, 1],
      [0, 1, 1],
    ],
    [
      [0, 500, 0],
      [0, 0, 1],
    ],
  ];
  test.each(cases)("%j: %j", async (costs, turns) => {
    expect(await begun(100, costs)).toEqual(turns);
  });
});

test("of one connection one question is read a turn; others' are not held up", async () => {
  const turns = createTurns(100);
  const [one, other] = [{} as Socket, {} as Socket];
  expect(turns.ask(one)).toBeUndefined();
  expect(turns.ask(one)).toBeInstanceOf(Promise);
  expect(turns.ask(other)).toBeUndefined();
  await nextTurn();
  expect(turns.ask(one)).toBeUndefined();
});
