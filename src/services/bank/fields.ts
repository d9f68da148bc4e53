import { type Day, type Instant, isDay } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import { refuse } from "../../domain/kit/refusal";
import { counted } from "../../domain/kit/units";
import { checkNumber } from "../../domain/people/numbers";
import { checkName, checkOpenText, checkPaperNo, checkPhone, checkSlug, checkText, checkUscc } from "./input";

/**
 * The words in which a service writes down what may be asked of it. Each command is one table of fields (`commands.ts` of
 * its concept), and everything else follows from it: the TypeScript type, the reading with its refusals, the GraphQL input,
 * the limits of a form's field, and what a spreadsheet's column takes.
 */

/** What a field holds, as far as the API, a page or a file has to know. */
export type Form =
  | { readonly kind: "ID" | "DAY" | "MONTH" | "INSTANT" | "MINUTES" | "FLAG" | "JSON" | "DECIMAL" | "SEQ" }
  | { readonly kind: "TEXT"; readonly least: number; readonly most: number; readonly line: boolean }
  | { readonly kind: "WHOLE"; readonly least: number; readonly most: number }
  | { readonly kind: "CHOICE"; readonly of: readonly string[] }
  | { readonly kind: "LIST"; readonly of: Field; readonly least: number; readonly most: number }
  | { readonly kind: "FIELDS"; readonly of: Command };

/** One field of a command. `Asked` is its type as a client sends it, `Read` its type once it was read. */
export interface Field<Asked = unknown, Read = unknown> {
  readonly form: Form;
  /** What the field says, for the reader of the API. */
  readonly sentence: string;
  readonly optional: boolean;
  /** The value of a field that is left out. */
  readonly usual?: Asked;
  /** The value in its one spelling. Refuses what does not fit, with the path to it. */
  read(asked: Asked, path: string[]): Read;
  /** Reads a value that is not needed, where that differs: a text that says nothing is a text that was left out. */
  readUnneeded?(asked: Asked, path: string[]): Read | null;
}

// A table has fields of every type because `read` is a method: the compiler lets the parameter of a method be narrower. What a client
// may send is checked by `Asked`, field by field.
export type Fields = Readonly<Record<string, Field>>;

export interface Command<F extends Fields = Fields> {
  readonly name: string;
  readonly sentence: string;
  readonly fields: F;
}

type AskedBy<F> = F extends { read: (asked: infer A, path: string[]) => unknown } ? A : never;
type ReadBy<F> = F extends { read: (asked: never, path: string[]) => infer R } ? R : never;
type OptionalKeys<F> = { [K in keyof F]: undefined extends AskedBy<F[K]> ? K : never }[keyof F];

/** A command as a client sends it. */
export type Asked<C extends Command> = {
  [K in Exclude<keyof C["fields"], OptionalKeys<C["fields"]>>]: AskedBy<C["fields"][K]>;
} & {
  [K in OptionalKeys<C["fields"]>]?: AskedBy<C["fields"][K]>;
};
/** A command as it was read: every field is there, and is null where nothing was said. */
export type Read<C extends Command> = { [K in keyof C["fields"]]: ReadBy<C["fields"][K]> };

export function command<const F extends Fields>(name: string, sentence: string, fields: F): Command<F> {
  return { name, sentence, fields };
}

/** Reads the command's fields in the order of its table; the first that does not fit is refused. INVALID_INPUT and the fields' own codes. */
export function read<C extends Command>({ fields }: C, asked: Asked<C>, path: string[] = []): Read<C> {
  const values: Readonly<Record<string, unknown>> = asked;
  const entries = Object.entries(fields).map(([name, field]) => [name, field.read(values[name], [...path, name])]);
  return Object.fromEntries(entries) as Read<C>;
}

/** Reads one field of a command, for a step that has reasons of its own to read it alone. */
export function readField<C extends Command, K extends keyof C["fields"] & string>(
  { fields }: C,
  name: K,
  asked: AskedBy<C["fields"][K]>,
  path: string[] = [],
): ReadBy<C["fields"][K]> {
  return fields[name]?.read(asked, [...path, name]) as ReadBy<C["fields"][K]>;
}

const same = <T>(asked: T): T => asked;
const plain =
  <T>(kind: Exclude<Form["kind"], "TEXT" | "WHOLE" | "CHOICE" | "LIST" | "FIELDS">) =>
  (sentence: string): Field<T, T> => ({ form: { kind }, sentence, optional: false, read: same });

