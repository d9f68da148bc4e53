import { system } from "../../src/domain/permissions/actors";
import { foundBank, seededEntropy, systemEntropy } from "../../src/services";
import { forgetFoundingPostgres } from "../../src/storage/postgres";
import { forgetFoundingSqlite } from "../../src/storage/sqlite";
import { openBank, type TestBank } from "../support/bank";
import { type Engine, everyEngine, type Ground, origin } from "../support/engines";

const clock = () => Date.parse("2026-01-01T08:00:00+08:00");
const forget = ({ kind }: Engine, { where }: Ground) =>
  kind === "sqlite" ? forgetFoundingSqlite(where) : forgetFoundingPostgres({ url: where, bank: "bank" });

/** Founds the bank of a ground, and tells the hash of each entry. */
async function founded(ground: Ground, entropy = seededEntropy("same")): Promise<string[]> {
  const store = await ground.open(clock);
  try {
    const options = { store, clock, entropy, secret: Buffer.alloc(32, 7), origin, issuer: null };
    await foundBank(options, { effectiveFrom: "2026-01-01" });
    return (await store.view.journalAfter(-1, 1000)).map(({ leaf }) => leaf.toString("hex"));
  } finally {
    await store.close();
  }
}

describe.each(everyEngine.filter(({ name }) => name !== "TEST_DATABASE_URL"))("$name", (engine) => {
  test("a bank that holds only its founding is empty: what is seeded then is the same as on new ground", async () => {
    const [fresh, migrated] = [await engine.ground(), await engine.ground()];
    try {
      const random = await founded(migrated, systemEntropy());
      await forget(engine, migrated);
      const again = await founded(migrated);
      expect(again).toEqual(await founded(fresh));
      expect(again).not.toEqual(random);
    } finally {
      await Promise.all([fresh.remove(), migrated.remove()]);
    }
  });

  test.each<[string, (bank: TestBank) => Promise<unknown>]>([
    ["a person", async () => undefined],
    [
      "a changed policy",
      ({ services, officer, key }) =>
        services.policies.set(officer, {
          idempotencyKey: key(),
          key: "redeem.minAge",
          value: 66,
          effectiveFrom: "2027-01-01",
          citation: "试点方案第六条",
        }),
    ],
  ])("a bank that holds more (%s) is left as it is, guards and all", async (_, add) => {
    const bank = await openBank(engine);
    try {
      await add(bank);
      const before = await bank.store.view.head();
      await forget(engine, bank.ground);
      expect(await bank.store.view.head()).toEqual(before);
      await (await bank.ground.open(clock)).close();
    } finally {
      await bank.close();
    }
  });
});

describe("a role that is refused leaves nothing behind", () => {
  let bank: TestBank;
  beforeAll(async () => {
    bank = await openBank();
  });
  afterAll(() => bank.close());
  const issuer = "https://login.example";
  const terms = { role: "OFFICER", validFrom: "2026-01-01" } as const;
  const first = { ...terms, displayName: "首任", identity: { issuer, subject: "sub-1" } };

  test.each<[string, object, string]>([
    ["a role that is none", { role: "AUDITER" }, "INVALID_INPUT"],
    ["a role of an organisation without one", { role: "STATION_WORKER" }, "INVALID_INPUT"],
    ["a role of the office at an organisation", { organizationId: "organization_x" }, "INVALID_INPUT"],
    ["no such organisation", { role: "STATION_WORKER", organizationId: "organization_x" }, "NOT_FOUND"],
    ["no such division", { divisionCode: "nowhere" }, "DIVISION_NOT_FOUND"],
    ["a day that is none", { validFrom: "2026-02-30" }, "INVALID_INPUT"],
    ["an end before its beginning", { validUntil: "2025-12-31" }, "INVALID_INPUT"],
    ["no such person", { personId: "person_x", displayName: undefined }, "NOT_FOUND"],
    ["no name for a new person", { displayName: undefined }, "INVALID_INPUT"],
    ["a name that is none", { displayName: " \n" }, "INVALID_INPUT"],
    ["a subject without bounds", { identity: { issuer, subject: "x".repeat(256) } }, "INVALID_INPUT"],
  ])("%s", async (_, wrong, code) => {
    const before = await bank.store.view.head();
    const { add, remove } = bank.store.keys;
    const kept = new Set<string>();
    bank.store.keys.add = async (id, wrapped) => {
      kept.add(id);
      return add.call(bank.store.keys, id, wrapped);
    };
    bank.store.keys.remove = async (id) => {
      kept.delete(id);
      return remove.call(bank.store.keys, id);
    };
    await expect(bank.services.people.appoint(system, { ...first, ...wrong } as never)).rejects.toMatchObject({ code });
    Object.assign(bank.store.keys, { add, remove });
    expect(await bank.store.view.head()).toEqual(before);
    expect([...kept]).toEqual([]);
  });

  test("the subject is free afterwards, and then stands for one person with all their roles", async () => {
    const { appoint } = bank.services.people;
    const people = bank.services.people;
    const officer = await appoint.call(people, system, first);
    expect(officer).toMatchObject({ displayName: "首任", roles: ["OFFICER"] });
    const { displayName: _, ...bySubject } = first;
    const auditor = await appoint.call(people, system, { ...bySubject, role: "AUDITOR" });
    expect(auditor).toEqual({
      personId: officer.personId,
      grantId: expect.not.stringMatching(officer.grantId),
      displayName: "首任",
      roles: ["AUDITOR", "OFFICER"],
    });
    const before = await bank.store.view.head();
    // The same command again gives nothing twice.
    expect(await appoint.call(people, system, { ...bySubject, role: "AUDITOR" })).toEqual(auditor);
    for (const wrong of [
      { displayName: "别人" },
      { personId: bank.officer.personId as string, displayName: undefined },
    ])
      await expect(appoint.call(people, system, { ...first, ...wrong })).rejects.toMatchObject({
        code: "DUPLICATE_PERSON",
      });
    expect(await bank.store.view.head()).toEqual(before);
    await expect(appoint.call(people, bank.officer, first)).rejects.toMatchObject({ code: "NOT_PERMITTED" });
  });
});
