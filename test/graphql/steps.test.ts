import { type GraphQLSchema, getNamedType, isInputObjectType } from "graphql";
import type { Shift } from "../../src/domain/facts/activities";
import type { Actor } from "../../src/domain/permissions/actors";
import { buildGoodhoursSchema } from "../../src/graphql/schema";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { openCharity, type TestCharity } from "../support/charity";
import { engines } from "../support/engines";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildGoodhoursSchema();
});

/** Mutations with neither a key nor a version, and why a late retry of them does no harm. */
const harmless: Record<string, string> = {
  markNoticesRead: "what is read stays read, and nothing else follows from it",
  reverseVillagePoints: "its seq names one transfer, which the database reverses at most once",
  revealSpotCheckSeed: "a month has one seed, whose hash was published before",
};

test("every mutation that changes something takes a key or a version", () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const bare = mutations.filter(({ args }) => {
    const input = getNamedType(args[0]?.type);
    const fields = isInputObjectType(input) ? input.getFields() : {};
    return !fields.idempotencyKey && !fields.expectedVersion;
  });
  expect(bare.map(({ name }) => name).sort()).toEqual(Object.keys(harmless).sort());
  // And each says whether it was answered before.
  for (const { name, type } of mutations)
    if (name !== "markNoticesRead")
      expect([name, "replayed" in (getNamedType(type) as never as { getFields(): object }).getFields()]).toEqual([
        name,
        true,
      ]);
});

