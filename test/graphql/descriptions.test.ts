import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { refusalCodes } from "../../src/domain/kit/refusal";
import { buildGoodhoursSchema } from "../../src/graphql/schema";

/**
 * A client's programmer meets a description alone, beside one field. So each is a whole sentence that names its own thing, its
 * unit, and what null means: nothing that was filled in by a field's name, and no pronoun whose noun stands elsewhere.
 */

interface Described {
  /** `Type`, `Type.field`, `Type.field(argument)` or `Enum.VALUE`. */
  path: string;
  name: string;
  /** The named type of a field or an argument; an enum's name for its values; empty for a type. */
  type: string;
  description: string;
}

let schema: GraphQLSchema;
let everything: Described[];
beforeAll(async () => {
  schema = await buildGoodhoursSchema();
  everything = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type))
    .flatMap((type) => {
      const self = { path: type.name, name: type.name, type: "", description: type.description ?? "" };
      if (isEnumType(type))
        return [
          self,
          ...type.getValues().map(({ name, description }) => ({
            path: `${type.name}.${name}`,
            name,
            type: type.name,
            description: description ?? "",
          })),
        ];
      if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) return [self];
      return [self, ...Object.values(type.getFields()).flatMap((field) => ofField(type.name, field))];
    });
});

function ofField(typeName: string, field: GraphQLField<unknown, unknown> | GraphQLInputField): Described[] {
  const args: readonly GraphQLArgument[] = "args" in field ? field.args : [];
  const path = `${typeName}.${field.name}`;
  const described = (at: string, { name, type, description }: GraphQLField<unknown, unknown> | GraphQLInputField) => ({
    path: at,
    name,
    type: getNamedType(type).name,
    description: description ?? "",
  });
  return [described(path, field), ...args.map((arg) => described(`${path}(${arg.name})`, arg))];
}

