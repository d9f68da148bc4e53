import { signUpOutcomes } from "../../domain/activities/signups";
import { activityActions, activityStates, signUpStates } from "../../domain/facts/activities";
import {
  choice,
  choices,
  command,
  day,
  decimal,
  fieldsOf,
  flag,
  id,
  instant,
  key,
  list,
  openText,
  optional,
  reason,
  slug,
  stepKey,
  text,
  version,
  whole,
} from "../bank/fields";
import { proofs } from "../bank/proofs";

const lastDigits =
  "At a kiosk four or more of its last digits are enough where they are one person's on the shift's list; a whole number with the right phone digits and no sign-up is NOT_SIGNED_UP.";

export const signUpFilter = command("SignUpFilter", "Which sign-ups; a field left out does not filter.", {
  state: choices(signUpStates, "In any of these states."),
});

export const signUpForShift = command("SignUpInput", "Signs you up for a shift.", {
  idempotencyKey: key(),
  shiftId: id("Which shift, by its id."),
});

export const withdrawSignUp = command("WithdrawSignUpInput", "Takes a sign-up back.", {
  idempotencyKey: stepKey,
  signUpId: id("Which sign-up, by its id."),
  reason: optional(text({ most: 1000 }, "Why, for whoever reads the history; needed from a lead.")),
});

export const decideGuardianConsent = command(
  "DecideGuardianConsentInput",
  "A guardian's word, or that of the child's own station, which holds it in writing.",
  {
    idempotencyKey: stepKey,
    signUpId: id("Which sign-up, by its id."),
    consent: flag("Whether the guardian agrees."),
    accompanied: optional(flag("Whether somebody comes along; needed under 14.")),
    reason: optional(text({ most: 1000 }, "Why; from a station, where the paper is kept.")),
  },
);

export const resolveSignUp = command(
  "ResolveSignUpInput",
  "What had happened, where check-in or check-out is missing.",
  {
    idempotencyKey: stepKey,
    signUpId: id("Which sign-up, by its id."),
    outcome: choice(signUpOutcomes, "What had happened to it."),
    endedAt: optional(instant("When they left; needed for COMPLETED without a check-out.")),
    malicious: optional(
      flag("A no-show in bad faith, such as lending one's name; for a supervisor to say, and to take back."),
    ),
    evidence: proofs("Needed after the statutory working days for what nobody saw."),
    reason: reason(1000, "The reason, for whoever reads the history."),
  },
);

export const setFundraisingFacts = command(
  "SetFundraisingFactsInput",
  "The facts of a fundraising beside an activity, from the plan and the permit that the office has seen.",
  {
    idempotencyKey: stepKey,
    activityId: id("Which activity, by its id."),
    planFilingNo: openText(
      { most: 100, least: 2, line: true },
      "The filed plan as 慈善中国 publishes it, the holder's unified social credit code with a letter and five digits; or the office's own words with their number.",
    ),
    permitNo: openText(
      { most: 100, least: 2, line: true },
      "The certificate to raise funds in public: its holder's unified social credit code, or its words with their number.",
    ),
    organizationName: openText(
      {
        most: 100,
        least: 2,
        line: true,
      },
      "The organisation that raises funds.",
    ),
    howToQuery: openText({ most: 500, least: 2, mail: true }, "Where anybody may look it up."),
    endsOn: day("The last day of the fundraising."),
    disclosedOn: optional(day("When the final accounts were published.")),
    filedOn: optional(day("When the plan was filed, at least 7 days before the start; today where left out.")),
    startsOn: optional(day("The first day; the activity's where left out.")),
    emergency: optional(
      flag("An emergency: filed up to ten days after the start, disclosed every five days (慈善法 §72–73)."),
    ),
    interimDisclosedOn: optional(
      list(day("When interim accounts were published."), { most: 1000 }, "When interim accounts were published."),
    ),
  },
);

