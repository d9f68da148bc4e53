import { capacityMax, shiftsMax } from "../../domain/activities/machine";
import { signUpOutcomes } from "../../domain/activities/signups";
import { activityActions, activityStates, signUpStates } from "../../domain/facts/activities";
import {
  type Asked,
  choice,
  choices,
  command,
  day,
  expectedVersion,
  fieldsOf,
  flag,
  id,
  instant,
  key,
  latitude,
  list,
  longitude,
  openText,
  optional,
  reason,
  removable,
  sealedReason,
  slug,
  staying,
  stepKey,
  text,
  whole,
} from "../bank/fields";
import { proofs } from "../bank/proofs";

const lastDigits =
  "At a kiosk four or more of its last digits are enough, where one person on the shift's list has them. A whole number with the right phone digits and no sign-up is refused with NOT_SIGNED_UP.";

export const signUpFilter = command(
  "SignUpFilter",
  "Lists only the sign-ups that fit; a field left out does not filter.",
  { state: choices(signUpStates, "Lists only sign-ups in any of these states.") },
);
/** Whose number ends so, on a shift's list. */
export const numberEnds = optional(text({ most: 50 }, "The last digits of a volunteer's number."));

export const signUpForShift = command("SignUpInput", "Signs the volunteer who is signed in up for a shift.", {
  idempotencyKey: key(),
  shiftId: id("The id of the shift."),
});

export const withdrawSignUp = command("WithdrawSignUpInput", "Takes a sign-up back.", {
  idempotencyKey: stepKey,
  signUpId: id("The id of the sign-up."),
  reason: optional(text({ most: 1000 }, "The reason, which stands in the history; needed from a lead.")),
});

export const decideGuardianConsent = command(
  "DecideGuardianConsentInput",
  "Says what the guardian has decided. A station that holds the decision in writing may say it too.",
  {
    idempotencyKey: stepKey,
    signUpId: id("The id of the sign-up."),
    consent: flag("Whether the guardian agrees to the sign-up."),
    accompanied: optional(flag("Whether an adult comes along with the minor; needed below the age of 14.")),
    reason: optional(text({ most: 1000 }, "The reason for the decision; a station says here where the paper is kept.")),
  },
);

export const resolveSignUp = command(
  "ResolveSignUpInput",
  "Says what happened where a check-in or a check-out is missing.",
  {
    idempotencyKey: stepKey,
    signUpId: id("The id of the sign-up."),
    outcome: choice(signUpOutcomes, "The outcome of the sign-up."),
    endedAt: optional(instant("The instant at which the volunteer left; needed for COMPLETED without a check-out.")),
    malicious: optional(
      flag(
        "Whether the no-show was in bad faith, such as lending one's name. A supervisor may say so, and may take it back.",
      ),
    ),
    evidence: proofs(
      "The proofs of the attendance; needed after the statutory working days for an attendance without a check-in.",
    ),
    reason: reason(1000, "The reason, which stands in the sign-up's history."),
  },
);

export const setFundraisingFacts = command(
  "SetFundraisingFactsInput",
  "Sets the facts of a fundraising beside an activity, from the plan and the permit that the office has seen.",
  {
    idempotencyKey: stepKey,
    activityId: id("The id of the activity."),
    planFilingNo: openText(
      { most: 100, least: 2, line: true },
      "The number of the filed plan as 慈善中国 publishes it, which is the holder's unified social credit code with a letter and five digits; or the office's own words with their number.",
    ),
    permitNo: openText(
      { most: 100, least: 2, line: true },
      "The number of the certificate to raise funds in public: the unified social credit code of its holder, or the certificate's own words with their number.",
    ),
    organizationName: openText({ most: 100, least: 2, line: true }, "The name of the organisation that raises funds."),
    howToQuery: openText({ most: 500, least: 2, mail: true }, "A place where anybody may look the fundraising up."),
    endsOn: day("The last civil day on which funds may be raised."),
    disclosedOn: optional(
      day("The civil day on which the final accounts were published; left out while they are not."),
    ),
    filedOn: optional(
      day(
        "The civil day on which the plan was filed, at least 7 days before the start (PLAN_FILED_LATE); today where left out.",
      ),
    ),
    startsOn: optional(
      day("The first civil day on which funds may be raised; the activity's first day where left out."),
    ),
    emergency: optional(
      flag(
        "Whether it is for an emergency: it may then be filed up to ten days after the start, and is disclosed every five days (慈善法 §72–73).",
      ),
    ),
    interimDisclosedOn: optional(
      list(
        day("The civil days on which interim accounts were published."),
        { most: 1000 },
        "The civil days on which interim accounts were published.",
      ),
    ),
  },
);

