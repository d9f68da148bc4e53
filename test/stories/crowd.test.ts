import { crowd } from "../support/crowd";

/** The thousand of `npm run bench:crowd`, fewer: nobody is lost, nobody counts twice, everybody hears the end. */
test("a crowd checks in at once while others watch", async () => {
  const report = await crowd(100, 20, 32);
  expect(report).toMatchObject({
    accepted: 100,
    replayed: 10,
    refused: { ALREADY_CHECKED_IN: 5 },
    totals: { checkedIn: 100, volunteers: 100 },
    heard: { 100: 20 },
  });
});
