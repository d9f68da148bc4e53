import { communityPosts, socialWorkLevels } from "../../domain/facts/workers";
import { correction, idKind } from "../bank/commands";
import {
  choice,
  choices,
  command,
  day,
  id,
  idNumber,
  key,
  optional,
  paperNo,
  personName,
  sealedReason,
  staying,
  stepKey,
  text,
  whole,
} from "../bank/fields";

export const socialWorkerFilter = command(
  "SocialWorkerFilter",
  "Lists only the social workers who fit; a field left out does not filter.",
  {
    organizationId: optional(id("Lists only social workers who are registered at this organisation, by its id.")),
    level: choices(socialWorkLevels, "Lists only social workers of any of these levels."),
  },
);

export const registerSocialWorker = command(
  "RegisterSocialWorkerInput",
  "Registers a social worker: for the first term, for the next one, at another organisation, or at a higher level.",
  {
    idempotencyKey: key(),
    displayName: personName("The name by which people call the person, which is kept encrypted. NAME_INVALID."),
    legalName: optional(
      personName("The name that stands in the person's papers, which is kept encrypted. NAME_INVALID."),
    ),
    idKind,
    idNumber: optional(
      idNumber(
        "The ID number from the papers that you have seen, which is kept encrypted and shown to nobody. ID_NUMBER_INVALID; PAPERS_DISAGREE where the bank knows the number with another name.",
      ),
    ),
    organizationId: id("The id of the organisation at which the social worker is registered."),
    level: choice(socialWorkLevels, "The level to which the social worker is certified."),
    certificateNo: paperNo("The number of the certificate, which is kept encrypted and shown masked."),
    registeredOn: day("The first civil day of the term, not after today."),
  },
);

export const reviseSocialWorker = command(
  "ReviseSocialWorkerInput",
  "Corrects what is kept of a social worker. A field left out or null stays as it is.",
  {
    ...correction.fields,
    idempotencyKey: key(),
    socialWorkerId: id("The id of the social worker."),
    displayName: staying(personName("The name by which people call the person. NAME_INVALID.")),
    certificateNo: staying(
      paperNo("The right number of the present certificate. DUPLICATE_PERSON where another person has it."),
    ),
    level: staying(choice(socialWorkLevels, "The level that the certificate names.")),
    registeredOn: staying(
      day(
        "The right first civil day of the present term, not after today; the last day of the term and the training that it asks for follow from it. Only officers may change it: NOT_PERMITTED.",
      ),
    ),
    reason: sealedReason(),
  },
);

export const recordTraining = command("RecordTrainingInput", "Notes a training that a social worker has attended.", {
  idempotencyKey: key(),
  socialWorkerId: id("The id of the social worker who attended it."),
  name: text({ most: 200, line: true }, "The subject that was taught."),
  hours: whole({ least: 1, most: 200 }, "How many hours the training lasted, from 1 to 200."),
  organizer: text({ most: 200, line: true }, "The name of the organisation or person that held the training."),
  on: day("The civil day of the training, not after today."),
});

export const withdrawTraining = command("WithdrawTrainingInput", "Takes back a training that was entered by mistake.", {
  idempotencyKey: stepKey,
  trainingId: id("The id of the training."),
  reason: sealedReason(),
});

export const setCommunityPost = command(
  "SetCommunityPostInput",
  "Notes a paid post that a person holds. An open post at the same organisation ends on the day before; a post that overlaps in any other way is refused with POST_OVERLAP.",
  {
    idempotencyKey: key(),
    volunteerId: optional(id("The volunteer id of the person who holds the post, where it is no social worker.")),
    socialWorkerId: optional(id("The id of the social worker who holds the post, where it is no volunteer.")),
    organizationId: id("The id of the organisation at which the post is held."),
    post: choice(communityPosts, "The kind of post, one of the three that there are."),
    grade: whole({ least: -(2 ** 31), most: 2 ** 31 - 1 }, "The grade of the post, from 1 to 18."),
    validFrom: day("The first civil day on which the person holds the post."),
    validUntil: optional(day("The last civil day on which the person holds the post, where it is known.")),
  },
);

export const endCommunityPost = command("EndCommunityPostInput", "Notes the end of a paid post.", {
  idempotencyKey: stepKey,
  postId: id("The id of the post."),
  on: day("The last civil day on which the person holds the post."),
  reason: sealedReason(),
});
