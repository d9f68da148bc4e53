import type { ComponentChildren, JSX } from "preact";
import { wordsOf } from "./parts";
import type { Visit } from "./visit";

/** Whether the form with these hidden fields is the one that was posted and refused: it stays open, with what was typed. */
export function isRefused({ refusal, form }: Visit, marks: Readonly<Record<string, string>>): boolean {
  return refusal !== null && Object.entries(marks).every(([name, value]) => form.get(name) === value);
}

type Props = Omit<JSX.IntrinsicElements["input"], "id" | "name" | "value" | "form">;

interface FieldGiven extends Props {
  visit: Visit;
  id: string;
  name: string;
  label: string;
  /** Whether the form was refused: it then shows again what was typed. */
  refused: boolean;
  /** The value that the field has before anything is typed. */
  value?: string;
  hint?: ComponentChildren;
  /** The names under which a refusal may point to this field; its own name where they are left out. */
  faults?: readonly string[];
}

/**
 * A field with its label, its purpose, and its error: the error stands beside the field, is read out with it, and leaves what
 * was typed (WCAG 3.3.1, 3.3.3).
 */
export function Field(given: FieldGiven) {
  const { visit, id, name, label, refused, value = "", hint, faults = [name], ...props } = given;
  const fault = refused && visit.refusal?.path.some((part) => faults.includes(part)) ? visit.refusal : null;
  const about = [hint && `${id}-hint`, fault && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const shared = { id, name, "aria-describedby": about, "aria-invalid": fault ? ("true" as const) : undefined };
  const typed = refused ? (visit.form.get(name) ?? "") : value;
  return (
    <>
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="error" id={`${id}-error`}>
          {wordsOf(fault, visit.language)}
        </p>
      )}
      <input {...props} {...shared} value={typed} autofocus={fault !== null || props.autofocus} />
    </>
  );
}

/** The reason for a step: one line, which is always needed. */
export function ReasonField({ visit, id, refused }: Pick<FieldGiven, "visit" | "id" | "refused">) {
  const label = visit.say("reason");
  return <Field visit={visit} id={id} name="reason" label={label} refused={refused} maxLength={1000} required />;
}
