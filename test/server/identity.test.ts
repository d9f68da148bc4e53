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

  test("the demo claim is told, and only when it is true", async () => {
    expect(await identity.verify(`Bearer ${await token("p")}`)).toEqual({
      subject: "p",
      demo: true,
      expiresAt: expect.any(Number),
    });
    expect(await identity.verify(bearer({ ...good, demo: "yes" }))).toEqual({
      subject: "person_mei",
      expiresAt: expect.any(Number),
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

async function outcomeOf(identity: Identity, header: string): Promise<string | undefined> {
  try {
    return (await identity.verify(header))?.subject;
  } catch (error) {
    return error instanceof EdgeError ? error.code : String(error);
  }
}

/** A token by hand, so that it may also be wrong. */
function bearer(claims: object, { alg = "EdDSA", key = keys.privateKey as KeyObject, kid = "" } = {}): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const text = `${encode({ alg, ...(kid && { kid }) })}.${encode(claims)}`;
  const signatures: Record<string, () => Buffer> = {
    EdDSA: () => sign(null, Buffer.from(text), key),
    RS256: () => sign("sha256", Buffer.from(text), key),
    ES256: () => sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }),
    HS256: () => createHmac("sha256", JSON.stringify(keys.publicKey)).update(text).digest(),
    none: () => Buffer.from("none"),
  };
  return `Bearer ${text}.${signatures[alg]!().toString("base64url")}`;
}
