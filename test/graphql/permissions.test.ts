import { nobody } from "../../src/domain/permissions/actors";
import type { Answer } from "../support/api";
import { residentId } from "../support/papers";
import { activities } from "./permissions/activities";
import { hours } from "./permissions/hours";
import { judgements } from "./permissions/judgements";
import { orders } from "./permissions/orders";
import { organizations, proposeHead } from "./permissions/organizations";
import { people } from "./permissions/people";
import { closeScene, leaders, type Mutation, type Mutations, openScene, type Scene } from "./permissions/scene";
import { stars } from "./permissions/stars";
import { village } from "./permissions/village";
import { postOf, socialWorker, workers } from "./permissions/workers";

/**
 * Each mutation, the actors who may do it, and an input that would be accepted. Every other actor is denied. Activities
 * come before people, where the volunteer becomes the child's guardian and may then decide for the child.
 */
const mutations: Mutations = {
  ...hours,
  ...activities,
  ...people,
  ...organizations,
  ...workers,
  ...village,
  ...orders,
  ...stars,
  ...judgements,
};

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => closeScene(scene));

/** Sends one document for each actor of the scene, in turn. */
async function forEachActor(query: string, variables: object, look: (name: string, answer: Answer) => void) {
  for (const [name, actor] of scene.actors)
    look(name, await scene.api.post(actor === nobody ? null : actor, { query, variables }));
}

const denials = ["NOT_PERMITTED", "NOT_FOUND", "UNAUTHENTICATED"];
/** Every code of an answer: of its errors, of its payload, and of each line. */
function codesOf({ data, errors }: Answer): string[] {
  const payload = Object.values(
    (data ?? {}) as Record<string, { userErrors: { code: string }[]; results?: { userErrors: { code: string }[] }[] }>,
  )[0];
  return [
    ...(errors ?? []).map((error) => error.extensions.code),
    ...(payload?.userErrors ?? []).map((error) => error.code),
    ...(payload?.results ?? []).flatMap((line) => line.userErrors.map((error) => error.code)),
  ];
}

test("the walk knows every mutation of the schema", async () => {
  const { data } = await scene.api.post(null, { query: "{ __schema { mutationType { fields { name } } } }" });
  expect(data.__schema.mutationType.fields.map((field: { name: string }) => field.name).sort()).toEqual(
    Object.keys(mutations).sort(),
  );
});

/** The document of a mutation that asks for its codes, and whether its input takes a key. */
async function documentOf(name: string): Promise<{ query: string; keyed: boolean }> {
  const { data: shape } = await scene.api.post(null, {
    query: `{ __type(name: "Mutation") { fields { name args { type { ofType { name inputFields { name } } } } type { ofType { fields { name } } } } } }`,
  });
  type Named = { name: string };
  const field = shape.__type.fields.find((each: Named) => each.name === name);
  const input = field.args[0].type.ofType;
  const inLines = field.type.ofType.fields.some((each: Named) => each.name === "results");
  return {
    keyed: input.inputFields.some((each: Named) => each.name === "idempotencyKey"),
    query: `mutation ($input: ${input.name}!) { ${name}(input: $input) { ${inLines ? "results { userErrors { code } }" : ""} userErrors { code } } }`,
  };
}

test.each(Object.keys(mutations))("%s is allowed to the actors of its row, and to no other actor", async (name) => {
  const { bank, api, actors } = scene;
  const mutation = mutations[name] as Mutation;
  const { query, keyed } = await documentOf(name);
  const allowed: string[] = [];
  // A denied request changes nothing, so the next actor is tried on the same input.
  let input: object | null = null;
  for (const [who, actor] of actors) {
    input ??= await mutation.input(scene);
    const variables = { input: { ...input, ...(keyed ? { idempotencyKey: bank.key() } : {}) } };
    const before = (await bank.store.view.head()).seq;
    const codes = codesOf(await api.post(actor === nobody ? null : actor, { query, variables }));
    if (codes.some((code) => denials.includes(code)))
      expect([who, (await bank.store.view.head()).seq]).toEqual([who, before]);
    else {
      allowed.push(who);
      input = null;
    }
  }
  expect(allowed.sort()).toEqual([...mutation.allowed].sort());
});

test("a volunteer may void a record of their own, and may not confirm it", async () => {
  const { bank, api, actors } = scene;
  const self = actors.get("the volunteer") ?? null;
  const log = async (from: string, to: string) => (await bank.log("V-1", "2026-09-16", from, to)).id as string;
  const voided = await api.post(self, {
    query:
      "mutation ($input: VoidServiceRecordInput!) { voidServiceRecord(input: $input) { serviceRecord { state } userErrors { code } } }",
    variables: { input: { recordId: await log("09:00", "09:40"), reason: "填错" } },
  });
  expect(voided.data.voidServiceRecord).toEqual({ serviceRecord: { state: "VOIDED" }, userErrors: [] });
  const confirmed = await api.post(self, {
    query:
      "mutation ($input: ConfirmServiceRecordsInput!) { confirmServiceRecords(input: $input) { results { userErrors { code } } } }",
    variables: { input: { idempotencyKey: "own", recordIds: [await log("10:00", "10:40")] } },
  });
  expect(confirmed.data.confirmServiceRecords.results[0].userErrors[0].code).toBe("NOT_PERMITTED");
});

