import type { Volunteer } from "../../src/domain/facts/people";
import { newId } from "../../src/services/bank/entropy";
import type { TestBank } from "./bank";

/** From now on the bank knows the person as the volunteer's guardian, as if a station had noted it years ago. */
export async function noteGuardian(bank: TestBank, personId: string | null, ward: Pick<Volunteer, "id">) {
  if (personId === null) throw new Error("nobody answers for the volunteer");
  const id = newId("guardian", bank.options.clock(), bank.options.entropy);
  const guardianship = { id, volunteerId: ward.id, personId, ended: false, version: 1, reasonId: null };
  await bank.store.write((tx) => tx.append("system", { type: "GUARDIAN_SET", ...guardianship }));
}
