import { BadConfig, readConfig, settingNames } from "../../src/config";

const secret = "3f".repeat(16) + "a7".repeat(16);
const real = {
  DATABASE_URL: "file:bank.db",
  GOODHOURS_SECRET: secret,
  TOKEN_ISSUER: "https://login.example",
  TOKEN_JWKS_URL: "https://login.example/jwks.json",
};
const demoSecret = "00112233445566778899aabbccddeeff".repeat(2);
const demo = { DATABASE_URL: "file:bank.db", GOODHOURS_CLOCK: "2026-09-20T09:00:00+08:00" };

test.each<[string, Record<string, string>]>([
  ["a bank with an issuer", real],
  ["an issuer on this very machine", { ...real, TOKEN_JWKS_URL: "http://127.0.0.1:9/jwks" }],
  ["an issuer on this very machine, by name", { ...real, TOKEN_JWKS_URL: "http://localhost:9/jwks" }],
  ["an issuer on this very machine, by IPv6", { ...real, TOKEN_ISSUER: "http://[::1]:9" }],
  ["a demo, whose secret is public", demo],
  ["a demo that says so", { ...demo, GOODHOURS_SECRET: demoSecret }],
])("%s is taken", (_, env) => {
  expect(readConfig(env).secret).toHaveLength(32);
});

test.each<[string, Record<string, string>, string]>([
  ["the demo's secret with an issuer", { ...real, GOODHOURS_SECRET: demoSecret }, "GOODHOURS_SECRET"],
  ["and in capitals", { ...real, GOODHOURS_SECRET: demoSecret.toUpperCase() }, "GOODHOURS_SECRET"],
  ["on the demo's clock too", { ...real, ...demo, GOODHOURS_SECRET: demoSecret }, "GOODHOURS_SECRET"],
  ["no secret with an issuer", { ...real, GOODHOURS_SECRET: "" }, "GOODHOURS_SECRET"],
  ["nothing but zeros", { ...real, GOODHOURS_SECRET: "0".repeat(64) }, "GOODHOURS_SECRET"],
  ["nothing but zeros in a demo", { ...demo, GOODHOURS_SECRET: "0".repeat(64) }, "GOODHOURS_SECRET"],
  ["nothing but ones", { ...real, GOODHOURS_SECRET: "F".repeat(64) }, "GOODHOURS_SECRET"],
  ["keys over plain http", { ...real, TOKEN_JWKS_URL: "http://login.example/jwks" }, "TOKEN_JWKS_URL"],
  [
    "keys of a name like this machine's",
    { ...real, TOKEN_JWKS_URL: "http://127.0.0.1.evil.example/" },
    "TOKEN_JWKS_URL",
  ],
  ["keys of localhost elsewhere", { ...real, TOKEN_JWKS_URL: "http://localhost.evil.example/" }, "TOKEN_JWKS_URL"],
  ["keys behind a password", { ...real, TOKEN_JWKS_URL: "https://user:word@login.example/" }, "TOKEN_JWKS_URL"],
  ["keys in a file", { ...real, TOKEN_JWKS_URL: "file:///etc/keys" }, "TOKEN_JWKS_URL"],
  ["keys at no address", { ...real, TOKEN_JWKS_URL: "//login.example/jwks" }, "TOKEN_JWKS_URL"],
  ["keys at half an address", { ...real, TOKEN_JWKS_URL: "https:login.example/jwks" }, "TOKEN_JWKS_URL"],
  ["keys by FTP", { ...real, TOKEN_JWKS_URL: "ftp://login.example/jwks" }, "TOKEN_JWKS_URL"],
  ["keys at a port that is none", { ...real, TOKEN_JWKS_URL: "https://login.example:99999/" }, "TOKEN_JWKS_URL"],
  ["an issuer that is a name", { ...real, TOKEN_ISSUER: "login.example" }, "TOKEN_ISSUER"],
  ["a public address with a path", { ...real, PUBLIC_URL: "https://bank.example/app" }, "PUBLIC_URL"],
  ["a public address with a user", { ...real, PUBLIC_URL: "https://me@bank.example" }, "PUBLIC_URL"],
  ["a public address with a question", { ...real, PUBLIC_URL: "https://bank.example?x=1" }, "PUBLIC_URL"],
  ["no public address", { ...real, PUBLIC_URL: "bank.example" }, "PUBLIC_URL"],
  ["an issuer over plain http", { ...real, TOKEN_ISSUER: "http://login.example" }, "TOKEN_ISSUER"],
])("%s: refused by the setting's name, without its value", (_, env, name) => {
  const refused = () => readConfig(env);
  expect(refused).toThrow(BadConfig);
  expect(refused).toThrow(new RegExp(`^${name}: (expected an https? |needed|anybody knows)`));
  expect(refused).not.toThrow(new RegExp(env[name] === "" ? "^$" : (env[name] as string).replace(/[.?*+[\]]/g, ".")));
});

test.each<[string, string, string]>([
  ["PORT", "99999", "a port from 0 to 65535"],
  ["PORT", "http", "a port from 0 to 65535"],
  ["PORT", "80.5", "a port from 0 to 65535"],
  ["RATE_LIMIT_SCALE", "0", "a number from 0.01 to 1000"],
  ["RATE_LIMIT_SCALE", "many", "a number from 0.01 to 1000"],
  ["GRAPHIQL", "yes", "on or off"],
  ["LOG_LEVEL", "loud", "fatal, error, warn, info, debug, silent"],
  // What a browser sends has no slash behind it, and no star.
  ["CORS_ORIGINS", "https://app.example/", "origins such as https://app.example, with commas between"],
  ["CORS_ORIGINS", "https://a.example, app.example", "origins such as https://app.example, with commas between"],
  ["CORS_ORIGINS", "*", "origins such as https://app.example, with commas between"],
])("%s %s is told by what is expected", (name, value, expected) => {
  const refused = () => readConfig({ ...real, [name]: value });
  expect(refused).toThrow(new BadConfig(`${name}: expected ${expected}`));
});

test("origins of browsers and of apps that are one are taken", () => {
  const { corsOrigins } = readConfig({
    ...real,
    CORS_ORIGINS: "https://a.example, http://b:8080,capacitor://localhost",
  });
  expect(corsOrigins).toEqual(["https://a.example", "http://b:8080", "capacitor://localhost"]);
});

test("every setting is read", () => {
  const asked = new Set<string | symbol>();
  const get = (env: Record<string, string>, name: string) => {
    asked.add(name);
    return env[name];
  };
  readConfig(new Proxy<Record<string, string>>(real, { get }));
  expect([...asked].sort()).toEqual([...settingNames].sort());
});
