import { operationText } from "../test/support/api";
import type { TestBank } from "../test/support/bank";

export const batch = 100;
const slotsADay = 40;
const slotMinutes = 30;

/** Batches of a hundred records, which a station's worker logs over HTTP one after another, as fast as they are answered. */
export async function openBatches(bank: TestBank, { url, token }: { url: string; token: string }) {
  for (let i = 0; i < batch; i++) await bank.volunteer(`B-${i}`);
  const today = bank.options.clock();
  let number = 0;

  async function logNext(): Promise<void> {
    const startedAt = slotStart(today, number);
    const entries = Array.from({ length: batch }, (_, i) => ({
      externalRef: `beside-${number}-${i}`,
      volunteerNo: `B-${i}`,
      serviceType: "COMPANION_TALK",
      startedAt: new Date(startedAt).toISOString(),
      endedAt: new Date(startedAt + slotMinutes * 60_000).toISOString(),
      place: "枫桥镇和平村居家养老服务中心",
      content: "陪老人聊天、量血压、打扫房间",
      activityLead: "负责人",
    }));
    const input = { idempotencyKey: `beside-${number}`, organizationId: bank.station.id, entries };
    number += 1;
    const body = JSON.stringify({
      query: operationText("station-hours.graphql", "LogServiceHours"),
      variables: { input },
    });
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const text = await (await fetch(url, { method: "POST", headers, body })).text();
    if (!text.includes(`"accepted":${batch},`)) throw new Error(`a batch was not logged: ${text.slice(0, 400)}`);
  }

  return {
    /** Logs until the other work is done; how many batches that were. */
    async beside<T>(work: Promise<T>): Promise<{ done: T; batches: number }> {
      const before = number;
      let isOver = false;
      const ended = work.finally(() => {
        isOver = true;
      });
      while (!isOver) await logNext();
      return { done: await ended, batches: number - before };
    },
  };
}

/** Half an hour that no other batch has, on one of the days before today: the oldest is young enough to be logged without evidence. */
function slotStart(today: number, number: number): number {
  const midnight = Date.parse(`${new Date(today).toISOString().slice(0, 10)}T00:00:00+08:00`);
  const days = 1 + Math.floor(number / slotsADay);
  return midnight - days * 86_400_000 + (number % slotsADay) * slotMinutes * 60_000;
}
