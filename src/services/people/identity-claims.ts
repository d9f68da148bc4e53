import { Refusal } from "../../domain/kit/refusal";
import { namesAgree, type Papers, readPapers } from "../../domain/people/papers";
import { isPhoneClaimed } from "../../domain/people/phones";
import { type Profile, welcomeStates } from "../../domain/people/volunteers";
import { lasts } from "../../domain/permissions/actors";
import type { View } from "../../storage/store";
import { Unavailable } from "../../storage/writer";
import type { Bank } from "../bank";
import { beginLink } from "./identity-steps";

/** A real name that a trusted issuer has verified, with the numbers that it vouches for. */
export interface VerifiedClaims {
  readonly name: string;
  readonly idNumber: string | null;
  readonly phone: string | null;
}

/** How many people of one name are looked at for a telephone. */
const namesakesMost = 50;

/** Links people by what a trusted issuer has verified about them. */
export class IdentityClaims {
  constructor(private readonly bank: Bank) {}

  /**
   * Links a subject that is nobody yet by what a trusted issuer has verified: an ID number that a station has seen, or the
   * telephone of a volunteer whom a station registered, each with the same name and of one person alone. A name or telephone
   * that a volunteer only said serves no claim, and a person who holds a role comes in by a code or by papers. A subject that was
   * ever linked is left alone: what a supervisor ended does not come back by itself.
   */
  async link(hash: string, issuer: string, verified: VerifiedClaims): Promise<string | undefined> {
    const view = this.bank.store.view;
    if ((await view.identityLinksByHash(hash)).length > 0 || !(await this.claimed(view, verified))) return undefined;
    try {
      return await this.bank.store.write(async (tx) => {
        const holder = await tx.personOfIdentity(hash);
        if (holder !== undefined) return holder;
        const personId = await this.claimed(tx, verified);
        if (!personId || (await tx.identityLinksByHash(hash)).length > 0) return undefined;
        await beginLink(this.bank, tx, "system", {
          hash,
          personId,
          issuer,
          kind: "CLAIM",
          linkedBy: "SYSTEM",
          reasonId: null,
        });
        return personId;
      });
    } catch (error) {
      // A bank that cannot write just now still answers: the caller is nobody until it can.
      if (error instanceof Unavailable) return undefined;
      throw error;
    }
  }

  private async claimed(view: View, { name, idNumber, phone }: VerifiedClaims): Promise<string | null> {
    const named = { displayName: name, legalName: name };
    const papers = idNumber === null ? null : this.readClaimedPapers(idNumber);
    const byPapers = papers ? await this.bank.papers.holders(view, papers) : [];
    const matches: string[] = [];
    for (const personId of byPapers.length > 0 ? byPapers : await this.namesakes(view, name)) {
      const profiles = (await this.bank.papers.profilesOf(view, personId)).filter(
        ({ profile }) => namesAgree(profile, named) && !profile.said?.includes("name"),
      );
      const agrees = byPapers.includes(personId)
        ? profiles.some(({ profile }) => profile.papersSeen && profile.idNumber === papers?.number)
        : profiles.some(
            ({ capacity, profile }) =>
              capacity === "VOLUNTEER" &&
              isPhoneClaimed((profile as Partial<Profile>).phone, phone) &&
              !profile.said?.includes("phone") &&
              !(papers && profile.idNumber),
          );
      if (agrees) matches.push(personId);
    }
    const [personId] = matches;
    return personId !== undefined && matches.length === 1 && (await this.mayComeIn(view, personId)) ? personId : null;
  }

  private readClaimedPapers(idNumber: string): Papers | null {
    try {
      return readPapers(idNumber, { today: this.bank.today() });
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  /** Volunteers with this name that a station registered; none where there are too many to look at. */
  private async namesakes(view: View, name: string): Promise<string[]> {
    // The dot inside a name is typed in many ways, and the pairs of letters beside it are not searched for.
    const parts = name.split(/[^\p{L}]+/u).filter((part) => [...part].length > 1);
    const hashes = this.bank.vault.nameTerms(...parts).map(({ hash }) => hash);
    const namesakes = hashes.length === 0 ? [] : await view.personsByTerm("name", hashes);
    if (namesakes.length > namesakesMost) return [];
    const volunteers = await view.volunteersOfPersons(namesakes);
    return namesakes.filter((id) => volunteers.get(id)?.vouchedBy);
  }

  private async mayComeIn(view: View, personId: string): Promise<boolean> {
    const volunteer = await view.volunteerOfPerson(personId);
    // Otherwise a worker who enters names and numbers could make anybody an officer.
    const grants = (await view.grantsOfPersons([personId])).get(personId) ?? [];
    if (grants.some((grant) => lasts(grant, this.bank.today()))) return false;
    return (await this.bank.vault.knows(personId)) && (!volunteer || welcomeStates.includes(volunteer.state));
  }
}
