import type { Client } from "pg";
import { tables } from "../../../drizzle/schema.postgres";
import type { Instant } from "../../domain/kit/calendar";
import { chainOf, codeOf, faultOf, type Suffering } from "../faults";
import { type Memory, noHead, WritingRecall } from "../memory";
import { openWrites, type Writes } from "../queries/tx";
import { openView } from "../queries/view";
import { type Line, Unavailable } from "../writer";
import { asDatabase } from "./connections";

/** After these the writer connects anew: the old connection does not answer, or goes on with settings that were mended since. */
const renewing: readonly (Suffering | undefined)[] = ["UNREACHABLE", "SLOW", "READ_ONLY", "GONE", "REFUSED"];

/** The writer's own connection: opened when first needed, and anew after it was lost. */
export class PostgresLine implements Line {
  private session: { client: Client; writes: Writes } | null = null;
  private readonly acknowledged = { head: noHead };

  constructor(
    private readonly open: () => Promise<Client>,
    private readonly memory: Memory,
  ) {}

  async begin(now: Instant) {
    const { client, writes } = await this.connected();
    // Locked before the head is read: what another process committed meanwhile is then seen. One message, one way there and back.
    await client.query("BEGIN; SELECT FROM head FOR UPDATE");
    return writes.begin(now);
  }

  async commit() {
    await this.query("COMMIT");
    this.session?.writes.kept();
  }

  async rollback(error: unknown) {
    const session = this.session;
    try {
      if (renewing.includes(faultOf(error)?.suffering)) throw error;
      await session?.client.query("ROLLBACK");
    } catch {
      this.session = null;
      await session?.client.end().catch(() => undefined);
    }
  }

  async flush() {
    await this.session?.writes.flush();
  }

  async savepoint() {
    await this.query("SAVEPOINT work");
    this.session?.writes.mark();
  }

  async release() {
    await this.query("RELEASE work");
  }

  async rollbackTo() {
    await this.query("ROLLBACK TO work; RELEASE work");
    this.session?.writes.back();
  }

  isFatal(error: unknown): boolean {
    return faultOf(error) !== null || /^(25|40|53|54|55)/.test(sqlstateOf(error));
  }

  isConflict(error: unknown): boolean {
    return ["40001", "40P01"].includes(sqlstateOf(error));
  }

  async close() {
    await this.session?.client.end();
    this.session = null;
  }

  private async connected() {
    if (this.session) return this.session;
    const client = await this.open();
    const recall = new WritingRecall(this.memory, () => view);
    const db = asDatabase(client, recall);
    const view = openView(db, tables);
    this.session = { client, writes: openWrites(db, tables, view, recall, this.acknowledged) };
    client.on("end", () => {
      if (this.session?.client === client) this.session = null;
    });
    return this.session;
  }

  private query(text: string) {
    if (!this.session) throw new Unavailable("BUSY_RETRY");
    return this.session.client.query(text);
  }
}

/** The code of what the server said, through what drizzle wrapped around it. */
function sqlstateOf(error: unknown): string {
  return chainOf(error).flatMap((link) => codeOf(link) ?? [])[0] ?? "";
}
