/**
 * Asks for what many fields want of the bank in one question: the keys wanted in one turn go together. What is known can be taken
 * at once, without a promise, so that a list of a hundred lines does not wait a hundred times for what it has.
 */
export class Loader<Key, Value> {
  private values: Map<Key, Value> | undefined;
  private coming: Map<Key, Promise<Value>> | undefined;
  private wanted: Wish<Key, Value>[] = [];

  constructor(private readonly ask: (keys: readonly Key[]) => Promise<readonly Value[]>) {}

  /** The value, once it is known. */
  load(key: Key): Promise<Value> {
    const known = this.coming?.get(key);
    if (known) return known;
    const promise = new Promise<Value>((resolve, reject) => {
      if (this.wanted.length === 0) soon(() => this.dispatch());
      this.wanted.push({ key, resolve, reject });
    });
    this.coming ??= new Map();
    this.coming.set(key, promise);
    return promise;
  }

  /** The value at once where it is known already. */
  take(key: Key): Value | Promise<Value> {
    const value = this.values?.get(key);
    return value !== undefined || this.values?.has(key) ? (value as Value) : this.load(key);
  }

  /** Several values, once all of them are known. */
  async loadMany(keys: readonly Key[]): Promise<Value[]> {
    return Promise.all(keys.map((key) => this.take(key)));
  }

  private dispatch(): void {
    const wanted = this.wanted;
    this.wanted = [];
    for (let from = 0; from < wanted.length; from += keysMost) void this.answer(wanted.slice(from, from + keysMost));
  }

  private async answer(wishes: readonly Wish<Key, Value>[]): Promise<void> {
    try {
      const values = await this.ask(wishes.map(({ key }) => key));
      if (values.length !== wishes.length) throw new Error("a loader was not answered key by key");
      this.values ??= new Map();
      for (let i = 0; i < wishes.length; i++) {
        const { key, resolve } = wishes[i] as Wish<Key, Value>;
        const value = values[i] as Value;
        this.values.set(key, value);
        resolve(value);
      }
    } catch (error) {
      for (const { reject } of wishes) reject(error);
    }
  }
}

interface Wish<Key, Value> {
  readonly key: Key;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/** What a statement takes at most. */
const keysMost = 500;

/** After all promises that are settled by now were heard: whoever waits for one of them may want another key. */
function soon(work: () => void): void {
  settled.then(() => process.nextTick(work));
}
const settled = Promise.resolve();
