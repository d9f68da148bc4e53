import { randomUUID } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Grant } from "../domain/facts/people";
import { Refusal } from "../domain/kit/refusal";
import { groupCode } from "../domain/people/invitations";
import { type Actor, system } from "../domain/permissions/actors";
import { writeCsv } from "../services/exchange/csv";
import type { StaffLine } from "../services/people/staff";
import type { OpenBank } from "./output";

interface Inviting {
  readonly bank: OpenBank;
  readonly actor: Actor;
}
/** A line of the list, and the role that it gave. */
interface Granted {
  line: StaffLine;
  grant: Grant;
}

/**
 * One-time codes for the staff of a list who have no subject, in a file beside the list. The codes stand there and nowhere
 * else: if the file is lost, `goodhours invite` invites anew. An earlier file is never overwritten.
 */
export class InvitationsFile {
  private readonly path: string;
  private stream: ReturnType<typeof writeCsv> | null = null;
  private written: Promise<void> | null = null;
  private readonly outside = new Set<string>();

  constructor(
    file: string,
    private readonly publicUrl: string,
  ) {
    let path = `${file}.invitations.csv`;
    for (let next = 2; existsSync(path); next += 1) path = `${file}.invitations-${next}.csv`;
    this.path = path;
  }

  /** Invites the people who were just given a role at an organisation and have no way to sign in. */
  async add(inviting: Inviting, granted: readonly Granted[]): Promise<void> {
    const byOrganization = new Map<string, Map<string, StaffLine>>();
    const ids = [...new Set(granted.map(({ grant }) => grant.personId))];
    const links = await inviting.bank.services.identities.of(system, ids);
    const linked = new Set(ids.filter((_, i) => links[i]?.some(({ state }) => state === "LINKED")));
    for (const { line, grant } of granted) {
      if (linked.has(grant.personId)) continue;
      this.outside.add(grant.personId);
      // Only an organisation can invite; a role of the office has none.
      if (grant.organizationId === null) continue;
      const persons = byOrganization.get(grant.organizationId) ?? new Map<string, StaffLine>();
      byOrganization.set(grant.organizationId, persons.set(grant.personId, line));
    }
    for (const [organizationId, persons] of byOrganization) await this.invite(inviting, organizationId, persons);
  }

  private async invite(
    { bank, actor }: Inviting,
    organizationId: string,
    persons: Map<string, StaffLine>,
  ): Promise<void> {
    const sheet = this.opened();
    const invited = await bank.services.invitations
      .invite(actor, {
        idempotencyKey: `import-${randomUUID()}`,
        organizationId,
        invitees: [...persons.keys()].map((personId) => ({ personId })),
      })
      .catch((error: unknown) => {
        // The roles are given in any case; a person who may invite does so later.
        if (error instanceof Refusal) return { value: [] };
        throw error;
      });
    for (const [i, [personId, { displayName, organizationSlug }]] of [...persons].entries()) {
      if (invited.value[i]?.code != null) this.outside.delete(personId);
      const { code = null, expiresAt = null } = invited.value[i] ?? {};
      const link = code === null ? null : `${this.publicUrl}/join#${code}`;
      const until = expiresAt === null ? null : new Date(expiresAt + 28_800_000).toISOString().slice(0, 10);
      sheet.write([displayName, organizationSlug, code && groupCode(code), link, until]);
    }
  }

  private opened(): ReturnType<typeof writeCsv> {
    if (this.stream) return this.stream;
    this.stream = writeCsv(["display_name", "organization", "code", "link", "expires_on"]);
    this.written = pipeline(this.stream, createWriteStream(`${this.path}.part`, { mode: 0o600, flags: "wx" }));
    return this.stream;
  }

  /** How many persons got a role in this import and have neither a subject nor a code. */
  get withoutWayIn(): number {
    return this.outside.size;
  }

  /** The path, or null where nobody was invited. */
  async end(): Promise<string | null> {
    if (!this.stream || !this.written) return null;
    this.stream.end();
    await this.written;
    await rename(`${this.path}.part`, this.path);
    return this.path;
  }
}
