import type { ActorKind } from "../../domain/facts/actors";
import type { IdentityLink } from "../../domain/facts/people";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { type Actor, system } from "../../domain/permissions/actors";
import type { StoredIdentityLink, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, type Read, read, readField } from "../bank/fields";
import { checkShape } from "../bank/input";
import { checkStranger } from "../bank/near";
import { linkIdentity, unlinkIdentity } from "./commands/identities";
import { IdentityClaims } from "./identity-claims";
import { beginLink, endLink } from "./identity-steps";
import { Reach } from "./reach";

/** A subject of a token issuer. */
type Subject = Pick<Read<typeof linkIdentity>, "issuer" | "subject">;

/** Which subjects of the token issuer are which person: linked and unlinked as facts, each told to the person. */
export class Identities {
  readonly claims: IdentityClaims;
  readonly reach: Reach;
  constructor(private readonly bank: Bank) {
    this.claims = new IdentityClaims(bank);
    this.reach = new Reach(bank);
  }

  /** Links a way to sign in. A supervisor of the person's station or an officer does this, having seen the papers; or the operator, from the command line. */
  async link(actor: Actor, input: Asked<typeof linkIdentity>): Promise<Done<IdentityLink>> {
    const { personId, reason, evidence, ...subject } = read(linkIdentity, input);
    const identity = this.checkIdentity(subject, actor);
    const work = async (tx: Tx, actor: Actor) => {
      const role = await this.reach.checkReach(tx, actor, "identity.link", personId);
      await checkStranger(tx, actor, personId, ["personId"]);
      if (!(await this.bank.vault.knows(personId))) refuse("NOT_FOUND", {}, ["personId"]);
      const state = (await tx.volunteerOfPerson(personId))?.state;
      if (state === "DECEASED") refuse("ILLEGAL_TRANSITION", { action: "LINK", from: state }, ["personId"]);
      const hash = identityHash(this.bank, identity);
      const holder = await tx.personOfIdentity(hash);
      if (holder === personId) return (await this.linkNow(tx, hash)).id;
      if (holder !== undefined) refuse("DUPLICATE_PERSON", {}, ["subject"]);
      const by = actor.personId as string;
      const reasonId = await this.bank.vault.seal(tx, personId, { reason, evidence });
      const kind = actor === system ? "OPERATOR" : "PAPERS";
      return beginLink(this.bank, tx, by, { hash, personId, issuer: identity.issuer, kind, linkedBy: role, reasonId });
    };
    return this.bank.commands.once(actor, "linkIdentity", input, work, render);
  }

  /** Ends a link: tokens of that subject are nobody from now on. Ending it again answers the same. */
  async unlink(actor: Actor, input: Asked<typeof unlinkIdentity>): Promise<IdentityLink> {
    const reason = readField(unlinkIdentity, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const link =
        (await tx.identityLinks([input.identityId])).get(input.identityId) ?? refuse("NOT_FOUND", {}, ["identityId"]);
      const own = actor.personId === link.personId;
      const [places] = await this.reach.placesOf(tx, [link.personId]);
      const sees = own || this.bank.permitAny(actor, "identity.unlink", places ?? []);
      if (!sees) refuse("NOT_FOUND", {}, ["identityId"]);
      const role = own ? "VOLUNTEER" : await this.reach.checkReach(tx, actor, "identity.unlink", link.personId);
      if (link.state === "UNLINKED") return link;
      if (own && (await this.isLast(tx, link))) refuse("LAST_IDENTITY", {}, ["identityId"]);
      const by = actor.personId as string;
      await endLink(tx, by, link, role, await this.bank.vault.sealWords(tx, by, link.personId, { reason }));
      await this.voidAddresses(tx, by, link.personId);
      return render(tx, link.id);
    });
  }

  /** A link is null where it is absent, and where it is neither the actor's own nor one that the actor could end. Batched. */
  async many(actor: Actor, ids: readonly string[]): Promise<(IdentityLink | null)[]> {
    const view = this.bank.store.view;
    const links = await view.identityLinks(ids);
    const persons = [...new Set([...links.values()].map(({ personId }) => personId))];
    const seen = await this.reach.seen(view, actor, persons);
    return ids.map((id) => {
      const link = links.get(id);
      return link && seen.has(link.personId) ? link : null;
    });
  }

  /** By person, the earliest first, with those that ended; empty where the actor may not see them. Batched. */
  async of(actor: Actor, personIds: readonly string[]): Promise<IdentityLink[][]> {
    const view = this.bank.store.view;
    const seen = await this.reach.seen(view, actor, personIds);
    const links = await view.identityLinksOf([...seen]);
    return personIds.map((id) => links.get(id) ?? []);
  }

  /** The secret addresses that a lost phone, or another person, may hold, of the calendar and of copies, open nothing any more. */
  async voidAddresses(tx: Tx, by: string, personId: string): Promise<void> {
    const version = ((await tx.calendarVersion(personId)) ?? 0) + 1;
    await tx.append(by, { type: "CALENDAR_SET", personId, version });
  }

  /** Ends all links of a person, by one reason. */
  async endAll(tx: Tx, by: string, personId: string, actorKind: ActorKind, reasonId: string): Promise<void> {
    for (const link of (await tx.identityLinksOf([personId])).get(personId) ?? [])
      if (link.state === "LINKED") await endLink(tx, by, link, actorKind, reasonId);
  }

  private async isLast(view: View, { id, personId }: IdentityLink): Promise<boolean> {
    const links = (await view.identityLinksOf([personId])).get(personId) ?? [];
    // A link to another issuer than the bank's opens nothing.
    const opens = (issuer: string | null) => issuer !== null && this.believes(issuer);
    return !links.some((other) => other.state === "LINKED" && other.id !== id && opens(other.issuer));
  }

  /** The link that ties a subject to a person now. */
  private async linkNow(view: View, hash: string): Promise<StoredIdentityLink> {
    const link = (await view.identityLinksByHash(hash)).find(({ state }) => state === "LINKED");
    invariant(link, "a subject that is a person has a link");
    return link;
  }

  /** Whether tokens of an issuer are believed here. */
  private believes(issuer: string): boolean {
    const { tokenIssuer, issuer: own } = this.bank.options;
    return issuer === (tokenIssuer ?? own);
  }

  checkIdentity({ issuer, subject }: Subject, actor: Actor): Subject {
    checkShape(issuer, "issuer", /^https?:\/\/\S+$/, "an address such as https://login.example");
    // A subject of another issuer cannot sign in. The operator is let through, to prepare a bank for a later issuer.
    if (actor !== system && !this.believes(issuer))
      refuse("INVALID_INPUT", { expected: "the issuer whose tokens this bank believes" }, ["issuer"]);
    // The bank's own tokens name a person by id, and need no link.
    if (issuer === this.bank.options.issuer && subject.startsWith("person_"))
      refuse("INVALID_INPUT", { expected: "a subject of the issuer" }, ["subject"]);
    return { issuer, subject };
  }
}

/** A keyed hash: the same subject is found again, and no login name is kept. */
export function identityHash({ vault }: Bank, { issuer, subject }: Subject): string {
  return vault.hash("identity", `${issuer}\0${subject}`);
}

const render = async (view: View, id: string): Promise<IdentityLink> => {
  const link = (await view.identityLinks([id])).get(id);
  invariant(link, "a command's link is there");
  return link;
};
