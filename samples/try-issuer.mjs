// A token issuer to try a bank of your own with, before your login is ready: on this machine alone, and never in earnest, since
// it signs whatever subject it is asked for.
//
//   node samples/try-issuer.mjs serve            its keys, at http://127.0.0.1:4100/jwks.json (ISSUER_PORT names another)
//   node samples/try-issuer.mjs token <subject>  a token for that subject, for an hour
//
// Its private key lies in data/try-issuer.json (ISSUER_KEYS names another file).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname } from "node:path";
import { exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";

const port = Number(process.env.ISSUER_PORT ?? 4100);
const issuer = `http://127.0.0.1:${port}`;
const file = process.env.ISSUER_KEYS ?? "data/try-issuer.json";
const [command, subject] = process.argv.slice(2);

if (!existsSync(file)) {
  const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600, flag: "wx" });
}
const { d, ...publicKey } = JSON.parse(readFileSync(file, "utf8"));

if (command === "serve") {
  const keys = JSON.stringify({ keys: [{ ...publicKey, alg: "EdDSA", use: "sig", kid: "try" }] });
  createServer((request, response) => {
    const found = request.url === "/jwks.json";
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" }).end(found ? keys : "{}");
  }).listen(port, "127.0.0.1");
} else if (command === "token" && subject) {
  const token = new SignJWT({}).setProtectedHeader({ alg: "EdDSA", kid: "try" }).setIssuer(issuer).setAudience("goodhours");
  const key = await importJWK({ ...publicKey, d }, "EdDSA");
  console.log(await token.setSubject(subject).setIssuedAt().setExpirationTime("1h").sign(key));
} else {
  console.error("usage: node samples/try-issuer.mjs serve | token <subject>");
  process.exit(64);
}
