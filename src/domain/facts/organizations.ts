import type { Moves } from "../kit/moves";
import { actorKinds } from "./actors";
import { enteredOn, fact, type StateOf, seq, step, taken } from "./shape";
import { code, count, day, flag, id, oneOf, optional, person, sealedRow, text } from "./words";

export const organizationKinds = [
  "SOCIAL_WORK_STATION",
  "SOCIAL_WORK_AGENCY",
  "VOLUNTEER_ORGANIZATION",
  "VOLUNTEER_TEAM",
  "ASSOCIATION",
  "SOCIAL_SERVICE_ORG",
  "FOUNDATION",
  "SERVICE_PLATFORM",
  "PARTY_SERVICE_CENTER",
  "CHARITY_BASE",
  "HOME_CARE_CENTER",
  "GOVERNMENT_OFFICE",
] as const;
export type OrganizationKind = (typeof organizationKinds)[number];

export const organizationStates = ["PENDING", "ACTIVE", "SUSPENDED", "DISSOLVED"] as const;
export type OrganizationState = (typeof organizationStates)[number];

export const filingStatuses = ["REGISTERED", "FILED", "UNREGISTERED"] as const;
export type FilingStatus = (typeof filingStatuses)[number];

export const divisionKinds = [
  "COUNTY_CITY",
  "TOWN",
  "TOWNSHIP",
  "SUBDISTRICT",
  "VILLAGE",
  "COMMUNITY",
  "GRID",
] as const;
export type DivisionKind = (typeof divisionKinds)[number];

export const divisionStates = ["ACTIVE", "RETIRED"] as const;
export type DivisionState = (typeof divisionStates)[number];

export const divisionActions = ["ADD", "REVISE", "RETIRE", "RESTORE"] as const;
export type DivisionAction = (typeof divisionActions)[number];

/** What a step makes of a division: one step a row. */
export const divisionMoves = {
  ADD: { from: [null], to: ["ACTIVE", "RETIRED"], reason: false },
  REVISE: { from: ["ACTIVE", "RETIRED"], to: "SAME", reason: false },
  RETIRE: { from: ["ACTIVE"], to: "RETIRED", reason: false },
  RESTORE: { from: ["RETIRED"], to: "ACTIVE", reason: false },
} as const satisfies Moves<string, DivisionState>;

/**
 * `code` is our slug (`fengqiao`), or the official code itself; `officialCode` is that of GB/T 2260 and GB/T 10114 where it
 * is known, never a guess.
 */
export const divisionStep = step(
  "DIVISION_STEP",
  6,
  { states: divisionStates, actions: divisionActions, moves: divisionMoves },
  {
    code: text,
    officialCode: optional(code),
    name: text,
    kind: oneOf(divisionKinds),
    parentCode: optional(code),
    /** The civil day on which it ended for new things; null while it is in use. */
    retiredOn: optional(day),
    state: oneOf(divisionStates),
    version: count,
  },
  { into: "divisions", key: ["code"] },
);
export type Division = Omit<StateOf<typeof divisionStep>, "state">;

/** An organisation as a step leaves it, and how it stood from which civil day on. */
export const organizationStep = fact(
  "ORGANIZATION_STEP",
  7,
  {
    id: id("organization"),
    slug: text,
    name: text,
    kind: oneOf(organizationKinds),
    uscc: optional(text),
    filingStatus: oneOf(filingStatuses),
    divisionCode: code,
    state: oneOf(organizationStates),
    version: count,
  },
  {
    into: "organizations",
    also: {
      organizationStandings: {
        key: ["organizationId", "version"],
        once: true,
        columns: {
          organizationId: "id",
          version: "version",
          enteredOn,
          state: "state",
          filingStatus: "filingStatus",
          seq,
        },
      },
    },
  },
);
export type Organization = StateOf<typeof organizationStep>;

/** What an officer does about whether an organisation is at work. */
export const organizationActions = ["SUSPEND", "RESUME", "DISSOLVE"] as const;
export type OrganizationAction = (typeof organizationActions)[number];

export const organizationStepActions = ["REVISE", "SUSPEND", "RESUME", "DISSOLVE"] as const;
export type OrganizationStepAction = (typeof organizationStepActions)[number];

/** One step a row. What an organisation has begun it may end while suspended; what has been dissolved stays on record. */
export const organizationMoves: Moves<OrganizationStepAction, OrganizationState> = {
  REVISE: { from: ["ACTIVE", "SUSPENDED"], to: "SAME", reason: true },
  SUSPEND: { from: ["ACTIVE"], to: "SUSPENDED", reason: true },
  RESUME: { from: ["SUSPENDED"], to: "ACTIVE", reason: true },
  DISSOLVE: { from: ["ACTIVE", "SUSPENDED"], to: "DISSOLVED", reason: true },
};

