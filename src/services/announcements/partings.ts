import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { View } from "../../storage/store";

/**
 * Whether those who listen are still who they were when they began: a link by which they signed in may have ended, or a death
 * been recorded. The journal is asked once for each of its heads, for all listeners.
 */
export class Partings {
  private asked = { head: -1, last: -1 };
  private asking: Promise<void> | undefined;

  constructor(private readonly view: View) {}

  /** The position of the last parting in the journal, as far as it was looked for; a new listener looks at its own person. */
  async last(head: number): Promise<number> {
    while (this.asked.head < head) {
      this.asking ??= this.ask(head).finally(() => {
        this.asking = undefined;
      });
      await this.asking;
    }
    return this.asked.last;
  }

  private async ask(head: number): Promise<void> {
    const { head: before, last } = this.asked;
    const newest = before < 0 ? -1 : await this.view.lastPartingSeq(before);
    this.asked = { head, last: Math.max(last, newest) };
  }

  /** Refuses a person whose way in is not theirs any more, or whose death was recorded: what they listen to ends at once. */
  async check({ via, personId }: Actor): Promise<void> {
    if (personId === null) return;
    const linked = via === undefined || (await this.view.personOfIdentity(via)) === personId;
    if (!linked || (await this.view.volunteerOfPerson(personId))?.state === "DECEASED") refuse("NOT_PERMITTED");
  }
}
