import { communityPosts, socialWorkLevels } from "../../domain/facts/workers";
import { idKinds } from "../../domain/people/papers";
import { correction } from "../bank/commands";
import {
  choice,
  choices,
  command,
  day,
  id,
  key,
  optional,
  paperNo,
  personName,
  reason,
  stepKey,
  text,
  whole,
} from "../bank/fields";

export const socialWorkerFilter = command(
  "SocialWorkerFilter",
  "Which social workers; a field left out does not filter.",
  {
    organizationId: optional(id("Registered at this organisation.")),
    level: choices(socialWorkLevels, "Any of these levels."),
  },
);

export const registerSocialWorker = command(
  "RegisterSocialWorkerInput",
  "A social worker's registration: the first, the next term, another organisation, or a higher level.",
  {
    idempotencyKey: key(),
    displayName: personName("The name by which people call them; encrypted. NAME_INVALID."),
    legalName: optional(personName("The name in their papers; encrypted.")),
    idKind: optional(
      choice(
        idKinds,
        "The kind of papers that the number is of. Left out, the form of the number tells it where one kind alone has that form.",
      ),
    ),
    idNumber: optional(
      text(
        { most: 60, line: true },
        "The ID number that you have seen: encrypted, and shown to nobody. ID_NUMBER_INVALID; PAPERS_DISAGREE where it is known with another name.",
      ),
    ),
    organizationId: id("At which organisation they are registered, by its id."),
    level: choice(socialWorkLevels, "How far they are certified."),
    certificateNo: paperNo("The certificate's number: encrypted, and shown masked."),
    registeredOn: day("The first day of the term, not after today."),
  },
);

export const reviseSocialWorker = command(
  "ReviseSocialWorkerInput",
  "What was entered wrongly about a social worker. A field left out or null stays as it is.",
  {
    ...correction.fields,
    idempotencyKey: key(),
    socialWorkerId: id("The id of the social worker."),
    displayName: optional(personName("The name by which people call them. NAME_INVALID.")),
    certificateNo: optional(
      paperNo("The right number of the present certificate. DUPLICATE_PERSON where it is another person's."),
    ),
    level: optional(choice(socialWorkLevels, "The level that the certificate says.")),
    registeredOn: optional(
      day(
        "The right first day of the present term, not after today: the term and the training it asks for follow. For officers alone; NOT_PERMITTED.",
      ),
    ),
    reason: reason(1000, "The reason; it is kept sealed."),
  },
);

export const recordTraining = command("RecordTrainingInput", "Continuing education of a social worker.", {
  idempotencyKey: key(),
  socialWorkerId: id("Who has learnt, by social worker id."),
  name: text({ most: 200, line: true }, "What was learnt there."),
  hours: whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "How many hours, from 1 to 200."),
  organizer: text({ most: 200, line: true }, "Who held the training."),
  on: day("The civil day, not after today."),
});

export const withdrawTraining = command("WithdrawTrainingInput", "A training that was entered by mistake.", {
  idempotencyKey: stepKey,
  trainingId: id("Which training, by its id."),
  reason: reason(1000, "The reason; it is kept sealed."),
});

export const setCommunityPost = command(
  "SetCommunityPostInput",
  "A paid post that somebody holds. An open one at the same organisation ends on the day before; one that overlaps otherwise, there or elsewhere, is POST_OVERLAP.",
  {
    idempotencyKey: key(),
    volunteerId: optional(id("Who holds it, by volunteer id; or a social worker.")),
    socialWorkerId: optional(id("Who holds it, by social worker id; or a volunteer.")),
    organizationId: id("At which organisation the post is held, by its id."),
    post: choice(communityPosts, "Which of the three posts it is."),
    grade: whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "Its grade, from 1 to 18."),
    validFrom: day("The first civil day."),
    validUntil: optional(day("The last civil day, where it is known.")),
  },
);

export const endCommunityPost = command("EndCommunityPostInput", "The end of a paid post.", {
  idempotencyKey: stepKey,
  postId: id("Which post, by its id."),
  on: day("The last civil day on which it is held."),
  reason: reason(1000, "The reason; it is kept sealed."),
});
