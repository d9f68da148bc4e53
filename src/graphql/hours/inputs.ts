import { ArgsType, Field } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import { serviceRecordFilter } from "../../services/hours/commands";
import type { RecordOrder } from "../../storage/store";
import { filterSentence, inputOf } from "../kit/inputs";
import { OrderedPageArgs } from "../kit/paging";
import { ServiceRecordOrder } from "./enums";

const RecordFilter = inputOf(serviceRecordFilter);

/** Which page of a list of records is asked for, of which records, in which order. */
export function recordListArgs(usual: RecordOrder) {
  @ArgsType()
  class RecordListArgs extends OrderedPageArgs {
    @Field(() => RecordFilter, {
      nullable: true,
      description: filterSentence,
    })
    filter?: Asked<typeof serviceRecordFilter>;
    @Field(() => ServiceRecordOrder, { defaultValue: usual, description: "The order in which the entries are listed." })
    orderBy: RecordOrder;
  }
  return RecordListArgs;
}