export const checking = command("CheckInput", "", {
  idempotencyKey: key(),
  shiftId: id("The id of the shift."),
  token: optional(text({ most: 1000 }, "The code that the camera has read, with or without its address.")),
  digits: optional(text({ most: 6 }, "The six digits that the screen shows.")),
  volunteerId: optional(id("The id of the volunteer that a lead ticks off.")),
  volunteerNo: optional(
    text({ most: 50 }, `The number of the volunteer, as a lead or the volunteer at a kiosk typed it. ${lastDigits}`),
  ),
  at: optional(
    instant(
      "The instant at which it happened, where it is sent later: at most 12 hours ago (SENT_TOO_LATE), with a code that was valid then. The attendance is marked as sent late.",
    ),
  ),
  kiosk: optional(
    flag(
      "Whether the volunteer typed the number at the venue's own device. It takes only people on the shift's list, and pauses after five wrong tries.",
    ),
  ),
  phoneEnds: optional(
    text(
      { most: 2 },
      "The last two digits of the volunteer's telephone number, at a kiosk. Left out, the lead answers for a volunteer who has no number on file.",
    ),
  ),
});

export const checkIn = command(
  "CheckInInput",
  "Checks a volunteer in by the screen's code or its six digits; a lead names the volunteer instead.",
  {
    ...checking.fields,
    latitude: optional(
      latitude("The latitude of the phone, in degrees north. It is compared with the venue and never kept."),
    ),
    longitude: optional(
      longitude("The longitude of the phone, in degrees east. It is compared with the venue and never kept."),
    ),
    deviceId: optional(text({ most: 200 }, "The name that the app gives its device. Only a keyed hash of it is kept.")),
  },
);

export const checkOut = command(
  "CheckOutInput",
  "Checks a volunteer out by another code than the one that checked them in; a lead names the volunteer instead.",
  { ...checking.fields },
);

export const reopenCheckOut = command(
  "ReopenCheckOutInput",
  "Takes back a check-out: your own, or that of a volunteer whom a lead or a kiosk names.",
  {
    idempotencyKey: key(),
    shiftId: id("The id of the shift from which the volunteer was checked out."),
    volunteerId: optional(id("The id of the volunteer for whom a lead takes it back.")),
    volunteerNo: optional(
      text(
        { most: 50 },
        `The number of the volunteer for whom a lead takes it back, or who typed it at a kiosk. ${lastDigits}`,
      ),
    ),
    kiosk: optional(flag("Whether the volunteer typed the number at the venue's device.")),
    phoneEnds: optional(
      text(
        { most: 2 },
        "The last two digits of the volunteer's telephone number, at a kiosk, where a number is on file.",
      ),
    ),
  },
);

export type CheckInput = Asked<typeof checkIn>;
/** A check-out that is taken back: one\'s own, or that of a volunteer whom a lead or a kiosk names. */
export type ReopenInput = Asked<typeof reopenCheckOut>;

