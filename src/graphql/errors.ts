import "reflect-metadata";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Field, ObjectType } from "type-graphql";
import { Refusal, type RefusalCode, refusals } from "../domain/refusal";
import type { Context, Language } from "./context";
import { UserErrorCode } from "./enums";
import { JSONScalar } from "./scalars";

@ObjectType("UserError", {
  description: "Why a request, or one line of it, was refused. A refusal is data: nothing was done.",
})
export class UserErrorType {
  @Field(() => UserErrorCode, { description: "The reason, from one closed table." }) code: string;
  @Field(() => String, { description: "The reason for a person, in the language of Accept-Language." }) message: string;
  @Field(() => [String], { description: "The place in the input, list positions included." }) path: string[];
  @Field(() => JSONScalar, { nullable: true, description: "The facts that explain it; never personal data." })
  details: unknown;
}

export function userError(refusal: Refusal, language: Language, prefix: readonly string[] = []): UserErrorType {
  return {
    code: refusal.code,
    message: refusals[refusal.code][language],
    path: [...prefix, ...refusal.path],
    details: refusal.details,
  };
}

const signIn: Record<Language, string> = { zh: "请先登录。", en: "Sign in first." };

/** A missing sign-in is no refusal of the bank's: the client has to act before it may ask at all. */
function checkSignedIn({ actor, language }: Context): void {
  if ((actor.personId ?? actor.identity) === null)
    throw new GraphQLError(signIn[language], { extensions: { code: "UNAUTHENTICATED" } });
}

/** Runs a mutation: its refusal becomes data, anything else is for the edge to hide. */
export async function attempt<T extends object>(
  context: Context,
  work: () => Promise<T>,
): Promise<T & { userErrors: UserErrorType[] }> {
  checkSignedIn(context);
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const replayed = (error as Refusal & { replayed?: boolean }).replayed ?? false;
    return {
      replayed,
      accepted: 0,
      repeated: 0,
      refused: 0,
      results: [],
      userErrors: [userError(error, context.language)],
    } as unknown as T & { userErrors: UserErrorType[] };
  }
}

/** A refused question is a GraphQL error with the refusal's code. */
export async function asked<T>(context: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "NOT_PERMITTED") checkSignedIn(context);
    throw new GraphQLError(refusals[error.code][context.language], {
      extensions: { code: error.code, details: error.details, path: error.path },
    });
  }
}

/** For refusals that no resolver caught: the same code, in both languages. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? error.originalError : error;
  if (cause instanceof Refusal) {
    const texts = refusals[cause.code as RefusalCode];
    return {
      ...formatted,
      message: `${texts.zh} ${texts.en}`,
      extensions: { code: cause.code, details: cause.details },
    };
  }
  for (let at = cause as (Partial<Error> & { code?: string }) | undefined; at; at = at.cause as typeof at)
    if (at.name === "Unavailable" && at.code)
      return {
        ...formatted,
        message:
          at.code === "INTEGRITY_HALT"
            ? "The bank has stopped writing until it was looked at."
            : "The bank cannot do this just now; send the same request again.",
        extensions: { code: at.code, retryable: at.code !== "INTEGRITY_HALT" },
      };
  return formatted;
}
