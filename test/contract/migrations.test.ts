import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { foundBank, openServices, seededEntropy } from "../../src/services";
import { auditBank } from "../../src/services/audit";
import { issuer, openBank } from "../support/bank";
import { engines, origin } from "../support/engines";
import { keptGround } from "../support/keptbank";

const clock = () => Date.parse("2026-10-01T09:00:00+08:00");
const folder = join(__dirname, "../../migrations");

/**
 * Every migration that has landed, by what it says. A bank keeps only the time at which each of its migrations was made, so one that
 * was edited later would never reach it: what is to change is a new migration, and a new line here.
 */
const landed: Record<string, string> = {
  "sqlite/0000_bank": "21f89fa3c0e7c6f1ba6ce5e22431bfab7a071339bc0541d3b4f60e89438ca3dd",
  "postgres/0000_bank": "946306e2c1df8293acba9c5a5118e20704a2dfbf9387c56b18f50cd2498d4030",
  "sqlite/0001_orders": "2dcc2485a625a5498bafb419e53caa61a954168dcfe98d123147a9bba29d95ae",
  "postgres/0001_orders": "5886df39347403b4c45f3ce233b3db922ed12b68e22875f37a95d5e3cd0f7976",
  "sqlite/0002_proxies": "e912254d57d53e54b62528a81e2dc67e427938e73066907e9179b147502306a1",
  "postgres/0002_proxies": "20967fabf015fce3e78837d4a82c98884fba072b1e91d83789f327ab512451e7",
  "sqlite/0003_stars": "a0c2db75fecc2d707da3d0b9ec2e9c80c4484ca2ff5b4504cf0de902e3af6e24",
  "postgres/0003_stars": "4fa3944c2b549c7f9134c3f885b70e1f4fb6f29267c780911fad64eacedcc626",
  "sqlite/0004_spending_indexes": "42c00fce4aa043d6b1a28f5f87107d3715773bd361bad8986efb90f0cddcd443",
  "postgres/0004_spending_indexes": "d5edc4ce49beb38470653bf9b1e2cb690ab022582100932412c29a82c0a3ba96",
};

test("no migration was edited once it had landed, and none is missing", () => {
  const found = ["sqlite", "postgres"].flatMap((dialect) =>
    readdirSync(join(folder, dialect))
      .filter((name) => name.endsWith(".sql"))
      .map((name) => {
        const digest = createHash("sha256")
          .update(readFileSync(join(folder, dialect, name)))
          .digest("hex");
        return [`${dialect}/${name.replace(".sql", "")}`, digest];
      }),
  );
  expect(Object.fromEntries(found)).toEqual(landed);
});

/** Banks that a release left, and its last migration. */
const kept: [release: string, until: string][] = [["0.2.0", "0000_bank"]];

describe.each(engines.filter(({ name }) => name !== "TEST_DATABASE_URL"))("on $name", (engine) => {
  test.each(kept)("a bank that release %s left is migrated, audited and written to", async (release, until) => {
    const ground = await keptGround(engine, release, until);
    try {
      await ground.migrate();
      const store = await ground.open(clock);
      const options = { store, clock, entropy: seededEntropy("later"), secret: Buffer.alloc(32, 7), origin, issuer };
      const services = openServices(options);
      await foundBank(options, { effectiveFrom: "2020-01-01" });
      expect((await auditBank(options)).findings).toEqual([]);
      const grants = await store.view.grantsOfOrganization(
        (await store.view.organizationBySlug("fengqiao-station"))?.id ?? "",
      );
      const actorOf = (role: string) =>
        services.people.actorOfPerson(grants.find((grant) => grant.role === role)?.personId ?? "");
      const head = (await store.view.head()).seq;
      const logged = await services.hours.log(await actorOf("STATION_WORKER"), {
        idempotencyKey: "after",
        organizationId: grants[0]?.organizationId ?? "",
        mode: "EACH",
        dryRun: false,
        entries: [
          {
            volunteerNo: "V-1",
            serviceType: "COMPANION_TALK",
            startedAt: Date.parse("2026-09-30T09:00:00+08:00"),
            endedAt: Date.parse("2026-09-30T11:00:00+08:00"),
            breakMinutes: 0,
            content: "聊天",
            activityLead: "负责人",
          },
        ],
      });
      const recordIds = logged.results.flatMap(({ record }) => record?.id ?? []);
      const confirmed = await services.hours.confirm(await actorOf("STATION_SUPERVISOR"), {
        idempotencyKey: "after that",
        recordIds,
        mode: "EACH",
      });
      expect(confirmed.results.map(({ record, refusal }) => refusal?.code ?? record?.state)).toEqual(["POSTED"]);
      expect((await store.view.head()).seq).toBeGreaterThan(head);
      expect((await auditBank(options)).findings).toEqual([]);
      await store.close();
    } finally {
      await ground.remove();
    }
  });

  test("a bank that was made before the first release is refused in one line", async () => {
    const bank = await openBank(engine);
    await bank.store.close();
    try {
      const table = engine.kind === "sqlite" ? "__drizzle_migrations" : "migrations";
      const earlier = Date.parse("2026-11-24T09:00:00Z");
      await bank.ground.raw(
        `DELETE FROM ${table}`,
        `INSERT INTO ${table} (hash, created_at) VALUES ('earlier', ${earlier})`,
      );
      const said = /^the bank was made by a version from before release 0\.2\.0 and cannot be brought to this one: /;
      await expect(bank.ground.open(clock)).rejects.toThrow(said);
      await expect(bank.ground.migrate()).rejects.toThrow(said);
      // Nor are the tables made a second time where the list of migrations is gone.
      await bank.ground.raw(`DELETE FROM ${table}`);
      await expect(bank.ground.migrate()).rejects.toThrow(/^the bank's list of migrations has lost a row/);
    } finally {
      await bank.ground.remove();
    }
  });
});
