import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getNamedType,
  isInputObjectType,
  isNonNullType,
} from "graphql";
import { refuse } from "../../domain/kit/refusal";
import { unkeepableAt } from "../../domain/kit/texts";
import type { Step } from "../../domain/permissions/actors";
import { AnsweredBefore } from "../../services/bank/command-log";
import type { Context } from "./context";
import { asked, attempt } from "./errors";
import { nodeOf } from "./node";

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
      const ask = () => work(source, args, context, info);
      if (path === null) return isCommand ? asStep(ask, args.input, { context, info }) : ask();
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

/**
 * Runs a mutation as a step: one that changed nothing since it was taken before is told as replayed, and so is one whose key was
 * answered before, with what it is about as the actor may see it today.
 */
async function asStep(
  work: () => unknown,
  input: Record<string, unknown> = {},
  { context, info }: { context: Context; info: GraphQLResolveInfo },
): Promise<unknown> {
  const { idempotencyKey, ...request } = input;
  const key = hasOptionalKey(info) && typeof idempotencyKey === "string" ? idempotencyKey : null;
  const step: Step = { operation: info.fieldName, key, request, acted: false, changed: false };
  // The mutations of a document run one after another, each with the step that it asks for.
  context.actor = { ...context.actor, step };
  try {
    const answer = (await work()) as { replayed?: boolean; userErrors?: unknown[] };
    const isAgain = answer.replayed === false && answer.userErrors?.length === 0 && step.acted && !step.changed;
    return isAgain ? { ...answer, replayed: true } : answer;
  } catch (error) {
    if (!(error instanceof AnsweredBefore)) throw error;
    const about = Object.keys((getNamedType(info.returnType) as GraphQLObjectType).getFields()).filter(
      (name) => name !== "replayed" && name !== "userErrors",
    );
    const subject = error.subjectId === null ? null : await nodeOf(error.subjectId, context);
    return { ...Object.fromEntries(about.map((name) => [name, subject])), replayed: true, userErrors: [] };
  }
}

function hasOptionalKey({ parentType, fieldName }: GraphQLResolveInfo): boolean {
  const input = getNamedType(parentType.getFields()[fieldName]?.args[0]?.type);
  const key = isInputObjectType(input) ? input.getFields().idempotencyKey : undefined;
  return key !== undefined && !isNonNullType(key.type);
}

/** A batch without its lines: each of them is refused in its turn, and beside it the others are done. */
function withoutLines(input: Record<string, unknown> = {}): Record<string, unknown> {
  if (!batchModes.includes(input.mode)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => !Array.isArray(value)));
}
