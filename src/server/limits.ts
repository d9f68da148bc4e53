import type { DocumentNode, SelectionSetNode, ValidationRule } from "graphql";
import { counted } from "../domain/kit/units";
import { EdgeError } from "./errors";

/** How much one request may ask for. Every default is here. */
export interface Limits {
  /** A batch of 1,000 service records is about 600 KiB. */
  bodyBytes: number;
  /** Brackets within brackets in a JSON text; beyond it recursive readers run out of stack. */
  jsonDepth: number;
  /** Brackets and commas of a JSON text, counted before it is read: each is a value, and takes a hundred times its bytes. */
  jsonValues: number;
  /** Of a subscription, all that a client sends for it: it is held for as long as the subscription runs. */
  subscriptionBytes: number;
  /** Values, names in one object, items in one list, and characters of a text or a name, in the variables. */
  variableValues: number;
  objectNames: number;
  /** A batch says itself that 1,001 lines are too many, and a filter that has one choice 40,000 times has one. */
  listItems: number;
  textCharacters: number;
  nameCharacters: number;
  /** How many faults of one request are told; looking for more of them would be work for nothing. */
  errors: number;
  depth: number;
  aliases: number;
  /** Fields that one selection names again: each is compared with each. */
  repeats: number;
  /** The largest client file has 17,000. */
  documentCharacters: number;
  /** The largest client file, sent whole with an operation name, has 1,800. */
  tokens: number;
  /** A statement page of 500 with all its fields is 19,003. */
  cost: number;
  /** The cost of the work that one turn of the event loop begins, some 10 ms, before other clients are heard. */
  turnCost: number;
  /** What a connection without `first` counts as. */
  pageDefault: number;
  requestMs: number;
  headersMs: number;
  /** How often connections are looked at for headers and bodies that do not come. */
  stalledLookMs: number;
  /** How often it is asked whether those who hold a subscription have signed out. */
  sessionLookMs: number;
  /** Requests of one connection that wait for their answers; with one more it is cut. Browsers send one at a time. */
  pipelined: number;
  /** Connections of all clients together; more are not taken. */
  connections: number;
  /** Above the 60 s of common load balancers, so that they close an idle connection before we do. */
  keepAliveMs: number;
  socketPayloadBytes: number;
  socketInitMs: number;
  socketPingMs: number;
  operationsPerSocket: number;
  /** Messages that one socket may send in a minute, whatever they are. */
  socketMessages: number;
  /** How often a socket may ask for more than a share before it is closed. */
  socketRefusals: number;
  /** What a socket has not taken yet; a client that reads so slowly is hung up on. */
  socketBufferBytes: number;
  /** What an address (of anybody not signed in) and a person may ask for in a minute, and hold at once. */
  shares: { readonly address: AddressShare; readonly person: Share };
  /** How long a shutdown waits for what is being answered. */
  drainMs: number;
}

export interface Share {
  readonly requests: number;
  readonly cost: number;
  readonly sockets: number;
  readonly subscriptions: number;
  /** Of request bodies that are being received. */
  readonly bytes: number;
}

/** A connection counts against its address, since only a request tells the person. */
export interface AddressShare extends Share {
  readonly connections: number;
}

const mebibyte = 1024 * 1024;

export const defaultLimits: Limits = {
  bodyBytes: 2 * 1024 * 1024,
  jsonDepth: 64,
  jsonValues: 150_000,
  subscriptionBytes: 64 * 1024,
  variableValues: 100_000,
  objectNames: 200,
  listItems: 50_000,
  textCharacters: 20_000,
  nameCharacters: 200,
  errors: 5,
  depth: 12,
  aliases: 30,
  repeats: 200,
  documentCharacters: 100_000,
  tokens: 2_000,
  cost: 25_000,
  turnCost: 2_000,
  pageDefault: 20,
  requestMs: 30_000,
  headersMs: 10_000,
  stalledLookMs: 1_000,
  sessionLookMs: 5_000,
  pipelined: 16,
  connections: 10_000,
  keepAliveMs: 65_000,
  socketPayloadBytes: 2 * 1024 * 1024,
  socketInitMs: 10_000,
  socketPingMs: 12_000,
  operationsPerSocket: 100,
  socketMessages: 6_000,
  socketRefusals: 10,
  socketBufferBytes: 8 * 1024 * 1024,
  shares: {
    // A thousand phones behind one carrier's address open a charity day's page, with its files, within a minute.
    address: {
      requests: 12_000,
      cost: 500_000,
      sockets: 300,
      subscriptions: 1_000,
      bytes: 128 * mebibyte,
      connections: 2_000,
    },
    person: { requests: 6_000, cost: 1_000_000, sockets: 50, subscriptions: 200, bytes: 64 * mebibyte },
  },
  drainMs: 10_000,
};