export const checking = command("CheckInput", "", {
  idempotencyKey: key(),
  shiftId: id("Which shift, by its id."),
  token: optional(text({ most: 200 }, "The code as the camera read it, with or without its address.")),
  digits: optional(text({ most: 200 }, "The six digits on the screen.")),
  volunteerId: optional(id("The volunteer whom a lead ticks off, by id.")),
  volunteerNo: optional(
    text({ most: 50 }, `The number of the volunteer whom a lead or a kiosk ticks off. ${lastDigits}`),
  ),
  at: optional(
    instant("When it happened, where it is sent later: at most 12 hours ago, with a code valid then; it is marked."),
  ),
  kiosk: optional(
    flag(
      "Whether they typed their number themselves at the venue's device: only people on the list, five wrong tries, then a pause.",
    ),
  ),
  phoneEnds: optional(
    text(
      { most: 200 },
      "At a kiosk: the last two digits of their phone. Left out, the lead nods for somebody who has no phone on file.",
    ),
  ),
});

export const checkIn = command(
  "CheckInInput",
  "Checks in by the screen's code or its six digits; a lead names the volunteer instead.",
  {
    ...checking.fields,
    latitude: optional(decimal("The phone's latitude, in degrees north: looked at, never kept.")),
    longitude: optional(decimal("The phone's longitude, in degrees east: looked at, never kept.")),
    deviceId: optional(text({ most: 200 }, "What the app calls its device; kept as a keyed hash.")),
  },
);

export const checkOut = command(
  "CheckOutInput",
  "Checks out by another code than the one that checked in; a lead names the volunteer.",
  {
    ...checking.fields,
  },
);

export const reopenCheckOut = command(
  "ReopenCheckOutInput",
  "A check-out that is taken back: your own, or that of a volunteer whom a lead or a kiosk names.",
  {
    idempotencyKey: key(),
    shiftId: id("The shift that was checked out of, by its id."),
    volunteerId: optional(id("The volunteer for whom a lead takes it back.")),
    volunteerNo: optional(text({ most: 50 }, `That volunteer's number, typed by a lead or at a kiosk. ${lastDigits}`)),
    kiosk: optional(flag("Whether they typed their number themselves at the venue's device.")),
    phoneEnds: optional(text({ most: 200 }, "At a kiosk: the last two digits of their phone, where one is on file.")),
  },
);

export const createCampaign = command("CreateCampaignInput", "A new campaign. Officers only.", {
  idempotencyKey: key(),
  slug: slug("A short name for addresses: lower-case letters, digits and hyphens."),
  name: openText({ most: 100, least: 2, name: true, line: true }, "What it is called."),
  nameEn: optional(openText({ most: 100, least: 2, line: true }, "What it is called in English.")),
  tagline: optional(openText({ most: 200, line: true }, "Its motto, in a line.")),
  taglineEn: optional(openText({ most: 200, line: true }, "Its motto in English.")),
  day: day("Its day, by Asia/Shanghai."),
});

export const reviseCampaign = command(
  "ReviseCampaignInput",
  "What has changed of a campaign; what is left out stays. Officers only.",
  {
    campaignId: id("Which campaign, by its id."),
    name: optional(
      openText({ most: 100, least: 2, name: true, line: true }, "What it is called from now on; its short name stays."),
    ),
    nameEn: optional(
      openText({ most: 100, least: 2, line: true }, "The same in English; an empty text takes it away."),
    ),
    tagline: optional(openText({ most: 200, line: true }, "Its motto, in a line; an empty text takes it away.")),
    taglineEn: optional(openText({ most: 200, line: true }, "Its motto in English; an empty text takes it away.")),
    day: optional(day("Its day, by Asia/Shanghai.")),
    reason: reason(1000, "The reason; it is kept sealed."),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);

export const activityFilter = command("ActivityFilter", "Which activities; a field left out does not filter.", {
  state: choices(activityStates, "In any of these states."),
  serviceType: optional(
    list(
      text({ most: 50 }, "With any of these services, by code."),
      { most: 1000 },
      "With any of these services, by code.",
    ),
  ),
  divisionCode: optional(text({ most: 200 }, "In this division or below, by its code or official code.")),
  on: optional(day("With a shift on this day, by Asia/Shanghai.")),
});

export const dropShift = command("DropShiftInput", "Calls one shift of several off.", {
  idempotencyKey: stepKey,
  shiftId: id("Which shift, by its id."),
  reason: reason(1000, "Why, for everybody on its list to read."),
});

export const advanceActivity = command("AdvanceActivityInput", "A step of an activity.", {
  activityId: id("Which activity, by its id."),
  action: choice(activityActions, "Which step is taken."),
  reason: optional(
    text({ most: 1000 }, "Why; needed for RETURN, POSTPONE, CANCEL, and an END before the last shift is over."),
  ),
  expectedVersion: optional(version("The version you saw, to be told of changes.")),
});

export const shiftOf = command(
  "ShiftInput",
  "A shift; with a place on the map and a radius, check-in asks phones for their position.",
  {
    id: optional(
      id("Which shift it was, when an activity is edited: its sign-ups follow it. Without ids, by position."),
    ),
    startsAt: instant("The instant at which it begins."),
    endsAt: instant("When it ends; 30 to 480 minutes later."),
    capacity: whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "How many it has places for, at least 1."),
    place: text({ most: 200, line: true }, "Where it is, in words."),
    latitude: optional(decimal("North of the equator, in degrees.")),
    longitude: optional(decimal("East of Greenwich, in degrees.")),
    radiusMetres: optional(
      whole(
        { least: -(2 ** 31), most: 2 ** 31 - 1 },
        "How far away one may check in, in metres; needs a place on the map.",
      ),
    ),
    repeatEveryDays: optional(
      whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "Comes again every so many days, until repeatUntil."),
    ),
    repeatUntil: optional(day("The last day on which it may come again.")),
  },
);

