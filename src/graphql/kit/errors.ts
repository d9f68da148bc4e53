import type { Text } from "../../domain/kit/language";
import type { BatchOf, Done } from "../../services/bank/answers";
import "reflect-metadata";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Int, ObjectType } from "type-graphql";
import { Refusal } from "../../domain/kit/refusal";
import { sentenceOf } from "../../domain/wording/sentences";
import { Unavailable } from "../../storage/writer";
import type { Context, Language } from "./context";
import { UserErrorCode } from "./enums";
import { Output, type RefusedAnswer, type Row } from "./fields";
import { JSONScalar } from "./scalars";

@ObjectType("UserError", {
  description: "Says why a request, or one line of a batch, was refused. Nothing was done.",
})
export class UserErrorType {
  @Output(() => UserErrorCode, { description: "The code of the refusal, from a closed list." }) code: UserErrorCode;
  @Output(() => String, {
    description: "The refusal in a sentence that a person reads, in the language of Accept-Language.",
  })
  message: string;
  @Output(() => [String], {
    description:
      "The path to the refused field of the input; positions in a list are counted from 0. It is empty where the refusal concerns no single field.",
  })
  path: string[];
  @Output(() => JSONScalar, {
    nullable: true,
    description:
      "The facts that explain the refusal, such as the number of minutes that are missing. They contain no personal data.",
  })
  details: unknown;
}

/** What every answer to a command carries beside what it is about. */
@ObjectType()
export abstract class Payload {
  @Output(() => Boolean, {
    description:
      "True where nothing was done anew: an earlier request with this key has this answer, or the step had been taken already.",
  })
  replayed: boolean;
  @Output(() => [UserErrorType], {
    description: "The reasons for which the request was refused; empty where it was done.",
  })
  userErrors: readonly Row<UserErrorType>[];
}

/** What every line of a batch is told, beside what it is about. */
@ObjectType()
export abstract class BatchResult {
  @Output(() => Int, { description: "The place of the line in the batch, counted from 0." }) index: number;
  @Output(() => Boolean, {
    description: "True where the bank had accepted the line before, so that it changed nothing.",
  })
  repeated: boolean;
  @Output(() => [UserErrorType], {
    description: "The reasons for which the line was refused; empty where it was done.",
  })
  userErrors: readonly Row<UserErrorType>[];
}
/** What every batch answers; accepted, repeated and refused count lines and add up. */
@ObjectType()
export abstract class BatchPayload extends Payload {
  @Output(() => Int, { description: "How many lines of the batch were done now." }) accepted: number;
  @Output(() => Int, { description: "How many lines the bank had accepted before; these changed nothing." })
  repeated: number;
  @Output(() => Int, { description: "How many lines of the batch were refused." }) refused: number;
}

export function userError(refusal: Refusal, language: Language, prefix: readonly string[] = []): UserErrorType {
  return {
    code: refusal.code,
    message: sentenceOf(refusal, language),
    path: [...prefix, ...refusal.path],
    details: refusal.details,
  };
}

const signIn: Text = { zh: "请先登录。", en: "Sign in first." };

/** A missing sign-in is no refusal of the bank's: the client has to act before it may ask at all. */
function checkSignedIn({ actor, language }: Context): void {
  if ((actor.personId ?? actor.identity) === null)
    throw new GraphQLError(signIn[language], { extensions: { code: "UNAUTHENTICATED" } });
}

/** Runs a mutation: its refusal becomes data, anything else is for the edge to hide. */
export async function attempt<T extends object>(
  context: Context,
  work: () => Promise<T>,
): Promise<(T & { userErrors: UserErrorType[] }) | RefusedAnswer<UserErrorType>> {
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
    };
  }
}

type Held<N extends string, T> = Record<N, T> & { replayed: boolean };

/** Runs a command that has a key: the payload holds its result under this name. */
export function keyed<T, const N extends string>(context: Context, name: N, work: () => Promise<Done<T>>) {
  return attempt(context, async () => {
    const { value, replayed } = await work();
    return { [name]: value, replayed } as Held<N, T>;
  });
}

/** Runs a step: the payload holds its result under this name. The step itself knows whether it was taken before (`arguments.ts`). */
export function stepped<T, const N extends string>(context: Context, name: N, work: () => Promise<T>) {
  return attempt(context, async () => ({ [name]: await work(), replayed: false }) as Held<N, T>);
}

/** Runs a batch: what a line is about stands in its result under this name, and its refusals point into the list. */
export function batched<T, const N extends string>(
  context: Context,
  list: string,
  name: N,
  work: () => Promise<BatchOf<T>>,
) {
  return attempt(context, async () => {
    const { results, ...counts } = await work();
    return {
      ...counts,
      results: results.map(({ index, repeated, record, refusal }) => ({
        index,
        repeated,
        ...({ [name]: record } as Record<N, T | null>),
        userErrors: refusal ? [userError(refusal, context.language, [list, String(index)])] : [],
      })),
    };
  });
}

/** A refused question is a GraphQL error with the refusal's code. */
export async function asked<T>(context: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "NOT_PERMITTED") checkSignedIn(context);
    throw new GraphQLError(sentenceOf(error, context.language), {
      extensions: { code: error.code, details: error.details, path: error.path },
    });
  }
}

/** The message of a bank that cannot be read or written just now. */
const unavailable: Record<Unavailable["code"] | "READ", Text> = {
  READ: {
    zh: "暂时无法读取，请重发同一请求。",
    en: "The bank could not be read just now. Send the same request again.",
  },
  BUSY_RETRY: {
    zh: "暂时无法写入，未作任何更改，请重发同一请求。",
    en: "The bank is busy; nothing was done. Send the same request again.",
  },
  OUTCOME_UNKNOWN: {
    zh: "结果未知，请以相同的 idempotencyKey 重发。",
    en: "The outcome is unknown; send the same request with the same key again.",
  },
  INTEGRITY_HALT: { zh: "系统已停止写入，等待检查。", en: "The bank has stopped writing until it was looked at." },
};

/** Gives refusals and stoppages that no resolver caught the same codes and texts. */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  language: Language,
): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? error.originalError : error;
  for (let at = cause as { cause?: unknown } | undefined; at; at = at.cause as typeof at) {
    if (at instanceof Refusal) {
      const { code, details, path } = at;
      return { ...formatted, message: sentenceOf(at, language), extensions: { code, details, path } };
    }
    if (at instanceof Unavailable) {
      const retryable = at.code !== "INTEGRITY_HALT";
      const extensions = { code: at.code, retryable, ...(retryable && { http: { status: 503 } }) };
      return { ...formatted, message: unavailable[at.during === "READ" ? "READ" : at.code][language], extensions };
    }
  }
  return formatted;
}
