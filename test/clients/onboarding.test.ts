import type { Volunteer } from "../../src/domain/facts/people";
import { codeLength, codeSigns, groupCode } from "../../src/domain/people/invitations";
import type { Actor } from "../../src/domain/permissions/actors";
import { demoKeyPair, issueToken } from "../../src/server/identity";
import { openServices } from "../../src/services";
import { audit } from "../../src/services/audit";
import { type Answer, openApi, operationText, type TestApi } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";

/** Everybody's way in at their first sign-in, as clients send it: to a bank without the demo's data. */
const file = "onboarding.graphql";
const hour = 3_600_000;

describe.each(engines)("coming in on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mei: Volunteer;
  let now = Date.parse("2026-09-20T09:00:00+08:00");
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    mei = await bank.volunteer("V-1");
    now = bank.options.clock();
  });
  afterEach(async () => {
    await api.close();
    await bank.close();
  });
  const later = (ms: number) => {
    now += ms;
    bank.setClock(new Date(now).toISOString());
  };
  /** Sends an operation with a token of the issuer for a subject that the bank did not make. */
  const as = async (subject: string, operation: string, variables: object = {}): Promise<Answer> => {
    const { clock, secret } = bank.options;
    const { privateKey } = demoKeyPair(secret.toString("hex"));
    const token = await issueToken({ privateKey, issuer, audience: "goodhours", subject, clock, ttlSeconds: 3600 });
    const query = operationText(file, operation);
    return api.post(null, { query, operationName: operation, variables }, { authorization: `Bearer ${token}` });
  };
  const invite = async (actor: Actor, ...invitees: object[]) => {
    const input = { idempotencyKey: bank.key(), organizationId: bank.station.id, invitees };
    return (await api.send(actor, file, "InvitePeople", { input })).data.invitePeople;
  };
  const codeFor = async (actor: Actor, invitee: object): Promise<string> =>
    (await invite(actor, invitee)).invitations[0].code;
  const accept = async (subject: string, code: string, idempotencyKey = bank.key()) =>
    (await as(subject, "AcceptInvitation", { input: { idempotencyKey, code } })).data.acceptInvitation;
  const codesOf = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(({ code }) => code);
  const outcome = async (subject: string, code: string) => codesOf(await accept(subject, code))[0] ?? "in";

  test("a volunteer whom the station registered types the code once, and reaches her own hours", async () => {
    const input = { idempotencyKey: "i", organizationId: bank.station.id, invitees: [{ volunteerId: mei.id }] };
    const invited = (await api.send(bank.worker, file, "InvitePeople", { input })).data.invitePeople;
    const { code, ...invitation } = invited.invitations[0];
    expect(invited).toMatchObject({ replayed: false, userErrors: [] });
    expect(code).toMatch(new RegExp(`^[${codeSigns}]{${codeLength}}$`));
    expect(invitation).toMatchObject({
      link: `${api.url}/join#${code}`,
      state: "OPEN",
      expiresAt: "2026-10-04T01:00:00.000Z",
      volunteer: { id: mei.id, volunteerNo: "V-1", displayName: "志愿者V-1" },
    });
    const replayed = (await api.send(bank.worker, file, "InvitePeople", { input })).data.invitePeople;
    expect(replayed).toMatchObject({ replayed: true, invitations: [{ id: invitation.id, code: null, link: null }] });

    expect((await as("wx-1", "MyIdentities")).data.viewer).toBeNull();
    // As a hand writes it on a phone: in groups, small, with a full-width letter.
    const typed = ` ${groupCode(code).toLowerCase().replace("-", " － ")} `;
    const accepted = await accept("wx-1", typed, "a");
    expect(accepted).toEqual({
      viewer: { id: mei.personId, volunteer: { id: mei.id, volunteerNo: "V-1", displayName: "志愿者V-1" }, grants: [] },
      replayed: false,
      userErrors: [],
    });
    expect(await accept("wx-1", code, "a")).toMatchObject({ viewer: { id: mei.personId }, replayed: true });
    const { identities } = (await as("wx-1", "MyIdentities")).data.viewer;
    expect(identities).toMatchObject([{ issuer, linkedBy: { kind: "CODE" }, unlinkedAt: null }]);
    const listed = await api.send(bank.worker, file, "Invitations", {
      organizationId: bank.station.id,
      state: ["ACCEPTED"],
      first: 10,
    });
    expect(listed.data.organization.invitations.edges).toMatchObject([
      { node: { id: invitation.id, state: "ACCEPTED" } },
    ]);
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
  });

  test("the code stands nowhere: not in the journal, not among the commands, not in any table", async () => {
    const code = await codeFor(bank.worker, { volunteerId: mei.id });
    await accept("wx-1", code);
    const tables = ["journal", "commands", "invitations", "sealed", "wrong_codes", "identity_links", "search_terms"];
    for (const table of tables) {
      const rows = await bank.ground.raw(`SELECT * FROM ${table}`);
      const text = rows
        .flatMap((row) =>
          Object.values(row).map((value) =>
            Buffer.isBuffer(value) ? value.toString("latin1") : JSON.stringify(value),
          ),
        )
        .join("\n");
      expect([table, text.includes(code), text.includes(groupCode(code))]).toEqual([table, false, false]);
    }
  });

  test("staff with a grant, and a guardian who was nobody, come in likewise", async () => {
    const admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id);
    const staffCode = await codeFor(admin, { personId: bank.worker.personId });
    expect(await accept("wx-w", staffCode)).toMatchObject({
      viewer: {
        id: bank.worker.personId,
        volunteer: null,
        grants: [{ role: "STATION_WORKER", organization: { slug: "fengqiao-station" } }],
      },
    });
    const child = await bank.volunteer("V-2", { birthDate: "2013-01-01", guardian: true });
    const invited = await invite(bank.worker, { guardianOf: child.id }, { guardianOf: child.id });
    const [mother, father] = invited.invitations.map(({ code }: { code: string }) => code);
    const { viewer } = await accept("wx-m", mother);
    expect(viewer).toMatchObject({ id: expect.stringMatching(/^person_/), volunteer: null, grants: [] });
    // Mei, who is known already, answers for the child by the other code, and stays herself.
    await accept("wx-1", await codeFor(bank.worker, { volunteerId: mei.id }));
    expect(await accept("wx-1", father)).toMatchObject({ viewer: { id: mei.personId }, userErrors: [] });
    const guardians = (await bank.services.guardians.wards(await bank.actorOf(mei))) as string[];
    expect(guardians).toEqual([child.id]);
    const mothers = await bank.services.people.actorOf({ subject: "wx-m", issuer });
    expect(await bank.services.guardians.wards(mothers)).toEqual([child.id]);
    expect(await bank.services.people.labels(mothers, [viewer.id])).toEqual(["监护人"]);
    await bank.services.guardians.end(bank.worker, { volunteerId: child.id, guardianId: viewer.id, reason: "变更" });
    expect(await bank.services.guardians.wards(mothers)).toEqual([]);
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
  });

  test("a volunteer who takes another organisation's invitation lets it see them, and may end that", async () => {
    const { value: agency } = await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      name: "诸暨市同行社工服务中心",
      kind: "SOCIAL_WORK_AGENCY",
      filingStatus: "REGISTERED",
      divisionCode: bank.station.divisionCode,
    });
    const lead = await bank.staff("ORGANIZATION_ADMIN", agency.id);
    const seen = async () => (await bank.services.volunteers.sight.many(lead, [mei.id]))[0]?.id ?? null;
    const input = { idempotencyKey: "i", organizationId: agency.id, invitees: [{ volunteerId: mei.id }] };
    const invited = (await api.send(bank.officer, file, "InvitePeople", { input })).data.invitePeople;
    expect(await seen()).toBeNull();
    await accept("wx-1", invited.invitations[0].code);
    expect(await seen()).toBe(mei.id);
    expect(await bank.services.ties.of(await bank.actorOf(mei), mei.id)).toContainEqual(
      expect.objectContaining({ kind: "ALLOWED", organizationId: agency.id }),
    );
    await bank.services.ties.set(await bank.actorOf(mei), { organizationId: agency.id, allowed: false });
    expect(await seen()).toBeNull();
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
  });

  test("a change of phone: the second is added by a new code, and the first ended from it", async () => {
    await accept("old-phone", await codeFor(bank.worker, { volunteerId: mei.id }));
    await accept("new-phone", await codeFor(bank.worker, { volunteerId: mei.id }));
    const { identities } = (await as("new-phone", "MyIdentities")).data.viewer;
    const input = { identityId: identities[0].id, reason: "换手机" };
    expect((await as("new-phone", "UnlinkIdentity", { input })).data.unlinkIdentity).toMatchObject({
      identity: { id: identities[0].id, unlinkedAt: expect.any(String) },
      userErrors: [],
    });
    expect((await as("old-phone", "MyIdentities")).data.viewer).toBeNull();
  });

  test("linked by an officer who has seen the papers", async () => {
    const input = { idempotencyKey: "l", personId: mei.personId, issuer, subject: "wx-9", reason: "已核对证件" };
    const { data } = await api.send(bank.officer, file, "LinkIdentity", { input });
    expect(data.linkIdentity).toMatchObject({ identity: { issuer }, replayed: false, userErrors: [] });
    expect((await as("wx-9", "MyIdentities")).data.viewer.identities).toMatchObject([{ linkedBy: { kind: "PAPERS" } }]);
  });

  /** What stands in the way of a code that was right when it was told. */
  const ways: Record<string, [before: (id: string) => Promise<unknown>, outcome: string]> = {
    "nothing, a moment before its end": [async () => later(14 * 24 * hour - 1), "in"],
    "its fourteen days": [async () => later(14 * 24 * hour), "INVITATION_EXPIRED"],
    "it was taken back": [
      (invitationId) => api.send(bank.worker, file, "RevokeInvitation", { input: { invitationId, reason: "误发" } }),
      "INVITATION_INVALID",
    ],
    "another took its place": [() => invite(bank.worker, { volunteerId: mei.id }), "INVITATION_INVALID"],
    "the volunteer was suspended": [() => step("SUSPEND"), "INVITATION_INVALID"],
    "the volunteer left": [() => step("WITHDRAW"), "INVITATION_INVALID"],
    "the volunteer died": [() => step("RECORD_DEATH"), "INVITATION_INVALID"],
    "the volunteer was forgotten": [
      async () => {
        await step("WITHDRAW");
        const erasure = { idempotencyKey: bank.key(), personId: mei.personId, reason: "本人申请" };
        await bank.services.privacy.erase(bank.officer, erasure);
      },
      "INVITATION_INVALID",
    ],
    // Else whoever printed the card could hold the role.
    "a role came since": [() => bank.grant(mei.personId, "OFFICER", null), "INVITATION_INVALID"],
    "the station was suspended": [() => organization("SUSPEND"), "ORGANIZATION_INACTIVE"],
    "the station was dissolved": [() => organization("DISSOLVE"), "ORGANIZATION_INACTIVE"],
    "the worker who invited left": [
      () =>
        bank.services.people.revokeRole(bank.officer, {
          grantId: bank.worker.grants[0]?.id as string,
          reason: "离职",
        }),
      "in",
    ],
  };
  const step = (action: "SUSPEND" | "WITHDRAW" | "RECORD_DEATH") =>
    bank.services.volunteers.advance(bank.supervisor, { volunteerId: mei.id, action, reason: "r" });
  const organization = (action: "SUSPEND" | "DISSOLVE") =>
    bank.services.registry.advance(bank.officer, { organizationId: bank.station.id, action, reason: "r" });

  test.each(Object.keys(ways))("between the code and its use: %s", async (name) => {
    const [before, expected] = ways[name] as (typeof ways)[string];
    const { invitations } = await invite(bank.worker, { volunteerId: mei.id });
    await before(invitations[0].id);
    expect(await outcome("wx-1", invitations[0].code)).toBe(expected);
    const { viewer } = (await as("wx-1", "MyIdentities")).data;
    expect(viewer?.identities.length).toBe(expected === "in" ? 1 : undefined);
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
  });

  test("a code is used once, and two at once are not both in", async () => {
    const code = await codeFor(bank.worker, { volunteerId: mei.id });
    const outcomes = await Promise.all(["a", "b", "c"].map((subject) => outcome(subject, code)));
    expect(outcomes.sort()).toEqual(["INVITATION_INVALID", "INVITATION_INVALID", "in"]);
    expect(await outcome("d", code)).toBe("INVITATION_INVALID");
    expect(await bank.ground.raw("SELECT count(*) AS n FROM identity_links")).toMatchObject([{ n: expect.anything() }]);
    expect((await bank.store.view.identityLinksOf([mei.personId])).get(mei.personId)).toHaveLength(1);
  });

  test("a hundred wrong codes an hour from an address, however many accounts ask from it", async () => {
    const { people, invitations } = bank.services;
    const tried = async (subject: string, code: string, address: string) =>
      invitations.accept(await people.actorOf({ subject, issuer }), { idempotencyKey: bank.key(), code }, address).then(
        () => "in",
        (error: { code: string; details: object }) => error,
      );
    for (let i = 0; i < 99; i += 1) await tried(`wx-${i >> 2}`, "AAAAAAAAAA", "198.51.100.1");
    expect(await tried("wx-a", "AAAAAAAAAA", "198.51.100.1")).toMatchObject({ details: { left: 0 } });
    const right = await codeFor(bank.worker, { volunteerId: mei.id });
    const until = new Date(now + hour).toISOString();
    expect(await tried("wx-b", right, "198.51.100.1")).toMatchObject({ code: "TOO_MANY_TRIES", details: { until } });
    expect(JSON.stringify(await bank.ground.raw("SELECT who FROM wrong_codes"))).not.toContain("198.51");
    expect(await tried("wx-b", right, "198.51.100.2")).toBe("in");
  });

  test("five wrong codes an hour are the most, by any person and on any server; a right one forgives none", async () => {
    const right = await codeFor(bank.worker, { volunteerId: mei.id });
    const other = await bank.volunteer("V-2");
    const child = await bank.volunteer("V-3", { birthDate: "2013-01-01", guardian: true });
    const first = now;
    const wrong = ["AAAAAAAAAA", "no code", "", "ACCCCCCCCC"];
    for (const code of wrong) {
      expect(await outcome("wx-1", code)).toBe("INVITATION_INVALID");
      later(60_000);
    }
    expect(await outcome("wx-1", right)).toBe("in");
    expect(await outcome("wx-1", "ADDDDDDDDD")).toBe("INVITATION_INVALID");
    const locked = await accept("wx-1", await codeFor(bank.worker, { guardianOf: child.id }));
    expect(locked.userErrors).toMatchObject([
      { code: "TOO_MANY_TRIES", details: { until: new Date(first + hour).toISOString(), retryAfter: 3360 } },
    ]);
    // The hour of the first is over, and a try is free again.
    later(56 * 60_000);
    expect(await outcome("wx-1", "AEEEEEEEEE")).toBe("INVITATION_INVALID");
    expect(await outcome("wx-1", right)).toBe("TOO_MANY_TRIES");
    // Another process in front of the same bank counts on from there.
    const { clock } = bank.options;
    const store = await bank.ground.open(clock);
    try {
      const { people, invitations } = openServices({ ...bank.options, store });
      for (let i = 0; i < 3; i += 1) expect(await outcome("wx-2", "AFFFFFFFFF")).toBe("INVITATION_INVALID");
      const stranger = await people.actorOf({ subject: "wx-2", issuer });
      const tried = async (code: string) =>
        invitations.accept(stranger, { idempotencyKey: bank.key(), code }).then(
          () => "in",
          (error: { code: string }) => error.code,
        );
      expect([await tried("AGGGGGGGGG"), await tried("AHHHHHHHHH")]).toEqual(Array(2).fill("INVITATION_INVALID"));
      const code = await codeFor(bank.worker, { volunteerId: other.id });
      expect([await tried(code), await outcome("wx-2", code)]).toEqual(["TOO_MANY_TRIES", "TOO_MANY_TRIES"]);
      later(hour);
      expect(await tried(code)).toBe("in");
    } finally {
      await store.close();
    }
  });

  test("a person whom the bank knows as another is joined to nobody", async () => {
    const other = await bank.volunteer("V-2");
    await accept("wx-2", await codeFor(bank.worker, { volunteerId: other.id }));
    const code = await codeFor(bank.worker, { volunteerId: mei.id });
    expect(await outcome("wx-2", code)).toBe("KNOWN_AS_ANOTHER");
    expect(await outcome("wx-1", code)).toBe("in");
  });

  test("nobody answers for a child by their own invitation, for themselves, or as a child", async () => {
    const child = await bank.volunteer("V-2", { birthDate: "2013-01-01", guardian: true });
    const young = await bank.volunteer("V-3", { birthDate: "2012-01-01", guardian: true });
    const codes = (await invite(bank.worker, ...[1, 2, 3].map(() => ({ guardianOf: child.id })))).invitations.map(
      ({ code }: { code: string }) => code,
    );
    const own = async (actor: Actor, code: string) =>
      codesOf(
        (await api.send(actor, file, "AcceptInvitation", { input: { idempotencyKey: bank.key(), code } })).data
          .acceptInvitation,
      );
    expect(await own(bank.worker, codes[0])).toEqual(["SELF_CONFIRMATION"]);
    expect(await own(await bank.actorOf(child), codes[0])).toEqual(["SELF_CONFIRMATION"]);
    expect(await own(await bank.actorOf(young), codes[0])).toEqual(["MINOR_NOT_ADMITTED"]);
    expect(await own(bank.supervisor, codes[0])).toEqual([]);
  });

  test.each<[what: string, who: () => Promise<Actor>, invitee: () => Promise<object>, code: string]>([
    ["a volunteer of another station", async () => bank.worker, () => elsewhere(), "VOLUNTEER_NOT_FOUND"],
    ["somebody without a role there", async () => bank.officer, async () => ({ personId: mei.personId }), "NOT_FOUND"],
    ["staff, by a worker", async () => bank.worker, async () => ({ personId: bank.worker.personId }), "NOT_PERMITTED"],
    ["a guardian of a grown-up", async () => bank.worker, async () => ({ guardianOf: mei.id }), "INVALID_INPUT"],
    ["nobody", async () => bank.worker, async () => ({}), "INVALID_INPUT"],
    [
      "two at once",
      async () => bank.worker,
      async () => ({ volunteerId: mei.id, guardianOf: mei.id }),
      "INVALID_INPUT",
    ],
    [
      "a volunteer, by a lead",
      () => bank.staff("ACTIVITY_LEAD", bank.station.id),
      async () => ({ volunteerId: mei.id }),
      "NOT_PERMITTED",
    ],
    [
      "a volunteer who is the county's officer, by a worker",
      async () => bank.worker,
      () => officerToo(),
      "NOT_PERMITTED",
    ],
    ["a volunteer who left", async () => bank.worker, () => gone(), "VOLUNTEER_NOT_FOUND"],
  ])("not invited: %s", async (_, who, invitee, code) => {
    const [actor, inviteeInput] = [await who(), await invitee()];
    const before = (await bank.store.view.head()).seq;
    const { invitations, userErrors } = await invite(actor, inviteeInput);
    expect([invitations, userErrors.map((error: { code: string }) => error.code)]).toEqual([[], [code]]);
    expect((await bank.store.view.head()).seq).toBe(before);
  });
  const elsewhere = async () => {
    const { value } = await bank.services.volunteers.register(bank.officer, {
      idempotencyKey: bank.key(),
      displayName: "他站",
      birthDate: "1980-05-01",
      divisionCode: "fengqiao",
      consent: true,
    });
    return { volunteerId: value.id };
  };
  const officerToo = async () => {
    await bank.grant(mei.personId, "OFFICER", null);
    return { volunteerId: mei.id };
  };
  const gone = async () => {
    await bank.services.volunteers.advance(bank.supervisor, { volunteerId: mei.id, action: "WITHDRAW", reason: "r" });
    return { volunteerId: mei.id };
  };

  test("an officer invites for any station; the list goes on where a page ended, by state", async () => {
    const { volunteerId } = await elsewhere();
    const invited = await invite(bank.officer, { volunteerId }, { volunteerId: mei.id });
    expect(invited.userErrors).toEqual([]);
    await api.send(bank.worker, file, "RevokeInvitation", {
      input: { invitationId: invited.invitations[0].id, reason: "误发" },
    });
    const page = async (state: string[] | null, after: string | null = null) =>
      (await api.send(bank.worker, file, "Invitations", { organizationId: bank.station.id, state, first: 1, after }))
        .data.organization.invitations;
    const first = await page(null);
    expect(first.edges).toMatchObject([{ node: { id: invited.invitations[1].id, state: "OPEN" } }]);
    expect((await page(null, first.pageInfo.endCursor)).edges).toMatchObject([{ node: { state: "REVOKED" } }]);
    expect((await page(["REVOKED"])).edges).toMatchObject([{ node: { id: invited.invitations[0].id } }]);
    later(14 * 24 * hour);
    expect((await page(["OPEN"])).edges).toEqual([]);
    expect((await page(["EXPIRED"])).edges).toMatchObject([
      { node: { id: invited.invitations[1].id, state: "EXPIRED" } },
    ]);
    const { errors } = await api.send(await bank.actorOf(mei), file, "Invitations", {
      organizationId: bank.station.id,
      first: 1,
    });
    expect(errors?.[0]?.extensions.code).toBe("NOT_PERMITTED");
  });
});
