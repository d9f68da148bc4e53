import type { Role } from "../../src/domain/facts/actors";
import type { Organization } from "../../src/domain/facts/organizations";
import type { Volunteer } from "../../src/domain/facts/people";
import { divisionAdded } from "../../src/domain/organizations/divisions";
import { type Actor, system } from "../../src/domain/permissions/actors";
import {
  type BankOptions,
  type Entropy,
  foundBank,
  openServices,
  type Services,
  seededEntropy,
} from "../../src/services";
import type { LogEntry } from "../../src/services/hours/commands";
import type { Store } from "../../src/storage/store";
import { type Engine, engines, type Ground, origin } from "./engines";

export const issuer = "https://goodhours.example";

/** A small bank on a ground of its own: Fengqiao's station, its staff, an officer; the clock stands until it is moved. */
export interface TestBank {
  services: Services;
  store: Store;
  options: BankOptions;
  ground: Ground;
  station: Organization;
  worker: Actor;
  supervisor: Actor;
  second: Actor;
  officer: Actor;
  setClock(instant: string): void;
  key(): string;
  volunteer(
    no: string,
    details?: {
      displayName?: string;
      birthDate?: string;
      group?: boolean;
      idNumber?: string;
      phone?: string;
      guardian?: boolean;
    },
  ): Promise<Volunteer>;
  actorOf(volunteer: Volunteer): Promise<Actor>;
  staff(role: Role, organizationId: string | null, name?: string): Promise<Actor>;
  grant(personId: string, role: Role, organizationId: string | null): Promise<void>;
  /** Logs one spell, "09:00" to "11:00" on a day; null when refused, with the code. */
  log(
    no: string,
    day: string,
    from: string,
    to: string,
    more?: Partial<LogEntry>,
  ): Promise<{ id: string | null; code: string | null }>;
  confirm(actor: Actor, ...recordIds: (string | null)[]): Promise<(string | null)[]>;
  credited(no: string): Promise<{ posted: number; held: number; available: number; service: number }>;
  /** The ledger as a bookkeeper reads it. */
  postings(): Promise<string>;
  close(): Promise<void>;
}

export const at = (day: string, time: string) => Date.parse(`${day}T${time}:00+08:00`);

const kept = Symbol.for("goodhours.founded");
/** What a copy of a founded bank goes on from: the file or database, and where its ids and its keys stood. */
interface Founded {
  where: string;
  drawn: number;
  keys: number;
  people: Pick<TestBank, "station" | "worker" | "supervisor" | "second" | "officer">;
}
// Kept by the worker, not by the suite: to found a bank takes four times as long as to copy one.
const worker = globalThis as { [kept]?: Map<string, Founded> };
worker[kept] ??= new Map();
const founded = worker[kept];

export async function openBank(
  engine: Engine = engines[0] as Engine,
  clockAt = "2026-09-20T09:00:00+08:00",
): Promise<TestBank> {
  const { copy } = engine;
  if (!copy) return foundOn(await engine.ground(), clockAt);
  const name = `${engine.name} ${clockAt}`;
  const known = founded.get(name) ?? (await keep(await foundOn(await engine.ground(), clockAt)));
  founded.set(name, known);
  return Object.assign(await assemble(await copy(known.where), clockAt, known), structuredClone(known.people));
}

async function keep(bank: Assembled): Promise<Founded> {
  await bank.store.close();
  const { station, worker, supervisor, second, officer } = bank;
  const people = { station, worker, supervisor, second, officer };
  return { where: bank.ground.where, drawn: bank.drawn(), keys: Number(bank.key().slice("key-".length)) - 1, people };
}

type Assembled = TestBank & { drawn(): number };

async function foundOn(ground: Ground, clockAt: string): Promise<Assembled> {
  const bank = await assemble(ground, clockAt, { drawn: 0, keys: 0 });
  await foundBank(bank.options, { effectiveFrom: "2020-01-01" });
  await bank.store.write(async (tx) => {
    await tx.append(
      "system",
      divisionAdded({
        code: "zhuji",
        officialCode: "330681",
        name: "诸暨市",
        kind: "COUNTY_CITY",
        parentCode: null,
      }),
    );
    await tx.append(
      "system",
      divisionAdded({
        code: "fengqiao",
        officialCode: null,
        name: "枫桥镇",
        kind: "TOWN",
        parentCode: "zhuji",
      }),
    );
  });
  bank.station = (
    await bank.services.organizations.register(system, {
      idempotencyKey: bank.key(),
      slug: "fengqiao-station",
      name: "fengqiao-station",
      kind: "SOCIAL_WORK_STATION",
      filingStatus: "REGISTERED",
      divisionCode: "fengqiao",
    })
  ).value;
  bank.worker = await bank.staff("STATION_WORKER", bank.station.id);
  bank.supervisor = await bank.staff("STATION_SUPERVISOR", bank.station.id);
  bank.second = await bank.staff("STATION_SUPERVISOR", bank.station.id, "second");
  bank.officer = await bank.staff("OFFICER", null);
  return bank;
}