/** A step of an organisation after its registration: who took it, and why. */
export const organizationMoved = fact(
  "ORGANIZATION_MOVED",
  42,
  {
    organizationId: id("organization"),
    version: count,
    action: oneOf(organizationStepActions),
    from: oneOf(organizationStates),
    state: oneOf(organizationStates),
    actorKind: oneOf(actorKinds),
    reasonId: sealedRow,
  },
  {
    into: null,
    also: {
      organizationSteps: {
        key: ["organizationId", "version"],
        once: true,
        columns: { organizationId: "organizationId", version: "version", ...taken },
      },
    },
  },
);

/** What an organisation is besides its registration. */
export const organizationProfileSet = fact(
  "ORGANIZATION_PROFILE_SET",
  23,
  {
    organizationId: id("organization"),
    /** The civil day of its registration or filing. */
    registeredOn: optional(day),
    /** 枢纽型: it supports and speaks for others. */
    hub: flag,
    /** 村级“5+X”: one of the core kinds, or a local speciality, by the policy's list. */
    villageKind: optional(code),
    /** 业务主管单位: the unit that supervises the organisation, and first decides about its head. */
    supervisorId: optional(id("organization")),
    version: count,
  },
  { into: "organizationProfiles" },
);
export type OrganizationProfile = StateOf<typeof organizationProfileSet>;

export const findingKinds = ["ANNUAL_CHECK", "PENALTY", "INVESTIGATION"] as const;
export type FindingKind = (typeof findingKinds)[number];

export const checkResults = ["QUALIFIED", "BASICALLY_QUALIFIED", "FAILED", "MISSED"] as const;
export type CheckResult = (typeof checkResults)[number];

/** What an authority has found about an organisation; an evaluation asks for it [EVAL39 §7]. */
export const findingSet = fact(
  "FINDING_SET",
  43,
  {
    id: id("finding"),
    organizationId: id("organization"),
    kind: oneOf(findingKinds),
    /** Of an annual check, about a year. */
    result: optional(oneOf(checkResults)),
    year: optional(count),
    /** The civil day of the result, of the penalty's decision, or of the investigation's opening. */
    on: day,
    /** The civil day on which a penalty was executed, or an investigation closed; null while it is open. */
    endedOn: optional(day),
    /** Entered by mistake. */
    withdrawn: flag,
    version: count,
    reasonId: optional(sealedRow),
  },
  { into: "findings" },
);
export type Finding = Omit<StateOf<typeof findingSet>, "reasonId">;

export const headStates = ["PROPOSED", "APPROVED", "REFUSED", "ENDED"] as const;
export type HeadState = (typeof headStates)[number];

export const headActions = ["PROPOSE", "APPROVE", "REFUSE", "END"] as const;
export type HeadAction = (typeof headActions)[number];

/** The supervising unit decides first about a person who is to be the head (policy-opinion item 10: 拟任负责人审核把关). One step a row; an APPROVE ends the head before. */
export const headMoves: Moves<HeadAction, HeadState> = {
  PROPOSE: { from: [null], to: "PROPOSED", reason: false },
  APPROVE: { from: ["PROPOSED"], to: "APPROVED", reason: false },
  REFUSE: { from: ["PROPOSED"], to: "REFUSED", reason: true },
  END: { from: ["PROPOSED", "APPROVED"], to: "ENDED", reason: true },
};

/** The person whom an organisation proposes as its head. */
export const headStep = step(
  "HEAD_STEP",
  24,
  { states: headStates, actions: headActions, moves: headMoves },
  {
    id: id("head"),
    organizationId: id("organization"),
    personId: person,
    state: oneOf(headStates),
    proposedBy: person,
    /** The sealed row with the name. */
    profileId: sealedRow,
    version: count,
  },
  { into: "heads", history: ["headSteps", "headId"] },
);
export type Head = StateOf<typeof headStep>;

/** An honour that was given to an organisation: name, day and who gave it (order 67 §9). */
export const awardSet = fact(
  "AWARD_SET",
  25,
  {
    id: id("award"),
    organizationId: id("organization"),
    name: text,
    grantedBy: text,
    on: day,
    /** Entered by mistake. */
    withdrawn: flag,
    version: count,
    reasonId: optional(sealedRow),
  },
  { into: "awards", unkept: ["reasonId"] },
);
export type Award = StateOf<typeof awardSet>;
