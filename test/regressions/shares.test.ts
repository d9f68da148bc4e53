import { auditBank } from "../../src/services/audit";
import { openBank } from "../support/bank";
import { type Engine, everyEngine } from "../support/engines";
import { type Served, serving } from "../support/process";

const postgres = everyEngine.find(({ kind }) => kind === "postgres") as Engine;

test("two servers of one bank share a stranger's limits where the setting says so", async () => {
  const bank = await openBank(postgres);
  const { clock, secret, origin } = bank.options;
  const settings = {
    DATABASE_URL: bank.ground.where,
    BANK: "bank",
    GOODHOURS_CLOCK: new Date(clock()).toISOString(),
    GOODHOURS_SECRET: secret.toString("hex"),
    ORIGIN: origin,
    RATE_LIMIT_STORE: "database",
    // 120 requests a minute.
    RATE_LIMIT_SCALE: "0.01",
  };
  const servers: Served[] = [];
  try {
    for (let i = 0; i < 2; i++) servers.push(await serving(settings));
    const ask = async (at: number) => {
      const response = await fetch(`${servers[at]?.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: "{ __typename }" }),
      });
      return response.status;
    };
    const statuses: number[] = [];
    for (let i = 0; i < 120; i++) statuses.push(await ask(i % 2));
    expect(statuses.every((status) => status === 200)).toBe(true);
    expect([await ask(0), await ask(1)]).toEqual([429, 429]);
    const [counted] = await bank.ground.raw(
      "SELECT max(points) AS points FROM rate_limits WHERE key LIKE 'address:requests:%'",
    );
    expect(Number(counted?.points)).toBeGreaterThan(120);
    // The table that they count in was a finding of the audit; what is changed in it still is one.
    expect((await auditBank(bank.options)).findings).toEqual([]);
    await bank.ground.raw("ALTER TABLE rate_limits ALTER points TYPE bigint");
    expect((await auditBank(bank.options)).findings).toEqual([
      { check: "DISK", where: "column rate_limits.points", what: "was changed" },
    ]);
  } finally {
    for (const server of servers) await server.stop();
    await bank.close();
  }
});
