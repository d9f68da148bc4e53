import type { ActorKind } from "../../../domain/facts/actors";
import type { Minutes } from "../../../domain/kit/minutes";
import { refuse } from "../../../domain/kit/refusal";
import { checkNotOwn } from "../../../domain/people/near";
import type { Actor } from "../../../domain/permissions/actors";
import type { Tx } from "../../../storage/store";
import type { Bank } from "../../bank";
import type { Done } from "../../bank/answers";
import { type Asked, read } from "../../bank/fields";
import { checkStranger, ownOf } from "../../bank/near";
import { endProxiesAround } from "../../proxies/ending";
import { mergePeople, separatePerson } from "../commands/persons";
import { Handing } from "./handing";
import { Merger } from "./merger";
import { PaperParting, type SeparatePerson } from "./papers";
import { mergingsOf } from "./run";
import { Separator } from "./separator";
import type { Unmerging } from "./unmerging";
import type { Services } from "./unmerging/scene";

export type MergePeople = Asked<typeof mergePeople>;
export interface MergedPeople {
  keptId: string;
  mergedId: string;
  /** The transfers that brought the balance over. */
  entries: { seq: number; minutes: Minutes }[];
}

type Needed = Services & { unmerging: Unmerging };

/** An officer parts people who were taken for one person, and merges a person who was registered as two. Nothing is lost. */
export class Persons {
  private readonly bank: Bank;
  private readonly handing: Handing;
  private readonly merger: Merger;
  private readonly separator: Separator;
  private readonly papers: PaperParting;
  constructor(private readonly services: Needed) {
    this.bank = services.bank;
    this.handing = new Handing(services);
    this.merger = new Merger({ ...services, handing: this.handing });
    this.separator = new Separator(services.bank);
    this.papers = new PaperParting(services.bank, services.volunteers, services.joinings);
  }

