import { always, fact, from, type RowOf, type StateOf, seq } from "./shape";
import { code, count, day, flag, id, instant, list, oneOf, optional, person, sealedRow } from "./words";

/** How a span on the list ended other than by death: taken off it, moved to another division's list, or merged into another registration. */
export const listingEndings = ["UNLISTED", "MOVED", "MERGED"] as const;
export type ListingEnding = (typeof listingEndings)[number];

/** A person whom the stations of a division look after. The reason is sealed, and only the stations see it. */
export const recipientSet = fact(
  "RECIPIENT_SET",
  29,
  {
    id: id("recipient"),
    personId: person,
    divisionCode: code,
    accountId: id("account"),
    /** The first day on the list of this division. */
    listedOn: day,
    /** The last day on the list; null while they are on it. */
    listedUntil: optional(day),
    profileId: sealedRow,
    version: count,
    reasonId: optional(sealedRow),
  },
  {
    into: "recipients",
    unkept: ["reasonId"],
    also: {
      listings: {
        key: ["recipientId", "listedOn"],
        columns: {
          recipientId: "id",
          listedOn: "listedOn",
          listedUntil: "listedUntil",
          divisionCode: "divisionCode",
          ending: always(optional(oneOf(listingEndings)), null),
          seq,
        },
      },
    },
  },
);
export type Recipient = StateOf<typeof recipientSet>;

/** One span on the list of a division. A span that has ended stays, with what was owed and missed in it. */
export const listingEnded = fact(
  "LISTING_ENDED",
  55,
  {
    recipientId: id("recipient"),
    listedOn: day,
    listedUntil: day,
    divisionCode: code,
    /** Null while it lasts. */
    ending: optional(oneOf(listingEndings)),
  },
  { into: "listings", key: ["recipientId", "listedOn"] },
);
export type Listing = Omit<RowOf<typeof recipientSet, "listings">, "seq">;

export const visitModes = ["HOME", "PHONE", "VIDEO", "REMOTE_SENSOR"] as const;
export type VisitMode = (typeof visitModes)[number];

/** The visitors. The first three come on paid duty; only a volunteer's time is recorded as service. */
export const visitors = ["CADRE", "GRID_WORKER", "SOCIAL_WORKER", "VOLUNTEER"] as const;
export type Visitor = (typeof visitors)[number];

/** A visit to a person on the list, or an attempt of one. */
export const visitSet = fact(
  "VISIT_SET",
  30,
  {
    id: id("visit"),
    recipientId: id("recipient"),
    /** The registration whose obligation it may meet: that of the month in which it was made, also after a merging. */
    countsForId: id("recipient"),
    organizationId: id("organization"),
    at: instant,
    /** The civil day of `at`. */
    on: day,
    mode: oneOf(visitModes),
    met: flag,
    /** Whether it found that the person has died. */
    deceased: flag,
    visitor: oneOf(visitors),
    visitorId: person,
    minutes: optional(count),
    /** Which obligation it meets; null for an attempt, and for a visit beyond what is owed. */
    obligation: optional(code),
    /** The volunteer's service record. */
    recordId: optional(id("record")),
    /** The sealed row with the result and the note. */
    detailsId: sealedRow,
    /** The last day on which it could be entered without evidence. The bytes leave room for none; no visit makes use of it. */
    recordBy: optional(day),
    /** How many other people must confirm it before it counts: none where it was entered in time. */
    confirmationsNeeded: count,
    confirmedBy: list(person),
    /** Entered by mistake. */
    withdrawn: flag,
    version: count,
    reasonId: optional(sealedRow),
  },
  {
    into: "visits",
    unkept: ["reasonId"],
    plus: {
      /** Whether it waits for a confirmation. */
      waits: from(
        flag,
        ({ confirmedBy, confirmationsNeeded }: { confirmedBy: string[]; confirmationsNeeded: number }) =>
          confirmedBy.length < confirmationsNeeded,
      ),
    },
  },
);
export type Visit = Omit<RowOf<typeof visitSet, "visits">, "seq">;
