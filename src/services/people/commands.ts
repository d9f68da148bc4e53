import { roles } from "../../domain/facts/actors";
import { invitationStates, volunteerActions, volunteerStates } from "../../domain/facts/people";
import { idKinds, papersHolders } from "../../domain/people/papers";
import { batchModes } from "../bank/batch";
import { correction } from "../bank/commands";
import {
  choice,
  choices,
  command,
  day,
  fieldsOf,
  flag,
  id,
  key,
  list,
  minutes,
  optional,
  personName,
  reason,
  stepKey,
  text,
  usually,
  version,
} from "../bank/fields";
import { evidence } from "../bank/proofs";

export const personFilter = command("PersonFilter", "Which people; a field left out does not filter.", {
  role: choices(roles, "With any of these roles today."),
  text: optional(text({ most: 100 }, "Part of their name.")),
});

export const linkGuardian = command(
  "LinkGuardianInput",
  "Who answers for a minor, so that they may consent by themselves.",
  {
    idempotencyKey: key(),
    volunteerId: id("The minor, by volunteer id."),
    guardianId: id("The guardian, a registered adult, by volunteer id."),
  },
);

export const endGuardianship = command("EndGuardianshipInput", "Somebody who does not answer for a minor any more.", {
  idempotencyKey: stepKey,
  volunteerId: id("The minor, by volunteer id."),
  guardianId: id("The guardian, by volunteer id; by person id where they are no volunteer."),
  reason: reason(1000, "The reason; it is kept sealed."),
});

export const setTie = command(
  "SetTieInput",
  "Whether an organisation may see a volunteer: name, masked papers and phone, and balance.",
  {
    volunteerId: optional(id("The volunteer, by id; yourself where left out.")),
    organizationId: id("The organisation, by id."),
    allowed: flag(
      "True lets it see the volunteer. False ends that, and earlier sign-ups and submissions show no name.",
    ),
    reason: optional(
      text(
        { most: 1000 },
        "Why; a station or an officer says where the volunteer's own word is kept. It is kept sealed.",
      ),
    ),
    expectedVersion: optional(version("The version you saw, else VERSION_CONFLICT; 0 where none stood.")),
  },
);

export const separatePerson = command(
  "SeparatePersonInput",
  "Two people who were taken for one person, and what goes to the second of them.",
  {
    idempotencyKey: key(),
    personId: id("The person under whom both were kept. All that is not named stays with this person."),
    keepVolunteerId: optional(
      id("The volunteer that stays, to be checked: NOT_FOUND where the person is not this volunteer."),
    ),
    separateVolunteerId: optional(id("The volunteer that goes, with records, account and guardianships.")),
    separateRecipientId: optional(id("The recipient that goes, with visits, address and categories.")),
    separateSocialWorkerId: optional(id("The social worker that goes, with training and paid posts.")),
    separateGrantIds: optional(
      list(
        id("The grants of the roles that go as well; the other roles stay."),
        { most: 1000 },
        "The grants of the roles that go as well; the other roles stay.",
      ),
    ),
    separateIdentityIds: optional(
      list(
        id(
          "The ways to sign in that go; the others stay. Left out, each goes with the registration or the role for which it was made. STILL_ACTIVE with the ids of those that may be either person's.",
        ),
        { most: 1000 },
        "The ways to sign in that go; the others stay. Left out, each goes with the registration or the role for which it was made. STILL_ACTIVE with the ids of those that may be either person's.",
      ),
    ),
    mergedPersonId: optional(
      id(
        "A person who was merged into this one by mistake, by an id of `Person.mergedPersons`. It takes the place of the volunteer, the recipient and the social worker above: what the merging brought goes back, with registration, records, minutes, roles and ways to sign in. Roles and ways to sign in that you name go instead of those that the merging brought. STILL_ACTIVE with the ids of later mergings, also of this person into another, which must be undone first.",
      ),
    ),
    separateRecordIds: optional(
      list(
        id(
          "With mergedPersonId: the service records that go, and no others; a record that was replaced goes with the one that replaced it. Left out, the records that the merging brought go.",
        ),
        { most: 1000 },
        "With mergedPersonId: the service records that go, and no others; a record that was replaced goes with the one that replaced it. Left out, the records that the merging brought go.",
      ),
    ),
    separateMinutes: optional(
      minutes(
        "With mergedPersonId: the minutes of the balance that go. Left out, the minutes that the merging brought go, with what the records that go have earned since. INSUFFICIENT_CREDIT where the balance holds less.",
      ),
    ),
    papersOf: optional(
      choice(
        papersHolders,
        "Which of the two has an ID number that both would have; it is taken from the other. INVALID_INPUT where both would have a number and this is left out.",
      ),
    ),
    reason: reason(1000, "The reason. It is kept sealed, and stands in neither person's copy."),
    evidence: optional(fieldsOf(evidence, "The proof of it, which is kept sealed with the reason.")),
  },
);

