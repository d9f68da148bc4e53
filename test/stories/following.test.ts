import { type Fact, type FactOf, type JournalKind, journalKinds, sealedFields, shapes } from "../../src/domain/facts";
import type { Word } from "../../src/domain/facts/words";
import { decode } from "../../src/domain/ledger/journal";
import { system } from "../../src/domain/permissions/actors";
import { type Entry, Follower } from "../../src/services/audit/follow";
import { followed } from "../../src/services/audit/followed";
import { openScratch } from "../../src/storage/scratch";
import type { Scratch } from "../../src/storage/store";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { wholeEntries } from "../support/entries";

/**
 * What the audit says of one more fact at the end of a journal in which nearly every kind occurs. The follower is told what
 * no service would write: somebody who holds the database may write any body, with a leaf that fits.
 */
let bank: TestBank;
let entries: Entry[];
beforeAll(async () => {
  bank = await openBank();
  const { id: volunteerId, personId } = await bank.volunteer("V-1");
  const { id } = await bank.log("V-1", "2026-09-18", "09:00", "11:10");
  await bank.confirm(bank.supervisor, id);
  await bank.services.identities.link(system, {
    idempotencyKey: bank.key(),
    ...{ personId, subject: "sub-1", issuer: "https://login.example", reason: "r" },
  });
  await bank.services.divisions.set(bank.officer, {
    idempotencyKey: bank.key(),
    mode: "EACH",
    dryRun: false,
    divisions: [{ code: "meiyuan", name: "梅苑社区", kind: "COMMUNITY", parentCode: "fengqiao" }],
  });
  await bank.services.invitations.invite(bank.worker, {
    idempotencyKey: bank.key(),
    organizationId: bank.station.id,
    invitees: [{ volunteerId }],
  });
  await fillCharity(bank);
  const rows = await bank.store.view.journalAfter(-1, 100_000);
  entries = wholeEntries(rows.map(({ body }) => decode(body)));
});
const scratches: Scratch[] = [];
afterAll(async () => {
  for (const scratch of scratches) scratch.close();
  await bank.close();
});

function followedSoFar(): Follower {
  const scratch = openScratch();
  scratches.push(scratch);
  const follower = new Follower(scratch);
  for (const entry of entries)
    for (const what of follower.follow(entry, "")) throw new Error(`journal ${entry.seq}: ${what}`);
  return follower;
}
const lastOf = (kind: JournalKind): Entry | undefined => entries.findLast(({ fact }) => fact.type === kind);

/** The last fact of a kind once more, as the next step of its thing, with these fields changed. */
function next(kind: JournalKind, change: object, entry = lastOf(kind)): Entry {
  if (!entry) throw new Error(`no ${kind} in the journal`);
  const { fact, seq, ...stamp } = entry;
  const step: Record<string, unknown> = { ...fact };
  if ("version" in step) step.version = (step.version as number) + 1;
  if ("from" in step && "state" in step) step.from = step.state;
  return { ...stamp, seals: [], seq: seq + 1, actor: "person_other", fact: { ...step, ...change } as unknown as Fact };
}

test("says nothing of a journal that the services wrote, in which nearly every kind occurs", () => {
  expect([...followedSoFar().close()]).toEqual([]);
  expect(new Set(entries.map(({ fact }) => fact.type)).size).toBeGreaterThan(40);
});

/** By the entry that seals it a parting knows whose a sealed row is. */
test("what is sealed is sealed by the first entry that names it", async () => {
  const named = new Set<string>();
  let count = 0;
  for (const { seq, fact, seals } of entries) {
    const fields = sealedFields.map((field) => (fact as Partial<Record<string, unknown>>)[field]);
    for (const { id } of seals) {
      expect([seq, id, named.has(id) && fact.type !== "SEALED_ANEW"]).toEqual([seq, id, false]);
      expect(fact.type === "SEALED_ANEW" ? [fact.id] : fields).toContain(id);
      count += 1;
    }
    for (const id of fields) if (typeof id === "string") named.add(id);
  }
  expect(count).toBeGreaterThan(20);
  for await (const row of bank.store.view.scan("sealed")) named.delete(row.id as string);
  expect([...named]).toEqual([]);
});

