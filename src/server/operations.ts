import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  subscribe,
} from "graphql";
import { isComing, type Soon } from "../domain/kit/soon";
import { counted } from "../domain/kit/units";
import { createAnswers, type WrittenAnswer } from "./answers";
import type { Spent } from "./asking";
import { costGuard } from "./costs";
import type { Documents } from "./documents";
import { EdgeError, type EdgeRequest } from "./errors";
import type { Limits } from "./limits";
import { loggableName } from "./log";
import { checkFit, checkSizes, type Variables } from "./variables";

export interface OperationParams {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  /** Nobody reads them; what is no object is refused. */
  readonly extensions?: unknown;
}

export interface Prepared extends ExecutionArgs {
  readonly kind: "query" | "mutation" | "subscription";
  readonly operation: OperationDefinitionNode;
}

/** A batch of 1,000 lines has some 12,000 values. */
const valuesPerCost = 10;
/** To weigh 10,000 selections takes some 10 ms. */
const selectionsPerCost = 50;

/** Operations as every transport prepares them, under the same limits. */
export function createOperations(schema: GraphQLSchema, documents: Documents, limits: Limits) {
  const answers = createAnswers(schema);
  const guardCost = costGuard(schema, limits);

  return {
    /** The cost of reading the text of an operation. */
    readingOf: ({ query }: OperationParams): number => (typeof query === "string" ? documents.readingOf(query) : 0),

    /** The operation, ready to run but for its context; or why not. What is no operation at all is INVALID_INPUT, thrown. */
    prepare(params: OperationParams, request: EdgeRequest): Prepared | readonly GraphQLError[] {
      const { query, operationName, variables } = checkParams(params);
      try {
        const spent: Spent = { requested: 0, counted: documents.readingOf(query) };
        request.spent = spent;
        spent.counted += Math.ceil(checkSizes(variables, limits) / valuesPerCost);
        const document = documents.read(query);
        if (!("kind" in document)) return document;
        const operation = getOperationAST(document, operationName);
        if (!operation) return [new EdgeError("OPERATION_RESOLUTION_FAILURE")];
        request.operationName = loggableName(operation.name?.value);
        request.operation = operation.operation;
        const faults = checkFit(schema, operation, variables, limits.errors);
        if (faults.length > 0) return faults;
        spent.requested = guardCost(document, operation, variables, (selections) => {
          spent.counted += Math.floor(selections / selectionsPerCost);
        });
        spent.counted += spent.requested;
        // What the operation does not declare is nobody's, and would be held for as long as a subscription runs.
        const declared = operation.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
        const variableValues = Object.fromEntries(
          declared.flatMap((name) => (Object.hasOwn(variables, name) ? [[name, variables[name]]] : [])),
        );
        return { schema, document, operationName, variableValues, operation, kind: operation.operation };
      } catch (error) {
        if (!(error instanceof EdgeError)) throw error;
        if (error.code === "QUERY_TOO_COSTLY" && request.spent)
          request.spent.requested = error.extensions.requested as number | null;
        return [error];
      }
    },

    // Where the work gives up (a time limit), the operation ends with that error, not the connection.
    execute(args: Prepared): Promise<ExecutionResult> {
      return within(limits.requestMs, answers.execute(args, args.contextValue)).catch(failed);
    },

    /** The same as the text it is written as; where the work gives up, that is thrown. */
    write: (operation: Prepared, context: object): Soon<WrittenAnswer> => answers.answer(operation, context),

    /** Results for as long as the token convinces and its session lasts; then one last that says so. */
    async subscribe(
      args: ExecutionArgs,
      life: Life = unending,
    ): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
      const started = await within(limits.requestMs, subscribe(args)).catch(failed);
      return Symbol.asyncIterator in started ? endingWell(started, life) : started;
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;

/** How long the token of a request convinces. */
export interface Life {
  readonly remainingMs: number;
  /** Calls `end` when the session of the token ends, until the returned function is called. */
  watch(end: (error: EdgeError) => void): () => void;
}
const unending: Life = { remainingMs: Number.POSITIVE_INFINITY, watch: () => () => undefined };

/** A subscription holds what it was asked with for as long as it runs: REQUEST_TOO_LARGE where that is much. */
export function checkHeld({ document, variableValues }: Prepared, limits: Limits): void {
  const bytes = (document.loc?.end ?? 0) + JSON.stringify(variableValues ?? {}).length;
  if (bytes > limits.subscriptionBytes)
    throw new EdgeError("REQUEST_TOO_LARGE", counted("BYTES", { limit: limits.subscriptionBytes }));
}

/** The answer, or TIMEOUT. The work itself goes on; its idempotency key tells the client later what became of it. */
export function within<Value>(ms: number, work: Promise<Value>): Promise<Value>;
export function within<Value>(ms: number, work: Soon<Value>): Soon<Value>;
export function within<Value>(ms: number, work: Soon<Value>): Soon<Value> {
  if (!isComing(work)) return work;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new EdgeError("TIMEOUT")), ms);
    // Work given up in a shutdown must not keep the process alive until its limit.
    timer.unref();
    const settle =
      <Settled>(tell: (settled: Settled) => void) =>
      (settled: Settled) => {
        clearTimeout(timer);
        tell(settled);
      };
    work.then(settle(resolve), settle(reject));
  });
}

