import { getTableColumns, getTableName } from "drizzle-orm";
import { kit } from "../../drizzle/kit.sqlite";
import { defineTables } from "../../drizzle/tables";
import { sealedFields } from "../../src/domain/facts";
import type { Volunteer } from "../../src/domain/facts/people";
import { copied, type Rule } from "../../src/services/privacy/copied";
import { operationalOrder, scanOrder } from "../../src/storage/store";
import { issuer, openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

type Table = keyof typeof copied;
const tables = defineTables(kit);
const keys: Record<Table, readonly string[]> = { ...scanOrder, ...operationalOrder };
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const ruleOf = (table: string) => copied[table as Table] as Rule | string | undefined;

/** Tables in no copy although they hold ids of people. */
const exceptions = {
  journal: "Each entry is there as the rows that are made of it.",
  sealed: "The copy has its rows opened, as words.",
  identities: "The copy has each link of a subject.",
  erasures: "Who was erased has no copy.",
};

/** Columns of texts, by name, that hold no id of a person or of what is a person's. A new column is added here or to a rule. */
const plain = new Set([
  ...sealedFields.filter((field) => field !== "reasonId"),
  ...["reasonId", "unlinkReasonId", "organizationId", "divisionCode", "activityId", "shiftId", "campaignId", "roundId"],
  ...["policyId", "policyIds", "bankId", "householdId", "supervisorId", "creditRecordId", "ratingId", "downgradeId"],
  ...["replacedBy"],
  ...[
    "recordId",
    "signUpId",
    "noticeId",
    "vouchedBy",
    "linkedBy",
    "unlinkedBy",
    "recordBy",
    "subject",
    "grantedBy",
    "answerBy",
    "decideBy",
  ],
  ...["action", "from", "to", "actorKind", "state", "kind", "role", "level", "post", "mode", "method", "outcome"],
]);

describe("which columns name a person", () => {
  test("a column whose name says that it holds an id has a rule, or is known to hold none of a person", () => {
    const undecided: string[] = [];
    for (const [table, source] of Object.entries(tables)) {
      const rule = ruleOf(table);
      if (table in exceptions) continue;
      for (const [column, { dataType }] of Object.entries(getTableColumns(source))) {
        if (dataType !== "string" && dataType !== "json") continue;
        const {
          by = {},
          gives = {},
          leaves = {},
          acts = [],
          hides = [],
        } = (typeof rule === "object" ? rule : {}) as Partial<Rule>;
        const isNamed = column in { ...by, ...gives, ...leaves } || acts.includes(column) || hides.includes(column);
        const looks =
          /(Id|Ids|By|Of|With|For)$|^(by|who|of|owner|account|debit|credit|subject|actor|member|members|authors|committee)$/;
        if (!isNamed && !plain.has(column) && looks.test(column)) undecided.push(`${table}.${column}`);
      }
    }
    expect(undecided).toEqual([]);
  });
});

describe.each(engines)("a copy of all that is kept of a person on $name", (engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
  });
  afterEach(() => bank.close());

  const copyOf = async (personId: string) => {
    const asked = { idempotencyKey: bank.key(), personId };
    const { value } = await bank.services.privacy.export(bank.officer, asked);
    return (await bank.services.privacy.copy(value.secret)) as unknown as Record<string, unknown>;
  };
  const rowsOf = async (table: string) => {
    const name = getTableName(tables[table as Table]);
    return (await bank.ground.raw(`SELECT * FROM ${name}`)) as Record<string, unknown>[];
  };

  /** Whose each id is: of the person, their registrations, accounts and capacities, by own questions to the tables. */
  const ownersOf = async (): Promise<Map<string, string>> => {
    const merged = new Map(
      (await rowsOf("mergedPersons"))
        .filter((row) => row.ended_at === null)
        .map((row) => [row.person_id as string, row.kept_id as string]),
    );
    const erased = new Set((await rowsOf("erasures")).map((row) => row.person_id as string));
    const owners = new Map<string, string>();
    const add = (id: unknown, personId: unknown) => {
      const owner = merged.get(personId as string) ?? (personId as string);
      if (typeof id === "string" && !erased.has(owner)) owners.set(id, owner);
    };
    for (const personId of merged.keys()) add(personId, personId);
    for (const row of await rowsOf("identityLinks")) add(row.hash, row.person_id);
    for (const table of ["volunteers", "recipients", "socialWorkers", "staff", "grants", "guardians", "heads"])
      for (const row of await rowsOf(table)) add(row.person_id, row.person_id);
    for (const table of ["volunteers", "recipients", "socialWorkers"])
      for (const row of await rowsOf(table)) {
        add(row.id, row.person_id);
        add(row.account_id, row.person_id);
      }
    return owners;
  };

  test("it holds every row of every table that holds an id of theirs, and no id of another's", async () => {
    await fillCharity(bank);
    await enrich(bank);
    const owners = await ownersOf();
    const persons = [...new Set(owners.values())];
    expect(persons.length).toBeGreaterThan(20);
    const copies = new Map<string, Record<string, unknown>>();
    // A copy is itself a command of the officer's: theirs comes last.
    for (const personId of persons.sort(
      (a, b) => Number(a === bank.officer.personId) - Number(b === bank.officer.personId),
    ))
      copies.set(personId, await copyOf(personId));

    const missing = new Set<string>();
    const hit = new Set<string>();
    const excepted = new Set<string>();
    for (const table of Object.keys(tables)) {
      const rule = ruleOf(table);
      for (const row of await rowsOf(table))
        for (const [column, cell] of Object.entries(row)) {
          const text =
            typeof cell === "string" ? cell : Array.isArray(cell) || isPlain(cell) ? JSON.stringify(cell) : "";
          for (const [id] of text.matchAll(/[a-z]+_[0-9a-hjkmnp-tv-z]{26}|[0-9a-f]{64}/g)) {
            const owner = owners.get(id);
            if (owner === undefined) continue;
            const camel = column.replaceAll(/_([a-z])/g, (_, letter) => letter.toUpperCase());
            if (rule === undefined || typeof rule === "string") {
              excepted.add(table);
              continue;
            }
            if (camel in (rule.leaves ?? {})) continue;
            const isRuled = camel in rule.by || rule.acts?.includes(camel) || camel in (rule.gives ?? {});
            if (!isRuled && !isSaid(table, camel)) missing.add(`${table}.${camel} has no rule`);
            hit.add(`${table}.${camel}`);
            const name = table === "identityLinks" ? "identities" : table;
            const rows = (copies.get(owner)?.[name] ?? []) as Record<string, unknown>[];
            const isThere = rows.some((rowCopied) => isRow(table as Table, row, rowCopied));
            if (!isThere && isRuled) missing.add(`${table}.${camel} of ${id} is not in the copy`);
          }
        }
    }
    expect([...missing]).toEqual([]);
    // The journal holds ids in its bytes alone.
    expect([...excepted].sort()).toEqual(["identities", "sealed"]);
    // Each column that a rule names has been seen to hold an id, so that the test is no weaker than it looks.
    const untried: string[] = [];
    for (const [table, rule] of Object.entries(copied))
      if (typeof rule !== "string")
        for (const [column, held] of Object.entries(rule.by))
          if (
            ["PERSON", "VOLUNTEER", "CAPACITY", "ACCOUNT"].includes([held].flat()[0] as string) &&
            !hit.has(`${table}.${column}`)
          )
            untried.push(`${table}.${column}`);
    expect(untried).toEqual([]);

    const wards = new Map<string, string[]>();
    for (const row of await rowsOf("guardians"))
      if (row.ended === 0 || row.ended === false)
        wards.set(row.person_id as string, [...(wards.get(row.person_id as string) ?? []), row.volunteer_id as string]);
    for (const [personId, copy] of copies) {
      const others = [
        ...JSON.stringify(copy).matchAll(/(person|volunteer|recipient|socialworker)_[0-9a-hjkmnp-tv-z]{26}/g),
      ]
        .map(([id]) => id)
        .filter((id) => owners.has(id) && owners.get(id) !== personId && !wards.get(personId)?.includes(id));
      expect([personId, [...new Set(others)]]).toEqual([personId, []]);
      const names = [...JSON.stringify(copy).matchAll(/志愿者([A-Z]-\d)/g)].map(([, no]) => no as string);
      const numbers = (copy.volunteers as { volunteerNo: string }[]).map(({ volunteerNo }) => volunteerNo);
      expect(names.filter((no) => !numbers.includes(no))).toEqual([]);
    }
  });

  test("it tells of visits to both sides what each may know, and of two registrations all while they are one", async () => {
    const { recipients, visits, persons, ties } = bank.services;
    const organizationId = bank.station.id;
    const { value: recipient } = await recipients.register(bank.worker, {
      ...{ idempotencyKey: bank.key(), displayName: "钱奶奶", birthDate: "1940-05-01", divisionCode: "fengqiao" },
      ...{ categories: ["LIVING_ALONE"], consent: true },
    });
    const at = Date.parse("2026-08-19T10:00:00+08:00");
    const seen = {
      organizationId,
      recipientId: recipient.id,
      at,
      mode: "PHONE",
      result: "MET",
      asVolunteer: false,
    } as const;
    await visits.record(bank.worker, { idempotencyKey: bank.key(), ...seen, note: "一切都好" });
    const elder = await copyOf(recipient.personId);
    expect(elder.cut).toEqual([]);
    expect(elder.recipients).toMatchObject([{ id: recipient.id, listedOn: "2026-08-20", listedUntil: null }]);
    expect(elder.visits).toMatchObject([
      { on: "2026-08-19", mode: "PHONE", met: true, visitorId: null, withdrawn: false },
    ]);
    expect(JSON.stringify(elder.words)).toContain("一切都好");
    // The visitor's copy says when and how they visited, and neither whom nor what came of it.
    const visitor = await copyOf(bank.worker.personId as string);
    expect(visitor.visits).toMatchObject([{ on: "2026-08-19", mode: "PHONE", recipientId: null }]);
    expect(JSON.stringify(visitor)).not.toMatch(/一切都好|钱奶奶/);

    const mei = await bank.volunteer("W-1");
    bank.setClock("2026-08-20T09:01:00+08:00");
    const again = await bank.volunteer("W-2");
    const { id } = await bank.log("W-2", "2026-08-19", "08:00", "10:00");
    await bank.confirm(bank.second, id);
    await ties.set(await bank.actorOf(again), { organizationId, allowed: true });
    const pair = { keepPersonId: mei.personId, mergePersonId: again.personId, reason: "两次登记" };
    await persons.merge(bank.officer, { idempotencyKey: bank.key(), ...pair });
    const whole = await copyOf(mei.personId);
    expect(whole.volunteer).toMatchObject({ id: mei.id });
    expect((whole.volunteers as { volunteerNo: string }[]).map(({ volunteerNo }) => volunteerNo).sort()).toEqual([
      "W-1",
      "W-2",
    ]);
    expect(whole.serviceRecords).toMatchObject([{ id, volunteerId: mei.id }]);
    expect((whole.ties as { volunteerId: string }[]).map(({ volunteerId }) => volunteerId).sort()).toEqual(
      [mei.id, again.id].sort(),
    );
    const transfers = await bank.ground.raw(
      `SELECT count(*) AS n FROM transfers WHERE debit IN ('${mei.accountId}', '${again.accountId}') OR credit IN ('${mei.accountId}', '${again.accountId}')`,
    );
    expect(whole.transfers).toHaveLength(Number((transfers[0] as { n: number }).n));

    const parted = { personId: mei.personId, mergedPersonId: again.personId, reason: "误并" };
    await persons.separate(bank.officer, { idempotencyKey: bank.key(), ...parted });
    // Who was parted has another id from then on.
    const apart = (await bank.store.view.volunteers([again.id])).get(again.id)?.personId as string;
    const [ours, theirs] = [await copyOf(mei.personId), await copyOf(apart)];
    expect(ours.serviceRecords).toEqual([]);
    expect(theirs.serviceRecords).toMatchObject([{ id, volunteerId: again.id }]);
    expect(theirs.volunteer).toMatchObject({ volunteerNo: "W-2" });
    for (const [copy, other, name] of [
      [ours, again, "志愿者W-2"],
      [theirs, mei, "志愿者W-1"],
    ] as const) {
      const text = JSON.stringify(copy);
      for (const word of [other.id, other.accountId, other.volunteerNo, name]) expect(text).not.toContain(word);
    }
  });
});

