// A token issuer to try a bank of your own with, before your login is ready: on this machine alone, and never in earnest, since
// it signs whatever subject it is asked for.
//
//   node samples/try-issuer.mjs serve            its keys, at http://127.0.0.1:4100/jwks.json (ISSUER_PORT names another)
//   node samples/try-issuer.mjs token <subject>  a token for that subject, for an hour
//
// Its private key lies in data/try-issuer.json (ISSUER_KEYS names another file). It needs nothing but Node, so that it can be
// copied anywhere.
import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname } from "node:path";

const port = Number(process.env.ISSUER_PORT ?? 4100);
const issuer = `http://127.0.0.1:${port}`;
const file = process.env.ISSUER_KEYS ?? "data/try-issuer.json";
const [command, subject] = process.argv.slice(2);

if (!existsSync(file)) {
  const { privateKey } = generateKeyPairSync("ed25519");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(privateKey.export({ format: "jwk" })), { mode: 0o600, flag: "wx" });
}
const { d, ...publicKey } = JSON.parse(readFileSync(file, "utf8"));
const header = { alg: "EdDSA", kid: "try" };

if (command === "serve") {
  const keys = JSON.stringify({ keys: [{ ...publicKey, ...header, use: "sig" }] });
  createServer((request, response) => {
    const found = request.url === "/jwks.json";
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" }).end(found ? keys : "{}");
  })
    .on("error", ({ code }) => {
      console.error(`try-issuer: it cannot listen on port ${port} (${code}); ISSUER_PORT names another`);
      process.exit(1);
    })
    .listen(port, "127.0.0.1");
} else if (command === "token" && subject) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: "goodhours", sub: subject, iat: now, exp: now + 3600 };
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part(header)}.${part(claims)}`;
  const key = createPrivateKey({ key: { ...publicKey, d }, format: "jwk" });
  console.log(`${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`);
} else {
  console.error("usage: node samples/try-issuer.mjs serve | token <subject>");
  process.exit(64);
}
