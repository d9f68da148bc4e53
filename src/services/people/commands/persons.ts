import { roles } from "../../../domain/facts/actors";
import { papersHolders } from "../../../domain/people/papers";
import { choice, choices, command, fieldsOf, id, key, list, minutes, optional, reason, text } from "../../bank/fields";
import { evidence } from "../../bank/proofs";

export const personFilter = command(
  "PersonFilter",
  "Lists only the people who fit; a field left out does not filter.",
  {
    role: choices(roles, "Lists only people who hold any of these roles today."),
    text: optional(text({ most: 50 }, "Lists only people whose name contains this text.")),
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
