import { createClient as createStreamClient } from "graphql-sse";
import type { Volunteer } from "../../src/domain/facts/people";
import { type Actor, system } from "../../src/domain/permissions/actors";
import { demoKeyPair, issueToken } from "../../src/server/identity";
import { audit } from "../../src/services/audit";
import { openApi, type TestApi } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";

const identity = "id issuer linkedAt linkedBy { kind label actor { kind } } unlinkedAt";
const link = `mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { identity { id issuer linkedAt } replayed userErrors { code path } } }`;
const unlink = `mutation ($input: UnlinkIdentityInput!) { unlinkIdentity(input: $input) { identity { id unlinkedAt } userErrors { code path } } }`;
const mine = `{ viewer { id identities { ${identity} } notices(first: 10) { edges { node { kind title body subject { id } } } } } }`;

describe.each(engines)("identities on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mei: Volunteer;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    mei = await bank.volunteer("V-1");
  });
  afterEach(async () => {
    await api.close();
    await bank.close();
  });
  /** Asks with a token of the issuer for a subject that the bank did not make. */
  const as = async (subject: string, query: string, variables: object = {}) => {
    const { clock, secret } = bank.options;
    const { privateKey } = demoKeyPair(secret.toString("hex"));
    const token = await issueToken({ privateKey, issuer, audience: "goodhours", subject, clock, ttlSeconds: 3600 });
    return api.post(null, { query, variables }, { authorization: `Bearer ${token}` });
  };
  const linkFor = (actor: Actor, personId: string, subject: string, more: object = {}) =>
    api.post(actor, {
      query: link,
      variables: { input: { idempotencyKey: bank.key(), personId, issuer, subject, reason: "已核对身份证", ...more } },
    });
  const unlinkAs = (ask: (query: string, variables: object) => Promise<{ data: never }>, identityId: string) =>
    ask(unlink, { input: { identityId, reason: "手机丢失" } });
  const codesOf = (answer: { data: Record<string, { userErrors: { code: string }[] }> }) =>
    Object.values(answer.data)[0]?.userErrors.map(({ code }) => code);

  test("a phone is linked by the supervisor, seen by its person, ended, and linked again to another", async () => {
    expect((await as("wx-1", mine)).data.viewer).toBeNull();
    const input = { idempotencyKey: "l", personId: mei.personId, issuer, subject: "wx-1", reason: "已核对身份证" };
    const evidence = { kind: "OTHER", ref: "身份证原件" };
    const linked = await api.post(bank.supervisor, { query: link, variables: { input: { ...input, evidence } } });
    const { id } = linked.data.linkIdentity.identity;
    expect(linked.data.linkIdentity).toMatchObject({ identity: { issuer }, replayed: false, userErrors: [] });
    const again = await api.post(bank.supervisor, { query: link, variables: { input: { ...input, evidence } } });
    expect(again.data.linkIdentity).toMatchObject({ identity: { id }, replayed: true });

    const { viewer } = (await as("wx-1", mine)).data;
    expect(viewer).toMatchObject({
      id: mei.personId,
      identities: [
        { id, issuer, unlinkedAt: null, linkedBy: { kind: "PAPERS", actor: { kind: "STATION_SUPERVISOR" } } },
      ],
      notices: { edges: [{ node: { kind: "IDENTITY", body: "工作人员核验证件：已核对身份证", subject: { id } } }] },
    });
    expect((await as("wx-1", `{ node(id: "${id}") { id } }`)).data.node).toEqual({ id });
    expect((await api.post(bank.worker, { query: `{ node(id: "${id}") { id } }` })).data.node).toBeNull();

    // The person asks for the last one to be ended, and is sent to the station; a second phone ends the first.
    expect(codesOf(await unlinkAs((q, v) => as("wx-1", q, v) as never, id))).toEqual(["LAST_IDENTITY"]);
    expect(codesOf(await linkFor(bank.officer, mei.personId, "wx-2"))).toEqual([]);
    expect(codesOf(await unlinkAs((q, v) => as("wx-2", q, v) as never, id))).toEqual([]);
    expect((await as("wx-1", mine)).data.viewer).toBeNull();
    const after = (await as("wx-2", mine)).data.viewer;
    expect(after.identities.map((identity: { unlinkedAt: string | null }) => identity.unlinkedAt !== null)).toEqual([
      true,
      false,
    ]);
    expect(after.notices.edges).toHaveLength(3);

    const other = await bank.volunteer("V-2");
    expect(codesOf(await linkFor(bank.supervisor, other.personId, "wx-1"))).toEqual([]);
    expect((await as("wx-1", mine)).data.viewer).toMatchObject({
      id: other.personId,
      identities: [{ unlinkedAt: null }],
    });
    expect(codesOf(await linkFor(bank.supervisor, mei.personId, "wx-1"))).toEqual(["DUPLICATE_PERSON"]);
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
    // What is written down names no subject, and no reason.
    const bodies = await bank.ground.raw("SELECT body FROM journal");
    for (const { body } of bodies) expect(String(body)).not.toMatch(/wx-1|身份证|手机/);
  });

  test.each(["the supervisor ends a stolen phone, the only one", "a death is recorded"])(
    "%s: what the phone listens to ends at once",
    async (what) => {
      const linked = await linkFor(bank.supervisor, mei.personId, "wx-1");
      const { clock, secret } = bank.options;
      const { privateKey } = demoKeyPair(secret.toString("hex"));
      const token = await issueToken({
        privateKey,
        issuer,
        audience: "goodhours",
        subject: "wx-1",
        clock,
        ttlSeconds: 3600,
      });
      const client = createStreamClient({
        url: `${api.url}/graphql/stream`,
        headers: { authorization: `Bearer ${token}` },
        retryAttempts: 0,
      });
      const heard: unknown[] = [];
      const events = client.iterate({
        query: `subscription { balanceChanged(accountId: "${mei.accountId}") { account { balance { posted } } } }`,
      });
      heard.push((await events.next()).value);
      const ended = events.next();
      const death = { volunteerId: mei.id, action: "RECORD_DEATH" as const, reason: "去世" };
      if (what === "a death is recorded") await bank.services.volunteers.advance(bank.supervisor, death);
      else
        await unlinkAs(
          (query, variables) => api.post(bank.supervisor, { query, variables }) as never,
          linked.data.linkIdentity.identity.id,
        );
      heard.push((await ended).value, (await events.next()).done);
      expect(heard).toMatchObject([
        { data: { balanceChanged: { account: { balance: { posted: 0 } } } } },
        { errors: [{ extensions: { code: "NOT_PERMITTED" } }] },
        true,
      ]);
      if (what !== "a death is recorded") expect((await as("wx-1", mine)).data.viewer).toBeNull();
      const again = client.iterate({
        query: `subscription { balanceChanged(accountId: "${mei.accountId}") { account { id } } }`,
      });
      expect((await again.next()).value.errors).toHaveLength(1);
      client.dispose();
    },
  );

  test.each<[who: "supervisor" | "worker" | "officer", holds: string | null, outcome: string[]]>([
    ["supervisor", null, []],
    ["supervisor", "STATION_WORKER", []],
    ["supervisor", "STATION_SUPERVISOR", ["NOT_PERMITTED"]], // else one person could confirm as two
    ["supervisor", "ORGANIZATION_ADMIN", ["NOT_PERMITTED"]],
    ["supervisor", "OFFICER", ["NOT_PERMITTED"]], // a volunteer of the station is also the county's officer
    ["officer", "OFFICER", []],
    ["worker", null, ["NOT_PERMITTED"]],
  ])("a %s links a volunteer who holds %s: %j", async (who, holds, outcome) => {
    if (holds) await bank.grant(mei.personId, holds as never, holds === "OFFICER" ? null : bank.station.id);
    expect(codesOf(await linkFor(bank[who], mei.personId, "wx-9"))).toEqual(outcome);
    expect((await as("wx-9", mine)).data.viewer?.id).toBe(outcome.length === 0 ? mei.personId : undefined);
  });

  test.each<[string, object, string]>([
    ["no reason", { reason: " " }, "REASON_MISSING"],
    ["a subject of ours", { subject: "person_01jzz" }, "INVALID_INPUT"],
    ["no address for an issuer", { issuer: "login" }, "INVALID_INPUT"],
    ["nobody's id", { personId: "person_none" }, "NOT_FOUND"],
    ["a subject too long", { subject: "x".repeat(256) }, "INVALID_INPUT"],
  ])("refused: %s", async (_, more, code) => {
    const before = (await bank.store.view.head()).seq;
    expect(codesOf(await linkFor(bank.officer, mei.personId, "wx-1", more))).toEqual([code]);
    expect((await bank.store.view.head()).seq).toBe(before);
  });

  test("nobody links an identity for themselves", async () => {
    const personId = bank.officer.personId as string;
    expect(codesOf(await linkFor(bank.officer, personId, "wx-1"))).toEqual(["SELF_CONFIRMATION"]);
  });

  test("an erased person's phone signs nobody in, and may register a new person", async () => {
    await linkFor(bank.supervisor, mei.personId, "wx-1");
    await bank.services.volunteers.advance(bank.supervisor, {
      volunteerId: mei.id,
      action: "WITHDRAW",
      reason: "搬走",
    });
    const erasure = { idempotencyKey: bank.key(), personId: mei.personId, reason: "本人申请" };
    await bank.services.privacy.erase(bank.officer, erasure);
    const query = `mutation ($input: RegisterVolunteerInput!) { registerVolunteer(input: $input) { volunteer { id } userErrors { code } } }`;
    const input = {
      idempotencyKey: "n",
      displayName: "新",
      birthDate: "1990-01-01",
      divisionCode: "fengqiao",
      consent: true,
    };
    expect(codesOf(await as("wx-1", query, { input }))).toEqual([]);
    const { viewer } = (await as("wx-1", mine)).data;
    expect(viewer.identities).toMatchObject([{ linkedBy: { kind: "SELF", actor: { kind: "VOLUNTEER" } } }]);
    expect(viewer.notices.edges).toEqual([]);
  });

  test("the audit finds a forged link: a subject that is two persons, a link that ends twice", async () => {
    const other = await bank.volunteer("V-2");
    const linkInput = { idempotencyKey: "k", personId: mei.personId, issuer, subject: "wx-1", reason: "r" };
    const { value } = await bank.services.identities.link(system, linkInput);
    const {
      id: _,
      openedSeq: __,
      seq: ___,
      unlinkedAt: ____,
      unlinkedBy: _____,
      unlinkReasonId: ______,
      ...facts
    } = {
      openedSeq: 0,
      seq: 0,
      ...value,
    };
    const step = { ...facts, action: "LINK", from: null, actorKind: "SYSTEM", reasonId: null } as const;
    await bank.store.write((tx) =>
      tx.append("system", { type: "IDENTITY_STEP", ...step, id: "identity_x", personId: other.personId }),
    );
    const { findings } = await audit(bank.store.view, origin);
    expect(findings.map(({ what }) => what)).toEqual(["the subject was a person already"]);
  });
});
