import { refuse } from "../../../../domain/kit/refusal";
import type { Tx } from "../../../../storage/store";
import type { Bank } from "../../../bank";
import { readingHashOf } from "../../../credit-records/sight";
import type { Said } from "../../../ratings/sight";
import { factAt } from "../naming";
import type { Run } from "../run";
import { type Topic, topicOf } from "../topics";
import type { Pair, Services, UnmergingScene } from "./scene";

/** Finds what belongs to the person who goes: the records, and the sealed rows with the words about them. */
export class Belongings {
  private readonly bank: Bank;
  constructor(private readonly services: Services) {
    this.bank = services.bank;
  }

  /** The records that go to the registration that was merged, and those that go to the person who goes. */
  async recordsOf({ tx, input, run, merging }: UnmergingScene, pair: Pair | null) {
    const named = input.separateRecordIds ?? null;
    const toLost = new Set<string>();
    const toSeparated = new Set<string>();
    if (!pair) {
      if (named) refuse("INVALID_INPUT", { expected: "two volunteers who were merged" }, ["separateRecordIds"]);
      const [taken] = (await tx.volunteers([...run.taken].filter((id) => id === merging.keptVolunteerId))).values();
      if (taken) for (const id of (await this.services.hours.merged.replacedOf(tx, taken)).keys()) toSeparated.add(id);
      return { toLost, toSeparated };
    }
    const all = await this.services.hours.merged.replacedOf(tx, pair.kept);
    for (const [i, id] of (named ?? []).entries())
      if (!all.has(id)) refuse("NOT_FOUND", {}, ["separateRecordIds", String(i)]);
    // A record and the one that replaced it are one service and have the same words: both belong to one volunteer.
    const replacements = new Map(
      [...all].flatMap(([id, replaced]) => replaced.map((earlier) => [earlier, id] as const)),
    );
    const last = (id: string): string => {
      const next = replacements.get(id);
      return next === undefined ? id : last(next);
    };
    const brought = new Set([...run.recordIds].map(last));
    const chosen = named && new Set(named.map(last));
    for (const id of all.keys()) {
      const goes = chosen ? chosen.has(last(id)) : brought.has(last(id)) === pair.lostGoes;
      if (goes) toSeparated.add(id);
      if (goes === pair.lostGoes) toLost.add(id);
    }
    return { toLost, toSeparated };
  }

  /**
   * The sealed rows of the person who goes: those that the merging sealed anew, and those that were sealed since about what
   * goes. Records and roles that the officer names go, or stay, with their words.
   */
  async sealedOf(scene: UnmergingScene, pair: Pair | null, records: ReadonlySet<string>) {
    const { tx, from, merging, run } = scene;
    const registrationId = pair?.lostGoes ? pair.lost.id : merging.keptVolunteerId;
    const volunteerId = pair || run.taken.has(registrationId ?? "") ? registrationId : null;
    const going: Going = {
      volunteerId,
      file: volunteerId === null ? null : readingHashOf(this.bank.vault, volunteerId),
      records,
      grantIds: grantIdsOf(scene),
      personIds: new Set(await tx.selves(merging.personId)),
    };
    const ids: string[] = [];
    for (const row of await tx.sealedOfPerson(from)) {
      const fact = await factAt(tx, row.seq);
      const topic = fact && topicOf(fact);
      // A record may have moved since, and the officer may have named a record or a role: their words go with them.
      const asBefore = row.seq < merging.seq && topic?.of !== "RECORD" && topic?.of !== "GRANT";
      if (asBefore ? run.sealed.has(row.id) : topic && (await this.isOf(tx, topic, run, going))) ids.push(row.id);
    }
    return ids;
  }

  /** Whether words are about what goes: about the registration, or about something that the merging brought. */
  private async isOf(tx: Tx, topic: Topic, run: Run, going: Going): Promise<boolean> {
    const { volunteerId, file, records, grantIds, personIds } = going;
    switch (topic.of) {
      case "VOLUNTEER":
        return topic.id === volunteerId;
      case "CAPACITY":
        return run.taken.has(topic.id);
      case "RECORD":
        return records.has(topic.id);
      case "VISIT":
        return run.taken.has(topic.recipientId) || run.visitIds.has(topic.id);
      case "TRAINING":
        return run.taken.has(topic.socialWorkerId) || run.trainingIds.has(topic.id);
      case "GRANT":
        return grantIds.has(topic.id);
      case "POST":
        return run.postIds.has(topic.id);
      case "CREDIT_FILE":
        return topic.subjectHash === file;
      case "PERSON":
        return personIds.has(topic.id);
      case "SEAT": {
        const words = (await this.bank.vault.open<Said>(tx, [topic.saidId])).get(topic.saidId);
        return words?.memberId !== undefined && personIds.has(words.memberId);
      }
    }
  }
}

/** What goes, as far as it decides which sealed rows go. */
interface Going {
  volunteerId: string | null;
  /** The hash of the registration's credit file in the log of readings. */
  file: string | null;
  records: ReadonlySet<string>;
  grantIds: ReadonlySet<string>;
  /** The ids under which entries name the person who goes. */
  personIds: ReadonlySet<string>;
}

/** The roles that go: those that the officer names, else those that the merging brought. */
export function grantIdsOf({ input, run }: UnmergingScene): ReadonlySet<string> {
  return input.separateGrantIds ? new Set(input.separateGrantIds) : run.grantIds;
}