export const mergePeople = command("MergePeopleInput", "Two persons who are the same person.", {
  idempotencyKey: key(),
  keepPersonId: id("Which person stays, by id; all that is the other person's goes to them."),
  mergePersonId: id("The person who goes: all that is theirs goes to the person who stays."),
  reason: reason(1000, "The reason; it is kept sealed under your own key."),
  evidence: optional(fieldsOf(evidence, "The proof of it, which is kept sealed with the reason.")),
});

export const linkIdentity = command(
  "LinkIdentityInput",
  "A subject of a token issuer for a person whose papers you have seen.",
  {
    idempotencyKey: key(),
    personId: id("The person, by id."),
    issuer: text({ most: 300, line: true }, "The issuer of the tokens, as an address: their `iss`."),
    subject: text({ most: 255 }, "The subject of the tokens: their `sub`."),
    reason: reason(1000, "The reason; it is kept sealed, and told to the person."),
    evidence: optional(fieldsOf(evidence, "What was seen; it is kept sealed.")),
  },
);

export const unlinkIdentity = command("UnlinkIdentityInput", "A way to sign in that is to end, and why.", {
  idempotencyKey: stepKey,
  identityId: id("Which identity, by its id."),
  reason: reason(1000, "The reason; it is kept sealed, and told to the person."),
});

export const volunteerFilter = command("VolunteerFilter", "Which volunteers; a field left out does not filter.", {
  volunteerNo: optional(text({ most: 50 }, "The volunteer number to look for.")),
  text: optional(
    text(
      { most: 100 },
      "Part of the name: a surname alone, any character, or a pair of letters and more; in whatever spelling.",
    ),
  ),
  state: choices(volunteerStates, "In any of these states."),
  divisionCode: optional(text({ most: 200 }, "Living in this division or below, by its code or official code.")),
});

export const guardianConsent = command("GuardianConsentInput", "A guardian's consent for a minor.", {
  guardianName: personName("The name of the guardian. NAME_INVALID."),
  relation: text({ most: 20, line: true }, "How the guardian and the minor are related."),
  consentedOn: day("The civil day of the consent."),
  evidence: optional(fieldsOf(evidence, "The proof that it was given.")),
});

