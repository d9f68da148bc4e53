import {
  defaultTypeResolver,
  type ExecutionResult,
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  isObjectType,
  locatedError,
} from "graphql";
import { Frame, type Piece, textOf, textOfList, textOfObject } from "./frames";
import { Info, type Path, steps } from "./info";
import { createPlans, type Plan, type PlannedField, type Selection, type Shape } from "./plans";

type Variables = Readonly<Record<string, unknown>>;

/** What was asked, read and judged already. */
export interface Question {
  readonly document: Parameters<ReturnType<typeof createPlans>["planOf"]>[0];
  readonly operation: Plan["operation"];
  readonly variableValues?: Variables | null;
}

/** An answer as it is written: the data is JSON already. Without `data` the operation never began. */
export interface WrittenAnswer {
  readonly data?: string;
  readonly errors: readonly GraphQLError[];
}

/**
 * Answers queries and mutations by a plan that is made once for each operation. It gives what graphql-js gives, which the
 * tests compare; two things are done otherwise. What a document selects is worked out once and not for each request, and an
 * answer is written as JSON while it is gathered: no object is built that would only be turned into a text. Subscriptions are
 * left to graphql-js.
 */
export function createAnswers(schema: GraphQLSchema, plans = createPlans(schema)) {
  function answer(question: Question, context: unknown, root?: unknown): Promise<WrittenAnswer> | WrittenAnswer {
    const { document, operation } = question;
    const variables = (question.variableValues ?? {}) as Record<string, unknown>;
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
      maxErrors: faultsMost,
    });
    if (errors) return { errors };
    return new Run(plans.planOf(document, operation, coerced), context, coerced, root).begin();
  }

  return {
    answer,
    /** The same as an object, for transports that carry it within a message of their own. */
    async execute(question: Question, context: unknown): Promise<ExecutionResult> {
      const { data, errors } = await answer(question, context);
      return {
        ...(errors.length > 0 && { errors }),
        ...(data !== undefined && { data: JSON.parse(data) as ExecutionResult["data"] }),
      };
    },
  };
}

/** As many as graphql-js tells. */
const faultsMost = 50;

const noArguments: Readonly<Record<string, never>> = Object.freeze({});
// A cast: a resolver that is marked as direct has no such parameter.
const noInfo = undefined as unknown as GraphQLResolveInfo;

class Run {
  private readonly errors: GraphQLError[] = [];
  /** Promises for which the answer waits. */
  private open = 0;
  private whenSettled: (() => void) | undefined;
  private isNull = false;
  /** Objects below lists that were written whole: many lines show the same organisation or the same rule. */
  private readonly texts = new Map<Selection, Map<unknown, string>>();

  constructor(
    private readonly plan: Plan,
    private readonly context: unknown,
    readonly variables: Record<string, unknown>,
    readonly root: unknown,
  ) {}

  begin(): Promise<WrittenAnswer> | WrittenAnswer {
    try {
      const selection = this.plan.root();
      if (this.plan.operation.operation === "mutation") return this.inTurn(selection);
      const piece = this.object(selection, this.root, undefined, null, 0, true);
      return this.open === 0 ? this.written(piece) : this.settled().then(() => this.written(piece));
    } catch (error) {
      return this.failed(error);
    }
  }

  /** The fields of a mutation run one after the other: each begins when all that the one before asks for is there. */
  private async inTurn({ fields }: Selection): Promise<WrittenAnswer> {
    const frame = new Frame(null, 0, fields, new Array<Piece>(fields.length).fill(null), true);
    try {
      for (let i = 0; i < fields.length && !frame.isDropped; i++) {
        frame.pieces[i] = this.field(fields[i] as PlannedField, this.root, frame, i, undefined);
        if (this.open > 0) await this.settled();
      }
    } catch (error) {
      return this.failed(error);
    }
    return this.written(frame);
  }

  private failed(error: unknown): WrittenAnswer {
    this.errors.push(error as GraphQLError);
    return { data: "null", errors: this.errors };
  }

  private settled(): Promise<void> {
    return new Promise((resolve) => {
      this.whenSettled = resolve;
    });
  }

  private written(piece: Piece): WrittenAnswer {
    return { data: this.isNull ? "null" : textOf(piece), errors: this.errors };
  }

