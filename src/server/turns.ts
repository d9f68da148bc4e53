import type { Socket } from "node:net";

/**
 * Lets others be heard between pieces of work. All that is ready at once would be done in one turn of the event loop, and a
 * question that comes meanwhile would wait for all of it.
 */
export function createTurns(costPerTurn: number) {
  const waiting: { cost: number; go: () => void }[] = [];
  let spent = 0;
  let asked = new WeakSet<Socket>();
  let scheduled = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      spent = 0;
      asked = new WeakSet();
      for (let next = waiting[0]; next && (spent === 0 || spent + next.cost <= costPerTurn); next = waiting[0]) {
        waiting.shift();
        spent += next.cost;
        next.go();
      }
      if (waiting.length > 0) schedule();
    });
  }

  return {
    /** At once while this turn has room for so much, else in a later one; each turn does one thing, however much it costs. */
    take(cost: number): Promise<void> | void {
      schedule();
      const free = waiting.length === 0 && (spent === 0 || spent + cost <= costPerTurn);
      if (!free) return new Promise((go) => waiting.push({ cost, go }));
      spent += cost;
    },

    /** The first question of a connection in a turn is read at once, each further one in the next. */
    ask(socket: Socket): Promise<void> | void {
      schedule();
      if (asked.has(socket)) return new Promise((go) => setImmediate(go));
      asked.add(socket);
    },
  };
}
