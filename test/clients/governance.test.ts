import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, Kind, parse, validate } from "graphql";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";

const file = "governance.graphql";
const text = readFileSync(join(__dirname, file), "utf8");

/** What the office's client sends. Its mutations run word for word in test/stories; here its questions do, of a full bank. */
let bank: TestBank;
let api: TestApi;
beforeAll(async () => {
  bank = await openBank(undefined, "2026-08-20T09:00:00+08:00");
  await fillCharity(bank);
  api = await openApi(bank);
});
afterAll(async () => {
  await api.close();
  await bank.close();
});

test("every operation fits the schema as it is written", () => {
  const schema = buildSchema(readFileSync(join(__dirname, "../../schema.graphql"), "utf8"));
  expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
});

test("every question is answered without an error, for the office and within what one operation may cost", async () => {
  const page = { first: 20 };
  const [round] = (await bank.services.ratings.rounds({}, { first: 1 })).edges;
  const [adult] = [await bank.store.view.volunteerByNo("C-1")];
  const variables: Record<string, object> = {
    SocialWorkers: page,
    StationCompliance: page,
    RatedPlatforms: { ...page, minLevel: 1 },
    RatingExplained: {
      organizationId:
        round && (await bank.store.view.ratingsOfRound(round.node.id, { first: 1, after: null }))[0]?.organizationId,
    },
    CreditFile: { subjectId: adult?.id, purpose: "核对" },
    VisitsDue: { ...page, organizationId: bank.station.id, month: "2026-09" },
    Indicators: {},
    VillageBoard: { ...page, divisionCode: "fengqiao", quarter: "2026-Q3" },
    SpotCheckSample: { month: "2026-08", size: 5, seed: "九月四日公证处抽取" },
    Clocks: page,
    FindRecipient: page,
    RatingRounds: page,
    RatingApplications: { ...page, roundId: round?.node.id },
    People: page,
  };
  const questions = parse(text).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.operation === "query"
      ? (definition.name?.value ?? [])
      : [],
  );
  expect(Object.keys(variables).sort()).toEqual([...questions].sort());
  for (const name of questions) {
    const { data, errors } = await api.send(bank.officer, file, name, variables[name] as object);
    expect([name, errors]).toEqual([name, undefined]);
    expect([name, Object.values(data)[0] === null]).toEqual([name, false]);
  }
});
