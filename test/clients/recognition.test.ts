import type { Volunteer } from "../../src/domain/facts/people";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";

const file = "stars-and-certificates.graphql";

/** Stars as the volunteer's app, the station's and the office's clients send them; the operations are sent as they are written. */
let bank: TestBank;
let api: TestApi;
let mei: Volunteer;
beforeAll(async () => {
  bank = await openBank(undefined, "2026-09-01T20:00:00+08:00");
  api = await openApi(bank);
  mei = await bank.volunteer("V-1", { displayName: "陈梅" });
  for (let day = 1; day <= 13; day++) {
    const on = `2026-09-${String(day).padStart(2, "0")}`;
    bank.setClock(`${on}T20:00:00+08:00`);
    const { id } = await bank.log("V-1", on, "08:00", day < 13 ? "16:00" : "12:00");
    await bank.confirm(bank.supervisor, id);
  }
});
afterAll(async () => {
  await api.close();
  await bank.close();
});

test("a star from its proposal to the volunteer's wallet", async () => {
  const me = await bank.actorOf(mei);
  const mine = async () => (await api.send(me, file, "MyStars", {})).data.viewer.volunteer;
  expect(await mine()).toMatchObject({
    star: {
      level: 0,
      awardedOn: null,
      basisMinutes: 6_000,
      policyVersion: { citation: expect.stringContaining("广东省") },
      next: { level: 1, minutesRemaining: 0 },
    },
    starHistory: [
      { level: 1, state: "PUBLIC_NOTICE", noticeUntil: "2026-09-18", decidedAt: null, decidedBy: null, reason: null },
    ],
  });

  const page = { divisionCode: "fengqiao", first: 10 };
  const waiting = await api.send(bank.officer, file, "StarsToDecide", page);
  const [{ node }] = waiting.data.starAwards.edges;
  expect(node).toMatchObject({
    ...{ level: 1, state: "PUBLIC_NOTICE", noticeUntil: "2026-09-18", basisMinutes: 6_000 },
    volunteer: { id: mei.id, volunteerNo: "V-1", displayName: "陈梅" },
  });

  const propose = { input: { idempotencyKey: bank.key(), volunteerId: mei.id, level: 1 } };
  const proposed = (await api.send(bank.worker, file, "ProposeStar", propose)).data.proposeVolunteerStar;
  expect(proposed).toMatchObject({ award: null, userErrors: [{ code: "STAR_PENDING", path: ["level"] }] });

  const grant = { input: { awardId: node.id, decision: "GRANT" } };
  const early = (await api.send(bank.officer, file, "DecideStar", grant)).data.decideVolunteerStar;
  expect(early).toMatchObject({
    award: null,
    userErrors: [{ code: "NOTICE_RUNNING", details: { noticeUntil: "2026-09-18" } }],
  });
  bank.setClock("2026-09-19T09:00:00+08:00");
  const granted = (await api.send(bank.officer, file, "DecideStar", grant)).data.decideVolunteerStar;
  expect(granted).toEqual({ award: { id: node.id, level: 1, state: "GRANTED" }, userErrors: [] });
  expect(await mine()).toMatchObject({
    star: { level: 1, awardedOn: "2026-09-19", basisMinutes: 6_000, next: { level: 2, minutesRemaining: 12_000 } },
    starHistory: [{ state: "GRANTED", decidedAt: "2026-09-19T01:00:00.000Z", decidedBy: { kind: "OFFICER" } }],
  });
  const wallet = await api.send(me, "wallet.graphql", "Wallet", {});
  expect(wallet.data.viewer.volunteer.star).toEqual({
    ...{ level: 1, awardedOn: "2026-09-19" },
    next: { level: 2, minutesRemaining: 12_000 },
  });
});

test("the clock of the notice, the reasons for the star, and what the volunteer is told", async () => {
  const other = await bank.volunteer("V-2");
  bank.setClock("2026-09-19T09:00:00+08:00");
  const ladder = { key: "star.thresholdsHours", value: [1, 2, 3, 4, 5], citation: "试行", effectiveFrom: "2026-09-19" };
  await bank.services.policies.set(bank.officer, { idempotencyKey: bank.key(), ...ladder });
  const { id } = await bank.log("V-2", "2026-09-18", "08:00", "09:00");
  await bank.confirm(bank.supervisor, id);
  const query = `{
    statutoryClocks(filter: { kind: [STAR_NOTICE] }, first: 5) { edges { node { dueOn workingDaysLeft citation responsible { id } subject { id } } } }
    starAwards(first: 5) { edges { node { id version explanation { rule clause } authority history { action to heldLevel actor { kind } } } } }
    starNotices(first: 5) { edges { node { awardId level volunteerNo noticeUntil division { code } } } }
  }`;
  const { data } = await api.post(bank.officer, { query });
  const [award] = (await bank.store.view.starAwardsOf([other.id])).get(other.id) ?? [];
  expect(data.statutoryClocks.edges).toMatchObject([
    {
      node: {
        dueOn: award?.noticeUntil,
        workingDaysLeft: 5,
        responsible: { id: "office" },
        subject: { id: award?.id },
      },
    },
  ]);
  const shown = data.starAwards.edges.map(({ node }: { node: { id: string } }) => node);
  expect(shown.find((node: { id: string }) => node.id === award?.id)).toMatchObject({
    authority: "COUNTY",
    version: 1,
    history: [{ action: "PROPOSE", to: "PUBLIC_NOTICE", heldLevel: 0, actor: { kind: "SYSTEM" } }],
  });
  expect(
    shown
      .find((node: { id: string }) => node.id === award?.id)
      .explanation.map(({ clause }: { clause: string }) => clause),
  ).toContain("试行");
  const notices = await api.post(null, { query: "{ starNotices(first: 5) { edges { node { volunteerNo level } } } }" });
  expect(notices.data.starNotices.edges).toEqual([{ node: { volunteerNo: "V-2", level: 1 } }]);
  const told = await api.post(await bank.actorOf(mei), {
    query: "{ viewer { notices(first: 5) { edges { node { kind title body subject { id } } } } } }",
  });
  expect(told.data.viewer.notices.edges.map(({ node }: { node: { kind: string } }) => node.kind)).toContain("STAR");
});