  /** What was never the person's becomes a person of its own, with all that hangs on it. By id. */
  async separate(actor: Actor, input: SeparatePerson): Promise<Done<{ keptId: string; separatedId: string }>> {
    const { personId, reason, evidence } = read(separatePerson, input);
    const words = { reason, evidence };
    const separatedId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const role = this.bank.permit(actor, "person.separate", {});
      await checkStranger(tx, actor, personId, ["personId"]);
      if (!(await this.bank.vault.knows(personId))) refuse("NOT_FOUND", {}, ["personId"]);
      if (input.mergedPersonId != null) return this.unmerge(tx, actor, role, input, { separatedId, words });
      for (const field of ["separateRecordIds", "separateMinutes"] as const)
        if (input[field] != null) refuse("INVALID_INPUT", { expected: "mergedPersonId with it" }, [field]);
      const parts = await this.separator.partsOf(tx, input);
      const links = await this.separator.goingLinks(tx, input, parts);
      const by = actor.personId as string;
      // The reason may name both persons. It is sealed under the officer's key, so that it is in neither person's copy.
      const reasonId = await this.bank.vault.seal(tx, by, words);
      await tx.append(by, { type: "PERSON_SEPARATED", personId, separatedId, actorKind: role, reasonId });
      await endProxiesAround(this.bank, tx, by, personId, reasonId);
      await this.bank.vault.reseal(tx, by, await this.separator.sealedOf(tx, personId, parts), separatedId);
      const joined = { by, role, reasonId };
      await this.handing.give(tx, actor, parts, { from: personId, to: separatedId, action: "SEPARATE" }, joined);
      await this.handing.giveIdentities(tx, links, separatedId, joined);
      if (parts.volunteer || links.length > 0) await this.services.identities.voidAddresses(tx, by, personId);
      await this.papers.part(tx, actor, input, separatedId, joined);
      await this.separator.partTerms(tx, parts, personId, separatedId);
      return { keptId: personId, separatedId };
    };
    return this.bank.admitting(separatedId, true, async () => {
      const done = await this.bank.commands.once(actor, "separatePerson", input, work, async (_, outcome) => outcome);
      return { done, kept: done.value.separatedId === separatedId };
    });
  }

  /** Parts two persons who were merged by mistake. The person who goes gets a new id, to which the id before the merging leads. */
  private async unmerge(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    input: SeparatePerson,
    { separatedId: to, words }: { separatedId: string; words: object },
  ): Promise<{ keptId: string; separatedId: string }> {
    for (const field of [
      "keepVolunteerId",
      "separateVolunteerId",
      "separateRecipientId",
      "separateSocialWorkerId",
    ] as const)
      if (input[field] != null) refuse("INVALID_INPUT", { expected: "none beside mergedPersonId" }, [field]);
    const by = actor.personId as string;
    const from = input.personId;
    await checkStranger(tx, actor, input.mergedPersonId as string, ["mergedPersonId"]);
    const scene = await this.services.unmerging.look(tx, input);
    const certificates = (await tx.searchTermsOf(from)).filter(({ kind }) => kind === "certificate");
    const reasonId = await this.bank.vault.seal(tx, by, words);
    await tx.append(by, { type: "PERSON_SEPARATED", personId: from, separatedId: to, actorKind: role, reasonId });
    const joined = { by, role, reasonId };
    await endProxiesAround(this.bank, tx, by, from, reasonId);
    await this.services.unmerging.part({ tx, actor, input, ...scene, from, to, joined });
    await this.papers.part(tx, actor, input, to, joined);
    const [stays, goes] = [await tx.socialWorkerOfPerson(from), await tx.socialWorkerOfPerson(to)];
    const theirs = certificates.filter(({ hash }) => goes && (!stays || hash === goes.certificateHash));
    await tx.addSearchTerms(to, theirs);
    const ours = certificates.filter((term) => !theirs.includes(term));
    await tx.replaceSearchTerms(
      from,
      "certificate",
      ours.map(({ hash }) => hash),
    );
    for (const personId of [from, to]) await this.bank.papers.renewTerms(tx, personId);
    return { keptId: from, separatedId: to };
  }

  /**
   * Merges one person who was registered twice. The older registration stays, under the person who is kept. The other becomes
   * MERGED, and stays as a trace.
   */
  async merge(actor: Actor, input: MergePeople): Promise<Done<MergedPeople>> {
    const { keepPersonId: to, mergePersonId: from, reason, evidence } = read(mergePeople, input);
    const words = { reason, evidence };
    const work = async (tx: Tx, actor: Actor): Promise<MergedPeople> => {
      const role = this.bank.permit(actor, "person.merge", {});
      if (to === from) refuse("INVALID_INPUT", { expected: "two persons" }, ["mergePersonId"]);
      const by = actor.personId as string;
      const own = await ownOf(tx, actor);
      checkNotOwn(own, to, ["keepPersonId"]);
      checkNotOwn(own, from, ["mergePersonId"]);
      for (const [id, field] of [
        [to, "keepPersonId"],
        [from, "mergePersonId"],
      ] as const)
        if (!(await this.merger.isPerson(tx, id))) refuse("NOT_FOUND", {}, [field]);
      const pair = await this.merger.pairOf(tx, from, to);
      await this.merger.check(tx, from, to, pair);
      const reasonId = await this.bank.vault.seal(tx, by, words);
      const fact = { volunteerId: pair.lost?.id ?? null, keptVolunteerId: pair.kept?.id ?? null };
      await tx.append(by, { type: "PEOPLE_MERGED", personId: from, keptId: to, ...fact, actorKind: role, reasonId });
      const sealed = await tx.sealedOfPerson(from);
      await this.bank.vault.reseal(
        tx,
        by,
        sealed.map(({ id }) => id),
        to,
      );
      const merging = { from, to, reasonId, role };
      const entries = await this.merger.join(tx, actor, pair, merging, words.reason);
      await this.merger.hand(tx, actor, pair, merging);
      return { keptId: to, mergedId: from, entries: entries.map(({ seq, minutes }) => ({ seq, minutes })) };
    };
    const done = await this.bank.commands.once(actor, "mergePeople", input, work, async (_, outcome) => outcome);
    // No row is sealed under this key any more. A crash before this line leaves a key that opens nothing.
    await this.bank.vault.dismiss(from);
    return done;
  }

  /** The ids of the persons who were merged into this one; none for an actor who may not part them. */
  async mergedInto(actor: Actor, personId: string): Promise<{ id: string }[]> {
    if (!this.bank.permitAny(actor, "person.separate", [{}])) return [];
    const { mergings } = await mergingsOf(this.bank.store.view, personId);
    return mergings.map(({ personId: id }) => ({ id }));
  }
}
