import type { Seal } from "../../domain/facts/bytes";

/** A sealed row as the audit compares it: what it holds is known by the hash that the journal committed to. */
export interface SealedRow {
  id: string;
  personId: string;
  /** The position of the entry that sealed it first. */
  seq: number;
  commitment: string;
}
export const sealedRowOf = ({ id, personId, commitment }: Seal, seq: number): SealedRow => ({
  id,
  personId,
  seq,
  commitment: Buffer.from(commitment).toString("hex"),
});
