import type { Socket } from "node:net";

/**
 * Divides work into turns of the event loop, so that other clients are heard in between. Without it, all work that is ready
 * at once runs in one turn, and a question that comes meanwhile waits for all of it.
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
    /** Waits for a turn that has room for this cost. A turn takes at least one piece of work, whatever it costs. */
    take(cost: number): Promise<void> | void {
      schedule();
      const free = waiting.length === 0 && (spent === 0 || spent + cost <= costPerTurn);
      if (!free) return new Promise((go) => waiting.push({ cost, go }));
      spent += cost;
    },

    /** A connection may ask one question in a turn; each further one waits for the next turn. */
    ask(socket: Socket): Promise<void> | void {
      schedule();
      if (asked.has(socket)) return new Promise((go) => setImmediate(go));
      asked.add(socket);
    },
  };
}

export type Turns = ReturnType<typeof createTurns>;
