import { command, id, key, reason } from "../bank/fields";

export const exportPerson = command("ExportPersonInput", "Asks for a copy of all that is kept of a person.", {
  idempotencyKey: key(),
  personId: id(
    "The id of the person: yourself, or a child below the age of 14 whose guardian you are. Officers may name any person.",
  ),
});

export const erasePerson = command("ErasePersonInput", "Erases all personal data of a person.", {
  idempotencyKey: key(),
  personId: id("The id of the person who is erased."),
  reason: reason(1000, "The reason, which is kept encrypted under your own key."),
});
