import Negotiator from "negotiator";
import { rememberingHeaders } from "../domain/kit/remembered";

/** What an operation may be answered in, and the page for browsers. */
export const mediaTypes = {
  /** What clients that take anything get, and those that know nothing newer. */
  JSON: "application/json",
  /** Says by its status whether the operation ran at all (GraphQL over HTTP). */
  RESPONSE: "application/graphql-response+json",
  STREAM: "text/event-stream",
  PAGE: "text/html",
} as const;

export type MediaName = keyof typeof mediaTypes;

const charset = "; charset=utf-8";

/** The media type in full, as an answer's header has it. */
export const contentTypeOf = (name: MediaName): string => `${mediaTypes[name]}${charset}`;

/**
 * Answers which of these an Accept header likes best, by its `q`, and by its order where they are equal; null where it takes none of
 * them. A missing or empty header takes everything (RFC 9110 §12.5.1).
 */
function preferenceAmong(...offered: readonly MediaName[]): (accept: string | undefined) => MediaName | null {
  const preferred = rememberingHeaders((accept) => {
    const best = negotiatorOf(accept).mediaType(offered.map(contentTypeOf));
    return offered.find((name) => contentTypeOf(name) === best) ?? null;
  });
  return (accept = "") => preferred(accept);
}

/** What a client that takes them all would rather have stands first. */
const operationMedia = ["JSON", "RESPONSE", "STREAM"] as const;
export const preferredForOperation = preferenceAmong(...operationMedia);
export const preferredWithExplorer = preferenceAmong(...operationMedia, "PAGE");
export const preferredForStream = preferenceAmong("STREAM");

/**
 * Whether a client takes event streams by name. Many clients that would take anything wait for a body to end, which a stream
 * does only when the subscription does.
 */
export function namesStreams(accept: string | undefined): boolean {
  return negotiatorOf(accept).mediaTypes().includes(mediaTypes.STREAM);
}

function negotiatorOf(accept: string | undefined): Negotiator {
  return new Negotiator({ headers: { accept: accept?.trim() || "*/*" } });
}
