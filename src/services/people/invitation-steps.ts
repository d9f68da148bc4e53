import type { ActorKind } from "../../domain/facts/actors";
import { type Invitation, type InvitationAction, invitationMoves } from "../../domain/facts/people";
import { take } from "../../domain/kit/moves";
import type { StoredInvitation, Tx } from "../../storage/store";

/** Writes a step of an invitation down. */
export async function stepInvitation(
  tx: Tx,
  by: string,
  invitation: Invitation | StoredInvitation,
  action: InvitationAction,
  actorKind: ActorKind,
  reasonId: string | null = null,
): Promise<void> {
  const { openedSeq: _, seq: __, ...facts } = { openedSeq: 0, seq: 0, ...invitation };
  await tx.append(by, {
    type: "INVITATION_STEP",
    ...facts,
    ...take(invitationMoves, action === "INVITE" ? null : invitation, action, { reason: reasonId }),
    action,
    from: action === "INVITE" ? null : invitation.state,
    actorKind,
    reasonId,
  });
}
