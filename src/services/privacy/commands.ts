import { command, id, key, reason } from "../bank/fields";

export const exportPerson = command("ExportPersonInput", "Of whom a copy is wanted.", {
  idempotencyKey: key(),
  personId: id("The person: yourself, a child below 14 for whom you answer, or anybody for an officer."),
});

export const erasePerson = command("ErasePersonInput", "Who is to be forgotten, and why.", {
  idempotencyKey: key(),
  personId: id("The person, by id."),
  reason: reason(1000, "The reason; it is kept sealed under your own key."),
});
