import { hash } from "node:crypto";
import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  specifiedRules,
  type ValidationContext,
  ValuesOfCorrectTypeRule,
  validate,
} from "graphql";
import { counted } from "../domain/kit/units";
import { EdgeError } from "./errors";
import { documentRules, type Limits } from "./limits";

/** Clients send the same few documents; a token of a parsed one takes about half a KiB. */
const rememberedTokens = 50_000;
/** A document of 10,000 characters takes some 30 ms to parse and validate. */
const charactersPerCost = 20;

/**
 * The one place where a client's text becomes a document, whichever transport brought it. Its length, its tokens, its
 * shape and its fit to the schema are judged in this order, and the judging stops at a handful of errors.
 */
export function createDocuments(schema: GraphQLSchema, limits: Limits) {
  const shapeRules = documentRules(limits);
  const schemaRules = specifiedRules.map((rule) => (rule === ValuesOfCorrectTypeRule ? literalsFit : rule));
  /** By their texts: to find one, nothing of it is read but its characters. */
  const known = new Map<string, DocumentNode>();
  const byHash = new Map<string, DocumentNode>();
  let tokens = 0;

  function remember(text: string, document: DocumentNode): void {
    known.set(text, document);
    byHash.set(hashOf(text), document);
    tokens += tokensOf(document);
    for (const [oldest, forgotten] of known) {
      if (tokens <= rememberedTokens || oldest === text) return;
      known.delete(oldest);
      byHash.delete(hashOf(oldest));
      tokens -= tokensOf(forgotten);
    }
  }

  /** The rules that compare fields with one another come last: what is too deep or too wide never reaches them. */
  function check(document: DocumentNode): readonly GraphQLError[] {
    for (const rules of [shapeRules, schemaRules]) {
      const errors = validate(schema, document, rules, { maxErrors: limits.errors });
      if (errors.length > 0)
        return errors.slice(0, limits.errors).map((error) => coded(error, "GRAPHQL_VALIDATION_FAILED"));
    }
    return [];
  }

  return {
    /** The document, or why it is refused. */
    read(text: string): DocumentNode | readonly GraphQLError[] {
      const seen = known.get(text);
      if (seen) {
        known.delete(text);
        known.set(text, seen);
        return seen;
      }
      if (text.length > limits.documentCharacters) {
        return [new EdgeError("QUERY_TOO_LARGE", counted("CHARACTERS", { limit: limits.documentCharacters }))];
      }
      try {
        const document = parse(text, { maxTokens: limits.tokens });
        const errors = check(document);
        if (errors.length > 0) return errors;
        remember(text, document);
        return document;
      } catch (error) {
        return [coded(error, "GRAPHQL_PARSE_FAILED")];
      }
    },
    /** What it takes to read a text, in units of cost: nothing where it was read before, or is too long to be read. */
    readingOf(text: string): number {
      if (text.length > limits.documentCharacters || known.has(text)) return 0;
      return Math.ceil(text.length / charactersPerCost);
    },
    /** A document that was read before, by the SHA-256 of its text. */
    byKey: (key: string): DocumentNode | undefined => byHash.get(key),
  };
}

export type Documents = ReturnType<typeof createDocuments>;

function hashOf(text: string): string {
  return hash("sha256", text, "hex");
}

/** The parser counts them for its own limit. */
function tokensOf(document: DocumentNode): number {
  return (document as { tokenCount?: number }).tokenCount ?? 0;
}

function coded(error: unknown, code: "GRAPHQL_PARSE_FAILED" | "GRAPHQL_VALIDATION_FAILED"): GraphQLError {
  if (!(error instanceof GraphQLError)) throw error;
  if (!error.extensions.code) Object.assign(error.extensions, { code });
  return error;
}

/** graphql-js prints the literal that does not fit; ours names the type alone, since a literal may be an ID number. */
function literalsFit(context: ValidationContext): ASTVisitor {
  const reworded = Object.create(context, {
    reportError: {
      value(error: GraphQLError) {
        const node = error.nodes?.[0];
        const namesOnly = node?.kind === Kind.OBJECT || node?.kind === Kind.OBJECT_FIELD;
        const type = context.getInputType();
        const fitting = namesOnly && /^Field "/.test(error.message);
        const message = fitting
          ? error.message
          : type
            ? `This value does not fit its type ${type}.`
            : "This value does not fit its type.";
        context.reportError(new GraphQLError(message, { nodes: error.nodes }));
      },
    },
  }) as ValidationContext;
  return ValuesOfCorrectTypeRule(reworded);
}