/** What else the person was told in an answer: the ids that a frozen answer names are in its row. */
const isSaid = (table: string, column: string) => table === "commands" && column === "outcome";
const isPlain = (cell: unknown) => cell !== null && typeof cell === "object" && !Buffer.isBuffer(cell);
/** Whether a row of a copy is this row of the table: by the keys that the copy shows, and another person's id is null there. */
const isRow = (table: Table, row: Record<string, unknown>, shown: Record<string, unknown>) =>
  keys[table].every((key) => !(key in shown) || shown[key] === null || String(shown[key]) === String(row[snake(key)]));

/** What the charity day leaves out: a way to sign in, invitations, wrong codes, notices read, an own head and a social worker. */
async function enrich(bank: TestBank): Promise<void> {
  const { identities, invitations, notices, people } = bank.services;
  const adult = (await bank.store.view.volunteerByNo("C-1")) as Volunteer;
  const subject = { issuer, subject: "wx-1" };
  await identities.link(bank.officer, {
    idempotencyKey: bank.key(),
    personId: adult.personId,
    ...subject,
    reason: "已核对",
  });
  const invited = { organizationId: bank.station.id, invitees: [{ volunteerId: adult.id }] };
  const { value: cards } = await invitations.invite(bank.worker, { idempotencyKey: bank.key(), ...invited });
  const self = await people.actorOf(subject);
  const typed = (code: string, who = self) => codeOf(invitations.accept(who, { idempotencyKey: bank.key(), code }));
  await typed(cards[0]?.code as string);
  // Counted by the way to sign in, and by the person where a token names them.
  for (const who of [self, await bank.actorOf(adult)])
    expect(await typed("000000000000", who)).toBe("INVITATION_INVALID");
  const listed = await notices.list(self, null, { first: 100 });
  await notices.markRead(
    self,
    listed.edges.map(({ node }) => node.id),
  );
}