export const createCampaign = command("CreateCampaignInput", "Makes a new campaign. Only officers may.", {
  idempotencyKey: key(),
  slug: slug(
    "A short name that addresses contain, of lower-case letters, digits and hyphens. DUPLICATE_SLUG where it is taken.",
  ),
  name: openText({ most: 100, least: 2, name: true, line: true }, "The name that the campaign is to have."),
  nameEn: optional(openText({ most: 100, line: true, name: true }, "The English name that the campaign is to have.")),
  tagline: optional(openText({ most: 200, line: true }, "The motto that the campaign is to have, in a line.")),
  taglineEn: optional(openText({ most: 200, line: true }, "The English motto that the campaign is to have.")),
  day: day("The civil day on which the campaign is held."),
});

export const reviseCampaign = command(
  "ReviseCampaignInput",
  "Changes a campaign; a field left out stays as it is. Only officers may.",
  {
    campaignId: id("The id of the campaign."),
    name: staying(
      openText(
        { most: 100, least: 2, name: true, line: true },
        "The name that the campaign has from now on; its short name stays.",
      ),
    ),
    nameEn: removable(
      openText(
        { most: 100, line: true, name: true },
        "The English name that the campaign has from now on; an empty text takes it away.",
      ),
    ),
    tagline: removable(
      openText({ most: 200, line: true }, "The motto that the campaign has from now on; an empty text takes it away."),
    ),
    taglineEn: removable(
      openText(
        { most: 200, line: true },
        "The English motto that the campaign has from now on; an empty text takes it away.",
      ),
    ),
    day: staying(day("The civil day on which the campaign is held from now on.")),
    reason: sealedReason(),
    expectedVersion,
  },
);

export const activityFilter = command(
  "ActivityFilter",
  "Lists only the activities that fit; a field left out does not filter.",
  {
    state: choices(activityStates, "Lists only activities that are in any of these states."),
    serviceType: optional(
      list(
        text({ most: 50 }, "Lists only activities of any of these services, by code."),
        { most: 100 },
        "Lists only activities of any of these services, by code.",
      ),
    ),
    divisionCode: optional(
      text({ most: 200 }, "Lists only what lies in this division or below, by its code or official code."),
    ),
    on: optional(day("Lists only activities that have a shift on this civil day.")),
  },
);

export const dropShift = command("DropShiftInput", "Calls off one of several shifts.", {
  idempotencyKey: stepKey,
  shiftId: id("The id of the shift."),
  reason: reason(1000, "The reason, which everybody on the shift's list reads."),
});

export const advanceActivity = command("AdvanceActivityInput", "Takes a step of an activity.", {
  activityId: id("The id of the activity."),
  action: choice(activityActions, "The step that is to be taken."),
  reason: optional(
    text(
      { most: 1000 },
      "The reason for the step; needed for RETURN, POSTPONE and CANCEL, and for an END before the last shift is over. REASON_MISSING.",
    ),
  ),
  expectedVersion,
});

export const shiftOf = command(
  "ShiftInput",
  "Describes a shift. With a place on the map and a radius, check-in asks phones for their position.",
  {
    id: optional(
      id(
        "The id of the shift that this one replaces when an activity is edited; the sign-ups stay with it. Without ids, shifts are matched by position.",
      ),
    ),
    startsAt: instant("The instant at which the shift is to begin."),
    endsAt: instant("The instant at which the shift ends, 30 to 480 minutes after it begins."),
    capacity: whole({ least: 1, most: capacityMax }, "How many places the shift has; it has 1 at least."),
    place: text({ most: 200, line: true }, "The venue in words, as people read it."),
    latitude: optional(latitude("The latitude of the venue, in degrees; below 0 it lies south of the equator.")),
    longitude: optional(longitude("The longitude of the venue, in degrees; below 0 it lies west of Greenwich.")),
    radiusMetres: optional(
      whole(
        { least: 10, most: 100_000 },
        "The distance from the venue, in metres, within which a phone must be to check in; it needs a latitude and a longitude.",
      ),
    ),
    repeatEveryDays: optional(
      whole({ least: 1, most: 366 }, "The number of days after which the shift comes again, until `repeatUntil`."),
    ),
    repeatUntil: optional(day("The last civil day on which the shift may come again.")),
  },
);

