import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLObjectType } from "graphql";
import { refuse } from "../domain/refusal";
import { unkeepableAt } from "../domain/texts";
import type { Context } from "./context";
import { asked, attempt } from "./errors";

/**
 * Lets every field of a type refuse texts that no database keeps as they are, before it does anything: INVALID_INPUT with their
 * place, in the payload of a command, or as the error of a question.
 */
export function checkArguments(type: GraphQLObjectType): void {
  const isCommand = type.name === "Mutation";
  const checked =
    (work: GraphQLFieldResolver<unknown, Context>): GraphQLFieldResolver<unknown, Context> =>
    (source, args, context, info) => {
      const path = unkeepableAt(isCommand ? withoutLines(args.input) : args);
      if (path === null) return work(source, args, context, info);
      const refused = async () => refuse("INVALID_INPUT", { controlCharacters: true }, path);
      return isCommand ? attempt(context, refused) : asked(context, refused);
    };
  for (const field of Object.values(type.getFields())) {
    if (field.args.length === 0) continue;
    field.resolve = checked(field.resolve ?? defaultFieldResolver);
    if (field.subscribe) field.subscribe = checked(field.subscribe);
  }
}

const batchModes: readonly unknown[] = ["EACH", "ALL_OR_NOTHING"];

/** A batch without its lines: each of them is refused in its turn, and beside it the others are done. */
function withoutLines(input: Record<string, unknown> = {}): Record<string, unknown> {
  if (!batchModes.includes(input.mode)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => !Array.isArray(value)));
}