export const registerVolunteer = command(
  "RegisterVolunteerInput",
  "A new volunteer. A station's registration is active at once; one's own waits for a station.",
  {
    idempotencyKey: key(),
    volunteerNo: optional(
      text(
        { most: 50 },
        "A number that a station's list has already; the bank gives one where this is left out. INVALID_INPUT where you register yourself: the bank gives that number.",
      ),
    ),
    displayName: personName("The name to show. NAME_INVALID."),
    legalName: optional(personName("The name in documents.")),
    idKind: optional(
      choice(
        idKinds,
        "The kind of papers that the number is of. Left out, the form of the number tells it where one kind alone has that form.",
      ),
    ),
    idNumber: optional(
      text(
        { most: 60, line: true },
        "The ID number: encrypted, and shown masked. ID_NUMBER_INVALID. Where you register another person it is one that you have seen, and joins them to who is known by it: PAPERS_DISAGREE, DUPLICATE_PERSON. What you say of yourself joins and tells nothing.",
      ),
    ),
    birthDate: day("The day of birth."),
    phone: optional(
      text(
        { most: 60 },
        "A telephone number as people type it: encrypted, and shown masked. A mobile, a landline with its area code or as the town dials it, with an extension or without, or + and the code of a country. PHONE_INVALID.",
      ),
    ),
    divisionCode: text({ most: 200 }, "Where the volunteer lives, by its code or official code."),
    skills: optional(
      list(text({ most: 200 }, "Skills they have, in words."), { most: 1000 }, "Skills they have, in words."),
    ),
    serviceTypes: optional(
      list(text({ most: 200 }, "Services they offer, by code."), { most: 1000 }, "Services they offer, by code."),
    ),
    consent: flag("Whether the volunteer consented to being registered."),
    selfSupporting: optional(
      flag("At least 16 and living on own labour: counts as grown up, and needs no guardian (REG13)."),
    ),
    guardianConsent: optional(fieldsOf(guardianConsent, "A guardian's consent, needed below 18.")),
    self: optional(flag("True registers you yourself, where you may otherwise register others.")),
  },
);

export const advanceVolunteer = command("AdvanceVolunteerInput", "A step of a volunteer's registration.", {
  idempotencyKey: stepKey,
  volunteerId: id("The id of the volunteer."),
  action: choice(volunteerActions, "The step to take."),
  reason: optional(text({ most: 1000 }, "Why; needed for every step but ACTIVATE.")),
  papersSeen: optional(
    flag(
      "Of ACTIVATE: true where you have seen the papers whose number the volunteer said. From then on it joins them to who is known by it. DUPLICATE_PERSON where that is another person: an officer merges the two; PAPERS_DISAGREE; ID_NUMBER_INVALID.",
    ),
  ),
  consent: optional(
    flag("Of RETURN: the volunteer consents anew, which the step says where this is left out. CONSENT_MISSING."),
  ),
  guardianConsent: optional(
    fieldsOf(guardianConsent, "Of RETURN: a guardian's fresh consent, needed below 18. GUARDIAN_CONSENT_MISSING."),
  ),
});

export const reviseVolunteer = command(
  "ReviseVolunteerInput",
  "What was wrong about a volunteer. A field left out or null stays as it is.",
  {
    ...correction.fields,
    idempotencyKey: key(),
    volunteerId: id("The id of the volunteer."),
    displayName: optional(personName("The name to show; volunteers correct their own. NAME_INVALID.")),
    birthDate: optional(
      day(
        "The day of birth. Records that were posted stay as they are. ID_NUMBER_INVALID where the papers say another day; GUARDIAN_CONSENT_MISSING where it makes a minor.",
      ),
    ),
    phone: optional(
      text(
        { most: 60 },
        "A telephone number; volunteers correct their own. An empty text takes it away. PHONE_INVALID.",
      ),
    ),
    divisionCode: optional(
      text({ most: 200 }, "Where the volunteer lives now, by the division's code or official code."),
    ),
    organizationId: optional(
      id(
        "The station that vouches from now on. For a supervisor of the present one, or an officer. ORGANIZATION_INACTIVE.",
      ),
    ),
    volunteerNo: optional(
      text(
        { most: 50 },
        "The number that people know the volunteer by, where a list had a wrong one. DUPLICATE_VOLUNTEER_NO.",
      ),
    ),
    guardianConsent: optional(fieldsOf(guardianConsent, "A guardian's consent, in the place of what stood.")),
    reason: reason(1000, "The reason, which the volunteer reads; it is kept sealed."),
  },
);

