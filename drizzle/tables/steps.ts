import type { Kit } from "../kit.sqlite";

/** What every step of a state machine keeps, behind the columns that say of what: who took it, when, and why. */
export function stepColumns({ text, int }: Kit) {
  return {
    seq: int().notNull(),
    at: int().notNull(),
    action: text().notNull(),
    from: text(),
    to: text().notNull(),
    actorId: text().notNull(),
    actorKind: text().notNull(),
    reasonId: text(),
  };
}
