import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { EdgeError } from "../../src/server/errors";
import { demoKeyPair, type Identity, openIdentity } from "../../src/server/identity";
import { audience, issuer, keys, noon, token } from "./harness";

const clock = () => noon;
const identity = openIdentity({ issuer, audience, publicKey: keys.publicKey, clock });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });

describe("one key", () => {
  const seconds = noon / 1000;
  const good = { iss: issuer, aud: audience, sub: "person_mei", exp: seconds + 60 };
  const cases: [name: string, header: () => string | Promise<string>, outcome: string][] = [
    ["a demo token", async () => `Bearer ${await token("person_mei")}`, "person_mei"],
    ["within the clock's tolerance", () => bearer({ ...good, exp: seconds - 4 }), "person_mei"],
    ["past the clock's tolerance", () => bearer({ ...good, exp: seconds - 6 }), "TOKEN_EXPIRED"],
    ["not valid yet", () => bearer({ ...good, nbf: seconds + 60 }), "UNAUTHENTICATED"],
    ["without an end", () => bearer({ ...good, exp: undefined }), "UNAUTHENTICATED"],
    ["without a subject", () => bearer({ ...good, sub: undefined }), "UNAUTHENTICATED"],
    ["with an empty subject", () => bearer({ ...good, sub: "" }), "UNAUTHENTICATED"],
    ["with a subject without bounds", () => bearer({ ...good, sub: "x".repeat(256) }), "UNAUTHENTICATED"],
    ["with a list as subject", () => bearer({ ...good, sub: ["person_mei"] }), "UNAUTHENTICATED"],
    ["with an object as subject", () => bearer({ ...good, sub: { startsWith: 1 } }), "UNAUTHENTICATED"],
    ["with a number as subject", () => bearer({ ...good, sub: 7 }), "UNAUTHENTICATED"],
    ["with true as subject", () => bearer({ ...good, sub: true }), "UNAUTHENTICATED"],
    ["with null as subject", () => bearer({ ...good, sub: null }), "UNAUTHENTICATED"],
    ["with NUL in its subject", () => bearer({ ...good, sub: "person_\0" }), "UNAUTHENTICATED"],
    ["with half a character in its subject", () => bearer({ ...good, sub: "\ud800" }), "UNAUTHENTICATED"],
    ["with a subject of a megabyte", () => bearer({ ...good, sub: "x".repeat(1e6) }), "UNAUTHENTICATED"],
    ["that ends at a text", () => bearer({ ...good, exp: String(seconds + 60) }), "UNAUTHENTICATED"],
    ["that ends at a list", () => bearer({ ...good, exp: [seconds + 60] }), "UNAUTHENTICATED"],
    ["that ends after the end of time", () => bearer({ ...good, exp: 1e300 }), "UNAUTHENTICATED"],
    ["that begins at a text", () => bearer({ ...good, nbf: "now" }), "UNAUTHENTICATED"],
    ["with an object as audience", () => bearer({ ...good, aud: { goodhours: true } }), "UNAUTHENTICATED"],
    ["for several audiences, ours among them", () => bearer({ ...good, aud: ["x", audience] }), "person_mei"],
    ["for a list of lists", () => bearer({ ...good, aud: [[audience]] }), "UNAUTHENTICATED"],
    ["with a list as issuer", () => bearer({ ...good, iss: [issuer] }), "UNAUTHENTICATED"],
    ["whose claims are a list", () => bearer([good]), "UNAUTHENTICATED"],
    ["whose claims are null", () => bearer(null as never), "UNAUTHENTICATED"],
    ["with a critical header that nobody knows", () => bearer(good, { crit: ["x"] }), "UNAUTHENTICATED"],
    ["for another audience", () => bearer({ ...good, aud: "elsewhere" }), "UNAUTHENTICATED"],
    ["of another issuer, expired too", () => bearer({ ...good, iss: "x", exp: 1 }), "UNAUTHENTICATED"],
    ["signed by another key", () => bearer(good, { key: demoKeyPair("other").privateKey }), "UNAUTHENTICATED"],
    ["unsigned", () => bearer(good, { alg: "none" }), "UNAUTHENTICATED"],
    ["signed with the public key as a secret", () => bearer(good, { alg: "HS256" }), "UNAUTHENTICATED"],
    ["changed after signing", () => `${bearer(good).slice(0, -4)}AAAA`, "UNAUTHENTICATED"],
    ["two tokens", () => `${bearer(good)}, ${bearer(good)}`, "UNAUTHENTICATED"],
    ["only a scheme", () => "Bearer", "UNAUTHENTICATED"],
  ];
  test.each(cases)("%s", async (_name, header, outcome) => {
    expect(await outcomeOf(identity, await header())).toBe(outcome);
  });

  test("no header is nobody", async () => {
    expect(await identity.verify(undefined)).toBeNull();
    expect(await identity.verify("")).toBeNull();
  });

  test("the demo says that it is one, and only when this is true", async () => {
    expect(await identity.verify(`Bearer ${await token("p")}`)).toEqual({
      subject: "p",
      demo: true,
      expiresAt: expect.any(Number),
      session: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await identity.verify(bearer({ ...good, demo: "yes" }))).toEqual({
      subject: "person_mei",
      expiresAt: expect.any(Number),
      session: expect.any(String),
    });
  });

  test("the key may be PEM, and without any key everything is refused", async () => {
    const publicKey = p256.publicKey.export({ type: "spki", format: "pem" }) as string;
    const header = bearer(good, { alg: "ES256", key: p256.privateKey });
    expect(await outcomeOf(openIdentity({ issuer, audience, publicKey, clock }), header)).toBe("person_mei");
    expect(await outcomeOf(openIdentity({ issuer, audience, clock }), header)).toBe("UNAUTHENTICATED");
  });
});

test("the demo's keys follow from its secret", () => {
  expect(demoKeyPair("a").publicKey).toEqual(demoKeyPair("a").publicKey);
  expect(demoKeyPair("a").publicKey).not.toEqual(demoKeyPair("b").publicKey);
  expect(demoKeyPair().publicKey).toMatchObject({ kty: "OKP", crv: "Ed25519" });
});

test("an issuer's published keys: RS256 and ES256 by key id, and 503 while it cannot be reached", async () => {
  const jwks = [rsa, p256].map(({ publicKey }, at) => ({ ...publicKey.export({ format: "jwk" }), kid: `k${at}` }));
  let status = 500;
  const server = http.createServer((_request, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ keys: jwks }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  const remote = openIdentity({ issuer, audience, jwksUrl, clock });
  const good = { iss: issuer, aud: audience, sub: "person_mei", exp: noon / 1000 + 60 };
  const first = bearer(good, { alg: "RS256", key: rsa.privateKey, kid: "k0" });

  expect(await outcomeOf(remote, first)).toBe("IDENTITY_UNAVAILABLE");
  status = 200;
  expect(await outcomeOf(remote, first)).toBe("person_mei");
  expect(await outcomeOf(remote, bearer(good, { alg: "ES256", key: p256.privateKey, kid: "k1" }))).toBe("person_mei");
  expect(await outcomeOf(remote, bearer(good, { alg: "RS256", key: rsa.privateKey, kid: "k9" }))).toBe(
    "UNAUTHENTICATED",
  );
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const gone = openIdentity({ issuer, audience, jwksUrl, clock });
  expect(await outcomeOf(gone, first)).toBe("IDENTITY_UNAVAILABLE");
});

describe("an issuer that publishes keys which cannot be used", () => {
  const weak = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const [p384, x25519] = [generateKeyPairSync("ec", { namedCurve: "P-384" }), generateKeyPairSync("x25519")];
  const published = {
    short: weak.publicKey.export({ format: "jwk" }),
    curve: p384.publicKey.export({ format: "jwk" }),
    exchange: x25519.publicKey.export({ format: "jwk" }),
    nothing: { kty: "RSA", n: "", e: "" },
    spoilt: { kty: "EC", crv: "P-256", x: "AAAA", y: "AAAA" },
    texts: { kty: "OKP", crv: "Ed25519", x: 7 },
    good: p256.publicKey.export({ format: "jwk" }),
  };
  let server: http.Server;
  let remote: Identity;
  beforeAll(async () => {
    const keys = Object.entries(published).map(([kid, key]) => ({ ...key, kid }));
    server = http.createServer((_request, response) => response.end(JSON.stringify({ keys })));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    remote = openIdentity({
      issuer,
      audience,
      clock,
      jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const good = { iss: issuer, aud: audience, sub: "person_mei", exp: noon / 1000 + 60 };
  test.each<[kid: string, alg: string, key: KeyObject]>([
    ["short", "RS256", weak.privateKey],
    ["curve", "ES256", p384.privateKey],
    ["exchange", "EdDSA", keys.privateKey],
    ["nothing", "RS256", rsa.privateKey],
    ["spoilt", "ES256", p256.privateKey],
    ["texts", "EdDSA", keys.privateKey],
    ["good", "RS256", rsa.privateKey],
  ])("a token that names the key `%s` is refused, and says nothing of the others", async (kid, alg, key) => {
    expect(await outcomeOf(remote, bearer(good, { alg, key, kid }))).toBe("UNAUTHENTICATED");
    expect(await outcomeOf(remote, bearer(good, { alg: "ES256", key: p256.privateKey, kid: "good" }))).toBe(good.sub);
  });
});

describe("an issuer whose keys change", () => {
  let published: { kid: string; key: typeof p256 }[];
  let asked: number;
  let away: boolean;
  let uptime: number;
  let server: http.Server;
  let remote: Identity;
  const good = { iss: issuer, aud: audience, sub: "person_mei", exp: noon / 1000 + 3600 };
  const signed = (kid: string, key: typeof p256) => bearer(good, { alg: "ES256", key: key.privateKey, kid });
  const [first, second] = [p256, generateKeyPairSync("ec", { namedCurve: "P-256" })];

  beforeEach(async () => {
    [published, asked, away, uptime] = [[{ kid: "k1", key: first }], 0, false, 0];
    server = http.createServer((_request, response) => {
      asked += 1;
      const keys = published.map(({ kid, key }) => ({ ...key.publicKey.export({ format: "jwk" }), kid }));
      response.writeHead(away ? 500 : 200, { "content-type": "application/json" }).end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    remote = openIdentity({ issuer, audience, jwksUrl, clock, uptime: () => uptime });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test("a withdrawn key convinces nobody after a minute, also by a token that was seen before", async () => {
    const token = signed("k1", first);
    expect(await outcomeOf(remote, token)).toBe("person_mei");
    published = [{ kid: "k2", key: second }];
    uptime = 29_999;
    expect(await outcomeOf(remote, signed("k1", first))).toBe("person_mei");
    uptime = 60_000;
    expect(await outcomeOf(remote, token)).toBe("UNAUTHENTICATED");
    expect(await outcomeOf(remote, signed("k2", second))).toBe("person_mei");
  });

  test("a new key is known at once, and unknown ones ask the issuer once in five seconds", async () => {
    expect(await outcomeOf(remote, signed("k1", first))).toBe("person_mei");
    published.push({ kid: "k2", key: second });
    uptime = 5_000;
    expect(await outcomeOf(remote, signed("k2", second))).toBe("person_mei");
    expect(asked).toBe(2);
    const strangers = Array.from({ length: 50 }, (_, i) => outcomeOf(remote, signed(`x${i}`, second)));
    expect(new Set(await Promise.all(strangers))).toEqual(new Set(["UNAUTHENTICATED"]));
    expect(asked).toBe(2);
    uptime = 10_000;
    await Promise.all(Array.from({ length: 50 }, (_, i) => outcomeOf(remote, signed(`y${i}`, second))));
    expect(asked).toBe(3);
  });

  test("while the issuer is away its last keys hold for ten minutes, then nobody is known", async () => {
    expect(await outcomeOf(remote, signed("k1", first))).toBe("person_mei");
    away = true;
    uptime = 599_999;
    expect(await outcomeOf(remote, signed("k1", first))).toBe("person_mei");
    expect(await outcomeOf(remote, signed("k1", first))).toBe("person_mei");
    expect(asked).toBe(2);
    uptime = 630_000;
    expect(await outcomeOf(remote, signed("k1", first))).toBe("IDENTITY_UNAVAILABLE");
    away = false;
    expect(await outcomeOf(remote, signed("k1", first))).toBe("person_mei");
  });

  test.each([
    ["no JSON", "<html>"],
    ["no keys", "{}"],
    ["a list", "[]"],
    ["null", "null"],
    ["too long", `{"keys":[],"x":"${"x".repeat(1e6)}"}`],
  ])("what is published is %s: nobody is known, and nothing breaks", async (_, text) => {
    server.removeAllListeners("request").on("request", (_request, response) => response.end(text));
    expect(await outcomeOf(remote, signed("k1", first))).toBe("IDENTITY_UNAVAILABLE");
  });
});

test("a session that was ended convinces nobody, however its signature is spelled", async () => {
  const ended = new Set<string>();
  const endedAmong = async (sessions: readonly string[]) => new Set(sessions.filter((session) => ended.has(session)));
  const [one, other] = [1, 2].map(() =>
    openIdentity({ issuer, audience, publicKey: keys.publicKey, clock, endedAmong }),
  ) as [Identity, Identity];
  const header = `Bearer ${await token("person_mei")}`;
  const claims = await one.verify(header);
  expect(await outcomeOf(other, header)).toBe("person_mei");
  ended.add(claims?.session ?? "");
  // The last letter of an Ed25519 signature carries four bits that are not read.
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = letters.indexOf(header.at(-1) as string);
  const spelled = `${header.slice(0, -1)}${letters[last ^ 1]}`;
  for (const identity of [one, other])
    for (const text of [header, spelled]) expect(await outcomeOf(identity, text)).toBe("UNAUTHENTICATED");
  expect(await outcomeOf(one, `Bearer ${await token("person_mei")}`)).toBe("person_mei");
});

async function outcomeOf(identity: Identity, header: string): Promise<string | undefined> {
  try {
    return (await identity.verify(header))?.subject;
  } catch (error) {
    return error instanceof EdgeError ? error.code : String(error);
  }
}

/** A token by hand, so that it may also be wrong. */
function bearer(
  claims: object,
  { alg = "EdDSA", key = keys.privateKey as KeyObject, kid = "", crit = [] as string[] } = {},
): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const text = `${encode({ alg, ...(kid && { kid }), ...(crit.length > 0 && { crit, x: 1 }) })}.${encode(claims)}`;
  const signatures = {
    EdDSA: () => sign(null, Buffer.from(text), key),
    RS256: () => sign("sha256", Buffer.from(text), key),
    ES256: () => sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }),
    HS256: () => createHmac("sha256", JSON.stringify(keys.publicKey)).update(text).digest(),
    none: () => Buffer.from("none"),
  };
  return `Bearer ${text}.${signatures[alg as keyof typeof signatures]().toString("base64url")}`;
}
