import { demoKeyPair, type Identity, issueToken, openIdentity } from "../../src/server/identity";
import { createLogger } from "../../src/server/log";
import { tellTokens } from "../../src/server/tokenlog";
import { audience, issuer, keys, noon, openEdge, read, token } from "./harness";

/** A refused token was a 401 without a word in the log: nobody could tell a wrong audience from an expired session. */
const subject = "planted-subject";
const other = demoKeyPair("another");

function told(identity: Identity) {
  const lines: { level: string; msg: string; reason: string; tokens: number }[] = [];
  const counted: string[] = [];
  const logger = createLogger({ stream: { write: (line) => void lines.push(JSON.parse(line)) } });
  return { lines, counted, identity: tellTokens(identity, { logger, count: (reason) => void counted.push(reason) }) };
}
const local = (endedAmong?: Identity["endedAmong"]) =>
  openIdentity({ issuer, audience, publicKey: keys.publicKey, clock: () => noon, endedAmong });
const bearer = async (text: Promise<string> | string) => `Bearer ${await text}`;

test.each<[string, () => Promise<string> | string]>([
  ["expired", () => token(subject, { clock: () => noon - 86_400_000 })],
  ["wrong issuer", () => token(subject, { issuer: "https://elsewhere.example" })],
  ["wrong audience", () => token(subject, { audience: "another" })],
  ["bad signature", () => token(subject, { privateKey: other.privateKey })],
  ["malformed", () => "planted.planted.planted"],
  ["malformed", () => "planted-subject"],
  ["unreadable subject", () => token("\u0007planted")],
])("the log says %s, and neither the token nor the subject", async (reason, made) => {
  const { identity, lines, counted } = told(local());
  const text = await made();
  await expect((async () => identity.verify(`Bearer ${text}`))()).rejects.toMatchObject({ status: 401 });
  expect(lines).toMatchObject([{ level: "warn", reason, tokens: 1, msg: "a token was refused" }]);
  expect(counted).toEqual([reason]);
  expect(JSON.stringify(lines)).not.toContain("planted");
  if (text.length > 40) expect(JSON.stringify(lines)).not.toContain(text.slice(-20));
});

test("a session that was signed out of, and an issuer whose keys cannot be had", async () => {
  const ended = told(local(async (sessions) => new Set(sessions)));
  await expect(ended.identity.verify(await bearer(token(subject)))).rejects.toMatchObject({ status: 401 });
  expect(ended.lines).toMatchObject([{ reason: "signed out" }]);

  const away = told(openIdentity({ issuer, audience, jwksUrl: "http://127.0.0.1:1/jwks", clock: () => noon }));
  await expect(away.identity.verify(await bearer(token(subject)))).rejects.toMatchObject({ status: 503 });
  expect(away.lines[0]?.reason).toMatch(/^the issuer's keys cannot be had: \w+/);
});

test("a stranger does not fill the log: one line a reason at once, then one a minute with their number", async () => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "performance"] });
  try {
    const { identity, lines, counted } = told(local());
    const spoilt = await bearer(token(subject, { audience: "another" }));
    for (let i = 0; i < 500; i += 1) await Promise.resolve(identity.verify(spoilt)).catch(() => undefined);
    expect(lines).toHaveLength(1);
    jest.advanceTimersByTime(60_000);
    expect(lines.slice(1)).toMatchObject([{ reason: "wrong audience", tokens: 499, msg: "tokens were refused" }]);
    jest.advanceTimersByTime(180_000);
    expect(lines).toHaveLength(2);
    expect(jest.getTimerCount()).toBe(0);
    await Promise.resolve(identity.verify(spoilt)).catch(() => undefined);
    expect(lines).toHaveLength(3);
    expect(counted).toHaveLength(501);
    await expect(identity.verify(await bearer(token(subject)))).resolves.toMatchObject({ subject });
    expect(lines).toHaveLength(3);
  } finally {
    jest.useRealTimers();
  }
});

test("the answer does not repeat the reason, and metrics tell whether the server is ready", async () => {
  const edge = await openEdge(undefined, { identity: told(local()).identity });
  try {
    const made = await issueToken({
      privateKey: keys.privateKey,
      issuer: "https://elsewhere.example",
      audience,
      subject,
      clock: () => noon,
      ttlSeconds: 60,
    });
    const answer = await read(
      await fetch(`${edge.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${made}` },
        body: JSON.stringify({ query: "{ hello }" }),
      }),
    );
    expect([answer.status, answer.code]).toEqual([401, "UNAUTHENTICATED"]);
    expect(JSON.stringify(answer.body)).not.toContain("issuer");
    expect(await (await fetch(`${edge.url}/metrics`)).text()).toMatch(/^goodhours_ready 1$/m);
  } finally {
    await edge.close();
  }
});
