import { Refusal } from "../../domain/kit/refusal";
import { groupCode, readCode, wrongCodesMost } from "../../domain/people/invitations";
import { acceptInvitation } from "../../services/people/commands/invitations";
import type { LookedAtInvitation } from "../../services/people/invitations";
import { type Answer, seeOther } from "../answers";
import { Field, isRefused } from "../fields";
import { page } from "../layout";
import { Key } from "../parts";
import { cookie } from "../session";
import { field, type Visit } from "../visit";

/** The code on its way through the sign-in: in a cookie of this page, never in an address. */
const codeCookie = "invitation";
const path = "/join";
const heldSeconds = 1_800;

/**
 * The page on which an invitation is accepted: the code is typed, or came with the link. A visitor who is not signed in signs
 * in first.
 */
export async function joinPage(visit: Visit): Promise<Answer> {
  const code = readCode(visit.cookies.get(codeCookie) ?? "");
  if (!visit.signedIn || code === null || visit.refusal) return formPage(visit);
  try {
    return confirmPage(visit, code, await visit.services.invitations.look(visit.actor, code, visit.address));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // A code that opens nothing is not kept: coming back would be another try.
    return formPage({ ...visit, refusal: error }, [held("", visit)]);
  }
}

export async function joinPost(visit: Visit): Promise<Answer> {
  const { services, actor, address, signedIn } = visit;
  const kept = visit.cookies.get(codeCookie) ?? "";
  const key = field(visit, "key");
  if (signedIn && key) {
    await services.invitations.accept(actor, { idempotencyKey: key, code: kept }, address);
    return seeOther("/my", [held("", visit)]);
  }
  // A text that is no code is tried like one, so that it is refused and counted like all others.
  const code = readCode(field(visit, "code") ?? "");
  if (code === null) {
    if (signedIn) await services.invitations.look(actor, field(visit, "code") ?? "", address);
    return formPage({ ...visit, refusal: new Refusal("INVITATION_INVALID", {}, ["code"]) });
  }
  return seeOther(signedIn ? path : `/sign-in?next=${path}`, [held(code, visit)]);
}

const held = (code: string, { publicUrl }: Visit) =>
  cookie(codeCookie, code, { publicUrl, seconds: code === "" ? 0 : heldSeconds, path });

function formPage(visit: Visit, cookies: readonly string[] = []): Answer {
  const { say, signedIn } = visit;
  return page(
    visit,
    { title: say("joinTitle"), className: "narrow", scripts: ["join.js"], cookies },
    <>
      <div class="hero">
        <h1>{say("joinTitle")}</h1>
        <p class="lead">{say("joinLead")}</p>
      </div>
      <form method="post" action={path}>
        <Field
          visit={visit}
          of={acceptInvitation.fields.code}
          id="code"
          name="code"
          label={say("joinCode")}
          hint={say("joinHow", { most: wrongCodesMost.person })}
          refused={isRefused(visit, {})}
          autoComplete="off"
          autoCapitalize="characters"
          spellcheck={false}
        />
        <button type="submit" class="wide">
          {say(signedIn ? "next" : "joinSignIn")}
        </button>
      </form>
    </>,
  );
}

function confirmPage(visit: Visit, code: string, { organizationName, kind, name }: LookedAtInvitation): Answer {
  const { say } = visit;
  return page(
    visit,
    { title: say("joinTitle"), className: "narrow" },
    <>
      <div class="hero">
        <h1>{say("joinTitle")}</h1>
        <p class="lead">{say(`joinAs_${kind}`, { organization: organizationName, name: name ?? "—" })}</p>
      </div>
      <form method="post" action={path}>
        <Key />
        <p class="hint">{say("joinCodeIs", { code: groupCode(code) })}</p>
        <button type="submit" class="wide">
          {say("joinAccept")}
        </button>
      </form>
      <p class="hint">{say("joinNotMe")}</p>
    </>,
  );
}
