import type { Volunteer } from "../../src/domain/facts/people";
import { demoKeyPair, issueToken } from "../../src/server/identity";
import { openApi, type TestApi } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";

/** The page at which an invitation is accepted, as a browser without JavaScript goes through it. */
let bank: TestBank;
let api: TestApi;
let mei: Volunteer;
beforeEach(async () => {
  bank = await openBank();
  api = await openApi(bank);
  mei = await bank.volunteer("V-1");
});
afterEach(async () => {
  await api.close();
  await bank.close();
});

/** A browser: it keeps cookies by their paths, follows no redirect, and may sign in as a subject of the issuer. */
function browser(languages = "zh-CN") {
  const cookies = new Map<string, { value: string; path: string }>();
  const send = async (path: string, form?: Record<string, string>) => {
    const sent = [...cookies]
      .filter(([, { path: at }]) => path.startsWith(at))
      .map(([name, { value }]) => `${name}=${value}`);
    const response = await fetch(`${api.url}${path}`, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { "accept-language": languages, cookie: sent.join("; "), ...(form ? { origin: api.url } : {}) },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = "", path = "/"] = /^([^=]+)=([^;]*); Path=([^;]+)/.exec(set) ?? [];
      if (/Max-Age=0/.test(set)) cookies.delete(name);
      else cookies.set(name, { value, path });
    }
    return { status: response.status, to: response.headers.get("location"), text: await response.text() };
  };
  const signIn = async (subject: string) => {
    const { clock, secret } = bank.options;
    const { privateKey } = demoKeyPair(secret.toString("hex"));
    const token = await issueToken({ privateKey, issuer, audience: "goodhours", subject, clock, ttlSeconds: 3600 });
    return send("/sign-in", { token, next: "/join" });
  };
  return { send, signIn, cookies };
}
const keyIn = (text: string) => /name="key" value="([^"]+)"/.exec(text)?.[1] as string;
const codeFor = async (invitee: object = { volunteerId: mei.id }) => {
  const input = { idempotencyKey: bank.key(), organizationId: bank.station.id, invitees: [invitee] };
  return (await bank.services.invitations.invite(bank.worker, input)).value[0]?.code as string;
};

test("is typed before signing in: the visitor signs in, comes back, sees who invites whom, and joins by one press", async () => {
  const { send, signIn, cookies } = browser();
  const code = await codeFor();
  expect((await send("/join")).text).toContain("登录并继续");
  const typed = await send("/join", { code: `${code.slice(0, 5)} - ${code.slice(5).toLowerCase()}` });
  expect(typed).toMatchObject({ status: 303, to: "/sign-in?next=/join" });
  expect(await signIn("wx-1")).toMatchObject({ status: 303, to: "/join" });
  const asked = await send("/join");
  expect(asked.text).toContain("fengqiao-station邀请志****1作为志愿者登录");
  expect(asked.text).not.toContain("志愿者V-1");
  expect(await send("/join", { key: keyIn(asked.text) })).toMatchObject({ status: 303, to: "/my" });
  expect(cookies.has("invitation")).toBe(false);
  const mine = (await send("/my")).text;
  expect(mine).toContain("您增加了一个登录方式");
  expect(mine).toMatch(/登录方式<\/h2>[\s\S]*邀请码，/);
});

test("the link is of this page, with the code behind a # that no server is sent", async () => {
  const input = { idempotencyKey: "i", organizationId: bank.station.id, invitees: [{ volunteerId: mei.id }] };
  const query = "mutation ($input: InvitePeopleInput!) { invitePeople(input: $input) { invitations { code link } } }";
  const { data } = await api.post(bank.worker, { query, variables: { input } });
  const [{ code, link }] = data.invitePeople.invitations;
  expect(link).toBe(`${api.url}/join#${code}`);
  const page = await (await fetch(link)).text();
  expect(page).toMatch(/<script src="\/assets\/join\.[0-9a-f]+\.js"/);
  expect(page).not.toContain(code);
});

test("a wrong code is said on the page, counted, and forgotten; the sixth waits", async () => {
  const { send, signIn, cookies } = browser("en");
  await signIn("wx-1");
  for (let i = 0; i < 4; i += 1) {
    expect(await send("/join", { code: "AAAAAAAAAA" })).toMatchObject({ status: 303, to: "/join" });
    const shown = await send("/join");
    expect([shown.status, shown.text.includes("This code opens nothing")]).toEqual([422, true]);
    expect(cookies.has("invitation")).toBe(false);
    // Coming back with nothing is no try.
    expect((await send("/join")).status).toBe(200);
  }
  expect((await send("/join", { code: "not a code" })).text).toContain("This code opens nothing");
  await send("/join", { code: await codeFor() });
  expect((await send("/join")).text).toContain("There were too many tries");
});

test("a visitor whom the bank does not know yet is led from their own page to the code", async () => {
  const { send, signIn } = browser();
  await signIn("wx-1");
  expect((await send("/my")).text).toContain('href="/join"');
});

test("of two phones one is ended on one's own page, and the last is not", async () => {
  const { send, signIn } = browser();
  const link = async (subject: string) =>
    bank.services.identities.link(bank.officer, {
      idempotencyKey: bank.key(),
      personId: mei.personId,
      issuer,
      subject,
      reason: "已核对证件",
    });
  const [old, young] = [await link("wx-1"), await link("wx-2")];
  await signIn("wx-2");
  expect((await send("/my")).text).toContain(old.value.id);
  const post = (identityId: string, sure: Record<string, string> = { sure: "yes" }) =>
    send("/my/identities", { identityId, reason: "换手机", ...sure });
  // It is asked first: only the station can bring it back.
  expect(await post(old.value.id, {})).toMatchObject({ status: 200 });
  expect((await send("/my")).text).toContain(old.value.id);
  expect(await post(old.value.id)).toMatchObject({ status: 303, to: "/my#identities" });
  expect((await send("/my")).text).not.toContain('name="identityId"');
  expect((await post(young.value.id)).text).toContain("这是您唯一的登录方式");
});

test("metrics and logs name the page by its label, without the code", async () => {
  const { send } = browser();
  const code = await codeFor();
  await send("/join", { code });
  const metrics = await (await fetch(`${api.url}/metrics`)).text();
  expect(metrics).toContain('route="/join"');
  expect(metrics).not.toContain(code);
});
