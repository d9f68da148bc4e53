import { Refusal, type RefusalCode, refuse } from "../../domain/kit/refusal";
import type { Soon } from "../../domain/kit/soon";
import { isKeepable } from "../../domain/kit/texts";
import type { Actor } from "../../domain/permissions/actors";
import type { Store, StoredCommand, Tx, View } from "../../storage/store";
import type { Done } from "./answers";
import { canonical } from "./canonical";
import type { Vault } from "./vault";

/** What a client asks for under a key of its own. The key stands for all the rest of the input. */
export interface Keyed {
  readonly idempotencyKey: string;
}

/** What was done for which key: a command is done once, and asked again it answers the same. */
export class CommandLog {
  constructor(
    private readonly store: Store,
    private readonly vault: Vault,
    private readonly renewed: (view: View, actor: Actor) => Promise<Actor>,
  ) {}

  /** Does a step, which needs no key but may have one, under the roles that the actor holds when its turn comes. */
  async act<T>(actor: Actor, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> {
    const { step, personId: who } = actor;
    const [key, requestHash] =
      step && step.key !== null && who !== null
        ? [step.key, this.requestHash(step.operation, step.request)]
        : [null, ""];
    if (key !== null) this.checkKey(key);
    const answer = await this.store.write(async (tx) => {
      const before = key === null ? undefined : await this.stored(tx, who as string, key);
      if (before) return { before };
      const head = step && (await tx.head()).seq;
      const value = await work(tx, await this.renewed(tx, actor));
      if (step) Object.assign(step, { acted: true, changed: (await tx.head()).seq !== head });
      if (key !== null) await this.save(tx, who as string, key, { requestHash, outcome: { done: subjectOf(value) } });
      return { value };
    });
    if (answer.before === undefined) return answer.value as T;
    if (answer.before.requestHash !== requestHash) refuse("IDEMPOTENCY_CONFLICT", {}, ["idempotencyKey"]);
    throw new AnsweredBefore((answer.before.outcome as { done?: string | null }).done ?? null);
  }

  /**
   * Does a command once for its key. The key is resolved before any rule; a refusal that depends on the bank's state is
   * frozen under it. `render` tells the outcome anew, so that a replay shows what the actor may see today. A refusal that
   * `work` returns, and does not throw, keeps what was written before it, such as the count of tries.
   */
  async once<O, T>(
    actor: Actor,
    operation: string,
    { idempotencyKey: key, ...request }: Keyed,
    work: (tx: Tx, actor: Actor) => Promise<O | Refusal>,
    render: (view: View, outcome: O) => Promise<T>,
  ): Promise<Done<T>> {
    const who = actor.personId ?? refuse("NOT_PERMITTED", { act: operation });
    this.checkKey(key);
    const requestHash = this.requestHash(operation, request);
    const earlier = async (view: View) => {
      const stored = await this.stored(view, who, key);
      if (stored && stored.requestHash !== requestHash) refuse("IDEMPOTENCY_CONFLICT", {}, ["idempotencyKey"]);
      return stored?.outcome as Outcome<O> | undefined;
    };
    const answer = await this.store
      .write(async (tx) => {
        const before = await earlier(tx);
        if (before) return replay(before);
        const done = await work(tx, await this.renewed(tx, actor));
        if (done instanceof Refusal) {
          if (!passing.includes(done.code)) await this.save(tx, who, key, { requestHash, outcome: frozen(done) });
          return { refusal: done };
        }
        await this.save(tx, who, key, { requestHash, outcome: { done } });
        return { value: await render(tx, done), replayed: false, outcome: done };
      })
      .catch((error: unknown) => this.freeze(error, who, key, requestHash, earlier));
    if ("refusal" in answer) throw answer.refusal;
    if ("value" in answer) return { value: answer.value as T, replayed: false };
    return { value: await this.store.read((view) => render(view, answer.outcome as O)), replayed: true };
  }

  stored(view: View, who: string, key: string): Soon<StoredCommand | undefined> {
    return view.command(who, this.keptKey(key));
  }

  save(tx: Tx, who: string, key: string, command: StoredCommand): Promise<void> {
    return tx.saveCommand(who, this.keptKey(key), command);
  }

  /** A client may make its key of a telephone number. The bank keeps a key for good, so it keeps the hash alone. */
  private keptKey(key: string): string {
    return this.vault.shortHash("command-key", key);
  }

  checkKey(key: string): void {
    if (key.length === 0 || Buffer.byteLength(key, "utf8") > 200 || !isKeepable(key))
      refuse("INVALID_INPUT", { bytesMax: 200 }, ["idempotencyKey"]);
  }

  /** Keyed: nobody without the secret can try what was asked. */
  requestHash(operation: string, request: unknown): string {
    return this.vault.hash("command", `${operation}\0${canonical(request)}`);
  }

  private async freeze<O>(
    error: unknown,
    who: string,
    key: string,
    requestHash: string,
    earlier: (view: View) => Promise<Outcome<O> | undefined>,
  ): Promise<{ outcome: O; replayed: true }> {
    if (!(error instanceof Refusal) || passing.includes(error.code)) throw error;
    await this.store.write(async (tx) => {
      if (await earlier(tx)) return;
      await this.save(tx, who, key, { requestHash, outcome: frozen(error) });
    });
    throw error;
  }
}

type Outcome<O> = { done: O } | { refused: { code: RefusalCode; details: Record<string, unknown>; path: string[] } };

const frozen = ({ code, details, path }: Refusal) => ({ refused: { code, details, path: [...path] } });

/** Refusals of the request as such, which the same request may outgrow: they do not use up its key. */
const passing: readonly RefusalCode[] = [
  "INVALID_INPUT",
  "NOT_PERMITTED",
  "IDEMPOTENCY_CONFLICT",
  "BATCH_TOO_LARGE",
  "TOO_MANY_TRIES",
  // The operator restores the key, and the same request goes through.
  "KEY_UNREADABLE",
  // A position is compared and forgotten: it is no part of the request that the key stands for.
  "OUT_OF_AREA",
];

function replay<O>(outcome: Outcome<O>): { outcome: O; replayed: true } {
  if ("refused" in outcome)
    throw Object.assign(new Refusal(outcome.refused.code, outcome.refused.details, outcome.refused.path), {
      replayed: true,
    });
  return { outcome: outcome.done, replayed: true };
}

/** Thrown where a key was answered before: nothing is done again. It names what the step was about. */
export class AnsweredBefore extends Error {
  constructor(readonly subjectId: string | null) {
    super("this key was answered before");
  }
}

/** What a step was about, by id: what it answers, or what that is named by. */
function subjectOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  const { id } = (value ?? {}) as { id?: unknown };
  return typeof id === "string" ? id : null;
}
