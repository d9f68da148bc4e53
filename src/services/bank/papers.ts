import type { Day } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { type Named, namesAgree, type Papers } from "../../domain/people/papers";
import type { SaidField } from "../../domain/people/volunteers";
import type { Tx, View } from "../../storage/store";
import { type Capacity, capacities, certificateTerm, type Findable, paperTerm, renewedTerms, termsOf } from "./terms";
import type { Vault } from "./vault";

/** What profiles of all capacities have in common. */
export type PersonProfile = Findable & { birthDate?: Day | null; said?: readonly SaidField[] };

/** The papers by which a person is known, over all capacities of the person. */
export class PersonPapers {
  constructor(private readonly vault: Vault) {}

  /** The person who holds this certificate of social work, or null. */
  async holderOfCertificate(view: View, certificateNo: string): Promise<string | null> {
    const { kind, hash } = certificateTerm(this.vault, certificateNo);
    return (await view.personsByTerm(kind, [hash]))[0] ?? null;
  }

  /** The person with these papers, which a station has seen; null where there is none. A number that a volunteer only entered finds nobody. */
  async holder(view: View, papers: Papers | null): Promise<string | null> {
    return papers === null ? null : ((await this.holders(view, papers))[0] ?? null);
  }

  /** All persons with these papers, which a station has seen. */
  async holders(view: View, papers: Papers): Promise<string[]> {
    const { kind, hash } = paperTerm(this.vault, papers);
    return view.personsByTerm(kind, [hash]);
  }

  /**
   * Refuses seen papers that cannot be this person's: PAPERS_DISAGREE where the person who has them has another name or birth
   * date, so that the station looks again; DUPLICATE_PERSON where another person has them, or this person another number.
   */
  async check(
    view: View,
    personId: string,
    papers: Papers | null,
    named: Named & { birthDate?: Day | null },
    { path = ["idNumber"], corrects = false }: { path?: string[]; corrects?: boolean } = {},
  ): Promise<void> {
    if (papers === null) return;
    // What is corrected need not agree with what stood there before.
    const known = (await this.holders(view, papers)).filter((holder) => !corrects || holder !== personId);
    for (const holder of known) await this.checkAgrees(view, holder, papers, named, path);
    const others = known.some((other) => other !== personId);
    const knownOtherwise = !corrects && !known.includes(personId) && (await view.hasTerm(personId, "id"));
    if (others || knownOtherwise) refuse("DUPLICATE_PERSON", {}, path);
  }

  /** Writes anew the terms by which a person is found, from the profiles of all capacities. Terms of certificates stay, also of earlier ones. */
  async renewTerms(tx: Tx, personId: string): Promise<void> {
    const profiles = await this.profilesOf(tx, personId);
    const terms = profiles.flatMap(({ capacity, profile }) => termsOf(this.vault, capacity, profile));
    for (const kind of renewedTerms)
      await tx.replaceSearchTerms(
        personId,
        kind,
        terms.filter((term) => term.kind === kind).map(({ hash }) => hash),
      );
  }

  private async checkAgrees(
    view: View,
    personId: string,
    papers: Papers,
    named: Named & { birthDate?: Day | null },
    path: string[],
  ): Promise<void> {
    const profiles = await this.profilesOf(view, personId);
    const known = profiles.filter(({ profile }) => profile.idNumber === papers.number);
    const wrong = new Set<"name" | "birthDate">();
    for (const { profile } of known) {
      if (!namesAgree(profile, named)) wrong.add("name");
      const [theirs, ours] = [profile.birthDate ?? null, named.birthDate ?? null];
      if (theirs !== null && ours !== null && theirs !== ours) wrong.add("birthDate");
    }
    if (wrong.size > 0) refuse("PAPERS_DISAGREE", { disagree: [...wrong] }, path);
  }

  /** The sealed profile of a person in each capacity, as it is now. */
  async profilesOf(view: View, personId: string): Promise<{ capacity: Capacity; profile: PersonProfile }[]> {
    const ids: Record<Capacity, string | undefined> = {
      VOLUNTEER: (await view.volunteerOfPerson(personId))?.profileId,
      RECIPIENT: (await view.recipientOfPerson(personId))?.profileId,
      SOCIAL_WORKER: (await view.socialWorkerOfPerson(personId))?.profileId,
      STAFF: (await view.profilesOfStaff([personId])).get(personId),
    };
    const opened = await this.vault.open<PersonProfile>(
      view,
      capacities.map((capacity) => ids[capacity] ?? null),
    );
    return capacities.flatMap((capacity) => {
      const profile = opened.get(ids[capacity] ?? "");
      return profile ? [{ capacity, profile: { ...profile, papersSeen: profile.papersSeen ?? true } }] : [];
    });
  }
}
