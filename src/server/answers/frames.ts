import type { PlannedField } from "./plans";

/** A value of the answer: its text, or the object or list that still waits for a part of itself; null where nothing is known yet. */
export type Piece = string | Frame | null;

/** An object or a list of the answer while its parts are gathered. */
export class Frame {
  /** Once it was emptied by an error inside it, what happens inside it is of no interest. */
  isDropped = false;

  constructor(
    /** Null for the whole answer. */
    readonly parent: Frame | null,
    /** Where it stands in its parent. */
    readonly at: number,
    /** Of an object; null for a list. */
    readonly fields: readonly PlannedField[] | null,
    readonly pieces: Piece[],
    /** Whether null may stand in its place. */
    readonly nullable: boolean,
  ) {}

  get isGone(): boolean {
    for (let frame: Frame | null = this; frame; frame = frame.parent) if (frame.isDropped) return true;
    return false;
  }
}

export function textOf(piece: Piece): string {
  if (typeof piece === "string") return piece;
  if (piece === null) throw new Error("an answer has a gap");
  const pieces = piece.pieces.map(textOf);
  return piece.fields === null ? textOfList(pieces) : textOfObject(piece.fields, pieces);
}

export function textOfObject(fields: readonly PlannedField[], pieces: readonly string[]): string {
  if (fields.length === 0) return "{}";
  let text = "";
  for (let i = 0; i < fields.length; i++) text += (fields[i] as PlannedField).head + pieces[i];
  return `${text}}`;
}

export function textOfList(pieces: readonly string[]): string {
  if (pieces.length === 0) return "[]";
  let text = `[${pieces[0]}`;
  for (let i = 1; i < pieces.length; i++) text += `,${pieces[i]}`;
  return `${text}]`;
}
