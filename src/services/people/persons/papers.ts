import { invariant } from "../../../domain/kit/invariant";
import { refuse } from "../../../domain/kit/refusal";
import type { Joined } from "../../../domain/people/capacities";
import type { Actor } from "../../../domain/permissions/actors";
import type { Tx } from "../../../storage/store";
import type { Bank } from "../../bank";
import type { Asked } from "../../bank/fields";
import type { PersonProfile } from "../../bank/papers";
import type { Capacity } from "../../bank/terms";
import type { separatePerson } from "../commands/persons";
import type { Volunteers } from "../volunteers";
import type { Joinings } from "./joinings";

export type SeparatePerson = Asked<typeof separatePerson>;

/** Leaves the number of papers that two persons would share after a parting with one of them. */
export class PaperParting {
  constructor(
    private readonly bank: Bank,
    private readonly volunteers: Volunteers,
    private readonly joinings: Joinings,
  ) {}

  /**
   * A number that a station has seen must belong to one person: otherwise a claim of the issuer and the next registration
   * would find neither. The officer says who has it, and it is taken from the other. INVALID_INPUT where that is left out.
   */
  async part(tx: Tx, actor: Actor, input: SeparatePerson, to: string, joined: Joined): Promise<void> {
    const number = ({ profile }: { profile: PersonProfile }) =>
      profile.idNumber && profile.papersSeen ? `${profile.idKind} ${profile.idNumber}` : null;
    const from = input.personId;
    const [ours, theirs] = [await this.bank.papers.profilesOf(tx, from), await this.bank.papers.profilesOf(tx, to)];
    const shared = new Set(ours.map(number).filter((own) => own !== null && theirs.some((two) => number(two) === own)));
    if (shared.size === 0) return;
    const { papersOf } = input;
    if (papersOf == null)
      refuse("INVALID_INPUT", { expected: "KEPT, SEPARATED or NEITHER", shared: true }, ["papersOf"]);
    for (const [personId, profiles, whose] of [
      [from, ours, "KEPT"],
      [to, theirs, "SEPARATED"],
    ] as const)
      for (const known of profiles)
        if (papersOf !== whose && shared.has(number(known)))
          await this.takePapers(tx, actor, personId, known.capacity, joined);
  }

  private async takePapers(tx: Tx, actor: Actor, personId: string, capacity: Capacity, joined: Joined): Promise<void> {
    const without = async <T extends { profileId: string }>(holder: T): Promise<T> => {
      const profile = (await this.bank.vault.open<PersonProfile>(tx, [holder.profileId])).get(holder.profileId);
      invariant(profile, "a profile that was read opens");
      const known = {
        ...profile,
        idKind: null,
        idNumber: null,
        ...("papersSeen" in profile ? { papersSeen: false } : {}),
      };
      return { ...holder, profileId: await this.bank.vault.seal(tx, personId, known) };
    };
    const fields = ["idNumber"] as const;
    const volunteer = capacity === "VOLUNTEER" ? await tx.volunteerOfPerson(personId) : undefined;
    if (volunteer) {
      const { reasonId, role } = joined;
      await this.volunteers.move(tx, actor, volunteer, await without(volunteer), {
        action: "REVISE",
        reasonId,
        role,
        fields,
      });
    }
    const recipient = capacity === "RECIPIENT" ? await tx.recipientOfPerson(personId) : undefined;
    if (recipient) await this.joinings.setRecipient(tx, "REVISE", await without(recipient), joined, fields);
    const worker = capacity === "SOCIAL_WORKER" ? await tx.socialWorkerOfPerson(personId) : undefined;
    if (worker) await this.joinings.setWorker(tx, "REVISE", await without(worker), joined, fields);
  }
}
