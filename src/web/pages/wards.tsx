import { pendingStates } from "../../domain/activities/signups";
import { refuse } from "../../domain/refusal";
import { type Answer, seeOther } from "../answers";
import { Section } from "../parts";
import { field, type Visit } from "../visit";
import { signInFirst } from "./plain";
import { WithdrawForm } from "./shifts";
import { SignUpCard, type SignUpLine, signUpLines } from "./sign-ups";

interface Ward {
  id: string;
  name: string;
  lines: SignUpLine[];
}

/** The minors somebody answers for, each with what they have promised or would like to. */
export async function wardsOf(visit: Visit): Promise<Ward[]> {
  const { services, actor } = visit;
  const ids = await services.guardians.wards(actor);
  const persons = await services.volunteers.persons(actor, ids);
  const lines = await Promise.all(ids.map((id) => signUpLines(visit, id)));
  return ids.map((id, i) => ({
    id,
    name: persons[i]?.displayName ?? "—",
    lines: (lines[i] ?? []).filter(({ signUp }) => pendingStates.includes(signUp.state)),
  }));
}

export function Wards({ visit, wards }: { visit: Visit; wards: readonly Ward[] }) {
  const { say } = visit;
  return (
    <Section id="wards" title={say("wards")}>
      {wards.map(({ id, name, lines }) => (
        <div key={id}>
          <h3>{name}</h3>
          {lines.length === 0 && <p class="empty">{say("wardSignUpsNone")}</p>}
          <ul class="cards">
            {lines.map((line) => (
              <SignUpCard key={line.signUp.id} visit={visit} line={line}>
                {line.signUp.state === "PENDING_GUARDIAN" ? (
                  <ConsentForm visit={visit} signUpId={line.signUp.id} />
                ) : (
                  <WithdrawForm visit={visit} signUpId={line.signUp.id} action="/my" />
                )}
              </SignUpCard>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function ConsentForm({ visit: { say }, signUpId }: { visit: Visit; signUpId: string }) {
  return (
    <form method="post" action="/my/consent" class="consent">
      <input type="hidden" name="signUpId" value={signUpId} />
      <label class="tick">
        <input type="checkbox" name="accompanied" value="yes" /> <span>{say("accompanied")}</span>
      </label>
      <p class="actions">
        <button type="submit" name="decision" value="agree">
          {say("agree")}
        </button>
        <button type="submit" name="decision" value="disagree" class="quiet">
          {say("disagree")}
        </button>
      </p>
    </form>
  );
}

export async function consentPost(visit: Visit): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  const decision = field(visit, "decision");
  if (decision !== "agree" && decision !== "disagree") return refuse("INVALID_INPUT", {}, ["decision"]);
  await visit.services.signUps.decideConsent(visit.actor, {
    signUpId: field(visit, "signUpId") ?? refuse("INVALID_INPUT", { missing: true }, ["signUpId"]),
    consent: decision === "agree",
    accompanied: field(visit, "accompanied") === "yes",
  });
  return seeOther("/my#wards");
}
