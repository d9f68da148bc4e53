import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  validate,
} from "graphql";
import { refusalCodes } from "../../src/domain/kit/refusal";
import { buildGoodhoursSchema, printSchemaSorted } from "../../src/graphql/schema";

const root = join(__dirname, "../..");
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildGoodhoursSchema();
});

/**
 * Operations that come with certificates, with gifts, donations and grants, and of ledger.graphql with checkpoints, proofs and the
 * stored audit.
 */
const later = [
  ...["IssueCertificate", "RevokeCertificate", "CheckCertificate", "MyCertificates"],
  ...["LatestCheckpoint", "Receipt", "Consistency", "Audit", "NewCheckpoints"],
  ...["GiftCredit", "WithdrawGift", "WithdrawableGifts", "DonateCredit", "GrantCredit", "FundGrantAccount"],
];

function operations(file: string): [string, DocumentNode][] {
  const document = parse(readFileSync(join(root, "test/clients", file), "utf8"));
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const text = JSON.stringify(definition);
    // Each operation is sent with the fragments it spreads.
    const spread = fragments.filter((fragment) => text.includes(`"value":"${fragment.name.value}"`));
    return [
      [definition.name?.value ?? "", { kind: Kind.DOCUMENT, definitions: [definition, ...spread] }] as [
        string,
        DocumentNode,
      ],
    ];
  });
}

const clientFiles = [
  "wallet.graphql",
  "station-hours.graphql",
  "ledger.graphql",
  "activities.graphql",
  "onboarding.graphql",
  "stars-and-certificates.graphql",
  "spending.graphql",
];
const all = clientFiles.flatMap((file) => operations(file).map(([name, document]) => [file, name, document] as const));

test("an operation that was to come later and is there is not left out", () => {
  const there = all.filter(([, name, document]) => later.includes(name) && validate(schema, document).length === 0);
  expect(there.map(([, name]) => name)).toEqual([]);
});

test.each(all.filter(([, name]) => !later.includes(name)))("%s: %s is accepted unchanged", (_file, _name, document) => {
  expect(validate(schema, document).map((error) => error.message)).toEqual([]);
});

test.each(["README.md", ...clientFiles, "inputs.graphql"])(
  "test/clients/%s is the clients' own, where they are present",
  (file) => {
    const original = join(root, "../shared/clients", file);
    const copy = readFileSync(join(root, "test/clients", file), "utf8");
    expect(existsSync(original) ? readFileSync(original, "utf8") : copy).toBe(copy);
  },
);

test("schema.graphql is fresh", () => {
  expect(readFileSync(join(root, "schema.graphql"), "utf8")).toBe(printSchemaSorted(schema));
});

test("every refusal code is in the API's enum", () => {
  const codes = schema.getType("UserErrorCode");
  expect(isEnumType(codes) && codes.getValues().map((value) => value.name)).toEqual(
    expect.arrayContaining(refusalCodes),
  );
});

test("every scalar of ours says where it is specified", () => {
  const scalars = Object.values(schema.getTypeMap()).filter(isScalarType);
  const own = scalars.filter((type) => !isSpecifiedScalarType(type));
  expect(own.map(({ name }) => name).sort()).toEqual([
    "Date",
    "DateTime",
    "JSON",
    "Minutes",
    "Month",
    "Quarter",
    "Seq",
  ]);
  for (const { name, specifiedByURL } of own) expect([name, URL.canParse(specifiedByURL ?? "")]).toEqual([name, true]);
});

test("every type, field, argument and value has a description of four words or more", () => {
  const bare: string[] = [];
  const check = (name: string, { description }: { description?: string | null }) => {
    const told = description?.trim() ?? "";
    if (told.split(/\s+/).length < 4 || !/[.)]$/.test(told)) bare.push(`${name}: ${told}`);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    // GraphQL's own scalars describe themselves.
    if (!isSpecifiedScalarType(type)) check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field);
      const args: readonly GraphQLArgument[] = "args" in field ? field.args : [];
      for (const arg of args) check(`${type.name}.${field.name}(${arg.name})`, arg);
    }
  }
  expect(bare).toEqual([]);
});
