import { type IdentityLink, identityLinkLabels } from "../../domain/identities";
import { refuse } from "../../domain/refusal";
import { type Answer, seeOther } from "../answers";
import { moment } from "../format";
import { Section } from "../parts";
import { field, type Visit } from "../visit";
import { signInFirst } from "./plain";

/** By what a person signs in, with what ended; all but the last can be ended here. */
export function Identities({ visit, identities }: { visit: Visit; identities: readonly IdentityLink[] }) {
  const { say, language } = visit;
  if (identities.length === 0) return null;
  const several = identities.filter(({ state }) => state === "LINKED").length > 1;
  return (
    <Section id="identities" title={say("waysIn")}>
      <ul class="notices">
        {identities.map(({ id, kind, linkedAt, unlinkedAt }) => (
          <li key={id}>
            {say("wayInSince", { label: identityLinkLabels[kind][language], at: moment(linkedAt, language) })}{" "}
            {unlinkedAt !== null && <span class="hint">{say("wayInEnded", { at: moment(unlinkedAt, language) })}</span>}
            {unlinkedAt === null && several && <EndForm visit={visit} id={id} />}
          </li>
        ))}
      </ul>
      <p class="hint">{say("wayInLast")}</p>
    </Section>
  );
}

function EndForm({ visit: { say }, id }: { visit: Visit; id: string }) {
  return (
    <details class="other">
      <summary>{say("wayInEnd")}</summary>
      <form method="post" action="/my/identities">
        <input type="hidden" name="identityId" value={id} />
        <label for={`reason-${id}`}>{say("reason")}</label>
        <input id={`reason-${id}`} name="reason" maxLength={1000} required />
        <button type="submit">{say("wayInEnd")}</button>
      </form>
    </details>
  );
}

export async function identityPost(visit: Visit): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  await visit.services.identities.unlink(visit.actor, {
    identityId: field(visit, "identityId") ?? refuse("INVALID_INPUT", { missing: true }, ["identityId"]),
    reason: field(visit, "reason") ?? "",
  });
  return seeOther("/my#identities");
}
