import { Field, InputType, Int } from "type-graphql";
import type { IdKind as Kind } from "../../domain/people/papers";
import { EvidenceInput } from "../hours/inputs";
import { IdKind } from "./enums";

/** What every correction of a registered person takes: of a volunteer, a recipient or a social worker. */
@InputType()
export abstract class CorrectionInput {
  @Field(() => String, {
    nullable: true,
    description: "The name in the papers; an empty text takes it away. NAME_INVALID.",
  })
  legalName?: string | null;
  @Field(() => IdKind, {
    nullable: true,
    description:
      "The kind of papers that the number is of. Left out, the form of the number tells it. INVALID_INPUT without a number.",
  })
  idKind?: Kind | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The number of papers that you have seen; an empty text takes it away. ID_NUMBER_INVALID; PAPERS_DISAGREE or DUPLICATE_PERSON where another person has this number: an officer merges the two.",
  })
  idNumber?: string | null;
  @Field(() => EvidenceInput, { nullable: true, description: "The proof of it, which is kept sealed with the reason." })
  evidence?: EvidenceInput | null;
  @Field(() => Int, { nullable: true, description: "The version that you saw; else VERSION_CONFLICT." })
  expectedVersion?: number | null;
}