/** Every share, made larger or smaller. */
export function sharesAt(scale: number): Limits["shares"] {
  const scaled = <S extends Share>(share: S) =>
    Object.fromEntries(Object.entries(share).map(([name, most]) => [name, Math.ceil(most * scale)])) as {
      [K in keyof S]: number;
    };
  return { address: scaled(defaultLimits.shares.address), person: scaled(defaultLimits.shares.person) };
}

/** Depth, aliases, repeated fields and long texts as a validation rule: they depend on the document alone. */
export function documentRules(limits: Limits): ValidationRule[] {
  return [
    (context) => ({
      Document(document) {
        const { depth, aliases } = measure(document);
        if (depth > limits.depth) {
          context.reportError(new EdgeError("QUERY_TOO_DEEP", { limit: limits.depth, depth }));
        }
        if (aliases > limits.aliases) {
          context.reportError(new EdgeError("TOO_MANY_ALIASES", { limit: limits.aliases, aliases }));
        }
        if (repeatsOf(document) > limits.repeats) {
          const message = "The document names the same fields again too often.";
          context.reportError(
            new EdgeError("QUERY_TOO_LARGE", {
              message,
              zh: "查询中重复的字段过多。",
              ...counted("FIELDS", { limit: limits.repeats }),
            }),
          );
        }
      },
      StringValue({ value }) {
        if (value.length <= limits.textCharacters) return;
        const message = "A text in the document is too long.";
        context.reportError(
          new EdgeError("INVALID_INPUT", {
            message,
            zh: "查询中的文本过长。",
            ...counted("CHARACTERS", { limit: limits.textCharacters }),
          }),
        );
      },
    }),
  ];
}

interface Measure {
  depth: number;
  aliases: number;
}

/**
 * How deep the document nests and how many aliases it uses, fragments spread out. Each fragment is measured once,
 * so a chain of fragments that doubles at every step costs us nothing; a cycle counts as 0, validation refuses it.
 */
export function measure(document: DocumentNode): Measure {
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of document.definitions) {
    if (node.kind === "FragmentDefinition") fragments.set(node.name.value, node.selectionSet);
  }
  const measured = new Map<string, Measure>();

  function ofFragment(name: string): Measure {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, { depth: 0, aliases: 0 });
    const whole = ofSelections(fragments.get(name));
    measured.set(name, whole);
    return whole;
  }

  function ofSelections(set: SelectionSetNode | undefined): Measure {
    const total: Measure = { depth: 0, aliases: 0 };
    for (const node of set?.selections ?? []) {
      const isField = node.kind === "Field";
      // Introspection is deep by nature, and graphql-js limits its recursion by a rule of its own.
      const depthless = isField && (node.name.value === "__schema" || node.name.value === "__type");
      const below = node.kind === "FragmentSpread" ? ofFragment(node.name.value) : ofSelections(node.selectionSet);
      total.depth = Math.max(total.depth, (isField ? 1 : 0) + (depthless ? 0 : below.depth));
      total.aliases += below.aliases + (isField && node.alias ? 1 : 0);
    }
    return total;
  }

  const all: Measure = { depth: 0, aliases: 0 };
  for (const node of document.definitions) {
    if (node.kind !== "OperationDefinition") continue;
    const { depth, aliases } = ofSelections(node.selectionSet);
    all.depth = Math.max(all.depth, depth);
    all.aliases = Math.max(all.aliases, aliases);
  }
  return { depth: all.depth, aliases: Math.min(all.aliases, Number.MAX_SAFE_INTEGER) };
}

/** How many fields stand again in a selection that has them already, inline fragments laid open. */
function repeatsOf(document: DocumentNode): number {
  let repeats = 0;
  function visit(set: SelectionSetNode, names: Set<string>): void {
    for (const node of set.selections) {
      if (node.kind === "Field") {
        const name = (node.alias ?? node.name).value;
        if (names.has(name)) repeats += 1;
        names.add(name);
        if (node.selectionSet) visit(node.selectionSet, new Set());
      } else if (node.kind === "InlineFragment") visit(node.selectionSet, names);
    }
  }
  for (const node of document.definitions) {
    if (node.kind === "OperationDefinition" || node.kind === "FragmentDefinition") visit(node.selectionSet, new Set());
  }
  return repeats;
}
