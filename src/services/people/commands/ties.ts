import { command, flag, id, key, optional, sealedReason, stepKey, text, version } from "../../bank/fields";

export const linkGuardian = command(
  "LinkGuardianInput",
  "Links a guardian to a minor, so that the guardian may consent by themselves.",
  {
    idempotencyKey: key(),
    volunteerId: id("The volunteer id of the minor."),
    guardianId: id("The volunteer id of the guardian, who is a registered adult."),
  },
);

export const endGuardianship = command("EndGuardianshipInput", "Ends the link between a guardian and a minor.", {
  idempotencyKey: stepKey,
  volunteerId: id("The volunteer id of the minor."),
  guardianId: id("The volunteer id of the guardian, or the person id where the guardian is no volunteer."),
  reason: sealedReason(),
});

export const setTie = command(
  "SetTieInput",
  "Lets an organisation see a volunteer (name, masked papers and phone, and balance), or ends that.",
  {
    volunteerId: optional(id("The id of the volunteer; left out, it is you.")),
    organizationId: id("The id of the organisation that may see the volunteer, or may not."),
    allowed: flag(
      "True lets the organisation see the volunteer. False ends that, and earlier sign-ups and submissions show no name.",
    ),
    reason: optional(
      text(
        { most: 1000 },
        "The reason, which is kept encrypted; a station or an officer says where the volunteer's own statement is kept.",
      ),
    ),
    expectedVersion: optional(
      version(
        "The `version` of the tie that you have read, or 0 where there was none. The request is refused with VERSION_CONFLICT where it is another one by now.",
      ),
    ),
  },
);