export const createActivity = command(
  "CreateActivityInput",
  "A new activity, as a draft: its admin hands it in, and somebody else reviews it.",
  {
    idempotencyKey: key(),
    organizationId: id("Which organisation holds the activity, by its id."),
    campaignSlug: optional(text({ most: 200 }, "The campaign it belongs to, by short name.")),
    slug: slug("A short name for addresses: lower-case letters, digits and hyphens."),
    name: openText({ most: 100, least: 2, name: true, line: true }, "What it is called."),
    serviceType: text({ most: 50 }, "Which service is given, by code."),
    description: text({ most: 5000 }, "What it is about, in plain text."),
    divisionCode: text({ most: 200 }, "In which division it is, by its code or official code."),
    contact: text({ most: 200, line: true }, "Whom to ask about it; shown to everybody."),
    activityLead: optional(text({ most: 100, line: true }, "Who leads it, on every record (order 67 §7).")),
    riskNotice: optional(text({ most: 2000 }, "What may happen; needed to publish.")),
    insurance: optional(text({ most: 500 }, "How people are insured; needed where it is hazardous.")),
    agreement: optional(
      text(
        { most: 500 },
        "Where the written agreements are kept; needed where it is large, hazardous, long or outside the county.",
      ),
    ),
    hazardous: optional(flag("Whether it is dangerous.")),
    openToMinors: optional(flag("Whether minors may take part.")),
    outsideCounty: optional(flag("Whether it goes beyond the county.")),
    shifts: list(
      fieldsOf(shiftOf, "Its shifts, 1 to 100 with repetitions."),
      { most: 1000 },
      "Its shifts, 1 to 100 with repetitions.",
    ),
  },
);

export const editActivity = command(
  "EditActivityInput",
  "Changes of a draft or of a postponed activity; a field left out stays as it is.",
  {
    activityId: id("Which activity, by its id."),
    name: optional(openText({ most: 100, least: 2, name: true, line: true }, "What it is called.")),
    description: optional(text({ most: 5000 }, "What it is about, in plain text.")),
    contact: optional(text({ most: 200, line: true }, "Whom to ask about it.")),
    activityLead: optional(text({ most: 100, line: true }, "Who leads it, on every record.")),
    riskNotice: optional(text({ most: 2000 }, "What may happen there.")),
    insurance: optional(text({ most: 500 }, "How people are insured.")),
    agreement: optional(text({ most: 500 }, "Where the written agreements are kept.")),
    hazardous: optional(flag("Whether it is dangerous.")),
    openToMinors: optional(flag("Whether minors may take part.")),
    outsideCounty: optional(flag("Whether it goes beyond the county.")),
    shifts: optional(
      list(
        fieldsOf(
          shiftOf,
          "All its shifts anew, in order of start: each takes the place, and the sign-ups, of the one before it.",
        ),
        { most: 1000 },
        "All its shifts anew, in order of start: each takes the place, and the sign-ups, of the one before it.",
      ),
    ),
    expectedVersion: optional(version("The version you saw, to be told of changes.")),
  },
);
