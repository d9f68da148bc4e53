import { accountKinds } from "../../domain/facts/ledger";
import { choices, command, flag, optional } from "../bank/fields";

/** What may be asked about accounts. */

export const accountFilter = command(
  "AccountFilter",
  "Lists only the accounts that fit; a field left out does not filter.",
  {
    kind: choices(accountKinds, "Lists only accounts of any of these purposes."),
    owing: optional(
      flag("True lists only accounts of which less is free than may be; false lists only those that owe nothing."),
    ),
  },
);
