import { setImmediate as turn } from "node:timers/promises";
import type { MessagePort, Worker } from "node:worker_threads";
import { ScratchFull, type Store, type View } from "../../storage/store";
import type { Sealing } from "./claims/sealed";
import type { Found } from "./findings";
import { type JournalRow, readJournal } from "./journal";
import { auditJournal, type TablesHalf } from "./journal-half";
import type { Shown } from "./tables";

/** The half of the audit that replays the journal, in a thread of its own. */
export interface ReplayThread {
  /** Begins the thread's reading. False where it finds another head of the journal than this one. */
  begin(headSeq: number): Promise<boolean>;
  replay(printKey: string, tables: MainHalf): Promise<Found>;
  end(): Promise<void>;
}
/** The half on the main thread, which also reads the journal for the other one. */
export interface MainHalf extends TablesHalf {
  pageAfter(seq: number): Promise<readonly JournalRow[] | null>;
}

/** What each half asks of the other: what is sent, and what is answered. */
type OfThread = {
  begin: [headSeq: number, isSame: boolean];
  replay: [printKey: string, found: Found];
};
type OfTables = {
  free: [nothing: null, nothing: unknown];
  pageAfter: [seq: number, page: Page | null];
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
  let tables: MainHalf | null = null;
  const half = () => {
    if (!tables) throw new Error("the thread asked before it was asked");
    return tables;
  };
  const calls = new Calls<OfThread, OfTables>(worker, () => ({
    free: async () => undefined,
    pageAfter: async (seq) => pageOf(await half().pageAfter(seq)),
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
/** So many pages of the journal are asked for before they are needed. */
const pagesAhead = 100;

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
      const found = await reading;
      if (!found) throw new Error("a reading is begun before it is asked for");
      return found;
    },
  }));
}

/** The other half as the thread sees it. It goes ahead while that half opens what is sealed, and not too far. */
function tablesOver(calls: Calls<OfTables, OfThread>): TablesHalf {
  const ahead: Promise<unknown>[] = [];
  return {
    journal: (view) => journalOver(calls, view),
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

/** Reads the journal itself while the main thread inspects the disk and hears nothing; from then on that one reads it. */
async function* journalOver(calls: Calls<OfTables, OfThread>, view: View): AsyncGenerator<readonly JournalRow[]> {
  let isFree = false;
  calls.call("free", null).then(
    () => {
      isFree = true;
    },
    () => undefined,
  );
  let last = -1;
  for await (const rows of readJournal(view)) {
    yield rows;
    last = rows.at(-1)?.seq ?? last;
    await turn();
    if (isFree) break;
  }
  if (!isFree) return;
  const ahead: Promise<Page | null>[] = [];
  const ask = () => {
    const asked = calls.call("pageAfter", last);
    // The first that fails is heard of; those behind it fail for the same reason.
    asked.catch(() => undefined);
    ahead.push(asked);
  };
  for (let i = 0; i < pagesAhead; i += 1) ask();
  for (let page = await ahead.shift(); page; page = await ahead.shift()) {
    ask();
    yield rowsOf(page);
  }
}

/** Rows of the journal as they cross between threads, column by column, and their bodies one behind the other. */
interface Page extends Record<"seq" | "recordedAt" | "end", number[]> {
  readonly kind: string[];
  readonly isOfLeaf: boolean[];
  readonly bodies: Uint8Array;
}

function pageOf(rows: readonly JournalRow[] | null): Page | null {
  if (!rows) return null;
  let end = 0;
  return {
    seq: rows.map(({ seq }) => seq),
    recordedAt: rows.map(({ recordedAt }) => recordedAt),
    end: rows.map(({ body }) => (end += body.length)),
    kind: rows.map(({ kind }) => kind),
    isOfLeaf: rows.map(({ isOfLeaf }) => isOfLeaf),
    bodies: Buffer.concat(rows.map(({ body }) => body)),
  };
}

function rowsOf({ seq, recordedAt, end, kind, isOfLeaf, bodies }: Page): JournalRow[] {
  const all = Buffer.from(bodies.buffer, bodies.byteOffset, bodies.length);
  return seq.map((seq, i) => ({
    seq,
    body: all.subarray(end[i - 1] ?? 0, end[i]),
    isOfLeaf: isOfLeaf[i] as boolean,
    recordedAt: recordedAt[i] as number,
    kind: kind[i] as string,
  }));
}
