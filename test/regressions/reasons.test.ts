import { Writable } from "node:stream";
import type { Soon } from "../../src/domain/kit/soon";
import { createLogger } from "../../src/server/log";
import { explained } from "../../src/storage/writer";
import { client, settingsOf, tokensOf } from "../support/api";
import { openBank } from "../support/bank";
import { type Engine, engines, everyEngine } from "../support/engines";
import { goodhours, serving } from "../support/process";

/** A failed query was told with its parameters, on the operator's screen and in the log; its reason was not told at all. */
const planted = "planted张三330681199001011234";

/** An error as the log and the command line tell it. */
function told(error: unknown): string {
  let written = "";
  const stream = new Writable({
    write(chunk, _, done) {
      written += chunk;
      done();
    },
  });
  createLogger({ stream, level: "debug", explain: explained }).error({ err: error }, "fault");
  createLogger({ stream, level: "debug" }).error({ err: error }, "fault");
  return `${explained(error)}\n${written}`;
}

const failing = async (work: Soon<unknown>) =>
  Promise.resolve(work).then(
    () => Promise.reject(new Error("nothing failed")),
    (error: unknown) => error as Error,
  );

describe.each(engines)("$name", (engine: Engine) => {
  test("a statement that the database refuses is logged with its reason, and never with the values that were sent", async () => {
    const bank = await openBank(engine);
    try {
      await bank.store.keys.add(planted, Buffer.from("key"));
      const twice = await failing(bank.store.keys.add(planted, Buffer.from("key")));
      expect(told(twice)).toMatch(/person_keys_pkey|UNIQUE constraint failed: person_keys.person_id/);
      expect(`${told(twice)} ${twice.message} ${twice.stack}`).not.toContain("planted");
      expect(JSON.stringify(twice, Object.getOwnPropertyNames(twice))).not.toContain("planted");

      await bank.ground.raw("ALTER TABLE volunteers RENAME TO elsewhere");
      const gone = await failing(bank.store.view.volunteerByNo(planted));
      expect(told(gone)).toMatch(/relation "volunteers" does not exist|no such table: volunteers/);
      expect(`${told(gone)} ${gone.message} ${gone.stack}`).not.toContain("planted");
      await bank.ground.raw("ALTER TABLE elsewhere RENAME TO volunteers");
    } finally {
      await bank.close();
    }
  });

  test.each(["silent", "debug"])("so do commands and the server, with LOG_LEVEL=%s", async (level) => {
    const bank = await openBank(engine);
    const address = engine.kind === "postgres" ? bank.ground.where : `file:${bank.ground.where}`;
    const settings = { ...settingsOf(bank), DATABASE_URL: address, BANK: "bank", LOG_LEVEL: level };
    const served = await serving(settings);
    let said = "";
    served.child.stderr?.on("data", (some: string) => {
      said += some;
    });
    try {
      await bank.ground.raw("ALTER TABLE volunteers RENAME TO elsewhere");
      const { code, stderr } = await goodhours(settings, "export", "statement", "--volunteer-no", planted);
      // A missing table is found as the bank is opened, and named.
      expect(code).toBe(78);
      expect(stderr).toMatch(/^goodhours: [^\n]*volunteers/);
      await bank.ground.raw(
        "ALTER TABLE elsewhere RENAME TO volunteers",
        "ALTER TABLE organizations RENAME TO elsewhere",
      );
      const query = "query ($id: ID!) { organization(id: $id) { id } }";
      const { errors } = await client(served.url, tokensOf(bank)).post(bank.worker, {
        query,
        variables: { id: planted },
      });
      expect(errors).toHaveLength(1);
      expect(`${stderr} ${JSON.stringify(errors)}`).not.toContain("planted");
      await served.stop();
      if (level === "debug")
        expect(said).toMatch(/relation \\"organizations\\" does not exist|no such table: organizations/);
      expect(said).not.toContain("planted");
    } finally {
      await served.kill();
      await bank.close();
    }
  });
});

test("values in PostgreSQL's own words are left out", async () => {
  const bank = await openBank(everyEngine.find(({ kind }) => kind === "postgres"));
  try {
    const unread = await failing(bank.store.view.seqAt(planted as never));
    expect(told(unread)).toContain("invalid input syntax for type bigint: … (22P02)");
    expect(`${told(unread)} ${unread.stack}`).not.toContain("planted");
  } finally {
    await bank.close();
  }
});

test("whatever is wrapped around a failed query, and however often", () => {
  const query = Object.assign(new Error(`Failed query: select $1\nparams: ${planted}`), { params: [planted] });
  const driver = Object.assign(new Error("duplicate key value violates unique constraint"), {
    code: "23505",
    constraint: "staff_pkey",
    detail: `Key (id)=(${planted}) already exists.`,
    where: planted,
  });
  const shapes = [
    Object.assign(query, { cause: driver }),
    new Error("outer", { cause: query }),
    new AggregateError([query, driver], "several"),
    new Error("outer", { cause: new AggregateError([query]) }),
  ];
  for (const shape of shapes) {
    expect(told(shape)).toContain("23505");
    expect(told(shape)).toContain("staff_pkey");
    expect(told(shape)).not.toContain("planted");
  }
  const spelled = failed(() => JSON.parse(planted));
  expect(told(spelled)).not.toContain("planted");
  const own = Object.assign(new Error("own"), { code: "23505" });
  expect(told(Object.assign(own, { cause: own }))).toContain("own (23505)");
});

function failed(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
