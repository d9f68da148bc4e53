import type { Refusal } from "../../domain/kit/refusal";
import type { Answer } from "../answers";
import { page } from "../layout";
import { RefusalNote } from "../parts";
import type { TextKey } from "../texts";
import type { Frame, Visit } from "../visit";

/** The page for an address that does not exist. It links to the front page, and does not repeat the address. */
export function missingPage(visit: Visit): Answer {
  const { say } = visit;
  return page(
    { ...visit, path: "/", query: new URLSearchParams(), refusal: null },
    { title: say("missingTitle"), status: 404 },
    <div class="hero">
      <h1>{say("missingTitle")}</h1>
      <p class="lead">{say("missingText")}</p>
      <HomeLink visit={visit} />
    </div>,
  );
}

/** A page that this visitor may not see, and the reason. */
export function refusedPage(visit: Visit, refusal: Refusal): Answer {
  if (refusal.code === "NOT_FOUND") return missingPage(visit);
  const { say } = visit;
  const status = refusal.code === "NOT_PERMITTED" ? 403 : 422;
  return page(
    { ...visit, refusal: null },
    { title: say("cannotTitle"), status },
    <div class="hero">
      <h1>{say("cannotTitle")}</h1>
      <RefusalNote visit={visit} refusal={refusal} />
      <HomeLink visit={visit} />
    </div>,
  );
}

export function saidPage(visit: Visit, status: number, text: TextKey, headers?: Record<string, string>): Answer {
  const { say } = visit;
  return page(
    { ...visit, refusal: null },
    { title: say("cannotTitle"), status, headers },
    <div class="hero">
      <h1>{say("cannotTitle")}</h1>
      <p class="note bad" role="alert">
        {say(text)}
      </p>
      <HomeLink visit={visit} />
    </div>,
  );
}

/** An error of ours: what it is, what to do, and the number by which we find it in our log. */
export function faultPage(
  frame: Frame,
  { status, message, requestId }: { status: number; message: string; requestId: string },
): Answer {
  const { say } = frame;
  return page(
    frame,
    { title: say(status === 404 ? "missingTitle" : "cannotTitle"), status },
    <div class="hero">
      <h1>{say(status === 404 ? "missingTitle" : "cannotTitle")}</h1>
      <p class="note bad" role="alert">
        {message}
      </p>
      {status >= 500 && <p class="hint">{say("faultNumber", { requestId })}</p>}
      <HomeLink visit={frame} />
    </div>,
  );
}

export function signInFirst(visit: Visit): Answer {
  const { say, path, query } = visit;
  const back = query.size > 0 ? `${path}?${query}` : path;
  return page(
    { ...visit, refusal: null },
    { title: say("signInFirst"), status: 401, headers: { "www-authenticate": "Bearer" } },
    <div class="hero">
      <h1>{say("signInFirst")}</h1>
      <p class="lead">{say("signInFirstWhy")}</p>
      <p>
        <a class="button" href={`/sign-in?next=${encodeURIComponent(back)}`}>
          {say("signIn")}
        </a>
      </p>
    </div>,
  );
}

function HomeLink({ visit: { say } }: { visit: Frame }) {
  return (
    <p>
      <a class="button quiet" href="/">
        {say("toHome")}
      </a>
    </p>
  );
}
