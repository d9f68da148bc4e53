import { readFileSync } from "node:fs";
import { join } from "node:path";

// Reads a journal's body by what docs/en/reference/journal.md says of it, and by no code of the bank.

const page = readFileSync(join(__dirname, "../../docs/en/reference/journal.md"), "utf8");
const kinds = new Map<number, { type: string; fields: [name: string, word: string, since: number][] }>();
for (const [, code, type, fields] of page.matchAll(/^\| (\d+) \| `(\w+)` \| \d+ \| (.*) \|$/gm))
  kinds.set(Number(code), {
    type: type as string,
    fields: (fields as string).split(", ").map((field) => {
      const [, name, word, since] = /^(\w+) ([^@]+?)(?:@(\d+))?$/.exec(field) as unknown as [
        string,
        string,
        string,
        string?,
      ];
      return [name, word, Number(since ?? 1)];
    }),
  });
const prefixes = (/^Prefixes: `(.*)`/m.exec(page)?.[1] ?? "").split(" ");

export function readBody(body: Buffer): object {
  let at = 0;
  const seals: { id: string; personId: string; commitment: Uint8Array }[] = [];
  const take = (length: number) => {
    at += length;
    return body.subarray(at - length, at);
  };
  const byte = () => take(1)[0] as number;
  const big = (): bigint => {
    const next = byte();
    return BigInt(next & 127) + (next > 127 ? big() * 128n : 0n);
  };
  const signed = () => {
    const folded = big();
    return Number(folded % 2n === 0n ? folded / 2n : -(folded + 1n) / 2n);
  };
  const text = () => take(Number(big())).toString();
  const signs = () => {
    const number = BigInt(`0x${take(16).toString("hex")}`);
    const sign = (i: number) => "0123456789abcdefghjkmnpqrstvwxyz"[Number((number >> BigInt(125 - 5 * i)) & 31n)];
    return Array.from({ length: 26 }, (_, i) => sign(i)).join("");
  };
  const id = (prefix: string): string => {
    if (body[at] === 0) return [byte(), text()][1] as string;
    if (prefix === "person" && body[at] === 255) return [byte(), "system"][1] as string;
    const known = prefix === "any" ? prefixes[byte() - 1] : prefix;
    return `${known}_${signs()}`;
  };
  const value = (word: string): unknown => {
    if (word.endsWith("*")) return Array.from({ length: Number(big()) }, () => value(word.slice(0, -1)));
    const [, is, more = ""] = /^(\w+)(?:\((.*)\))?$/.exec(word) as unknown as [string, string, string?];
    if (is === "count" || is === "instant") return Number(big());
    if (is === "int") return signed();
    if (is === "day") return new Date(signed() * 86_400_000).toISOString().slice(0, 10);
    if (is === "oneOf") return more.split(" ")[byte()];
    if (is === "id" || is === "person") return id(is === "id" ? more : is);
    if (is === "sealed") {
      const sealedId = id("sealed");
      if (byte() === 1) seals.push({ id: sealedId, personId: id("any"), commitment: new Uint8Array(take(32)) });
      return sealedId;
    }
    if (is === "hash") return byte() === 1 ? take(32).toString("hex") : text();
    if (is === "shortHash") return byte() === 1 ? more + take(16).toString("base64url") : text();
    return is === "json" ? JSON.parse(text()) : text();
  };
  if (byte() !== 2) throw new Error("another version");
  const { type, fields: all } = kinds.get(byte()) as { type: string; fields: [string, string, number][] };
  const version = byte();
  const [seq, clock] = [Number(big()), Number(big())];
  const stamp = { seq, at: clock, recordedAt: clock * 1000 + signed(), actor: id("person") };
  const fields = all.filter(([, , since]) => since <= version);
  const bits = fields.filter(([, word]) => word === "flag" || /[?^]$/.test(word));
  const bytes = take(Math.ceil(bits.length / 8));
  const set = new Set(bits.flatMap(([name], i) => (((bytes[i >> 3] as number) << (i % 8)) & 128 ? [name] : [])));
  const fact: Record<string, unknown> = { type };
  for (const [name, word] of fields)
    if (word === "flag") fact[name] = set.has(name);
    else if (set.has(name) || !/[?^]$/.test(word)) fact[name] = value(word.replace(/[?^]+$/, ""));
    else if (word.endsWith("?")) fact[name] = null;
  if (at !== body.length) throw new Error("bytes are left");
  return { ...stamp, fact, seals };
}