export const revokeRole = command("RevokeRoleInput", "Ends a role today.", {
  idempotencyKey: stepKey,
  grantId: id("Which grant, by its id."),
  reason: reason(1000, "The reason, for whoever reads the history."),
});

export const renewCalendarLink = command("RenewCalendarLinkInput", "Gives your calendar a new secret address.", {
  idempotencyKey: key(),
});

export const invitee = command("InviteeInput", "One of the three, and no other with it.", {
  volunteerId: optional(id("A volunteer of the organisation, by id.")),
  personId: optional(id("A person with a role at the organisation, by id.")),
  guardianOf: optional(id("The minor whose guardian is invited, by volunteer id.")),
});

export const invitePeople = command("InvitePeopleInput", "Who is invited by which organisation.", {
  idempotencyKey: id("Your key: the same key and input answers the same again, without the codes."),
  organizationId: id("The organisation that invites."),
  invitees: list(
    fieldsOf(invitee, "1 to 1000 people; all of them are invited, or none."),
    { most: 1000 },
    "1 to 1000 people; all of them are invited, or none.",
  ),
});

export const revokeInvitation = command("RevokeInvitationInput", "An invitation that is taken back, and why.", {
  idempotencyKey: stepKey,
  invitationId: id("Which invitation, by its id."),
  reason: reason(1000, "The reason; it is kept sealed."),
});

export const acceptInvitation = command("AcceptInvitationInput", "A code as it was typed.", {
  idempotencyKey: key(),
  code: text({ most: 200 }, "The code; lower case, full width, spaces and dashes are read."),
});

export const invitationFilter = command("InvitationFilter", "Which invitations; a field left out does not filter.", {
  state: choices(invitationStates, "In any of these states now."),
});

export const staff = command(
  "StaffInput",
  "One line of registerStaff. The person is known by personId, by the subject, or by the display name at the organisation; else a new person is made. A role that is held already repeats.",
  {
    role: choice(roles, "The role that is given."),
    organizationId: optional(id("The organisation of a staff role, by its id.")),
    organizationSlug: optional(text({ most: 200 }, "The same organisation by its short name, in place of its id.")),
    divisionCode: optional(
      text(
        { most: 200 },
        "The division of an office's role, with all below it; the whole bank where left out, by its code or official code.",
      ),
    ),
    displayName: optional(
      personName(
        "The name that others see; needed without personId. Another name than a known person's is DUPLICATE_PERSON.",
      ),
    ),
    personId: optional(id("A person whom the bank knows already.")),
    subject: optional(
      text(
        { most: 255 },
        "The subject of the token issuer by which the person signs in; without one they are invited.",
      ),
    ),
    issuer: optional(text({ most: 300, line: true }, "The issuer of that subject, an address; needed with it.")),
    validFrom: optional(day("The first day it holds; today where left out.")),
    validUntil: optional(day("The last day it holds; without end where left out.")),
  },
);

export const registerStaff = command("RegisterStaffInput", "Roles to be given, with the persons who hold them.", {
  idempotencyKey: key(),
  staff: list(
    fieldsOf(staff, "The staff, a line each: 1 to 1000."),
    { most: 1000 },
    "The staff, a line each: 1 to 1000.",
  ),
  mode: usually("EACH", choice(batchModes, "What becomes of good lines beside bad ones.")),
  dryRun: usually(false, flag("True tells what would happen and keeps nothing.")),
});

export const grantRole = command(
  "GrantRoleInput",
  "A role for a person, at an organisation, in a division, or in the whole bank.",
  {
    idempotencyKey: key(),
    personId: id("The person it is granted to."),
    role: choice(roles, "Which role is granted."),
    organizationId: optional(id("At this organisation; needed for staff roles.")),
    divisionCode: optional(text({ most: 200 }, "In this division and below, by its code or official code.")),
    validFrom: day("The first day, counted in."),
    validUntil: optional(day("The last day that the role holds, counted in; without an end where left out.")),
  },
);