describe.each(engines)("steps that are taken twice, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let charity: TestCharity;
  beforeAll(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    api = await openApi(bank);
    charity = await openCharity(bank);
  });
  afterAll(async () => {
    await api.close();
    await bank.close();
  });

  const mutate = async (who: Actor, name: string, input: object, selection = "") => {
    const type = String(schema.getMutationType()?.getFields()[name]?.args[0]?.type).replace("!", "");
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { replayed userErrors { code } ${selection} } }`;
    const { data, errors } = await api.post(who, { query, variables: { input } });
    expect([name, errors]).toEqual([name, undefined]);
    const { replayed, userErrors, ...about } = data[name];
    return { told: userErrors[0]?.code ?? (replayed ? "REPLAYED" : "DONE"), about };
  };
  /** Takes a step, and again with another reason: it answers as before, or refuses, and the first reason stays. */
  const twice = async (who: Actor, name: string, input: object, selection = "") => {
    const first = await mutate(who, name, { ...input, reason: "第一个理由" }, selection);
    const second = await mutate(who, name, { ...input, reason: "第二个理由" }, selection);
    return { told: [first.told, second.told], about: second.about };
  };

  test("answer that they were, and keep their first reason", async () => {
    const { services, station, officer, supervisor, worker, key } = bank;
    const organizationId = station.id;
    for (const no of ["V-1", "V-2", "V-3"]) await bank.volunteer(no);
    const record = async (no: string, day: string) => (await bank.log(no, day, "09:00", "11:00")).id as string;
    const seen: Record<string, string[]> = {};
    const note = (name: string, { told, about }: Awaited<ReturnType<typeof twice>>) => {
      seen[name] = told;
      const text = JSON.stringify(about);
      if (/理由/.test(text)) expect([name, text.includes("第二个理由")]).toEqual([name, false]);
    };
    const history = "serviceRecord { history { action reason } }";
    const recordId = await record("V-1", "2026-08-18");
    note("returnServiceRecord", await twice(supervisor, "returnServiceRecord", { recordId }, history));
    note(
      "rejectServiceRecord",
      await twice(supervisor, "rejectServiceRecord", { recordId: await record("V-1", "2026-08-17") }, history),
    );
    note(
      "voidServiceRecord",
      await twice(worker, "voidServiceRecord", { recordId: await record("V-1", "2026-08-16") }, history),
    );

    const volunteer = await bank.store.view.volunteerByNo("V-2");
    const suspended = { volunteerId: volunteer?.id, action: "SUSPEND" };
    note(
      "advanceVolunteer",
      await twice(officer, "advanceVolunteer", suspended, "volunteer { history { action reason } }"),
    );

    const grantee = await bank.staff("STATION_WORKER", organizationId);
    const [grant] = (await services.people.grantsOf(officer, [grantee.personId as string]))[0] ?? [];
    note("revokeRole", await twice(officer, "revokeRole", { grantId: grant?.id }, "grant { id validUntil }"));

    await services.organizations.recordAward(officer, {
      idempotencyKey: key(),
      organizationId,
      name: "先进",
      grantedBy: "市民政局",
      on: "2026-08-01",
    });
    const [award] = (await services.organizations.awards([organizationId]))[0] ?? [];
    note(
      "withdrawAward",
      await twice(officer, "withdrawAward", { awardId: award?.id }, "organization { awards { id } }"),
    );

    const { value: head } = await services.heads.propose(officer, {
      idempotencyKey: key(),
      organizationId,
      displayName: "张站长",
    });
    const refuser = await bank.staff("OFFICER", null);
    note(
      "advanceOrganizationHead",
      await twice(refuser, "advanceOrganizationHead", { headId: head.id, action: "REFUSE" }, "head { state reason }"),
    );

    const { value: social } = await services.socialWorkers.register(officer, {
      idempotencyKey: key(),
      organizationId,
      displayName: "王社工",
      level: "ASSISTANT",
      certificateNo: "ZJ-0001",
      registeredOn: "2026-01-01",
    });
    await services.socialWorkers.recordTraining(officer, {
      idempotencyKey: key(),
      socialWorkerId: social.id,
      name: "个案",
      hours: 8,
      organizer: "学院",
      on: "2026-03-01",
    });
    const [term] = await services.socialWorkers.training(officer, [social.id]);
    note(
      "withdrawTraining",
      await twice(officer, "withdrawTraining", { trainingId: term?.lines[0]?.id }, "socialWorker { id }"),
    );

    const { value: household } = await services.villagePoints.households.register(worker, {
      idempotencyKey: key(),
      householdNo: "H-1",
      divisionCode: "fengqiao",
    });
    const { value: points } = await services.villagePoints.award(worker, {
      idempotencyKey: key(),
      householdId: household.id,
      points: 3,
      reason: "整洁",
      on: "2026-08-19",
    });
    note(
      "reverseVillagePoints",
      await twice(worker, "reverseVillagePoints", { seq: String(points.transferSeq) }, "entry { reversedBySeq }"),
    );

    const { activity, shifts } = await charity.announce("clinic");
    const signed = await charity.signUp((await bank.store.view.volunteerByNo("V-1")) as never, shifts[0] as Shift);
    const me = await bank.actorOf((await bank.store.view.volunteerByNo("V-1")) as never);
    note(
      "withdrawSignUp",
      await twice(
        me,
        "withdrawSignUp",
        { signUpId: (signed as { id: string }).id },
        "signUp { history { action reason } }",
      ),
    );
    note(
      "advanceActivity",
      await twice(
        charity.admin,
        "advanceActivity",
        { activityId: activity.id, action: "POSTPONE" },
        "activity { history { action reason } }",
      ),
    );
    note(
      "advanceOrganization",
      await twice(
        officer,
        "advanceOrganization",
        { organizationId, action: "SUSPEND" },
        "organization { history { action reason } }",
      ),
    );
    await services.registry.advance(officer, { organizationId, action: "RESUME", reason: "恢复" });

    for (const [name, [first, second]] of Object.entries(seen)) {
      expect([name, first]).toEqual([name, "DONE"]);
      expect([name, second !== "DONE"]).toEqual([name, true]);
    }
    // Whoever did the step is told that it was done before; nothing was refused here.
    expect(Object.entries(seen).filter(([, [, second]]) => second !== "REPLAYED")).toEqual([]);
  });

  test("a key answers a step again although others have gone on since", async () => {
    const { supervisor, officer, key } = bank;
    const child = await bank.volunteer("V-9");
    const input = { volunteerId: child.id, action: "SUSPEND", reason: "核查", idempotencyKey: key() };
    const selection = "volunteer { id state version }";
    expect(await mutate(officer, "advanceVolunteer", input, selection)).toMatchObject({
      told: "DONE",
      about: { volunteer: { state: "SUSPENDED" } },
    });
    expect(
      (await mutate(officer, "advanceVolunteer", { volunteerId: child.id, action: "RESTORE", reason: "查清" })).told,
    ).toBe("DONE");
    // A late retry suspends nobody anew; it shows how the volunteer stands today.
    const before = await bank.store.view.head();
    const again = await mutate(officer, "advanceVolunteer", input, selection);
    expect(again).toMatchObject({ told: "REPLAYED", about: { volunteer: { id: child.id, state: "ACTIVE" } } });
    expect(await bank.store.view.head()).toEqual(before);
    // Without the key it is a new step.
    const { idempotencyKey: _, ...keyless } = input;
    expect((await mutate(officer, "advanceVolunteer", keyless)).told).toBe("DONE");
    // The key is this person's, and stands for what was asked.
    expect((await mutate(officer, "advanceVolunteer", { ...input, reason: "另一理由" })).told).toBe(
      "IDEMPOTENCY_CONFLICT",
    );
    expect((await mutate(supervisor, "advanceVolunteer", { ...input, action: "RESTORE" })).told).toBe("DONE");
    for (const idempotencyKey of ["", "x".repeat(201)])
      expect((await mutate(officer, "advanceVolunteer", { ...input, idempotencyKey })).told).toBe("INVALID_INPUT");
    // What was refused is tried anew under its key.
    const refused = { ...keyless, action: "UNDO_DEATH", idempotencyKey: key() };
    expect((await mutate(officer, "advanceVolunteer", refused)).told).toBe("ILLEGAL_TRANSITION");
    expect((await mutate(officer, "advanceVolunteer", refused)).told).toBe("ILLEGAL_TRANSITION");
  });
});
