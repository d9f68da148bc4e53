import { roles } from "../../../domain/facts/actors";
import { batchOf, batchOptions } from "../../bank/commands";
import {
  choice,
  command,
  day,
  fieldsOf,
  id,
  key,
  optional,
  personName,
  reason,
  stepKey,
  text,
} from "../../bank/fields";
import { issuer, subject } from "./identities";

export const revokeRole = command("RevokeRoleInput", "Ends a role today.", {
  idempotencyKey: stepKey,
  grantId: id("The id of the grant that ends."),
  reason: reason(1000, "The reason, which stands in the history."),
});

export const staff = command(
  "StaffInput",
  "Gives one role to one person. The bank knows the person by `personId`, by `subject`, or by the display name at the organisation; else it makes a new person. A role that the person holds already counts as repeated.",
  {
    role: choice(roles, "The role that the person gets."),
    organizationId: optional(id("The id of the organisation at which the person gets a staff role.")),
    organizationSlug: optional(text({ most: 200 }, "The short name of the organisation, in place of its id.")),
    divisionCode: optional(
      text(
        { most: 200 },
        "The division in which a role of the office holds, with all below it, by its code or official code; left out, the role holds in the whole bank.",
      ),
    ),
    displayName: optional(
      personName(
        "The name that others see; needed without `personId`. DUPLICATE_PERSON where the bank knows the person by another name.",
      ),
    ),
    personId: optional(id("The id of a person whom the bank knows already.")),
    subject: optional(
      subject(
        "The subject (`sub`) by which the person signs in at the token issuer; a person without one is invited later.",
      ),
    ),
    issuer: optional(issuer("The address of the token issuer (`iss`) that gave the subject; needed with `subject`.")),
    validFrom: optional(day("The first civil day on which the role holds; today where left out.")),
    validUntil: optional(day("The last civil day on which the role holds; without an end where left out.")),
  },
);

export const registerStaff = command("RegisterStaffInput", "Gives roles in a batch, with the persons who hold them.", {
  idempotencyKey: key(),
  staff: batchOf(
    fieldsOf(staff, "The roles to give, one a line, of which there are 1 to 1000."),
    "The roles to give, one a line, of which there are 1 to 1000.",
  ),
  ...batchOptions,
});

export const grantRole = command(
  "GrantRoleInput",
  "Grants a role to a person: at an organisation, in a division, or in the whole bank.",
  {
    idempotencyKey: key(),
    personId: id("The id of the person who gets the role."),
    role: choice(roles, "The role that is granted."),
    organizationId: optional(id("The id of the organisation at which the role holds; needed for staff roles.")),
    divisionCode: optional(
      text({ most: 200 }, "The division in which the role holds, with all below it, by its code or official code."),
    ),
    validFrom: day("The first civil day on which the role holds."),
    validUntil: optional(day("The last civil day on which the role holds; without an end where left out.")),
  },
);
