import "reflect-metadata";
import type { GraphQLScalarType } from "graphql";
import * as typed from "type-graphql";
import { invariant } from "../../domain/kit/invariant";
import { whenKnown } from "../../domain/kit/soon";
import type { Context } from "./context";

/**
 * The decorators of type-graphql, checked by the compiler: what a field's method or property gives has to be what its GraphQL type
 * needs. A class of the API is at once the list of its fields and the type of the row that it is shown from:
 *
 * - a property is a field that stands in the row under the same name;
 * - a method is a field that is worked out; its first parameter is the row, and what it reads there the row has to hold.
 *
 * So an answer of a service that lacks a field, or holds it in another type, does not compile where a resolver hands it over.
 *
 * The casts below hand the same arguments on: type-graphql types its decorators for any class, and `Checked` says for which.
 */

// biome-ignore lint/suspicious/noExplicitAny: a method of any parameters; only its first one and its answer are read.
type Method = (...args: any[]) => unknown;
type MethodsOf<T> = { [K in keyof T]: T[K] extends Method ? K : never }[keyof T];
/** The row that a method reads: none, where its first parameter is the context. */
type RowRead<F> = F extends (first: infer P, ...rest: never[]) => unknown ? (Context extends P ? never : P) : never;
type All<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;

/** What a row has to hold, to be shown as this class of the API. */
export type Row<T> = Omit<T, MethodsOf<T>> &
  ([RowRead<T[MethodsOf<T>]>] extends [never] ? unknown : All<RowRead<T[MethodsOf<T>]>>);

/** What stands for a GraphQL type in TypeScript. */
type Value<R> = R extends readonly (infer E)[]
  ? readonly Value<E>[]
  : R extends GraphQLScalarType<infer V, unknown>
    ? V
    : R extends StringConstructor
      ? string
      : R extends NumberConstructor
        ? number
        : R extends BooleanConstructor
          ? boolean
          : R extends abstract new (
                ...args: never[]
              ) => infer T
            ? Row<T>
            : R[keyof R];

type Shown<R, O> = O extends { nullable: true }
  ? Value<R> | null | undefined
  : O extends { nullable: "items" }
    ? R extends readonly (infer E)[]
      ? readonly (Value<E> | null)[]
      : never
    : Value<R>;

/** Stands in the compiler's message: `gives` is not what the GraphQL type `needs`. */
interface Misfit<Gives, Needs> {
  gives: Gives;
  needs: Needs;
}
type Shows<F> = F extends (...args: never[]) => infer A ? Awaited<A> : F;
type Fits<F, Needs> = [Shows<F>] extends [Needs] ? unknown : Misfit<Shows<F>, Needs>;
type Checked<R, O> = <T extends object, K extends string & keyof T>(
  target: T,
  key: K & Fits<T[K], Shown<R, O>>,
  descriptor?: PropertyDescriptor,
) => void;

type Options = typed.FieldOptions;
type Decorate = (target: object, key: string, descriptor?: PropertyDescriptor) => void;

/** The classes of the API with methods of their own: `schema.ts` hands them to type-graphql with the resolvers. */
// biome-ignore lint/complexity/noBannedTypes: what type-graphql takes for a class.
export const shownTypes: Function[] = [];

/** A field of an object type. */
export function Output<R, const O extends Options>(type: () => R, options?: O): Checked<R, O> {
  const field = typed.Field(type as never, options as Options) as Decorate;
  const resolver = typed.FieldResolver(type as never, options as Options) as Decorate;
  return (target, key, descriptor) => {
    // Declared as a property, and resolved from outside: a method of its own would get a copy of the row for each field.
    field(target, key);
    if (!descriptor) return;
    resolver(target, key, descriptor);
    const owner = target.constructor;
    if (shownTypes.includes(owner)) return;
    shownTypes.push(owner);
    typed.Resolver(() => owner as never)(owner);
  };
}

/** What a mutation's payload holds of its result; null where the request was refused. */
export function Outcome<R>(type: () => R, description: string): Checked<R, { nullable: true }> {
  return Output(type, { nullable: true, description: `${description}; null where the request was refused.` });
}

/** A field of an object type that another concept adds to it. */
export function FieldResolver<R, const O extends Options>(type: () => R, options?: O): Checked<R, O> {
  return typed.FieldResolver(type as never, options as Options) as never;
}

export function Query<R, const O extends Options>(type: () => R, options: O): Checked<R, O> {
  return typed.Query(type as never, options as Options) as never;
}

/** What a command answers where it was refused, whatever its payload is. */
export interface RefusedAnswer<E> {
  replayed: boolean;
  accepted: 0;
  repeated: 0;
  refused: 0;
  results: [];
  userErrors: E[];
}

export function Mutation<R, const O extends Options>(
  type: () => R,
  options: O,
): <T extends object, K extends string & keyof T>(
  target: T,
  key: K & Fits<T[K], Shown<R, O> | RefusedAnswer<unknown>>,
  descriptor?: PropertyDescriptor,
) => void {
  return typed.Mutation(type as never, options as Options) as never;
}

export function Subscription<R, const O extends typed.SubscriptionOptions>(type: () => R, options: O): Checked<R, O> {
  return typed.Subscription(type as never, options) as never;
}

/** What a row names and is never taken away, for a field that is never null. */
export function present<T>(asked: T | null | Promise<T | null>): T | Promise<T> {
  return whenKnown(asked, (value) => {
    invariant(value !== null, "what a row names is there");
    return value;
  });
}
