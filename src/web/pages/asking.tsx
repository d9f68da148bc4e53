import type { Answer } from "../answers";
import { page } from "../layout";
import { field, type Visit } from "../visit";

/** One step that cannot be taken back, which the visitor is asked about again. */
export interface Question {
  title: string;
  /** The consequences of the step, and the number of people. */
  effects: readonly string[];
  /** The address of the form and its fields; `sure` is added. */
  action: string;
  fields: Readonly<Record<string, string>>;
  /** The words on the button that takes the step. */
  sure: string;
  /** The page to which a visitor goes who does not want it. */
  back: string;
}

/** Whether the visitor was asked and said yes. */
export const isSure = (visit: Visit): boolean => field(visit, "sure") === "yes";

/**
 * A page of its own before a step that cannot be undone. It has one form with one button and nothing to type into, so that no
 * key does more than its label says; the way back stands first.
 */
export function askPage(visit: Visit, question: Question): Answer {
  const { say } = visit;
  const { title, effects, action, fields, sure, back } = question;
  return page(
    visit,
    { title, className: "narrow" },
    <>
      <div class="hero">
        <p class="kicker">{say("askTitle")}</p>
        <h1>{title}</h1>
      </div>
      <div class="note bad">
        {effects.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <p class="actions ask">
        <a class="button quiet wide" href={back}>
          {say("goBack")}
        </a>
      </p>
      <form method="post" action={action} class="ask">
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="sure" value="yes" />
        <button type="submit" class="wide">
          {sure}
        </button>
      </form>
    </>,
  );
}

/** The fields of the form that was posted, to be sent once more with a yes. */
export function sentAgain({ form }: Visit): Record<string, string> {
  return Object.fromEntries([...form].filter(([name]) => name !== "sure"));
}
