import type { ActorKind } from "../../domain/facts/actors";
import { type IdentityLink, type IdentityLinkKind, identityMoves } from "../../domain/facts/people";
import { take } from "../../domain/kit/moves";
import type { Tx } from "../../storage/store";
import type { Bank } from "../bank";

/** The first step of a link; the caller knows that the subject is nobody yet. */
export async function beginLink(
  bank: Bank,
  tx: Tx,
  by: string,
  first: Pick<IdentityLink, "hash" | "personId" | "issuer" | "linkedBy"> & {
    kind: IdentityLinkKind;
    reasonId: string | null;
  },
): Promise<string> {
  const { reasonId, linkedBy, ...link } = first;
  const id = bank.id("identity", tx.now);
  await tx.append(by, {
    type: "IDENTITY_STEP",
    id,
    ...link,
    linkedAt: tx.now,
    linkedBy,
    linkReasonId: reasonId,
    ...take(identityMoves, null, "LINK"),
    action: "LINK",
    from: null,
    actorKind: linkedBy,
    reasonId,
  });
  return id;
}

/** The last step of a link. */
export async function endLink(
  tx: Tx,
  by: string,
  link: IdentityLink,
  actorKind: ActorKind,
  reasonId: string,
): Promise<void> {
  const { id, hash, personId, issuer, kind, linkedAt, linkedBy, linkReasonId } = link;
  await tx.append(by, {
    type: "IDENTITY_STEP",
    id,
    hash,
    personId,
    issuer,
    kind,
    linkedAt,
    linkedBy,
    linkReasonId,
    ...take(identityMoves, link, "UNLINK", { reason: reasonId }),
    action: "UNLINK",
    from: link.state,
    actorKind,
    reasonId,
  });
}
