import fc from "fast-check";
import type { Volunteer } from "../../src/domain/facts/people";
import { auditKeys } from "../../src/services/audit/keys";
import { Vault } from "../../src/services/bank/vault";
import { openBank, type TestBank } from "../support/bank";
import { everyEngine } from "../support/engines";

/**
 * A bank may have more people than a process remembers keys of. A page then holds some whose keys are remembered, and the keys
 * of the others drove these out while the page was read: people were shown as if they had been erased, and the audit found
 * that they had no key.
 */
describe.each(everyEngine)("more people than keys are remembered, $name", (engine) => {
  const count = 6;
  let bank: TestBank;
  let volunteers: Volunteer[];
  beforeAll(async () => {
    bank = await openBank(engine);
    volunteers = [];
    for (let no = 1; no <= count; no++) volunteers.push(await bank.volunteer(`V-${no}`));
  });
  afterAll(() => bank.close());

  const remembering = (most: number) =>
    new Vault(bank.store, bank.options.entropy, bank.options.secret, undefined, most);
  const profilesOf = (people: readonly number[]) => people.map((at) => (volunteers[at] as Volunteer).profileId);

  test("whatever was opened before, and at the same time, a list is opened whole", async () => {
    const list = fc.uniqueArray(fc.nat(count - 1), { minLength: 1 });
    const lists = fc.array(fc.array(list, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: count }), lists, async (most, turns) => {
        const vault = remembering(most);
        for (const atOnce of turns) {
          const opened = await Promise.all(atOnce.map((people) => vault.open(bank.store.view, profilesOf(people))));
          expect(opened.map((rows) => [...rows.keys()].sort())).toEqual(
            atOnce.map((people) => profilesOf(people).sort()),
          );
        }
      }),
    );
  });

  test("the audit finds every key", async () => {
    for (const most of [1, 2, count]) {
      const { findings, keys } = await auditKeys(bank.store.view, remembering(most));
      expect(findings).toEqual([]);
      expect(keys).toBeGreaterThan(count);
    }
  });

  test("what is sealed of several people is sealed anew under the key of one", async () => {
    const [{ personId }] = volunteers as [Volunteer];
    const sealed = profilesOf([...volunteers.keys()]);
    await bank.store.rehearse(async (tx) => {
      await remembering(1).reseal(tx, "system", sealed, personId);
      const rows = await tx.sealed(sealed);
      expect(new Set([...rows.values()].map((row) => row.personId))).toEqual(new Set([personId]));
    });
  });

  test("a key that is destroyed while it is fetched is not remembered", async () => {
    const vault = remembering(count);
    const { personId, profileId } = await bank.volunteer("V-9");
    const fetching = vault.knows(personId);
    vault.forget([personId]);
    expect(await fetching).toBe(true);
    await bank.store.keys.remove(personId);
    expect(await vault.open(bank.store.view, [profileId])).toEqual(new Map());
  });
});
