import { Ctx, ObjectType, Resolver } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import { erasePerson, exportPerson } from "../../services/privacy/commands";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DateScalar, DateTimeScalar } from "../kit/scalars";

@ObjectType("PersonExport", { description: "A copy of all that is kept of a person, as JSON [PIPL §45]." })
export class PersonExportType {
  @Output(() => String, {
    description: "The address at which the copy is fetched. Everybody who has the link can read the copy.",
  })
  url: string;
  @Output(() => DateTimeScalar, { description: "The instant from which the link leads nowhere." }) expiresAt: number;
}
@ObjectType({ description: "Answers the mutation exportPerson." })
export class ExportPersonPayload extends Payload {
  @Outcome(() => PersonExportType, "The address of the copy")
  export: Row<PersonExportType> | null;
}
@ObjectType({ description: "Answers the mutation erasePerson." })
export class ErasePersonPayload extends Payload {
  @Outcome(() => DateScalar, "The civil day on which the key was destroyed")
  erasedOn: string | null;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day until which the lines that name nobody are kept, as the law asks of records.",
  })
  keptUntil: string | null;
}

@Resolver()
export class PrivacyResolver {
  @Mutation(() => ExportPersonPayload, {
    description:
      "Makes a copy of all that is kept of a person, which can be fetched for an hour: every text that can still be decrypted, the notices to the person, and the rows of each table that name them. It names no other person. The person themselves, the guardian of a child below the age of 14 [PIPL §31], and officers may do this.",
  })
  exportPerson(
    @Input(exportPerson, "Asks for a copy of all that is kept of a person.")
    input: Asked<typeof exportPerson>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.privacy.export(context.actor, input);
      const url = `${context.publicUrl}/exports/${value.secret}.json`;
      return { export: { url, expiresAt: value.expiresAt }, replayed };
    });
  }
  @Mutation(() => ErasePersonPayload, {
    description:
      "Destroys the key of a person: nothing about them can be read again, and every sum stays. Officers of the whole bank may do this. STILL_ACTIVE names everything in which the person still takes part, in `open` of its details, each with `as` and `ids`: the registration, the list of visits, roles, posts, heads, minors whose guardian they are, records that wait or are disputed, sign-ups, spot checks, and credit records that are not decided.",
  })
  erasePerson(
    @Input(erasePerson, "The person who is erased, and the reason.")
    input: Asked<typeof erasePerson>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.privacy.erase(context.actor, input);
      return { erasedOn: value.on, keptUntil: value.keptUntil, replayed };
    });
  }
}