export const createActivity = command(
  "CreateActivityInput",
  "Writes a new activity as a draft. The organisation's admin hands it in, and another person reviews it.",
  {
    idempotencyKey: key(),
    organizationId: id("The id of the organisation that holds the activity."),
    campaignSlug: optional(text({ most: 200 }, "The short name of the campaign to which the activity belongs.")),
    slug: slug(
      "A short name that addresses contain, of lower-case letters, digits and hyphens. DUPLICATE_SLUG where it is taken.",
    ),
    name: openText({ most: 100, least: 2, name: true, line: true }, "The name that the activity is to have."),
    serviceType: text({ most: 50 }, "The kind of service that volunteers give there, by a code of the catalogue."),
    description: text({ most: 5000 }, "A text that says what the activity is about, without markup."),
    divisionCode: text({ most: 200 }, "The division in which it takes place, by its code or official code."),
    contact: text(
      { most: 200, line: true },
      "The person or the office that answers questions about it; shown to everybody.",
    ),
    activityLead: optional(
      text(
        { most: 100, line: true },
        "The name of the person who leads the activity; it stands on every service record (order 67 §7).",
      ),
    ),
    riskNotice: optional(
      text(
        { most: 2000 },
        "The risks of the activity, and what people have to take care of; needed before it is announced.",
      ),
    ),
    insurance: optional(text({ most: 500 }, "The insurance of those who take part; needed for a hazardous activity.")),
    agreement: optional(
      text(
        { most: 500 },
        "The place where the written agreements are kept; needed for an activity that is large, hazardous, long or outside the county.",
      ),
    ),
    hazardous: optional(flag("Whether the activity is dangerous.")),
    openToMinors: optional(flag("Whether the activity takes minors, with the consent of a guardian.")),
    outsideCounty: optional(flag("Whether the activity is to go beyond the county.")),
    shifts: list(
      fieldsOf(shiftOf, "The shifts of the activity; with their repetitions they are 1 to 100."),
      { least: 1, most: shiftsMax },
      "The shifts of the activity; with their repetitions they are 1 to 100.",
    ),
  },
);

export const editActivity = command(
  "EditActivityInput",
  "Changes a draft or a postponed activity; a field left out stays as it is.",
  {
    activityId: id("The id of the activity."),
    name: staying(
      openText({ most: 100, least: 2, name: true, line: true }, "The new name that the activity is to have."),
    ),
    description: staying(text({ most: 5000 }, "A new text that says what the activity is about, without markup.")),
    contact: staying(
      text(
        { most: 200, line: true },
        "The person or the office that answers questions about the activity; everybody may read it.",
      ),
    ),
    activityLead: removable(
      text(
        { most: 100, line: true },
        "The name of the person who leads the activity from now on; it stands on every service record.",
      ),
    ),
    riskNotice: removable(
      text({ most: 2000 }, "The risks of the activity as they are now, and what people have to take care of."),
    ),
    insurance: removable(text({ most: 500 }, "The insurance that those who take part have now.")),
    agreement: removable(text({ most: 500 }, "The place where the written agreements are kept now.")),
    hazardous: staying(flag("Whether the activity is dangerous, from now on.")),
    openToMinors: staying(flag("Whether the activity takes minors from now on.")),
    outsideCounty: staying(flag("Whether the activity goes beyond the county, from now on.")),
    shifts: staying(
      list(
        fieldsOf(
          shiftOf,
          "All shifts of the activity as they are to be, in the order of their start. Each takes the place, and the sign-ups, of the shift whose id it names; without ids, of the shift in the same position.",
        ),
        { least: 1, most: shiftsMax },
        "All shifts of the activity as they are to be, in the order of their start. Each takes the place, and the sign-ups, of the shift whose id it names; without ids, of the shift in the same position.",
      ),
    ),
    expectedVersion,
  },
);
