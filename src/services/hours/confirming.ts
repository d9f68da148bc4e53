import { recordMoves } from "../../domain/facts/hours";
import * as hours from "../../domain/hours";
import { dayOf } from "../../domain/kit/calendar";
import { take } from "../../domain/kit/moves";
import { isKeepable } from "../../domain/kit/texts";
import { type Own, selvesOf } from "../../domain/people/near";
import { type Actor, asOne, isStaffOf } from "../../domain/permissions/actors";
import type { Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { type Fate, lines } from "../bank/batch";
import type { Asked } from "../bank/fields";
import { ownOf } from "../bank/near";
import type { confirmServiceRecords } from "./commands";
import type { Posting } from "./posting";
import type { RecordScene, Records } from "./records";

/** Confirmations of records. The last that a record needs posts it. */
export class Confirming {
  constructor(
    private readonly bank: Bank,
    private readonly records: Records,
    private readonly posting: Posting,
  ) {}

  async all(
    tx: Tx,
    actor: Actor,
    input: Pick<Asked<typeof confirmServiceRecords>, "recordIds" | "quality" | "mode">,
  ): Promise<Fate[]> {
    const scene = await this.records.scene(tx);
    const records = [...(await tx.recordsToConfirm(input.recordIds.filter(isKeepable))).values()];
    await this.records.openProfiles(tx, records);
    const own = await ownOf(tx, actor);
    return lines(input.recordIds, input.mode, async (id) => ({
      id: await this.confirm(tx, scene, actor, { recordId: id, quality: input.quality ?? null, own }),
      repeated: false,
    }));
  }

  private async confirm(
    tx: Tx,
    scene: RecordScene,
    actor: Actor,
    { recordId, quality, own }: { recordId: string; quality: number | null; own: Own },
  ): Promise<string> {
    // Read anew for each line: the same record may stand twice in one batch.
    const { record, role, volunteer } = await this.records.mine(tx, actor, recordId, "hours.confirm", []);
    const { state } = take(recordMoves, record, "CONFIRM", { to: "SUBMITTED" });
    const today = dayOf(tx.now);
    const volunteerGrants = (await tx.grantsOfPersons([volunteer.personId])).get(volunteer.personId) ?? [];
    const personId = actor.personId as string;
    const selves = selvesOf(own);
    const [handledBy, confirmedBy] = [asOne(record.handledBy, selves), asOne(record.confirmedBy, selves)];
    hours.checkConfirmer(
      { ...record, handledBy, confirmedBy },
      {
        personId,
        own,
        volunteerPersonId: volunteer.personId,
        volunteerIsStaff: isStaffOf(record.organizationId, volunteerGrants, today),
        fromElsewhere: !isStaffOf(record.organizationId, actor.grants, today),
      },
    );
    const reasonId =
      quality === null ? null : await this.bank.vault.sealWords(tx, personId, volunteer.personId, { quality });
    const confirmed = [...record.confirmedBy, personId];
    if (confirmed.length >= record.confirmationsNeeded) {
      const step = { actor, role, before: record, confirmedBy: confirmed, reasonId };
      await this.posting.post(tx, scene, step, volunteer);
    } else {
      const after = { ...record, state, confirmedBy: confirmed };
      await this.records.move(tx, actor, role, after, "CONFIRM", record, reasonId);
    }
    return record.id;
  }
}
