import { Arg, type ClassType, Field, Float, ID, InputType, Int } from "type-graphql";
import type { Asked, Command, Field as CommandField, Form } from "../../services/bank/fields";
import { enumOf } from "./enums";
import { DateScalar, DateTimeScalar, JSONScalar, MinutesScalar, MonthScalar, SeqScalar } from "./scalars";

type Plain = Exclude<Form["kind"], "CHOICE" | "LIST" | "FIELDS">;
const plain = {
  ID,
  DAY: DateScalar,
  MONTH: MonthScalar,
  INSTANT: DateTimeScalar,
  MINUTES: MinutesScalar,
  FLAG: Boolean,
  JSON: JSONScalar,
  DECIMAL: Float,
  SEQ: SeqScalar,
  TEXT: String,
  WHOLE: Int,
} as const satisfies Record<Plain, unknown>;

const made = new WeakMap<Command, ClassType<object>>();

/** The GraphQL input of a command: its fields, their sentences and their usual values are those of the command's table. */
export function inputOf<C extends Command>(command: C): ClassType<Asked<C>> {
  const earlier = made.get(command);
  if (earlier) return earlier as ClassType<Asked<C>>;
  @InputType(command.name, { description: command.sentence })
  class Input {}
  made.set(command, Input);
  for (const [name, field] of Object.entries(command.fields)) {
    declareInner(field.form);
    Field(() => typeOf(field), {
      nullable: field.optional,
      description: field.sentence,
      ...(field.usual === undefined ? {} : { defaultValue: field.usual }),
    })(Input.prototype, name);
  }
  return Input as ClassType<Asked<C>>;
}

// type-graphql knows only what was declared before the schema is built, so that the class is made with the decorator.

/** The argument `input` of a mutation, which is this command. */
export function Input(command: Command, description: string): ReturnType<typeof Arg> {
  const type = inputOf(command);
  return Arg("input", () => type, { description });
}

/** The argument `filter` of a list. */
export function Filter(command: Command, description = filterSentence): ReturnType<typeof Arg> {
  const type = inputOf(command);
  return Arg("filter", () => type, { nullable: true, description });
}

export const filterSentence = "Lists only the entries that fit; a field left out does not filter.";

/** An input within an input is declared with it; enums may be declared later, by the file of their concept. */
function declareInner(form: Form): void {
  if (form.kind === "LIST") declareInner(form.of.form);
  if (form.kind === "FIELDS") inputOf(form.of);
}

/** What type-graphql takes for the type of a field. Casts: it declares a union of all that it takes, and none of these is in it. */
function typeOf({ form }: CommandField): never {
  switch (form.kind) {
    case "CHOICE":
      return enumOf(form.of) as never;
    case "LIST":
      return [typeOf(form.of)] as never;
    case "FIELDS":
      return inputOf(form.of) as never;
    default:
      return plain[form.kind] as never;
  }
}
