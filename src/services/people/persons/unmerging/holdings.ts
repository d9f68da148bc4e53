import type { FactOf } from "../../../../domain/facts";
import type { IdentityLink } from "../../../../domain/facts/people";
import { refuse } from "../../../../domain/kit/refusal";
import type { StoredGuardianship, Tx } from "../../../../storage/store";
import type { Bank } from "../../../bank";
import { another, Handing } from "../handing";
import { factAt } from "../naming";
import type { Run } from "../run";
import { grantIdsOf } from "./belongings";
import type { Pair, Services, UnmergingScene } from "./scene";

/** Gives guardianships, roles, posts, ways to sign in and the staff profile back to the person who goes. */
export class HoldingsApart {
  private readonly bank: Bank;
  private readonly handing: Handing;
  constructor(services: Services) {
    this.bank = services.bank;
    this.handing = new Handing(services);
  }

  /** Gives guardianships back: of the registration that was merged, and by the person who goes. */
  async guardiansApart(scene: UnmergingScene, pair: Pair | null): Promise<void> {
    const { tx, run, joined, from, to, merging, earlier } = scene;
    const froms = [from, merging.personId, ...earlier.map(({ personId }) => personId)];
    for (const brought of run.guardianships) {
      const held = (await tx.guardianshipsFor([brought.volunteerId])).get(brought.volunteerId);
      const now = held?.find(({ id }) => id === brought.id);
      if (!now || !(await this.isAsBrought(scene, brought, now))) continue;
      // The merging ended a guardianship whose pair existed already, and moved every other one.
      const wasEnded = brought.volunteerId === pair?.lost.id || brought.personId === merging.personId;
      const volunteerId = pair && brought.volunteerId === pair.kept.id ? pair.lost.id : brought.volunteerId;
      const personId = froms.includes(brought.personId) ? to : brought.personId;
      const others = (await tx.guardianshipsFor([volunteerId])).get(volunteerId) ?? [];
      if (others.some((other) => other.id !== now.id && other.personId === personId)) continue;
      const ended = !wasEnded && brought.ended;
      const step = { id: now.id, volunteerId, personId, ended, version: now.version + 1 };
      await tx.append(joined.by, { type: "GUARDIAN_SET", ...step, reasonId: joined.reasonId });
    }
  }

  /** Whether a guardianship stands as the merging left it. A station's later step stays; that of a later merging was undone. */
  private async isAsBrought(
    { tx, earlier }: UnmergingScene,
    brought: FactOf<"GUARDIAN_SET">,
    now: StoredGuardianship,
  ): Promise<boolean> {
    if (now.version === brought.version) return true;
    const last = await factAt(tx, now.seq);
    const undone = last?.type === "GUARDIAN_SET" && earlier.some(({ reasonId }) => reasonId === last.reasonId);
    return undone && now.ended === brought.ended;
  }

  /** Whether the merging brought a way to sign in, also where later mergings and partings moved it on by new links. */
  private async isBrought(tx: Tx, { id, hash }: IdentityLink, identityIds: ReadonlySet<string>): Promise<boolean> {
    if (identityIds.has(id)) return true;
    const links = await tx.identityLinksByHash(hash);
    const leadsTo = (ended: IdentityLink, begun: IdentityLink) =>
      ended.unlinkReasonId !== null && ended.unlinkReasonId === begun.linkReasonId;
    for (let at = links.find((link) => link.id === id); at; ) {
      const begun: IdentityLink = at;
      if (identityIds.has(begun.id)) return true;
      at = links.find((link) => leadsTo(link, begun));
    }
    return false;
  }

  /**
   * Gives back roles, posts, ways to sign in and the staff profile: those that the officer names, else those that were
   * brought.
   */
  async rest(scene: UnmergingScene): Promise<void> {
    const { tx, input, run, joined, from, to } = scene;
    const { by, reasonId } = joined;
    const grants = (await tx.grantsOfPersons([from])).get(from) ?? [];
    for (const [i, id] of (input.separateGrantIds ?? []).entries())
      if (!grants.some((grant) => grant.id === id)) refuse("NOT_FOUND", {}, ["separateGrantIds", String(i)]);
    const going = grantIdsOf(scene);
    for (const grant of grants)
      if (going.has(grant.id)) await tx.append(by, { type: "GRANT_STEP", ...another(grant, to), reasonId });
    for (const post of (await tx.postsOfPersons([from])).get(from) ?? [])
      if (run.postIds.has(post.id)) await tx.append(by, { type: "POST_SET", ...another(post, to), reasonId });
    const links = ((await tx.identityLinksOf([from])).get(from) ?? []).filter(({ state }) => state === "LINKED");
    const chosen = input.separateIdentityIds;
    for (const [i, id] of (chosen ?? []).entries())
      if (!links.some((link) => link.id === id)) refuse("NOT_FOUND", {}, ["separateIdentityIds", String(i)]);
    const theirs: IdentityLink[] = [];
    for (const link of links)
      if (chosen ? chosen.includes(link.id) : await this.isBrought(tx, link, run.identityIds)) theirs.push(link);
    await this.handing.giveIdentities(tx, theirs, to, joined);
    await this.staffApart(tx, { by, run, from, to, merged: input.mergedPersonId as string });
  }

  /**
   * Gives each person their own staff profile. One who had none before the merging gets one with the name of another
   * capacity.
   */
  private async staffApart(
    tx: Tx,
    { by, run, from, to, merged }: { by: string; run: Run; from: string; to: string; merged: string },
  ): Promise<void> {
    const staff = await tx.profilesOfStaff([from, merged]);
    const theirs = staff.get(merged);
    if (theirs) await tx.append(by, { type: "STAFF_SET", personId: to, profileId: theirs });
    if (!run.staff || staff.get(from) !== theirs) return;
    const [known] = await this.bank.papers.profilesOf(tx, from);
    const displayName = known && known.capacity !== "STAFF" ? known.profile.displayName : null;
    if (displayName === null) return;
    const profile = { displayName, legalName: null, idNumber: null, birthDate: null, phone: null };
    const more = { skills: [], serviceTypes: [], consentedOn: null, guardian: null };
    const profileId = await this.bank.vault.seal(tx, from, { ...profile, ...more });
    await tx.append(by, { type: "STAFF_SET", personId: from, profileId });
  }
}