test("the actors of the station, the office and the auditor see a social worker, and nobody sees the whole certificate number", async () => {
  const id = await socialWorker(scene);
  const query = "query ($id: ID!) { node(id: $id) { ... on SocialWorker { displayName maskedCertificateNo } } }";
  const seen: string[] = [];
  await forEachActor(query, { id }, (who, { data }) => {
    if (data?.node) seen.push(who);
    expect(JSON.stringify(data)).not.toContain("W-");
  });
  expect(seen.sort()).toEqual([...leaders, "AUDITOR", "STATION_WORKER"].sort());
});

test("each actor sees only the personal fields of a volunteer that the actor's role needs", async () => {
  const query =
    "query ($id: ID!) { node(id: $id) { ... on Volunteer { displayName maskedIdNumber maskedPhone account { id balance { posted } } person { id } } } }";
  const seen: Record<string, string> = {};
  await forEachActor(query, { id: scene.mei.id }, (who, { data }) => {
    const node = data?.node as Record<string, unknown> | null;
    seen[who] = node
      ? Object.keys(node)
          .filter((name) => node[name] !== null)
          .join(" ")
      : "nothing";
    expect(JSON.stringify(data)).not.toContain(residentId("1980-05-01").slice(6));
  });
  const all = "displayName maskedIdNumber account";
  const linkers = `${all} person`;
  expect(seen).toEqual({
    public: "nothing",
    "another volunteer": "nothing",
    "the volunteer": linkers,
    ACTIVITY_LEAD: "displayName",
    "ACTIVITY_LEAD elsewhere": "nothing",
    STATION_WORKER: all,
    "STATION_WORKER elsewhere": "nothing",
    STATION_SUPERVISOR: linkers,
    "STATION_SUPERVISOR elsewhere": "nothing",
    ORGANIZATION_ADMIN: all,
    "ORGANIZATION_ADMIN elsewhere": "nothing",
    OFFICER: linkers,
    AUDITOR: all,
    ASSESSOR: "nothing",
    REVIEWER: "nothing",
  });
});

test("an actor who may act on a capacity sees the id of its person, whatever else the actor sees", async () => {
  const { bank, actors, mei, child } = scene;
  // One ID number: the volunteer, the elder whom another station of the town visits, and the social worker are one person.
  const papers = { idNumber: residentId("1980-05-01"), displayName: "志愿者V-1" };
  const { value: elder } = await bank.services.recipients.register(actors.get("STATION_WORKER elsewhere") ?? nobody, {
    ...papers,
    idempotencyKey: bank.key(),
    birthDate: "1980-05-01",
    divisionCode: "fengqiao",
    consent: true,
    categories: ["EMPTY_NEST"],
  });
  const { value: worker } = await bank.services.socialWorkers.register(bank.officer, {
    ...papers,
    idempotencyKey: bank.key(),
    organizationId: bank.station.id,
    level: "ASSISTANT",
    certificateNo: "PERSON-1",
    registeredOn: "2026-01-01",
  });
  const { value: post } = await bank.services.posts.set(bank.officer, {
    ...postOf(scene, worker.id),
    idempotencyKey: bank.key(),
  });
  await proposeHead(scene);
  const guardian = { volunteerId: child.id, guardianId: mei.id };
  await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...guardian });
  const query = `query ($volunteer: ID!, $recipient: ID!, $worker: ID!, $post: ID!, $ward: ID!) {
    volunteer: node(id: $volunteer) { ... on Volunteer { person { id } } }
    recipient: node(id: $recipient) { ... on Recipient { person { id } } }
    worker: node(id: $worker) { ... on SocialWorker { person { id } } }
    post: node(id: $post) { ... on CommunityPost { person { id } } }
    ward: node(id: $ward) { ... on Volunteer { guardians { displayName person { id } } } }
    organizationBySlug(slug: "fengqiao-station") { heads { person { id } } }
  }`;
  const variables = { volunteer: mei.id, recipient: elder.id, worker: worker.id, post: post.id, ward: child.id };
  const shown: Record<string, string[]> = {};
  await forEachActor(query, variables, (who, { data }) => {
    const { ward, organizationBySlug, ...capacities } = data;
    const heads = organizationBySlug.heads.some((head: { person: object | null }) => head.person);
    const names = Object.keys(capacities).filter((name) => capacities[name]?.person?.id === mei.personId);
    shown[who] = [...names, ...(heads ? ["head"] : []), ...(ward?.guardians?.length ? ["guardian"] : [])];
  });
  const nothing: string[] = [];
  expect(shown).toEqual({
    ...Object.fromEntries([...actors.keys()].map((who) => [who, nothing])),
    "the volunteer": ["volunteer"],
    STATION_WORKER: ["guardian"],
    STATION_SUPERVISOR: ["volunteer", "guardian"],
    ORGANIZATION_ADMIN: ["guardian"],
    OFFICER: ["volunteer", "recipient", "worker", "post", "head", "guardian"],
  });
});
