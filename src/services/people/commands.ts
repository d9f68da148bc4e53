import { roles } from "../../domain/facts/actors";
import { invitationStates, volunteerActions, volunteerStates } from "../../domain/facts/people";
import { papersHolders } from "../../domain/people/papers";
import { batchOf, batchOptions, correction, idKind } from "../bank/commands";
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
  minutes,
  openNumber,
  optional,
  personName,
  phone,
  reason,
  removable,
  sealedReason,
  staying,
  stepKey,
  text,
  version,
} from "../bank/fields";
import { evidence } from "../bank/proofs";

export const personFilter = command(
  "PersonFilter",
  "Lists only the people who fit; a field left out does not filter.",
  {
    role: choices(roles, "Lists only people who hold any of these roles today."),
    text: optional(text({ most: 50 }, "Lists only people whose name contains this text.")),
  },
);

export const linkGuardian = command(
  "LinkGuardianInput",
  "Links a guardian to a minor, so that the guardian may consent by themselves.",
  {
    idempotencyKey: key(),
    volunteerId: id("The volunteer id of the minor."),
    guardianId: id("The volunteer id of the guardian, who is a registered adult."),
  },
);

export const endGuardianship = command("EndGuardianshipInput", "Ends the link between a guardian and a minor.", {
  idempotencyKey: stepKey,
  volunteerId: id("The volunteer id of the minor."),
  guardianId: id("The volunteer id of the guardian, or the person id where the guardian is no volunteer."),
  reason: sealedReason(),
});

export const setTie = command(
  "SetTieInput",
  "Lets an organisation see a volunteer (name, masked papers and phone, and balance), or ends that.",
  {
    volunteerId: optional(id("The id of the volunteer; left out, it is you.")),
    organizationId: id("The id of the organisation that may see the volunteer, or may not."),
    allowed: flag(
      "True lets the organisation see the volunteer. False ends that, and earlier sign-ups and submissions show no name.",
    ),
    reason: optional(
      text(
        { most: 1000 },
        "The reason, which is kept encrypted; a station or an officer says where the volunteer's own statement is kept.",
      ),
    ),
    expectedVersion: optional(
      version(
        "The `version` of the tie that you have read, or 0 where there was none. The request is refused with VERSION_CONFLICT where it is another one by now.",
      ),
    ),
  },
);

export const separatePerson = command(
  "SeparatePersonInput",
  "Parts two people who were taken for one person, and says what goes to the second of them.",
  {
    idempotencyKey: key(),
    personId: id("The id of the person under whom both were kept. All that is not named stays with this person."),
    keepVolunteerId: optional(
      id("The id of the volunteer who stays, as a check: NOT_FOUND where the person is not this volunteer."),
    ),
    separateVolunteerId: optional(id("The id of the volunteer who goes, with records, account and guardianships.")),
    separateRecipientId: optional(id("The id of the recipient who goes, with visits, address and categories.")),
    separateSocialWorkerId: optional(id("The id of the social worker who goes, with training and paid posts.")),
    separateGrantIds: optional(
      list(
        id("The ids of the grants whose roles go as well; the other roles stay."),
        { most: 1000 },
        "The ids of the grants whose roles go as well; the other roles stay.",
      ),
    ),
    separateIdentityIds: optional(
      list(
        id(
          "The ids of the identities (ways to sign in) that go; the others stay. Left out, each goes with the registration or the role for which it was made. STILL_ACTIVE with the ids of those that may be either person's.",
        ),
        { most: 1000 },
        "The ids of the identities (ways to sign in) that go; the others stay. Left out, each goes with the registration or the role for which it was made. STILL_ACTIVE with the ids of those that may be either person's.",
      ),
    ),
    mergedPersonId: optional(
      id(
        "The id of a person who was merged into this one by mistake, from `Person.mergedPersons`. It takes the place of the volunteer, the recipient and the social worker above: all that the merging brought goes back, with registration, records, minutes, roles and ways to sign in. Roles and ways to sign in that you name go instead of those that the merging brought. STILL_ACTIVE with the ids of later mergings, also of this person into another, which must be undone first.",
      ),
    ),
    separateRecordIds: optional(
      list(
        id(
          "The ids of the service records that go, and no others, where `mergedPersonId` is given; a record that was replaced goes with the one that replaced it. Left out, the records that the merging brought go.",
        ),
        { most: 1000 },
        "The ids of the service records that go, and no others, where `mergedPersonId` is given; a record that was replaced goes with the one that replaced it. Left out, the records that the merging brought go.",
      ),
    ),
    separateMinutes: optional(
      minutes(
        "The minutes of the balance that go, where `mergedPersonId` is given. Left out, the minutes that the merging brought go, with those that the departing records have earned since. INSUFFICIENT_CREDIT where the balance holds less.",
      ),
    ),
    papersOf: optional(
      choice(
        papersHolders,
        "Says which of the two keeps an ID number that both would have; it is taken from the other. INVALID_INPUT where both would have a number and this is left out.",
      ),
    ),
    reason: reason(1000, "The reason, which is kept encrypted and stands in neither person's copy."),
    evidence: optional(fieldsOf(evidence, "The proof of the reason, which is kept encrypted with it.")),
  },
);

export const mergePeople = command("MergePeopleInput", "Makes one person of two persons who are the same.", {
  idempotencyKey: key(),
  keepPersonId: id("The id of the person who stays; all that belongs to the other person goes to this one."),
  mergePersonId: id("The id of the person who is merged; all that belongs to this person goes to the one who stays."),
  reason: reason(1000, "The reason, which is kept encrypted under your own key."),
  evidence: optional(fieldsOf(evidence, "The proof of the reason, which is kept encrypted with it.")),
});

