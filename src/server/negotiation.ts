import Negotiator from "negotiator";

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

/** What a client that takes them all would rather have, in this order, where it says nothing of its own. */
export const operationMedia: readonly MediaName[] = ["JSON", "RESPONSE", "STREAM"];
export const explorerMedia: readonly MediaName[] = [...operationMedia, "PAGE"];
export const streamMedia: readonly MediaName[] = ["STREAM"];

const charset = "; charset=utf-8";

/** The media type in full, as an answer's header has it. */
export const contentTypeOf = (name: MediaName): string => `${mediaTypes[name]}${charset}`;

/**
 * Which of these an Accept header likes best, by its `q`, and by its order where they are equal; null where it takes none of them.
 * A missing or empty header takes everything (RFC 9110 §12.5.1).
 */
export function preferred(accept = "", offered: readonly MediaName[]): MediaName | null {
  const known = preferences.get(offered)?.get(accept);
  if (known !== undefined) return known;
  const best = negotiatorOf(accept).mediaType(offered.map(contentTypeOf));
  const preference = offered.find((name) => contentTypeOf(name) === best) ?? null;
  const among = preferences.get(offered) ?? new Map<string, MediaName | null>();
  preferences.set(offered, among);
  if (among.size >= preferencesMost) among.clear();
  if (accept.length <= preferenceCharactersMost) among.set(accept, preference);
  return preference;
}

/** By what is offered: clients send the same few headers. */
const preferences = new WeakMap<readonly MediaName[], Map<string, MediaName | null>>();
const preferencesMost = 100;
const preferenceCharactersMost = 300;

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