  private object(
    selection: Selection,
    source: unknown,
    path: Path | undefined,
    parent: Frame | null,
    at: number,
    nullable: boolean,
  ): Piece {
    const known = selection.isRepeated ? this.textsOf(selection) : null;
    const text = known?.get(source);
    if (text !== undefined) return text;
    const { fields } = selection;
    const faults = this.errors.length;
    const pieces = new Array<Piece>(fields.length);
    const frame = new Frame(parent, at, fields, pieces, nullable);
    let isWhole = true;
    try {
      for (let i = 0; i < fields.length; i++) {
        const piece = this.field(fields[i] as PlannedField, source, frame, i, path);
        pieces[i] = piece;
        if (typeof piece !== "string") isWhole = false;
      }
    } catch (error) {
      frame.isDropped = true;
      throw error;
    }
    if (!isWhole) return frame;
    const written = textOfObject(fields, pieces as string[]);
    // An error is told in each place where it stands.
    if (this.errors.length === faults) known?.set(source, written);
    return written;
  }

  private textsOf(selection: Selection): Map<unknown, string> {
    const known = this.texts.get(selection) ?? new Map<unknown, string>();
    this.texts.set(selection, known);
    return known;
  }

  private field(field: PlannedField, source: unknown, frame: Frame, at: number, path: Path | undefined): Piece {
    try {
      const value =
        field.resolve === null && !field.takesArguments && isPlain(source, field.name)
          ? source[field.name]
          : this.resolved(field, source, path);
      if (isPromise(value)) return this.awaited(value, field, field.shape, frame, at, path);
      return this.complete(field, field.shape, value, frame, at, path, field.key);
    } catch (error) {
      return this.refused(error, field, path, field.key, field.shape.nullable);
    }
  }

  private resolved(field: PlannedField, source: unknown, path: Path | undefined): unknown {
    const args = field.takesArguments
      ? getArgumentValues(field.definition, field.nodes[0] as FieldNode, this.variables)
      : noArguments;
    const info = field.takesInfo ? new Info(this.plan, this, field, path) : noInfo;
    if (field.resolve !== null) return field.resolve(source, args, this.context, info);
    if ((typeof source !== "object" || source === null) && typeof source !== "function") return undefined;
    const property = (source as Record<string, unknown>)[field.name];
    return typeof property === "function" ? property.call(source, args, this.context, info) : property;
  }

  /** An error where null may stand is told and becomes null; elsewhere it goes on to what it stands in. */
  private refused(
    error: unknown,
    field: PlannedField,
    path: Path | undefined,
    key: string | number,
    nullable: boolean,
  ): string {
    const located = locatedError(error, field.nodes, steps(path, key));
    if (!nullable) throw located;
    this.errors.push(located);
    return "null";
  }