export const id = plain<string>("ID");
/** The client's key: the same key and input answers the same again. */
export const key = (
  sentence = "Your own key for this request, of at most 200 bytes. The same key with the same input gets the same answer again; with another input it is refused with IDEMPOTENCY_CONFLICT.",
) => id(sentence);
/** A civil day that the calendar has. */
export const day = (sentence: string): Field<Day, Day> => ({
  ...plain<Day>("DAY")(sentence),
  read: (asked, path) =>
    isDay(asked) ? asked : refuse("INVALID_INPUT", { expected: "a day such as 2026-09-12" }, path),
});
export const month = plain<string>("MONTH");
export const flag = plain<boolean>("FLAG");
export const json = plain<NonNullable<unknown> | null>("JSON");
/** A number with decimals, no farther from 0 than its bound: degrees of latitude or longitude. */
export const decimal = (bounds: { most: number }, sentence: string): Field<number, number> => ({
  ...plain<number>("DECIMAL")(sentence),
  read: (asked, path) => (Math.abs(asked) <= bounds.most ? asked : refuse("INVALID_INPUT", bounds, path)),
});
export const latitude = (sentence: string) => decimal({ most: 90 }, sentence);
export const longitude = (sentence: string) => decimal({ most: 180 }, sentence);
/** A position in the journal. */
export const seq = plain<number>("SEQ");

/** An instant that the calendar can count with. */
export const instant = (sentence: string): Field<Instant, Instant> => ({
  ...plain<Instant>("INSTANT")(sentence),
  read: (asked, path) =>
    Number.isSafeInteger(asked) && Math.abs(asked) <= 8.64e15
      ? asked
      : refuse("INVALID_INPUT", { expected: "a time that the calendar has" }, path),
});

/** Whole minutes, none below 0. */
export const minutes = (sentence: string, most = Number.MAX_SAFE_INTEGER): Field<Minutes, Minutes> => ({
  ...plain<Minutes>("MINUTES")(sentence),
  read: (asked, path) =>
    Number.isSafeInteger(asked) && asked >= 0 && asked <= most
      ? asked
      : refuse(
          "INVALID_INPUT",
          most < Number.MAX_SAFE_INTEGER ? counted("MINUTES", { least: 0, most }) : { least: 0 },
          path,
        ),
});

/** A whole number within bounds. */
export const whole = (bounds: { least: number; most: number }, sentence: string): Field<number, number> => ({
  form: { kind: "WHOLE", ...bounds },
  sentence,
  optional: false,
  read: (asked, path) =>
    Number.isSafeInteger(asked) && asked >= bounds.least && asked <= bounds.most
      ? asked
      : refuse("INVALID_INPUT", bounds, path),
});

interface TextBounds {
  most: number;
  least?: number;
  /** One line, without what turns or hides the words beside it. */
  line?: boolean;
  /** A name of a thing: a line whose dots have one spelling. */
  name?: boolean;
}
type Reading<B> = (asked: string, path: string[], bounds: B & { least: number }) => string | null;

function textual<B extends TextBounds>(bounds: B, sentence: string, reading: Reading<B>): Field<string, string> {
  const { most, line = false } = bounds;
  // Made once: a batch reads thousands of texts.
  const [needed, unneeded] = [
    { ...bounds, least: bounds.least ?? 1 },
    { ...bounds, least: bounds.least ?? 0 },
  ];
  return {
    form: { kind: "TEXT", least: needed.least, most, line },
    sentence,
    optional: false,
    read: (asked, path) => reading(asked, path, needed) as string,
    readUnneeded: (asked, path) => reading(asked, path, unneeded),
  };
}

/** Text that is sealed: its bounds count characters once the ends are trimmed; at least one where none are named. */
export const text = (bounds: TextBounds, sentence: string) => textual(bounds, sentence, checkText);
/** Text that stands in clear in the journal for good, and so holds nobody's number or address. */
export const openText = (bounds: TextBounds & { mail?: boolean }, sentence: string) =>
  textual(bounds, sentence, checkOpenText);
/** A person's name. NAME_INVALID. */
export const personName = (sentence: string, least?: number) =>
  textual({ least, most: 50, line: true }, sentence, (asked, path, bounds) => checkName(asked, path, bounds.least));

/** A short name for addresses. INVALID_INPUT. */
export const slug = (sentence: string) =>
  textual({ least: 2, most: 61, line: true }, sentence, (asked, path) => {
    checkSlug(asked, path);
    return asked;
  });
/** A number that stands in clear, in one spelling: letters, digits and hyphens, and nobody's ID or mobile number. */
export const openNumber = (bounds: { least: number; most: number }, sentence: string) =>
  textual({ ...bounds, line: true }, sentence, (asked, path) => checkNumber(asked, path, bounds));
/** A unified social credit code. USCC_INVALID. */
export const uscc = (sentence: string) =>
  textual({ least: 18, most: 18, line: true }, sentence, (asked, path) => {
    checkUscc(asked, path);
    return asked;
  });
/** The number of a certificate, in one spelling. */
export const paperNo = (sentence: string) =>
  textual({ least: 4, most: 40, line: true }, sentence, (asked, path, { least }) =>
    checkPaperNo(asked, path, least && 1),
  );

