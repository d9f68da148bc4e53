import { invitationStates } from "../../../domain/facts/people";
import { choices, command, fieldsOf, id, key, list, optional, sealedReason, stepKey, text } from "../../bank/fields";

export const invitee = command("InviteeInput", "Names one person to invite, by exactly one of the three fields.", {
  volunteerId: optional(id("The id of a volunteer who belongs to the organisation.")),
  personId: optional(id("The id of a person who has a role at the organisation.")),
  guardianOf: optional(id("The volunteer id of the minor whose guardian is invited.")),
});

export const invitePeople = command("InvitePeopleInput", "Invites people to an organisation by one-time codes.", {
  idempotencyKey: id(
    "Your own key for this request, of at most 200 bytes. The same key with the same input gets the same answer again, but without the codes; with another input it is refused with IDEMPOTENCY_CONFLICT.",
  ),
  organizationId: id("The id of the organisation that invites."),
  invitees: list(
    fieldsOf(invitee, "The people to invite, of whom there are 1 to 1000. All of them are invited, or none."),
    { most: 1000 },
    "The people to invite, of whom there are 1 to 1000. All of them are invited, or none.",
  ),
});

export const revokeInvitation = command("RevokeInvitationInput", "Takes an invitation back.", {
  idempotencyKey: stepKey,
  invitationId: id("The id of the invitation."),
  reason: sealedReason(),
});

export const acceptInvitation = command("AcceptInvitationInput", "Accepts an invitation by its code.", {
  idempotencyKey: key(),
  code: text(
    { most: 40 },
    "The code as it was typed; small letters, full-width signs, spaces and dashes are read too.",
  ),
});

export const invitationFilter = command(
  "InvitationFilter",
  "Lists only the invitations that fit; a field left out does not filter.",
  { state: choices(invitationStates, "Lists only invitations that are in any of these states now.") },
);
