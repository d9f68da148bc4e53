import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from "graphql";
import { dayNumbered, isDay } from "../../domain/kit/calendar";

function scalar<T>(
  name: string,
  description: string,
  specifiedByURL: string,
  read: (value: unknown) => T | undefined,
  write: (value: unknown) => unknown = (value) => value,
): GraphQLScalarType<T, unknown> {
  const parse = (value: unknown) => {
    const parsed = read(value);
    // The value itself may be personal: the error names only the scalar.
    if (parsed === undefined)
      throw new GraphQLError(`This does not fit the type ${name}.`, { extensions: { code: "BAD_USER_INPUT" } });
    return parsed;
  };
  return new GraphQLScalarType<T, unknown>({
    name,
    description,
    specifiedByURL,
    parseValue: parse,
    parseLiteral: (node: ValueNode, variables) => parse(literal(node, variables)),
    serialize: write,
  });
}

function literal(node: ValueNode, variables?: Parameters<typeof valueFromASTUntyped>[1]): unknown {
  // A number with a point or exponent stays a text here, so that it is refused rather than rounded.
  return node.kind === Kind.FLOAT ? node.value : valueFromASTUntyped(node, variables);
}

const instantShape = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export const MinutesScalar = scalar<number>(
  "Minutes",
  "A whole number of minutes, within the safe integers of JSON; never a fraction. It may be negative.",
  "https://tc39.es/ecma262/#sec-number.issafeinteger",
  (value) => (typeof value === "number" && Number.isSafeInteger(value) ? value : undefined),
);
export const SeqScalar = scalar<number>(
  "Seq",
  "A position in the bank's journal, counted from 0, as a decimal string.",
  "https://www.w3.org/TR/xmlschema-2/#nonNegativeInteger",
  (value) =>
    typeof value === "string" && /^(0|[1-9]\d{0,15})$/.test(value) && Number.isSafeInteger(Number(value))
      ? Number(value)
      : undefined,
  (value) => String(value),
);
export const DateTimeScalar = scalar<number | string>(
  "DateTime",
  "An instant as RFC 3339 with an offset, such as 2026-09-12T14:00:00+08:00; answers are in UTC.",
  "https://www.rfc-editor.org/rfc/rfc3339",
  (value) => {
    const parts = typeof value === "string" ? instantShape.exec(value) : null;
    return parts && isDay(parts[1] as string) ? Date.parse(value as string) : undefined;
  },
  (value) => (typeof value === "number" ? new Date(value).toISOString() : value),
);
export const DateScalar = scalar<string>(
  "Date",
  "A civil day in Asia/Shanghai, YYYY-MM-DD.",
  "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
  (value) => (typeof value === "string" && isDay(value) ? value : undefined),
);
export const MonthScalar = scalar<string>(
  "Month",
  "A calendar month in Asia/Shanghai, YYYY-MM.",
  "https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#months",
  (value) => (typeof value === "string" && /^\d{4}-(0[1-9]|1[0-2])$/.test(value) ? value : undefined),
);
export const QuarterScalar = scalar<string>(
  "Quarter",
  "A quarter of a year in Asia/Shanghai, YYYY-Qn.",
  "https://www.unicode.org/reports/tr35/tr35-dates.html#dfst-quarter",
  (value) => (typeof value === "string" && /^\d{4}-Q[1-4]$/.test(value) ? value : undefined),
);
export const JSONScalar = scalar<unknown>(
  "JSON",
  "Any value that JSON can hold.",
  "https://www.rfc-editor.org/rfc/rfc8259",
  (value) => value,
);

/** Microseconds as RFC 3339 with six decimals. Each line of a statement has one, and a Date takes four times as long. */
export function microsText(micros: number): string {
  const day = Math.floor(micros / dayMicros);
  const seconds = Math.floor((micros - day * dayMicros) / 1e6);
  const minutes = Math.floor(seconds / 60);
  const time = `${twoSigns[Math.floor(minutes / 60)]}:${twoSigns[minutes % 60]}:${twoSigns[seconds % 60]}`;
  return `${dayNumbered(day)}T${time}.${String(micros - Math.floor(micros / 1e6) * 1e6).padStart(6, "0")}Z`;
}

const dayMicros = 86_400_000_000;
const twoSigns = Array.from({ length: 60 }, (_, count) => String(count).padStart(2, "0"));
