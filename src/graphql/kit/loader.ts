import { isComing, type Soon } from "../../domain/kit/soon";

/**
 * Asks for what many fields want of the bank in one question: the keys that are wanted in one turn go together. A value that is
 * known is given at once, without a promise, so that a list of a hundred lines does not wait a hundred times for what it has.
 */
export class Loader<Key, Value> {
  private readonly values = new Map<Key, Value | Promise<Value>>();
  private wanted: Wish<Key, Value>[] = [];

  constructor(private readonly ask: (keys: readonly Key[]) => Soon<readonly Value[]>) {}

  load(key: Key): Soon<Value> {
    const known = this.values.get(key);
    if (known !== undefined || this.values.has(key)) return known as Soon<Value>;
    const coming = new Promise<Value>((resolve, reject) => {
      if (this.wanted.length === 0) soon(() => this.dispatch());
      this.wanted.push({ key, resolve, reject });
    });
    this.values.set(key, coming);
    return coming;
  }

  /** Several values: at once where all of them are known. */
  loadMany(keys: readonly Key[]): Soon<Value[]> {
    const values = keys.map((key) => this.load(key));
    const coming = new Set(values.filter(isComing));
    if (coming.size === 0) return values as Value[];
    return Promise.all(coming).then(() => keys.map((key) => this.values.get(key) as Value));
  }

  private dispatch(): void {
    const wanted = this.wanted;
    this.wanted = [];
    for (let from = 0; from < wanted.length; from += keysMost) this.answer(wanted.slice(from, from + keysMost));
  }

  private answer(wishes: readonly Wish<Key, Value>[]): void {
    const refuse = (error: unknown) => {
      for (const { reject } of wishes) reject(error);
    };
    try {
      const values = this.ask(wishes.map(({ key }) => key));
      if (isComing(values)) values.then((came) => this.give(wishes, came)).catch(refuse);
      else this.give(wishes, values);
    } catch (error) {
      refuse(error);
    }
  }

  private give(wishes: readonly Wish<Key, Value>[], values: readonly Value[]): void {
    if (values.length !== wishes.length) throw new Error("a loader was not answered key by key");
    for (const [i, { key, resolve }] of wishes.entries()) {
      const value = values[i] as Value;
      this.values.set(key, value);
      resolve(value);
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

/** After all promises that are settled by now were heard: a field that waits for one of them may want another key. */
function soon(work: () => void): void {
  void settled.then(() => process.nextTick(work));
}
const settled = Promise.resolve();
