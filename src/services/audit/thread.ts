import type { MessagePort, Worker } from "node:worker_threads";
import { ScratchFull, type Store } from "../../storage/store";
import type { Sealing } from "./claims/sealed";
import type { Found } from "./findings";
import { auditJournal, type TablesHalf } from "./journal-half";
import type { Shown } from "./tables";

/** The half of the audit that replays the journal, in a thread of its own. */
export interface ReplayThread {
  /** Begins the thread's reading. False where it finds another head of the journal than this one. */
  begin(headSeq: number): Promise<boolean>;
  replay(printKey: string, tables: TablesHalf): Promise<Found>;
  end(): Promise<void>;
}

/** What each half asks of the other: what is sent, and what is answered. */
type OfThread = {
  begin: [headSeq: number, isSame: boolean];
  replay: [printKey: string, found: Found];
};
type OfTables = {
  sealing: [sealing: Sealing, nothing: unknown];
  shown: [nothing: null, shown: Shown];
  progress: [text: string, nothing: unknown];
};
type Asked = Record<string, [unknown, unknown]>;
type Handlers<A extends Asked> = { [N in keyof A]: (sent: A[N][0]) => Promise<A[N][1]> };

type Message =
  | { readonly is: "call"; readonly name: string; readonly id: number; readonly sent: unknown }
  | { readonly is: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly is: "failure"; readonly id: number; readonly failure: Failure };
/** An error as it crosses between threads, which keeps a message and no class. */
interface Failure {
  readonly message: string;
  readonly full: { readonly folder: string; readonly code: string } | null;
}

type Port = Pick<MessagePort, "postMessage"> & { on(event: "message", listener: (message: Message) => void): unknown };

/** Calls over a port, both ways: `Out` is what the other side answers, `In` what this side answers. */
class Calls<Out extends Asked, In extends Asked> {
  private last = 0;
  private readonly waiting = new Map<number, { done(answer: unknown): void; fail(error: Error): void }>();

  constructor(
    private readonly port: Port,
    private readonly handlers: () => Handlers<In>,
  ) {
    port.on("message", (message) => {
      if (message.is === "call") void this.handle(message);
      else if (message.is === "answer") this.ended(message.id)?.done(message.answer);
      else this.ended(message.id)?.fail(errorOf(message.failure));
    });
  }

  call<N extends keyof Out & string>(name: N, sent: Out[N][0]): Promise<Out[N][1]> {
    this.last += 1;
    const id = this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { done: (answer) => resolve(answer as Out[N][1]), fail: reject });
      this.post({ is: "call", name, id, sent });
    });
  }

  /** Fails every question that waits for an answer. */
  fail(error: Error): void {
    for (const id of [...this.waiting.keys()]) this.ended(id)?.fail(error);
  }

  private async handle({ name, id, sent }: Extract<Message, { is: "call" }>): Promise<void> {
    try {
      this.post({ is: "answer", id, answer: await this.handlers()[name as keyof In](sent) });
    } catch (error) {
      const { message, folder, code } = error as ScratchFull;
      this.post({
        is: "failure",
        id,
        failure: { message, full: error instanceof ScratchFull ? { folder, code } : null },
      });
    }
  }

  private ended(id: number) {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  private post(message: Message): void {
    this.port.postMessage(message);
  }
}

const errorOf = ({ message, full }: Failure) => (full ? new ScratchFull(full.folder, full.code) : new Error(message));

type Thread = Pick<Worker, "terminate"> &
  Port & {
    on(event: "error", listener: (error: Error) => void): unknown;
    on(event: "exit", listener: () => void): unknown;
  };

/** The thread as the main thread sees it. */
export function replayThread(worker: Thread): ReplayThread {
  let tables: TablesHalf | null = null;
  const half = () => {
    if (!tables) throw new Error("the thread asked before it was asked");
    return tables;
  };
  const calls = new Calls<OfThread, OfTables>(worker, () => ({
    sealing: (sealing) => half().sealing(sealing),
    shown: () => half().shown(),
    progress: async (text) => half().progress(text),
  }));
  worker.on("error", (error) => calls.fail(error));
  worker.on("exit", () => calls.fail(new Error("the thread that replays the journal ended")));
  return {
    begin: (headSeq) => calls.call("begin", headSeq),
    replay(printKey, of) {
      tables = of;
      return calls.call("replay", printKey);
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** So many parts of the journal may be ahead of the half that opens what is sealed. */
const aheadMost = 8;

/** Serves the main thread from within the thread, with a store of its own. */
export function serveReplay(port: MessagePort, open: () => Promise<{ store: Store; origin: string }>): void {
  const opened = open();
  let reading: Promise<Found | null> = Promise.resolve(null);
  let ask: (printKey: string) => void = () => undefined;
  const calls = new Calls<OfTables, OfThread>(port, () => ({
    async begin(headSeq) {
      const { store, origin } = await opened;
      const asked = new Promise<string>((resolve) => {
        ask = resolve;
      });
      return new Promise<boolean>((resolve, reject) => {
        reading = store.snapshot(async (view) => {
          const isSame = (await view.head()).seq === headSeq;
          resolve(isSame);
          return isSame ? auditJournal(view, origin, await asked, tablesOver(calls)) : null;
        });
        reading.catch(reject);
      });
    },
    async replay(printKey) {
      ask(printKey);
      const journal = await reading;
      if (!journal) throw new Error("a reading is begun before it is asked for");
      return journal;
    },
  }));
}

/** The other half as the thread sees it. It goes ahead while that half opens what is sealed, and not too far. */
function tablesOver(calls: Calls<OfTables, OfThread>): TablesHalf {
  const ahead: Promise<unknown>[] = [];
  return {
    async sealing(sealing) {
      ahead.push(calls.call("sealing", sealing));
      if (ahead.length >= aheadMost) await ahead.shift();
    },
    async shown() {
      await Promise.all(ahead);
      return calls.call("shown", null);
    },
    progress: (text) => void calls.call("progress", text),
  };
}