const settled = ["type", "version", "action", "from", "actorKind", "reasonId", "wordsId"];
const twice = journalKinds.filter((kind) => followed[kind].key !== null);
test.each(twice)("finds every field of %s that is fixed for life", (kind) => {
  const entry = lastOf(kind);
  if (!entry) return;
  const { changes, key, stepsOf } = followed[kind];
  const may = Array.isArray(changes) ? changes : ["state"];
  for (const [field, word] of Object.entries<Word>(shapes[kind].fields)) {
    if (settled.includes(field) || may.includes(field) || key?.includes(field as never) || stepsOf) continue;
    const isNumber = ["int", "count", "instant"].includes(word.is);
    const special = {
      flag: !(entry.fact as unknown as Record<string, boolean>)[field],
      list: ["x"],
    };
    const other = isNumber ? 77 : ((special as Record<string, unknown>)[word.is] ?? "x");
    const action = "action" in entry.fact ? { action: "NO_SUCH_ACTION" } : {};
    const findings = [...followedSoFar().follow(next(kind, { ...action, [field]: other }), "journal x")];
    expect(findings).toContain(changes === "ONCE" ? "was said before, and is said once" : `${field} is not to change`);
  }
});

/** Steps that follow the last fact of a kind, one after another, and what is said of the last of them. */
const rows: [what: string, kind: JournalKind, steps: object[], said: string][] = [
  ["a version that is left out", "VOLUNTEER_STEP", [{ version: 7 }], "version is not the next"],
  ["a state that no move leads to", "VOLUNTEER_STEP", [{ state: "X" }], "a step is no move from WITHDRAWN to X"],
  ["a death without a reason", "VOLUNTEER_STEP", [{ state: "DECEASED", reasonId: null }], "has no reason"],
  [
    "somebody dead who is active again",
    "VOLUNTEER_STEP",
    [{ state: "DECEASED" }, { state: "ACTIVE" }],
    "changes without a step",
  ],
  ["a volunteer who changes without a step", "VOLUNTEER_STEP", [{ state: "DECEASED" }], "changes without a step"],
  ["another's account", "VOLUNTEER_STEP", [{ accountId: "account_x" }], "accountId is not an account of its own"],
  [
    "a link that ends without a reason",
    "IDENTITY_STEP",
    [{ action: "UNLINK", state: "UNLINKED", reasonId: null }],
    "has no reason",
  ],
  ["a subject who is two people", "IDENTITY_STEP", [{ id: "identity_x", action: "LINK" }], "was a person already"],
  ["a division that is retired on no day", "DIVISION_STEP", [{ state: "RETIRED" }], "retiredOn is not as its state"],
  ["a volunteer without the step that led there", "VOLUNTEER_STEP", [{ state: "DECEASED" }], "led here"],
  ["another person's volunteer", "VOLUNTEER_STEP", [{ personId: "person_x" }], "personId is not to change"],
  ["another person's grant", "GRANT_STEP", [{ personId: "person_x" }], "personId is not to change"],
  ["another person's recipient", "RECIPIENT_SET", [{ personId: "person_x" }], "personId is not to change"],
  ["a recipient without the step that led there", "RECIPIENT_SET", [{ listedUntil: "2026-01-01" }], "led here"],
  [
    "a correction that corrects nothing",
    "RECIPIENT_MOVED",
    [{ action: "REVISE", fields: [] }],
    "fields are not as its action",
  ],
  ["a step of a recipient that there is none of", "RECIPIENT_MOVED", [{ action: "RETIRE" }], "takes no step"],
  ["the end of no merging", "MERGING_ENDED", [{ mergedReasonId: "sealed_x" }], "ends no merging"],
  ["a seal that seals nothing", "SEALED_ANEW", [{ id: "sealed_x" }], "seals nothing"],
  ["a grant that lasts longer", "GRANT_STEP", [{ validUntil: null }], "validUntil does not come nearer"],
  ["a record that is submitted again", "RECORD_STEP", [{ action: "SUBMIT", state: "SUBMITTED" }], "SUBMIT is no move"],
  ["a name in a state's place", "RECORD_STEP", [{ state: "王秀英" }], "to an unknown word"],
  ["points that are taken back twice", "VILLAGE_POINTS_SET", [{ reversedBySeq: 9 }, {}], "was taken back before"],
  ["an organisation without its step", "ORGANIZATION_STEP", [{ name: "x" }], "no step of the office's led here"],
  ["an organisation's name without a revision", "ORGANIZATION_STEP", [{ name: "x" }], "name is not to change"],
  ["a visit that is given again", "VISIT_SET", [{ withdrawn: true }, { withdrawn: false }], "was taken back before"],
  [
    "a visit that meets something before it counts",
    "VISIT_SET",
    [{ met: false, obligation: "2026-09.MONTHLY" }],
    "met by no visit",
  ],
  ["a visit that nobody need confirm", "VISIT_SET", [{ confirmedBy: ["person_other"] }], "more often than it needs"],
  ["another's confirmation", "VISIT_SET", [{ confirmedBy: ["person_x"] }], "is not the confirmer's own step"],
  [
    "a span that ends in another division",
    "LISTING_ENDED",
    [{ divisionCode: "zhuji" }],
    "divisionCode is not to change",
  ],
  ["a training that comes back", "TRAINING_SET", [{ withdrawn: true }, { withdrawn: false }], "was taken back before"],
  ["an award that comes back", "AWARD_SET", [{ withdrawn: true }, { withdrawn: false }], "was taken back before"],
  ["a shift after it was dropped", "SHIFT_SET", [{ dropped: true }, { dropped: false }], "was dropped before"],
  ["a score that its lines do not give", "RATING_STEP", [{ score: 1000 }], "score is not what its lines give"],
  ["another's vote", "RATING_VOTED", [{ choice: "AGAINST" }], "is not the member's own word"],
  ["a seed that does not fit its hash", "SPOT_SEED_SET", [{ seed: "x" }], "seed is not what seedHash says"],
  ["a policy for the past", "POLICY_SET", [{ id: "policy_x", effectiveFrom: "2020-01-01" }], "begins before the day"],
  ["a guardian who ends twice", "GUARDIAN_SET", [{}], "neither begins nor ends"],
  ["a recipient who is moved without a reason", "RECIPIENT_SET", [{ reasonId: null }], "has no reason"],
  [
    "a recipient who changes without a step",
    "RECIPIENT_SET",
    [{ listedUntil: "2099-01-01" }],
    "changes without a step",
  ],
  ["a post that lasts longer", "POST_SET", [{ validUntil: "2099-01-01" }], "validUntil does not come nearer"],
  [
    "a head who is approved after the end",
    "HEAD_STEP",
    [
      { action: "END", state: "ENDED" },
      { action: "APPROVE", state: "APPROVED" },
    ],
    "APPROVE is no move from ENDED to APPROVED",
  ],
];
test.each(rows)("finds %s", (_, kind, steps, finding) => {
  const follower = followedSoFar();
  let entry = lastOf(kind);
  let findings: string[] = [];
  for (const step of steps) {
    entry = next(kind, step, entry);
    findings = [...follower.follow(entry, "journal x")];
  }
  expect(findings.some((what) => what.includes(finding)) ? finding : findings).toEqual(finding);
});

