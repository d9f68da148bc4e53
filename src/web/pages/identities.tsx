import type { IdentityLink } from "../../domain/facts/people";
import { refuse } from "../../domain/kit/refusal";
import { identityLinkLabels } from "../../domain/people/identities";
import { unlinkIdentity } from "../../services/people/commands/identities";
import { type Answer, seeOther } from "../answers";
import { isRefused, ReasonField } from "../fields";
import { moment } from "../format";
import { Section } from "../parts";
import { field, type Visit } from "../visit";
import { askPage, isSure, sentAgain } from "./asking";
import { signInFirst } from "./plain";
import { reasonShown } from "./steps";

/** The ways in which a person signs in, with those that have ended; all but the last can be ended here. */
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

function EndForm({ visit, id }: { visit: Visit; id: string }) {
  const { say } = visit;
  const refused = isRefused(visit, { identityId: id });
  return (
    <details class="other" open={refused}>
      <summary>{say("wayInEnd")}</summary>
      <form method="post" action="/my/identities">
        <input type="hidden" name="identityId" value={id} />
        <ReasonField visit={visit} of={unlinkIdentity.fields.reason} id={`reason-${id}`} refused={refused} />
        <button type="submit" class="quiet">
          {say("goOn")}
        </button>
      </form>
    </details>
  );
}

export async function identityPost(visit: Visit): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  const identityId = field(visit, "identityId") ?? refuse("INVALID_INPUT", { missing: true }, ["identityId"]);
  const reason = field(visit, "reason") ?? refuse("REASON_MISSING", {}, ["reason"]);
  if (!isSure(visit)) return askEnd(visit, identityId);
  await visit.services.identities.unlink(visit.actor, { identityId, reason });
  return seeOther("/my#identities");
}

async function askEnd(visit: Visit, identityId: string): Promise<Answer> {
  const { services, actor, say, language } = visit;
  const [identities = []] = actor.personId ? await services.identities.of(actor, [actor.personId]) : [];
  const way = identities.find(({ id }) => id === identityId) ?? refuse("NOT_FOUND", {}, ["identityId"]);
  if (identities.filter(({ state }) => state === "LINKED").length < 2) refuse("LAST_IDENTITY", {}, ["identityId"]);
  return askPage(visit, {
    title: say("askEndWay"),
    effects: [say("effectEndWay", { label: identityLinkLabels[way.kind][language] }), ...reasonShown(visit)],
    action: "/my/identities",
    fields: sentAgain(visit),
    sure: say("sureEndWay"),
    back: "/my",
  });
}
