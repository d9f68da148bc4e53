import { openBank } from "../support/bank";

test("a reader who leaves while nothing happens is forgotten at once", async () => {
  const bank = await openBank();
  let listening = 0;
  const follow = bank.store.follow.bind(bank.store);
  bank.store.follow = (listener) => {
    listening += 1;
    const stop = follow(listener);
    return () => {
      listening -= 1;
      stop();
    };
  };
  const volunteer = await bank.volunteer("V-1");
  const events = bank.services.announcements.balanceChanges(await bank.actorOf(volunteer), volunteer.accountId, null);
  await events.next();
  expect(listening).toBe(1);
  const waiting = events.next();
  await events.return?.();
  expect(await waiting).toMatchObject({ done: true });
  expect(listening).toBe(0);
  await bank.close();
});