test("finds somebody dead whom a step makes active again that may not", () => {
  const follower = followedSoFar();
  const dead = next("VOLUNTEER_STEP", { state: "DECEASED" });
  for (const _ of follower.follow(dead, "journal x"));
  const { id: volunteerId, version } = dead.fact as FactOf<"VOLUNTEER_STEP">;
  const step = { volunteerId, version: version + 1, from: "DECEASED", state: "ACTIVE", action: "RESTORE", fields: [] };
  const moved = next("VOLUNTEER_MOVED", step, dead);
  const rest = { ...moved, fact: { ...step, type: "VOLUNTEER_MOVED", actorKind: "OFFICER", reasonId: "x" } as Fact };
  const findings = [rest, { ...next("VOLUNTEER_STEP", { state: "ACTIVE" }, dead), seq: rest.seq + 1 }].flatMap(
    (entry) => [...follower.follow(entry, "journal x")],
  );
  expect(findings).toContain("a step is no move from DECEASED to ACTIVE");
});

/**
 * Every machine of the table of facts, and what nobody may write of its last thing: no list here names the machines, and a new
 * one is here by itself.
 */
const machines = journalKinds.flatMap((kind) => {
  const { machine } = shapes[kind];
  return machine ? [{ kind, machine }] : [];
});
describe.each(machines)("of the machine of $kind the audit finds", ({ kind, machine }) => {
  const stepOf = () => {
    const fact = lastOf(kind)?.fact;
    if (!fact || !("state" in fact) || !("version" in fact)) throw new Error(`no ${kind} in the journal`);
    return { state: String(fact.state), version: Number(fact.version) };
  };
  const findingsOf = (change: object) => [...followedSoFar().follow(next(kind, change), "journal x")].join("; ");
  const moves = Object.entries(machine.moves);

  test("a move that was forged", () => {
    const { state } = stepOf();
    const forged = moves.find(([, { from, to }]) => !from.includes(state) && typeof to === "string" && to !== "SAME");
    const [action, move] = forged ?? ["NO_SUCH_ACTION", { to: state }];
    expect(findingsOf({ action, state: move.to, reasonId: null })).toContain("is no move from");
  });

  test("a state that does not follow", () => {
    const { state } = stepOf();
    for (const [action, { to }] of moves) {
      const other = [...machine.states, "NO_SUCH_STATE"].find(
        (candidate) => ![to].flat().includes(candidate) && candidate !== state,
      );
      expect(findingsOf({ action, state: other })).toContain(`to ${other}`);
    }
  });

  test("a step that is missing", () => {
    const { state, version } = stepOf();
    expect(findingsOf({ version: version + 2 })).toContain("version is not the next");
    const other = machine.states.find((candidate) => candidate !== state);
    expect(findingsOf({ from: other })).toContain("does not start where the step before ended");
  });
});