  private complete(
    field: PlannedField,
    shape: Shape,
    value: unknown,
    frame: Frame,
    at: number,
    path: Path | undefined,
    key: string | number,
  ): Piece {
    if (value === null || value === undefined) {
      if (shape.nullable) return "null";
      throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.name}.`);
    }
    if (shape.kind === "leaf") {
      if (value instanceof Error) throw value;
      return shape.write(value);
    }
    if (value instanceof Error) throw value;
    const own: Path = { prev: path, key, typename: typeof key === "string" ? field.parentType.name : undefined };
    if (shape.kind === "list") return this.list(field, shape.items, value, frame, at, own, shape.nullable);
    if (shape.kind === "object")
      return this.typed(field, shape.objectType, shape.selection, value, frame, at, own, shape.nullable);
    const { abstractType } = shape;
    const info = new Info(this.plan, this, field, path);
    const named = (abstractType.resolveType ?? defaultTypeResolver)(value, this.context, info, abstractType);
    const typed = (name: unknown) => {
      const type = this.runtimeType(field, shape, name);
      return this.typed(field, type, () => shape.selection(type), value, frame, at, own, shape.nullable);
    };
    return isPromise(named) ? this.later(named, typed, field, frame, at, path, key, shape.nullable) : typed(named);
  }

  private typed(
    field: PlannedField,
    type: GraphQLObjectType,
    selection: () => Selection,
    value: unknown,
    frame: Frame,
    at: number,
    own: Path,
    nullable: boolean,
  ): Piece {
    if (!type.isTypeOf) return this.object(selection(), value, own, frame, at, nullable);
    const checked = (isOfType: boolean) => {
      if (!isOfType) throw new GraphQLError(`Expected value of type "${type.name}".`, { nodes: field.nodes });
      return this.object(selection(), value, own, frame, at, nullable);
    };
    // What it stands in is worked out first, as graphql-js does: a switch without a value is told before this.
    selection();
    const isOfType = type.isTypeOf(value, this.context, new Info(this.plan, this, field, own.prev));
    return isPromise(isOfType)
      ? this.later(isOfType, checked, field, frame, at, own.prev, own.key, nullable)
      : checked(isOfType);
  }

  private list(
    field: PlannedField,
    items: Shape,
    value: unknown,
    parent: Frame,
    at: number,
    path: Path,
    nullable: boolean,
  ): Piece {
    if (typeof value !== "object" || typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] !== "function")
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.name}".`,
      );
    const values = Array.isArray(value) ? value : Array.from(value as Iterable<unknown>);
    const pieces = new Array<Piece>(values.length);
    const frame = new Frame(parent, at, null, pieces, nullable);
    let isWhole = true;
    try {
      for (let i = 0; i < values.length; i++) {
        const piece = this.item(field, items, values[i], frame, i, path);
        pieces[i] = piece;
        if (typeof piece !== "string") isWhole = false;
      }
    } catch (error) {
      frame.isDropped = true;
      throw error;
    }
    return isWhole ? textOfList(pieces as string[]) : frame;
  }

  private item(field: PlannedField, items: Shape, value: unknown, frame: Frame, i: number, path: Path): Piece {
    try {
      if (isPromise(value)) return this.awaited(value, field, items, frame, i, path, i);
      return this.complete(field, items, value, frame, i, path, i);
    } catch (error) {
      return this.refused(error, field, path, i, items.nullable);
    }
  }

  private awaited(
    value: PromiseLike<unknown>,
    field: PlannedField,
    shape: Shape,
    frame: Frame,
    at: number,
    path: Path | undefined,
    key: string | number = field.key,
  ): null {
    return this.later(
      value,
      (settled) => this.complete(field, shape, settled, frame, at, path, key),
      field,
      frame,
      at,
      path,
      key,
      shape.nullable,
    );
  }

  /** Puts a piece in its place once a promise has settled; the whole answer waits for it. */
  private later<Value>(
    promise: PromiseLike<Value>,
    complete: (value: Value) => Piece,
    field: PlannedField,
    frame: Frame,
    at: number,
    path: Path | undefined,
    key: string | number,
    nullable: boolean,
  ): null {
    this.open += 1;
    const fail = (error: unknown) => {
      if (!frame.isGone) this.drop(locatedError(error, field.nodes, steps(path, key)), frame, at, nullable);
    };
    // One that is none of ours might call back at once, before there is a place for the piece.
    (promise instanceof Promise ? promise : Promise.resolve(promise)).then(
      (value) => {
        try {
          if (!frame.isGone) frame.pieces[at] = complete(value);
        } catch (error) {
          fail(error);
        }
        this.close();
      },
      (error) => {
        fail(error);
        this.close();
      },
    );
    return null;
  }

  private close(): void {
    this.open -= 1;
    if (this.open > 0) return;
    const tell = this.whenSettled;
    this.whenSettled = undefined;
    tell?.();
  }

  /** An error that comes later: null stands in the nearest place where it may. */
  private drop(error: GraphQLError, frame: Frame, at: number, nullable: boolean): void {
    this.errors.push(error);
    let [holder, place, mayBeNull] = [frame, at, nullable];
    while (!mayBeNull) {
      holder.isDropped = true;
      if (holder.parent === null) {
        this.isNull = true;
        return;
      }
      [mayBeNull, place, holder] = [holder.nullable, holder.at, holder.parent];
    }
    holder.pieces[place] = "null";
  }

  private runtimeType(
    { parentType, name: fieldName, nodes }: PlannedField,
    { abstractType }: Shape & { kind: "abstract" },
    name: unknown,
  ): GraphQLObjectType {
    const { schema } = this.plan;
    const type = typeof name === "string" ? schema.getType(name) : undefined;
    if (!isObjectType(type) || !schema.isSubType(abstractType, type))
      throw new GraphQLError(
        `Abstract type "${abstractType.name}" must resolve to an Object type at runtime for field "${parentType.name}.${fieldName}".`,
        { nodes },
      );
    return type;
  }
}

function isPlain(source: unknown, name: string): source is Record<string, unknown> {
  return (
    typeof source === "object" && source !== null && typeof (source as Record<string, unknown>)[name] !== "function"
  );
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as Partial<PromiseLike<unknown>>).then === "function"
  );
}
