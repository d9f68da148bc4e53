import { volunteerActions, volunteerStates } from "../../../domain/facts/people";
import { correction, idKind } from "../../bank/commands";
import {
  choice,
  choices,
  command,
  day,
  fieldsOf,
  flag,
  id,
  idNumber,
  key,
  list,
  openNumber,
  optional,
  personName,
  phone,
  reason,
  removable,
  staying,
  stepKey,
  text,
} from "../../bank/fields";
import { evidence } from "../../bank/proofs";

export const volunteerFilter = command(
  "VolunteerFilter",
  "Lists only the volunteers who fit; a field left out does not filter.",
  {
    volunteerNo: optional(text({ most: 50 }, "Lists only the volunteer with this number.")),
    text: optional(
      text(
        { most: 50 },
        "Lists only volunteers whose name contains this text: a surname, any Chinese character, or two letters and more. Small letters and full-width signs are read too.",
      ),
    ),
    state: choices(volunteerStates, "Lists only volunteers in any of these states."),
    divisionCode: optional(
      text({ most: 200 }, "Lists only those who live in this division or below, by its code or official code."),
    ),
  },
);

export const guardianConsent = command("GuardianConsentInput", "Says that a guardian has consented for a minor.", {
  guardianName: personName("The name of the guardian who consents. NAME_INVALID."),
  relation: text({ most: 20, line: true }, "The relation of the guardian to the minor, such as mother."),
  consentedOn: day("The civil day on which the guardian consented."),
  evidence: optional(fieldsOf(evidence, "The proof that the consent was given.")),
});

const volunteerNo = (sentence: string) => openNumber({ least: 3, most: 40 }, sentence);

export const registerVolunteer = command(
  "RegisterVolunteerInput",
  "Registers a volunteer. Registered by a station, the volunteer is active at once; a volunteer who registers themselves waits for a station.",
  {
    idempotencyKey: key(),
    volunteerNo: optional(
      volunteerNo(
        "A number that the station's list already has for the volunteer; the bank gives one where it is left out. INVALID_INPUT where you register yourself: the bank gives that number.",
      ),
    ),
    displayName: personName("The name by which the volunteer is shown. NAME_INVALID."),
    legalName: optional(
      personName("The name that stands in the volunteer's papers, which is kept encrypted. NAME_INVALID."),
    ),
    idKind,
    idNumber: optional(
      idNumber(
        "The ID number, which is kept encrypted and shown masked. ID_NUMBER_INVALID. Where you register another person, you must have seen the papers; the volunteer is then joined with the person whom the bank knows by this number: PAPERS_DISAGREE, DUPLICATE_PERSON. A number that you enter for yourself joins you with nobody, and the answer does not depend on whether the bank knows it.",
      ),
    ),
    birthDate: day("The civil day on which the volunteer was born."),
    phone: optional(
      phone(
        "A telephone number as people type it, which is kept encrypted and shown masked. It is a mobile number, a landline with its area code or as the town dials it, with an extension or without, or a number that begins with + and the code of a country. PHONE_INVALID.",
      ),
    ),
    divisionCode: text({ most: 200 }, "The division in which the volunteer lives, by its code or official code."),
    skills: optional(
      list(
        text({ most: 50 }, "The skills that the volunteer has, in words."),
        { most: 50 },
        "The skills that the volunteer has, in words.",
      ),
    ),
    serviceTypes: optional(
      list(
        text({ most: 50 }, "The kinds of service that the volunteer offers, by code."),
        { most: 50 },
        "The kinds of service that the volunteer offers, by code.",
      ),
    ),
    consent: flag("Whether the volunteer has consented to the registration. It is needed: CONSENT_MISSING."),
    selfSupporting: optional(
      flag(
        "Whether the volunteer is at least 16 and lives on their own labour. Such a volunteer counts as an adult, and needs no guardian's consent (REG13).",
      ),
    ),
    guardianConsent: optional(
      fieldsOf(guardianConsent, "The consent of a guardian, needed below the age of 18. GUARDIAN_CONSENT_MISSING."),
    ),
    self: optional(flag("True registers you yourself; needed only by staff, who may otherwise register others.")),
  },
);

export const advanceVolunteer = command("AdvanceVolunteerInput", "Takes a step of a volunteer's registration.", {
  idempotencyKey: stepKey,
  volunteerId: id("The id of the volunteer."),
  action: choice(volunteerActions, "The step that is to be taken."),
  reason: optional(
    text({ most: 1000 }, "The reason for the step; needed for every step but ACTIVATE. REASON_MISSING."),
  ),
  papersSeen: optional(
    flag(
      "For ACTIVATE: true where you have seen the papers with the number that the volunteer entered. The number then joins the volunteer with the person whom the bank knows by it. DUPLICATE_PERSON where that is another person: an officer merges the two. PAPERS_DISAGREE, ID_NUMBER_INVALID.",
    ),
  ),
  consent: optional(
    flag("For RETURN: whether the volunteer consents anew; left out, it is true. CONSENT_MISSING where it is false."),
  ),
  guardianConsent: optional(
    fieldsOf(
      guardianConsent,
      "For RETURN: the fresh consent of a guardian, which is needed below the age of 18. GUARDIAN_CONSENT_MISSING.",
    ),
  ),
});

export const reviseVolunteer = command(
  "ReviseVolunteerInput",
  "Corrects what is kept of a volunteer. A field left out or null stays as it is.",
  {
    ...correction.fields,
    idempotencyKey: key(),
    volunteerId: id("The id of the volunteer."),
    displayName: staying(
      personName("The name by which the volunteer is shown; volunteers may correct their own. NAME_INVALID."),
    ),
    birthDate: staying(
      day(
        "The civil day of birth. Records that were posted stay as they are. ID_NUMBER_INVALID where the papers have another day; GUARDIAN_CONSENT_MISSING where the volunteer becomes a minor by it.",
      ),
    ),
    phone: removable(
      phone("The telephone number; volunteers may correct their own. An empty text takes it away. PHONE_INVALID."),
    ),
    divisionCode: staying(
      text({ most: 200 }, "The division in which the volunteer lives now, by its code or official code."),
    ),
    organizationId: staying(
      id(
        "The id of the station that vouches for the volunteer from now on. A supervisor of the present station or an officer may change it. ORGANIZATION_INACTIVE.",
      ),
    ),
    volunteerNo: staying(
      volunteerNo("The right volunteer number, where a list had a wrong one. DUPLICATE_VOLUNTEER_NO."),
    ),
    guardianConsent: staying(
      fieldsOf(guardianConsent, "The consent of a guardian, which takes the place of the earlier one."),
    ),
    reason: reason(1000, "The reason, which is kept encrypted; the volunteer reads it."),
  },
);

export const renewCalendarLink = command("RenewCalendarLinkInput", "Gives your calendar a new secret address.", {
  idempotencyKey: key(),
});