const issuer = (sentence: string) => text({ most: 300, line: true }, sentence);
/** RFC 7519 leaves the length of a token's subject open; OpenID Connect allows 255 characters. */
const subject = (sentence: string) => text({ most: 255 }, sentence);

export const linkIdentity = command(
  "LinkIdentityInput",
  "Links a way to sign in to a person whose papers you have seen.",
  {
    idempotencyKey: key(),
    personId: id("The id of the person who signs in with it."),
    issuer: issuer("The address of the issuer of the tokens, which is their `iss`."),
    subject: subject("The subject of the tokens, which is their `sub`."),
    reason: reason(1000, "The reason, which is kept encrypted and shown to the person."),
    evidence: optional(fieldsOf(evidence, "A reference to the papers that you have seen, which is kept encrypted.")),
  },
);

export const unlinkIdentity = command("UnlinkIdentityInput", "Ends a way to sign in.", {
  idempotencyKey: stepKey,
  identityId: id("The id of the identity (the way to sign in)."),
  reason: reason(1000, "The reason, which is kept encrypted and shown to the person."),
});

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

export const revokeRole = command("RevokeRoleInput", "Ends a role today.", {
  idempotencyKey: stepKey,
  grantId: id("The id of the grant that ends."),
  reason: reason(1000, "The reason, which stands in the history."),
});

export const renewCalendarLink = command("RenewCalendarLinkInput", "Gives your calendar a new secret address.", {
  idempotencyKey: key(),
});

export const invitee = command("InviteeInput", "Names one person to invite, by exactly one of the three fields.", {
  volunteerId: optional(id("The id of a volunteer who belongs to the organisation.")),
  personId: optional(id("The id of a person who has a role at the organisation.")),
  guardianOf: optional(id("The volunteer id of the minor whose guardian is invited.")),
});

export const invitePeople = command("InvitePeopleInput", "Invites people to an organisation by one-time codes.", {
  idempotencyKey: id(
    "Your own key for this request, of at most 200 bytes. The same key with the same input gets the same answer again, but without the codes; with another input it is refused with IDEMPOTENCY_CONFLICT.",
  ),
  organizationId: id("The id of the organisation that invites."),
  invitees: list(
    fieldsOf(invitee, "The people to invite, of whom there are 1 to 1000. All of them are invited, or none."),
    { most: 1000 },
    "The people to invite, of whom there are 1 to 1000. All of them are invited, or none.",
  ),
});

export const revokeInvitation = command("RevokeInvitationInput", "Takes an invitation back.", {
  idempotencyKey: stepKey,
  invitationId: id("The id of the invitation."),
  reason: sealedReason(),
});

export const acceptInvitation = command("AcceptInvitationInput", "Accepts an invitation by its code.", {
  idempotencyKey: key(),
  code: text(
    { most: 40 },
    "The code as it was typed; small letters, full-width signs, spaces and dashes are read too.",
  ),
});

export const invitationFilter = command(
  "InvitationFilter",
  "Lists only the invitations that fit; a field left out does not filter.",
  { state: choices(invitationStates, "Lists only invitations that are in any of these states now.") },
);

export const staff = command(
  "StaffInput",
  "Gives one role to one person. The bank knows the person by `personId`, by `subject`, or by the display name at the organisation; else it makes a new person. A role that the person holds already counts as repeated.",
  {
    role: choice(roles, "The role that the person gets."),
    organizationId: optional(id("The id of the organisation at which the person gets a staff role.")),
    organizationSlug: optional(text({ most: 200 }, "The short name of the organisation, in place of its id.")),
    divisionCode: optional(
      text(
        { most: 200 },
        "The division in which a role of the office holds, with all below it, by its code or official code; left out, the role holds in the whole bank.",
      ),
    ),
    displayName: optional(
      personName(
        "The name that others see; needed without `personId`. DUPLICATE_PERSON where the bank knows the person by another name.",
      ),
    ),
    personId: optional(id("The id of a person whom the bank knows already.")),
    subject: optional(
      subject(
        "The subject (`sub`) by which the person signs in at the token issuer; a person without one is invited later.",
      ),
    ),
    issuer: optional(issuer("The address of the token issuer (`iss`) that gave the subject; needed with `subject`.")),
    validFrom: optional(day("The first civil day on which the role holds; today where left out.")),
    validUntil: optional(day("The last civil day on which the role holds; without an end where left out.")),
  },
);

export const registerStaff = command("RegisterStaffInput", "Gives roles in a batch, with the persons who hold them.", {
  idempotencyKey: key(),
  staff: batchOf(
    fieldsOf(staff, "The roles to give, one a line, of which there are 1 to 1000."),
    "The roles to give, one a line, of which there are 1 to 1000.",
  ),
  ...batchOptions,
});

export const grantRole = command(
  "GrantRoleInput",
  "Grants a role to a person: at an organisation, in a division, or in the whole bank.",
  {
    idempotencyKey: key(),
    personId: id("The id of the person who gets the role."),
    role: choice(roles, "The role that is granted."),
    organizationId: optional(id("The id of the organisation at which the role holds; needed for staff roles.")),
    divisionCode: optional(
      text({ most: 200 }, "The division in which the role holds, with all below it, by its code or official code."),
    ),
    validFrom: day("The first civil day on which the role holds."),
    validUntil: optional(day("The last civil day on which the role holds; without an end where left out.")),
  },
);
