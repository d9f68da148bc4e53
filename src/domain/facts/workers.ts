import { enteredOn, fact, type StateOf, seq } from "./shape";
import { count, day, flag, hash, id, oneOf, optional, person, sealedRow } from "./words";

/** 助理社会工作师, 社会工作师, 高级社会工作师: lowest first. */
export const socialWorkLevels = ["ASSISTANT", "INTERMEDIATE", "SENIOR"] as const;
export type SocialWorkLevel = (typeof socialWorkLevels)[number];

/** A certified professional, usually paid; never the same thing as a volunteer, though one person may be both. */
export const socialWorkerSet = fact(
  "SOCIAL_WORKER_SET",
  20,
  {
    id: id("socialworker"),
    personId: person,
    organizationId: id("organization"),
    level: oneOf(socialWorkLevels),
    /** A keyed hash of the certificate's number: no certificate is registered for two people. */
    certificateHash: hash,
    registeredOn: day,
    /** The last day of the term. */
    registeredUntil: day,
    /** The sealed row that holds the names and the numbers. */
    profileId: sealedRow,
    version: count,
  },
  {
    into: "socialWorkers",
    also: {
      socialWorkerTerms: {
        key: ["socialWorkerId", "registeredOn"],
        kept: "enteredOn",
        columns: {
          socialWorkerId: "id",
          organizationId: "organizationId",
          registeredOn: "registeredOn",
          registeredUntil: "registeredUntil",
          enteredOn,
          seq,
        },
      },
    },
  },
);
export type SocialWorker = StateOf<typeof socialWorkerSet>;

/** Continuing education: hours that count for the term in which they lie. */
export const trainingSet = fact(
  "TRAINING_SET",
  21,
  {
    id: id("training"),
    socialWorkerId: id("socialworker"),
    hours: count,
    on: day,
    /** The sealed row with what was learnt, and who held it. */
    detailsId: sealedRow,
    /** Entered by mistake. */
    withdrawn: flag,
    version: count,
    reasonId: optional(sealedRow),
  },
  { into: "trainings", unkept: ["reasonId"] },
);
export type Training = StateOf<typeof trainingSet>;

/** 正职, 副职, 一般: the three posts of a paid community worker; with 18 grades (policy-opinion item 9, 三岗十八级). */
export const communityPosts = ["CHIEF", "DEPUTY", "GENERAL"] as const;
export type CommunityPost = (typeof communityPosts)[number];

/** A paid post of a person at an organisation, with its first and last day. The bank holds nothing about the pay. */
export const postSet = fact(
  "POST_SET",
  22,
  {
    id: id("post"),
    personId: person,
    organizationId: id("organization"),
    post: oneOf(communityPosts),
    grade: count,
    validFrom: day,
    /** The last day; null while it is held. */
    validUntil: optional(day),
    version: count,
    reasonId: optional(sealedRow),
  },
  { into: "posts", unkept: ["reasonId"] },
);
export type Post = StateOf<typeof postSet>;
