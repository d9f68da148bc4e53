import { command, fieldsOf, id, key, optional, reason, stepKey, text } from "../../bank/fields";
import { evidence } from "../../bank/proofs";

export const issuer = (sentence: string) => text({ most: 300, line: true }, sentence);
/** RFC 7519 leaves the length of a token's subject open; OpenID Connect allows 255 characters. */
export const subject = (sentence: string) => text({ most: 255 }, sentence);

export const linkIdentity = command(
  "LinkIdentityInput",
  "Links a way to sign in to a person whose papers you have seen.",
  {
    idempotencyKey: key(),
    personId: id("The id of the person who signs in with it."),
    issuer: issuer("The address of the issuer of the tokens, which is their `iss`."),
    subject: subject("The subject of the tokens, which is their `sub`."),
    reason: reason(1000, "The reason, which is kept encrypted and shown to the person."),
    evidence: optional(fieldsOf(evidence, "A reference to the papers that you have seen, which is kept encrypted.")),
  },
);

export const unlinkIdentity = command("UnlinkIdentityInput", "Ends a way to sign in.", {
  idempotencyKey: stepKey,
  identityId: id("The id of the identity (the way to sign in)."),
  reason: reason(1000, "The reason, which is kept encrypted and shown to the person."),
});
