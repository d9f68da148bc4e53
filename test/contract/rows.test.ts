import SQLite from "better-sqlite3";
import { eq, ne, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { tables as t } from "../../drizzle/schema.sqlite";
import { mapRows, type Recipes } from "../../src/storage/rows";

/** The same statements, with drizzle's own way from rows to objects and with ours. */
test("rows become the objects that the builder makes of them", async () => {
  const client = new SQLite(":memory:");
  client.exec(`
    CREATE TABLE campaigns (id, slug, name, name_en, tagline, tagline_en, day, version, seq);
    CREATE TABLE transfers (seq INTEGER PRIMARY KEY, debit, credit, minutes, phase, kind, hold_seq, reverses_seq, effective_on, expires_at, record_id, policy_ids);
    CREATE TABLE shifts (id, activity_id, starts_at, ends_at, capacity, venue_id, announced_venue_id, radius_metres, dropped, version, seq);
    INSERT INTO campaigns VALUES ('c1', 'one', '壹', NULL, NULL, NULL, '2026-09-05', 1, 1), ('c2', 'two', '"贰"', 'Two', NULL, NULL, '2026-09-06', 2, 2);
    INSERT INTO shifts VALUES ('s1', 'c1', 1, 2, 3, 'v', NULL, NULL, 1, 1, 5);
    INSERT INTO transfers VALUES (7, 'a', 'b', 30, 'POSTED', 'EARN', NULL, NULL, '2026-09-05', NULL, NULL, '["p1","p2"]');`);
  const plain = drizzle(client, { casing: "snake_case" });
  const ours = mapRows(drizzle(client, { casing: "snake_case" }), new Map());
  const asked = (db: typeof plain) => [
    db.select().from(t.campaigns).all(),
    db.select().from(t.transfers).all(),
    // A joined table without a row is null; fields that are named one by one stay by themselves.
    db.select().from(t.campaigns).leftJoin(t.shifts, eq(t.shifts.activityId, t.campaigns.id)).all(),
    db
      .select({ campaign: t.campaigns, shift: { id: t.shifts.id, dropped: t.shifts.dropped } })
      .from(t.campaigns)
      .leftJoin(t.shifts, eq(t.shifts.activityId, t.campaigns.id))
      .all(),
    db
      .select({ id: t.shifts.id, count: sql<number>`count(*)`.mapWith(Number), most: sql`max(version)`.as("most") })
      .from(t.shifts)
      .groupBy(t.shifts.id)
      .all(),
  ];
  expect(asked(ours)).toEqual(asked(plain));
  expect(asked(ours)[2]).toMatchObject([{ shifts: { dropped: true } }, { shifts: null }]);
  client.close();
});

test("a statement that has a name is built once for all connections", async () => {
  const recipes: Recipes = new Map();
  let built = 0;
  const rowsOn = (name: string) => {
    const client = new SQLite(":memory:");
    client.exec(`
      CREATE TABLE organizations (id, name);
      CREATE TABLE posts (id, organization_id);
      INSERT INTO organizations VALUES ('o1', '${name}'), ('o2', 'none');
      INSERT INTO posts VALUES ('p1', 'o1')`);
    const db = mapRows(drizzle(client, { casing: "snake_case" }), recipes);
    const statement = db.prepared("posts", () => {
      built += 1;
      return db
        .select({ name: t.organizations.name, post: { id: t.posts.id } })
        .from(t.organizations)
        .leftJoin(t.posts, eq(t.posts.organizationId, t.organizations.id))
        .where(ne(t.organizations.id, sql.placeholder("not")))
        .orderBy(t.organizations.id);
    });
    // biome-ignore lint/suspicious/noExplicitAny: drizzle types the rows of what it built itself.
    const rows = () => (statement as any).all({ not: "o0" });
    return { client, rows };
  };
  const [first, second] = [rowsOn("first"), rowsOn("second")];
  // The second one is asked before the first one has told which table is joined from the left.
  expect(second.rows()).toEqual([
    { name: "second", post: { id: "p1" } },
    { name: "none", post: null },
  ]);
  expect(first.rows()).toEqual([
    { name: "first", post: { id: "p1" } },
    { name: "none", post: null },
  ]);
  expect(built).toBe(1);
  for (const { client } of [first, second]) client.close();
});