function checkParams({ query, operationName, variables, extensions }: OperationParams) {
  const named = operationName ?? undefined;
  const values = variables ?? undefined;
  const isObject = (value: unknown) => typeof value === "object" && !Array.isArray(value);
  const readable =
    typeof query === "string" &&
    (named === undefined || typeof named === "string") &&
    (values === undefined || isObject(values)) &&
    isObject(extensions ?? {});
  if (!readable) {
    const message = "`query` is a string; `variables` and `extensions` are objects, where a request has them.";
    throw new EdgeError("INVALID_INPUT", { message, zh: "query 须为文本；variables 和 extensions 如有，须为对象。" });
  }
  return { query, operationName: named, variables: (values ?? {}) as Variables };
}

/**
 * A source that breaks, or outlives its token or session, ends the subscription with one last result that says so. Written as a bare
 * iterator because a generator would queue `return` behind a pending `next`, and a quiet subscription could then never be
 * closed.
 */
function endingWell(
  source: AsyncGenerator<ExecutionResult, void, void>,
  { remainingMs, watch }: Life,
): AsyncGenerator<ExecutionResult> {
  let over = false;
  let ended: EdgeError | undefined;
  const done = { value: undefined, done: true } as const;
  const end = (error: EdgeError) => {
    ended ??= error;
    // A quiet source is woken by it; what it then says is no longer asked for.
    void source.return().catch(() => undefined);
  };
  const expiry = after(remainingMs, () => end(new EdgeError("TOKEN_EXPIRED")));
  const forget = watch(end);
  const close = () => {
    over = true;
    clearTimeout(expiry);
    forget();
  };
  const last = (error: unknown) => {
    close();
    return { value: failed(error), done: false };
  };
  const iterator: AsyncGenerator<ExecutionResult, void, void> = {
    async next(): Promise<IteratorResult<ExecutionResult>> {
      if (over) return done;
      try {
        const result = await source.next();
        if (ended && !over) return last(ended);
        if (result.done) close();
        return result;
      } catch (error) {
        return last(error);
      }
    },
    async return(): Promise<IteratorResult<ExecutionResult>> {
      close();
      await source.return();
      return done;
    },
    async throw(error: unknown): Promise<IteratorResult<ExecutionResult>> {
      close();
      await source.throw(error);
      return done;
    },
    async [Symbol.asyncDispose]() {
      await iterator.return();
    },
    [Symbol.asyncIterator]() {
      return iterator;
    },
  };
  return iterator;
}

// A timer counts to about 24 days; no token lives so long.
const timerMax = 2 ** 31 - 1;

function after(ms: number, work: () => void): NodeJS.Timeout | undefined {
  return ms <= timerMax ? setTimeout(work, Math.max(0, ms)).unref() : undefined;
}

function failed(error: unknown): ExecutionResult {
  return { errors: [asGraphQLError(error)] };
}

export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error("thrown without an error");
  return new GraphQLError("Internal error", { originalError });
}
