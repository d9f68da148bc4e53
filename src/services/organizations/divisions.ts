import type { ActorKind } from "../../domain/facts/actors";
import type { Division } from "../../domain/facts/organizations";
import { Refusal } from "../../domain/kit/refusal";
import { isRetired } from "../../domain/organizations";
import {
  type DivisionChange,
  type DivisionFate,
  type DivisionLine,
  findDivision,
  planDivisions,
  readDivision,
} from "../../domain/organizations/divisions";
import { checkImpersonal } from "../../domain/people/numbers";
import type { Actor } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { BatchOf } from "../bank/answers";
import { batch, checkBatch, type Fate, readLines, refusedFate, rehearse, settled } from "../bank/batch";
import { type Asked, readField } from "../bank/fields";
import { division, setDivisions } from "./commands";

/** The bank's list of divisions, which the office sets. */
export class Divisions {
  constructor(private readonly bank: Bank) {}

  async set(actor: Actor, input: Asked<typeof setDivisions>, linesMost?: number): Promise<BatchOf<Division>> {
    const { dryRun, ...request } = input;
    checkBatch(setDivisions, "divisions", input.divisions, linesMost);
    const lines = readLines(input.divisions, readLine);
    const work = async (tx: Tx, actor: Actor): Promise<Fate[]> => {
      const role = this.bank.permit(actor, "division.set", {});
      const { fates, changes } = planDivisions(await tx.divisions(), lines, this.bank.today());
      const outcomes = settled(fates.map(fateOf), input.mode);
      for (const change of changes) await this.append(tx, actor, role, change);
      return outcomes;
    };
    const seen = (view: View, codes: readonly string[]) => this.named(view, codes);
    if (dryRun) return rehearse(this.bank, actor, work, seen);
    return batch(this.bank, actor, "setDivisions", request, work, seen);
  }

  /** What divisions are now, by code. */
  private async named(view: View, codes: readonly string[]): Promise<(Division | null)[]> {
    const divisions = await this.bank.divisions(view);
    return codes.map((code) => divisions.get(code) ?? null);
  }

  /** The divisions right below a division, also retired divisions; none where there is no such division. */
  async inside(parentCode: string): Promise<Division[]> {
    const divisions = await this.bank.divisions(this.bank.store.view);
    const parent = findDivision(parentCode, divisions);
    return parent ? [...divisions.values()].filter((division) => division.parentCode === parent.code) : [];
  }

  private async append(
    tx: Tx,
    actor: Actor,
    actorKind: ActorKind,
    { after, action, from }: DivisionChange,
  ): Promise<void> {
    await tx.append(actor.personId as string, {
      type: "DIVISION_STEP",
      ...after,
      state: isRetired(after) ? "RETIRED" : "ACTIVE",
      action,
      from,
      actorKind,
      reasonId: null,
    });
  }
}

function readLine(line: DivisionLine): ReturnType<typeof readDivision> {
  const read = readDivision({ ...line, name: readField(division, "name", line.name) });
  checkImpersonal(read.code, ["code"]);
  return read;
}

function fateOf(fate: DivisionFate): Fate {
  if (fate instanceof Refusal) return refusedFate(fate);
  return { id: fate.code, repeated: fate.change === null, refused: null };
}