/** A telephone number as people type it, read in one spelling. PHONE_INVALID. */
export const phone = (sentence: string) => textual({ most: 60 }, sentence, (asked, path) => checkPhone(asked, path));
/** The number of papers as people type it. */
export const idNumber = (sentence: string) => text({ most: 60, line: true }, sentence);

/** Why a step is taken. REASON_MISSING where nothing is said. */
export const reason = (most = 1000, sentence = "The reason for the step; it stands in the history.") =>
  textual({ most }, sentence, (asked, path) => checkText(asked, path, { most }) ?? refuse("REASON_MISSING", {}, path));

/** Why a step is taken, where the bank keeps the reason encrypted. */
export const sealedReason = (most = 1000) => reason(most, "The reason for the step, which is kept encrypted.");

/** One of a closed list. */
export const choice = <const T extends string>(of: readonly T[], sentence: string): Field<T, T> => ({
  form: { kind: "CHOICE", of },
  sentence,
  optional: false,
  read: same,
});

/** Several fields under one name. */
export const fieldsOf = <C extends Command>(of: C, sentence: string): Field<Asked<C>, Read<C>> => ({
  form: { kind: "FIELDS", of },
  sentence,
  optional: false,
  read: (asked, path) => read(of, asked, path),
});

/** How many values a list may hold; `refusing` is the code for a list that is too short or too long, if not INVALID_INPUT. */
interface Count {
  least?: number;
  most: number;
  refusing?: "BATCH_TOO_LARGE";
}

export function list<A, R>(of: Field<A, R>, count: Count, sentence: string): Field<A[], R[]> {
  const { least = 0, most } = count;
  return {
    form: { kind: "LIST", of, least, most },
    sentence,
    optional: false,
    read: (asked, path) => {
      checkCount(asked, count, path);
      return asked.map((value, index) => of.read(value, [...path, String(index)]));
    },
  };
}

export function checkCount(values: readonly unknown[], { least = 0, most, refusing }: Count, path: string[]): void {
  if (values.length < least || values.length > most)
    refuse(
      refusing ?? "INVALID_INPUT",
      counted("ENTRIES", least > 0 ? { least, most, entries: values.length } : { most }),
      path,
    );
}

/** A list of a filter: each value counts once, and there are at most 100 of them. Left out, it does not filter. */
export function anyOf<A, R>(of: Field<A, R>, sentence: string): Field<A[] | null | undefined, R[] | undefined> {
  const wanted = list(of, { most: 100 }, sentence);
  return staying({ ...wanted, read: (asked: A[], path: string[]) => wanted.read([...new Set(asked)], path) });
}
export const choices = <const T extends string>(of: readonly T[], sentence: string) =>
  anyOf(choice(of, sentence), sentence);

/** The field may be left out, and is then read as null. */
export function optional<A, R>(field: Field<A, R>): Field<A | null | undefined, R | null> {
  const { form, sentence, read: needed, readUnneeded = needed } = field;
  const present = (asked: A | null | undefined, path: string[]) =>
    asked === null || asked === undefined ? null : readUnneeded(asked, path);
  return { form, sentence, optional: true, read: present };
}

/** A field of a correction: what is left out stays as it was, and is read as undefined. */
export function staying<A, R>({
  form,
  sentence,
  read: needed,
}: Field<A, R>): Field<A | null | undefined, R | undefined> {
  const present = (asked: A | null | undefined, path: string[]) =>
    asked === null || asked === undefined ? undefined : needed(asked, path);
  return { form, sentence, optional: true, read: present };
}

/** The values after a correction: those that it leaves out stay. */
export function changed<T extends object>(before: T, changes: { [K in keyof T]?: T[K] | undefined }): T {
  const entries = Object.entries(before) as [keyof T, unknown][];
  return Object.fromEntries(
    entries.map(([name, value]) => [name, changes[name] === undefined ? value : changes[name]]),
  ) as T;
}

/** The fields of what was asked that say something: what was left out is left out. */
export const filled = <T extends object>(asked: T) =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value != null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

/** A text of a correction that an empty one takes away: that is read as null. */
export function removable<R>(field: Field<string, R>): Field<string | null | undefined, R | null | undefined> {
  const { readUnneeded = field.read } = field;
  return staying<string, R | null>({ ...field, read: readUnneeded });
}

/** The field may be left out, and then has its usual value. */
export function usually<A, R>(usual: A, field: Field<A, R>): Field<A, R> {
  return { ...field, usual };
}

/** The key of a step, which works without one. */
export const stepKey = optional(
  id(
    "An optional key of your own for this request, of at most 200 bytes. The same key with the same input gets an answer again, whatever was done since; with another input it is refused with IDEMPOTENCY_CONFLICT.",
  ),
);

/** How often the thing was changed when the client saw it. */
export const version = (sentence: string) => whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, sentence);
/** The version that the client has seen, which guards what others have changed since. */
export const expectedVersion = optional(
  version(
    "The `version` that you have read. The request is refused with VERSION_CONFLICT where it is another one by now.",
  ),
);