const isRefusal = ({ type }: Described) => type === "UserErrorCode";
/** What a description says, sentence by sentence. */
const sentences = (description: string) => description.split(/(?<=\.) (?=[A-Z`])/);
/** A sentence about a refusal begins with its code: "NAME_INVALID.", "SELF_CONFIRMATION for your own post." */
const refusal = new RegExp(`^(${refusalCodes.join("|")})\\b`);
/** The name of a thing, as the first words about a field may be: "The instant at which the shift ends." */
const noun = /^(A|An|The|All|Your|Commands|Questions|Events|Signs|Papers|Points|Credit|Six)\b/;
/** Verbs of the descriptions in their finite forms; a new one is added where a reader sees that it is a verb. */
const verbForms = `
  abstains accepts acts add adds agreed agrees allows announces answers applies approves are arranges asked asks attended
  became become becomes begin begins begun belong belongs brought calls came can cannot carries change changed changes checked
  checks chose clash closes comes confirm confirmed confirms contain contains corrects counts decides describes destroys did
  died dissolves do does drew drops earned ended ends erases excludes filed finds follow follows forbids found gained gave get
  gets give gives go goes grant grants had handed hands happened has have hears helps hides hold holds imposed investigates
  invite invites is judge keep keeps kept know knows lasted lay leaves left lets lies links list lists live lives logs looks
  lowers makes marks matches may meets merged met might missed mix moved moves must names need needs notes objected objects
  offers opens orders owes paid parts pass passed passes pauses proposes publishes puts rates reached read reads records
  refers refuses registers renames renew reports requested resubmits reverses saw say says scanned see sees sent served serves
  sets share show shows signed signs speaks stand stands start stay stays submits support supports suspends take takes tell
  tells ticked took typed visits votes vouches wait waits wants was weighs went were will withdraws worked writes
`;
const verbs = new RegExp(`\\b(${verbForms.trim().split(/\s+/).join("|")})\\b`, "i");
const openers =
  /^(It|Its|They|Their|Them|The same|Some|Somebody|Who|Whose|Whom|Which|What|When|Where|Why|As|To|In|By|About|Of|From|Until|Since|Not|Only|With|Needed|Logged|Migrated)\b/;
const units: Readonly<Record<string, RegExp>> = {
  Minutes: /\bminutes\b/i,
  Date: /\b(civil|statutory|last|first) days?\b/,
  DateTime: /\binstant\b/,
  Month: /\bmonth\b/,
  Quarter: /\bquarter\b/,
  Seq: /\b(journal|position|entries)\b/,
};

/** Each rule with what breaks it. */
const rules: Readonly<Record<string, (one: Described) => boolean>> = {
  "a description begins and ends as a sentence does": ({ description }) => !/^[A-Z`][\s\S]*\.$/.test(description),
  "a description is a noun or a sentence with a verb, and each further sentence has one": (one) =>
    !isRefusal(one) &&
    !sentences(one.description).every(
      (sentence, at) => refusal.test(sentence) || verbs.test(sentence) || (at === 0 && noun.test(sentence)),
    ),
  "a description does not begin with a pronoun, a question word, or a preposition without its noun": (one) =>
    !isRefusal(one) && openers.test(one.description),
  "a role has its name, and an organisation is no house": ({ description }) =>
    /\b(somebody|whoever|whomever|house)\b/i.test(description),
  "a field names its unit": ({ type, description }) => units[type]?.test(description) === false,
  "a field that holds an id says so, and a field that holds none does not": ({ type, description }) =>
    type === "ID" ? !/\b(ids?|key)\b/.test(description) : /^The ids? of\b/.test(description),
};

test.each(Object.entries(rules))("%s", (_, breaks) => {
  expect(everything.filter(breaks).map(({ path, description }) => `${path}: ${description}`)).toEqual([]);
});

// Descriptions that stood in the schema once, and said what another field was, or what only their author could read.
test.each([
  ["GuardianConsentInput.guardianName", "String", "Whose it is, by id."],
  ["ServiceRecord.content", "String", "What was done, in words or by its code."],
  ["ActivityState.UNDER_REVIEW", "ActivityState", "Somebody who did not write it looks at it."],
  ["SpotCheckState.PASSED", "SpotCheckState", "It was found to be as recorded."],
  ["Activity.unresolved", "Unresolved", "What is open, for its own house; else null."],
  ["ServiceTotals.backfilled", "Minutes", "Logged late, with evidence."],
  ["Mutation.createCampaign", "CampaignPayload", "Makes a campaign. Officers only."],
  ["Disclosure.dueOn", "Date", "The last one on which it is in time."],
  ["LinkGuardianInput.guardianId", "ID", "The guardian, a registered adult."],
  ["Organization.name", "String", "The id of the organisation."],
])("%s is not described so: %s %s", (path, type, description) => {
  const one = { path, name: path.replace(/.*\./, ""), type, description };
  expect(Object.values(rules).some((breaks) => breaks(one))).toBe(true);
});

// What these are in one type they are in every other, whatever the type that they hold.
const alike = new Set(["action", "direction", "edges", "filter", "from", "node", "orderBy", "results", "to"]);

test("what shares a description shares its name and its type, and so its meaning", () => {
  const sharers = new Map<string, Described[]>();
  for (const one of everything.filter(({ type }) => type !== ""))
    sharers.set(one.description, [...(sharers.get(one.description) ?? []), one]);
  const differ = (ones: Described[]) => {
    const [one] = ones as [Described];
    const isValue = isEnumType(schema.getType(one.type)) && one.path === `${one.type}.${one.name}`;
    return ones.some(({ name, type }) => name !== one.name || (type !== one.type && !isValue && !alike.has(name)));
  };
  expect([...sharers.values()].filter(differ).map((ones) => ones.map(({ path }) => path))).toEqual([]);
});

test("no two types share a description", () => {
  const texts = everything.filter(({ type }) => type === "").map(({ description }) => description);
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});