/** Persons are no things that the journal begins: the keys and the sealed rows know them. */
const persons = ["personId", "separatedId", "keptId", "visitorId", "memberId", "assessorId"];
const naming = journalKinds.flatMap((kind) =>
  Object.keys(shapes[kind].fields).flatMap((field) =>
    /.Ids?$/.test(field) && !persons.includes(field) ? [[kind, field] as const] : [],
  ),
);
test.each(naming)("finds a %s whose %s names nothing", (kind, field) => {
  if (!lastOf(kind)) return;
  const follower = followedSoFar();
  const names = field.endsWith("Ids") ? ["no_such_thing"] : "no_such_thing";
  void [...follower.follow(next(kind, { [field]: names }), "journal x")];
  expect([...follower.close()]).toContainEqual({
    where: "journal x",
    what: `${field} names nothing that the journal knows`,
  });
});

const sealsOf = (id: string) => [{ id, personId: "person_x", commitment: new Uint8Array(32) }];
test("finds a row that is sealed twice, and one that is sealed anew and never was sealed", () => {
  const known = entries.find(({ seals }) => seals.length > 0)?.seals[0]?.id as string;
  const sealing = (kind: JournalKind, id: string) => ({ ...next(kind, {}), seals: sealsOf(id) });
  const follow = (entry: Entry) => [...followedSoFar().follow(entry, "journal x")];
  expect(follow(sealing("RECIPIENT_MOVED", known))).toContain("seals what was sealed before");
  expect(follow(sealing("RECIPIENT_MOVED", "sealed_new"))).not.toContain("seals what was sealed before");
  expect(follow(sealing("SEALED_ANEW", known))).toEqual([]);
  expect(follow(sealing("SEALED_ANEW", "sealed_new"))).toEqual(["was never sealed before"]);
});

test("finds ids that name nothing", () => {
  const follower = followedSoFar();
  const moved = next("RECIPIENT_MOVED", { reasonId: "sealed_none" });
  const listed = next("RECIPIENT_SET", {});
  expect([...follower.follow(moved, "journal x"), ...follower.follow(listed, "journal y")]).toEqual([]);
  expect([...follower.close()]).toEqual([
    { where: "journal x", what: "reasonId names nothing that the journal knows" },
  ]);
});
