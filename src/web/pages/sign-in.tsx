import { actorLabels } from "../../domain/permissions/actors";
import { type Answer, seeOther } from "../answers";
import { page } from "../layout";
import { Section } from "../parts";
import { claimsOf, cookie, endSession, localPath, sessionCookie, tokenMost } from "../session";
import { field, type Visit } from "../visit";

export async function signInPage(visit: Visit, refused = false): Promise<Answer> {
  const { say, query, form, options } = visit;
  const next = localPath(query.get("next") ?? form.get("next"));
  const people = (options.demoToken && (await options.demoPeople?.())) || [];
  return page(
    visit,
    { title: say("signInTitle"), className: "narrow", status: refused ? 422 : 200 },
    <>
      <div class="hero">
        <h1>{say("signInTitle")}</h1>
      </div>
      {people.length > 0 && (
        <Section id="demo" title={say("demoRoles")}>
          <p>{say("demoHow")}</p>
          <div class="roles">
            {people.map(({ subject, role, where }) => (
              <form key={subject + role} method="post" action="/sign-in">
                <input type="hidden" name="next" value={next} />
                <input type="hidden" name="subject" value={subject} />
                <button type="submit" class="quiet wide">
                  {actorLabels[role][visit.language]}
                  {where && <span class="hint">{where}</span>}
                </button>
              </form>
            ))}
          </div>
        </Section>
      )}
      <form method="post" action="/sign-in">
        <input type="hidden" name="next" value={next} />
        <label for="token">{say("token")}</label>
        <p class="hint" id="token-how">
          {say("tokenHow")}
        </p>
        {refused && (
          <p class="error" id="token-error" role="alert">
            {say("tokenRefused")}
          </p>
        )}
        <textarea
          id="token"
          name="token"
          rows={4}
          maxLength={tokenMost}
          autoComplete="off"
          spellcheck={false}
          aria-describedby={refused ? "token-how token-error" : "token-how"}
          aria-invalid={refused ? "true" : undefined}
          autofocus={refused}
          required
        >
          {refused ? form.get("token") : ""}
        </textarea>
        <button type="submit" class="wide">
          {say("signIn")}
        </button>
      </form>
    </>,
  );
}

/** A token is kept only after it was verified; in the demo a listed person gets one. */
export async function signInPost(visit: Visit): Promise<Answer> {
  const { options, services, publicUrl, form } = visit;
  const token = (await demoTokenFor(visit)) ?? field(visit, "token") ?? undefined;
  const claims = await claimsOf(token, options);
  if (!token || !claims) return signInPage(visit, true);
  const seconds = (claims.expiresAt - services.now()) / 1000;
  return seeOther(localPath(form.get("next")), [cookie(sessionCookie, token, { publicUrl, seconds })]);
}

async function demoTokenFor(visit: Visit): Promise<string | null> {
  const { demoToken, demoPeople } = visit.options;
  const subject = field(visit, "subject");
  if (!demoToken || !demoPeople || subject === null) return null;
  const listed = (await demoPeople()).some((person) => person.subject === subject);
  return listed ? demoToken(subject) : null;
}

export async function signOutPost(visit: Visit): Promise<Answer> {
  return seeOther("/", [await endSession(visit)]);
}
