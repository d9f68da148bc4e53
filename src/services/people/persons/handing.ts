import type { IdentityLink, Volunteer } from "../../../domain/facts/people";
import type { Joined } from "../../../domain/people/capacities";
import type { Actor } from "../../../domain/permissions/actors";
import type { Tx } from "../../../storage/store";
import type { Bank } from "../../bank";
import { beginLink, endLink } from "../identity-steps";
import type { Volunteers } from "../volunteers";
import type { Joinings } from "./joinings";

/** What goes from one person to another: the capacities, and the posts and roles that go with them. */
export interface Parts {
  volunteer: Volunteer | null;
  recipientId: string | null;
  socialWorkerId: string | null;
  /** Whether paid posts go. They belong to the social worker, or to the volunteer where there is no social worker. */
  posts: boolean;
  grantIds: ReadonlySet<string>;
}

interface Needed {
  bank: Bank;
  volunteers: Volunteers;
  joinings: Joinings;
}

/** Gives what belongs to one person to another person, each thing by its own fact. */
export class Handing {
  constructor(private readonly services: Needed) {}

  /** Gives the parts to the person they belong to from now on. */
  async give(
    tx: Tx,
    actor: Actor,
    parts: Parts,
    { from, to, action }: { from: string; to: string; action: "SEPARATE" | "TAKE_OVER" },
    joined: Joined,
  ): Promise<void> {
    const { by, role, reasonId } = joined;
    const { volunteer, recipientId, socialWorkerId } = parts;
    const { joinings, volunteers } = this.services;
    const step = { action: "SEPARATE" as const, reasonId, role };
    if (volunteer) await volunteers.move(tx, actor, volunteer, { ...volunteer, personId: to }, step);
    for (const recipient of (await tx.recipients(recipientId ? [recipientId] : [])).values())
      await joinings.setRecipient(tx, action, { ...recipient, personId: to }, joined);
    for (const worker of (await tx.socialWorkers(socialWorkerId ? [socialWorkerId] : [])).values())
      await joinings.setWorker(tx, action, { ...worker, personId: to }, joined);
    if (parts.posts)
      for (const post of (await tx.postsOfPersons([from])).get(from) ?? [])
        await tx.append(by, { type: "POST_SET", ...another(post, to), reasonId });
    if (volunteer)
      for (const guardianship of await tx.guardianshipsOf(from))
        await tx.append(by, { type: "GUARDIAN_SET", ...another(guardianship, to), reasonId });
    for (const grant of (await tx.grantsOfPersons([from])).get(from) ?? [])
      if (parts.grantIds.has(grant.id)) await tx.append(by, { type: "GRANT_STEP", ...another(grant, to), reasonId });
  }

  /** Ends each way to sign in, and links the same subject to the other person. */
  async giveIdentities(
    tx: Tx,
    links: readonly IdentityLink[],
    personId: string,
    { by, role, reasonId }: Joined,
  ): Promise<void> {
    for (const link of links) {
      await endLink(tx, by, link, role, reasonId);
      const { hash, issuer } = link;
      const subject = { hash, issuer, personId, kind: "PAPERS" as const };
      await beginLink(this.services.bank, tx, by, { ...subject, linkedBy: role, reasonId });
    }
  }
}

/** The fact of the next version of a row, for another person. */
export function another<T extends { version: number }>(row: T, personId: string): T & { personId: string } {
  const { seq: _, ...fact } = { ...row, personId, version: row.version + 1 } as T & { personId: string; seq?: number };
  return fact as T & { personId: string };
}