async function assemble(ground: Ground, clockAt: string, from: Pick<Founded, "drawn" | "keys">): Promise<Assembled> {
  let now = Date.parse(clockAt);
  const clock = () => now;
  const store = await ground.open(clock);
  const entropy = entropyFrom(from.drawn);
  const options: BankOptions = { store, clock, entropy, secret: Buffer.alloc(32, 7), origin, issuer };
  const services = openServices(options);
  let { keys } = from;
  const key = () => `key-${++keys}`;
  const names = new Map<string, string>();

  const bank: Assembled = {
    services,
    store,
    options,
    ground,
    station: {} as Organization,
    key,
    worker: system,
    supervisor: system,
    second: system,
    officer: system,
    drawn: () => entropy.drawn,
    setClock: (instant) => {
      now = Date.parse(instant);
    },
    async volunteer(no, details = {}) {
      const { value } = await services.volunteers.register(bank.worker, {
        idempotencyKey: key(),
        volunteerNo: no,
        displayName: details.displayName ?? `志愿者${no}`,
        birthDate: details.birthDate ?? "1980-05-01",
        divisionCode: "fengqiao",
        consent: true,
        idNumber: details.idNumber,
        phone: details.phone,
        group: details.group,
        guardianConsent: details.guardian
          ? { guardianName: "监护人", relation: "母亲", consentedOn: "2026-01-01" }
          : null,
      });
      names.set(value.accountId, no);
      return value;
    },
    actorOf: async (volunteer) => services.people.actorOf({ subject: volunteer.personId, issuer }),
    async staff(role, organizationId, name = role) {
      const personId = await services.people.registerStaff(system, { displayName: name });
      await bank.grant(personId, role, organizationId);
      return services.people.actorOf({ subject: personId, issuer });
    },
    async grant(personId, role, organizationId) {
      await services.people.grantRole(system, {
        idempotencyKey: key(),
        personId,
        role,
        organizationId,
        validFrom: "2020-01-01",
      });
    },
    async log(no, day, from, to, more = {}) {
      const ends = to < from ? new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) : day;
      const entry: LogEntry = {
        volunteerNo: no,
        serviceType: "COMPANION_TALK",
        startedAt: at(day, from),
        endedAt: at(ends, to),
        breakMinutes: 0,
        content: "聊天",
        activityLead: "负责人",
        ...more,
      };
      const answer = await services.hours.log(bank.worker, {
        idempotencyKey: key(),
        organizationId: bank.station.id,
        mode: "EACH",
        dryRun: false,
        entries: [entry],
      });
      return { id: answer.results[0]?.record?.id ?? null, code: answer.results[0]?.refusal?.code ?? null };
    },
    async confirm(actor, ...recordIds) {
      const answer = await services.hours.confirm(actor, {
        idempotencyKey: key(),
        recordIds: recordIds.map((id) => id ?? "record_none"),
        mode: "EACH",
      });
      return answer.results.map((line) => line.refusal?.code ?? line.record?.state ?? null);
    },
    async credited(no) {
      const volunteer = await store.view.volunteerByNo(no);
      if (!volunteer) throw new Error(`no volunteer ${no}`);
      const [balance] = await services.ledger.balances([volunteer.accountId]);
      const [totals] = await services.volunteers.sight.totals([volunteer.id]);
      if (!balance || !totals) throw new Error("no balance");
      return {
        posted: balance.posted,
        held: balance.held,
        available: balance.available,
        service: totals.checkedIn + totals.entered + totals.backfilled + totals.imported,
      };
    },
    async postings() {
      const head = (await store.view.head()).seq;
      const transfers = [...(await store.view.transfers(Array.from({ length: head + 1 }, (_, i) => i))).values()];
      const accounts = await store.view.accounts(transfers.flatMap((transfer) => [transfer.debit, transfer.credit]));
      const label = (id: string) => names.get(id) ?? accounts.get(id)?.kind ?? id;
      const rows = transfers.map((t) => [t.effectiveOn, t.kind, label(t.debit), label(t.credit), String(t.minutes)]);
      return [["day", "kind", "debit", "credit", "minutes"], ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
    },
    async close() {
      await store.close();
      await ground.remove();
    },
  };
  return bank;
}

/** Seeded, and counted in the blocks of 32 bytes that it draws: a copy draws on from where the original stood. */
function entropyFrom(drawn: number): Entropy & { drawn: number } {
  const seeded = seededEntropy("test");
  seeded.bytes(32 * drawn);
  return {
    drawn,
    bytes(length) {
      this.drawn += Math.ceil(length / 32);
      return seeded.bytes(length);
    },
  };
}
