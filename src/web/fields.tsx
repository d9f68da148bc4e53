import type { ComponentChildren, JSX } from "preact";
import type { Field as CommandField } from "../services/bank/fields";
import { wordsOf } from "./parts";
import type { Visit } from "./visit";

/** Whether the form with these hidden fields is the one that was posted and refused: it stays open, with what was typed. */
export function isRefused({ refusal, form }: Visit, marks: Readonly<Record<string, string>>): boolean {
  return refusal !== null && Object.entries(marks).every(([name, value]) => form.get(name) === value);
}

/** A bound is the command's: a form repeats none. */
type Props = Omit<
  JSX.IntrinsicElements["input"],
  "id" | "name" | "value" | "form" | "maxLength" | "minLength" | "min" | "max" | "pattern"
>;

interface FieldProps extends Props {
  visit: Visit;
  /** The field of the command that reads what is typed: its limits are the form's. */
  of: Pick<CommandField, "form" | "optional">;
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
export function Field(props: FieldProps) {
  const { visit, of, id, name, label, refused, value = "", hint, faults = [name], ...attributes } = props;
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
      <input
        required={!of.optional}
        {...limitsOf(of)}
        {...attributes}
        {...shared}
        value={typed}
        autofocus={fault !== null || props.autofocus}
      />
    </>
  );
}

/** The limits that the browser checks before a form is sent: the length of a text, and the least and the largest number. */
export function limitsOf({
  form,
}: Pick<CommandField, "form">): Pick<JSX.IntrinsicElements["input"], "maxLength" | "min" | "max"> {
  if (form.kind === "TEXT") return { maxLength: form.most };
  return form.kind === "WHOLE" ? { min: form.least, max: form.most } : {};
}

/** The reason for a step: one line, which the form asks for also where the step could do without. */
export function ReasonField({ visit, of, id, refused }: Pick<FieldProps, "visit" | "of" | "id" | "refused">) {
  return <Field visit={visit} of={of} id={id} name="reason" label={visit.say("reason")} refused={refused} required />;
}
