import { Ctx, ObjectType, Resolver } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import { erasePerson, exportPerson } from "../../services/privacy/commands";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { Mutation, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { DateScalar, DateTimeScalar } from "../kit/scalars";

@ObjectType("PersonExport", { description: "A copy of all that is kept of somebody, as JSON [PIPL §45]." })
export class PersonExportType {
  @Output(() => String, { description: "Where it is fetched; whoever has the link reads it." }) url: string;
  @Output(() => DateTimeScalar, { description: "The instant from which the link leads nowhere." }) expiresAt: number;
}
@ObjectType({ description: "The answer to exportPerson." })
export class ExportPersonPayload extends Payload {
  @Output(() => PersonExportType, { nullable: true, description: "Where the copy is." })
  export: Row<PersonExportType> | null;
}
@ObjectType({ description: "The answer to erasePerson." })
export class ErasePersonPayload extends Payload {
  @Output(() => DateScalar, { nullable: true, description: "The civil day on which the key was destroyed." })
  erasedOn: string | null;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day until which lines that name nobody are kept, as the law asks of a record.",
  })
  keptUntil: string | null;
}

@Resolver()
export class PrivacyResolver {
  @Mutation(() => ExportPersonPayload, {
    description:
      "Makes a copy of all that is kept of a person, for an hour: every word that opens, what they were told, and the rows of each table that names them. It names no other person. The person themselves, the guardian of a child below 14 [PIPL §31], officers.",
  })
  exportPerson(
    @Input(exportPerson, "Of whom a copy is wanted.")
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
      "Destroys a person's key: nothing of them can be read again, and every sum stays. Officers of the whole bank. STILL_ACTIVE names everything that the person takes part in yet, by `open` of its details, each with `as` and `ids`: the registration, the list of visits, roles, posts, heads, minors they answer for, records that wait or are disputed, sign-ups, spot checks, credit records that are not decided. What is open about them afterwards is decided by others as before.",
  })
  erasePerson(
    @Input(erasePerson, "Who is to be forgotten, and why.")
    input: Asked<typeof erasePerson>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.privacy.erase(context.actor, input);
      return { erasedOn: value.on, keptUntil: value.keptUntil, replayed };
    });
  }
}
