import { companyAge, pendingStates } from "../../domain/activities/signups";
import { refuse } from "../../domain/kit/refusal";
import { type Answer, seeOther } from "../answers";
import { isRefused } from "../fields";
import { adviceFor, Section, wordsOf } from "../parts";
import { field, type Visit } from "../visit";
import { askPage, isSure, sentAgain } from "./asking";
import { signInFirst } from "./plain";
import { WithdrawLink } from "./shifts";
import { SignUpCard, type SignUpLine, signUpLines } from "./sign-ups";

interface Ward {
  id: string;
  name: string;
  lines: (SignUpLine & { companyAge: number })[];
}

/** The minors whose guardian the visitor is, each with their sign-ups and the shifts that they would like. */
export async function wardsOf(visit: Visit): Promise<Ward[]> {
  const { services, actor } = visit;
  const ids = await services.guardians.wards(actor);
  const persons = await services.volunteers.sight.persons(actor, ids);
  const policies = await services.policies.current();
  const lines = await Promise.all(ids.map((id) => signUpLines(visit, id)));
  return ids.map((id, i) => ({
    id,
    name: persons[i]?.displayName ?? "—",
    lines: (lines[i] ?? [])
      .filter(({ signUp }) => pendingStates.includes(signUp.state))
      .map((line) => ({ ...line, companyAge: companyAge(line.shift, policies) })),
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
                  <ConsentForm visit={visit} signUpId={line.signUp.id} age={line.companyAge} />
                ) : (
                  <WithdrawLink visit={visit} signUpId={line.signUp.id} from="my" />
                )}
              </SignUpCard>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

/** A yes and a no are two forms, so that a key pressed on the box of one never sends the other. */
function ConsentForm({ visit, signUpId, age }: { visit: Visit; signUpId: string; age: number }) {
  const { say, form, refusal } = visit;
  const refused = isRefused(visit, { signUpId, decision: "agree" });
  const fault = refused && refusal?.path.includes("accompanied") ? refusal : null;
  const id = `accompanied-${signUpId}`;
  return (
    <>
      <form method="post" action="/my/consent" class="consent">
        <input type="hidden" name="signUpId" value={signUpId} />
        <input type="hidden" name="decision" value="agree" />
        {fault && (
          <p class="error" id={`${id}-error`}>
            {adviceFor(visit, fault) ?? wordsOf(fault, visit.language)}
          </p>
        )}
        <label class="tick">
          <input
            type="checkbox"
            name="accompanied"
            value="yes"
            checked={refused && form.get("accompanied") === "yes"}
            autofocus={fault !== null}
            aria-invalid={fault ? "true" : undefined}
            aria-describedby={fault ? `${id}-error` : undefined}
          />{" "}
          <span>{say("accompanied", { age })}</span>
        </label>
        <button type="submit">{say("agree")}</button>
      </form>
      <form method="post" action="/my/consent">
        <input type="hidden" name="signUpId" value={signUpId} />
        <input type="hidden" name="decision" value="disagree" />
        <button type="submit" class="quiet">
          {say("disagree")}
        </button>
      </form>
    </>
  );
}

export async function consentPost(visit: Visit): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  const decision = field(visit, "decision");
  if (decision !== "agree" && decision !== "disagree")
    return refuse("INVALID_INPUT", { known: ["agree", "disagree"] }, ["decision"]);
  const signUpId = field(visit, "signUpId") ?? refuse("INVALID_INPUT", { missing: true }, ["signUpId"]);
  if (decision === "disagree" && !isSure(visit)) return askDisagree(visit, signUpId);
  await visit.services.signUps.decideConsent(visit.actor, {
    signUpId,
    consent: decision === "agree",
    accompanied: field(visit, "accompanied") === "yes",
  });
  return seeOther("/my#wards");
}

async function askDisagree(visit: Visit, signUpId: string): Promise<Answer> {
  const { services, actor, say } = visit;
  if (!(await services.signUps.reading.many(actor, [signUpId]))[0]) refuse("NOT_FOUND", {}, ["signUpId"]);
  return askPage(visit, {
    title: say("askDisagree"),
    effects: [say("effectDisagree")],
    action: "/my/consent",
    fields: sentAgain(visit),
    sure: say("sureDisagree"),
    back: "/my",
  });
}
