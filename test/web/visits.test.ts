import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import type { StoredSignUp } from "../../src/storage/store";
import { shiftOf } from "./support/day";
import { openVisitor, type Visitor } from "./support/visitor";

let visitor: Visitor;
let mei: Actor;
beforeEach(async () => {
  visitor = await openVisitor({ people: 0 });
  mei = await visitor.day.bank.actorOf(visitor.day.mei);
  visitor.day.bank.setClock("2026-09-05T08:40:00+08:00");
});
afterEach(() => visitor.close());

const slugShift = (slug: string) => shiftOf(visitor.day, slug).id;
const shown = async (slug = "clinic") =>
  visitor.day.bank.services.attendance.screen.code(visitor.day.lead, slugShift(slug));

async function signUpStates(volunteer: Volunteer = visitor.day.mei): Promise<string[]> {
  const signUps = await visitor.day.bank.store.view.signUpsOfVolunteer(volunteer.id, null, { first: 10, after: null });
  return signUps.map(({ state }) => state);
}

describe("signing up", () => {
  it("takes a place once for its key, and says why not a second time, in the page's language", async () => {
    const { text } = await visitor.get("/a/clinic", { actor: mei });
    const key = /name="key" value="([0-9a-f-]{36})"/.exec(text)?.[1] as string;
    const fields = { key, shiftId: slugShift("clinic") };
    for (let i = 0; i < 2; i += 1) {
      const done = await visitor.post("/a/clinic/sign-up", fields, { actor: mei });
      expect([done.status, done.headers.get("location")]).toEqual([
        303,
        expect.stringMatching(/^\/a\/clinic\?done=signup_/),
      ]);
    }
    expect(await signUpStates()).toEqual(["ACCEPTED"]);
    const again = { ...fields, key: visitor.key() };
    const zh = await visitor.post("/a/clinic/sign-up", again, { actor: mei });
    const en = await visitor.post(
      "/a/clinic/sign-up",
      { ...again, key: visitor.key() },
      { actor: mei, language: "en" },
    );
    expect([zh.status, en.status]).toEqual([422, 422]);
    expect(zh.text).toContain("您已报名这个班次。");
    expect(en.text).toContain("You have signed up for this shift already.");
    expect(zh.headers.get("cache-control")).toBe("private, no-store");
  });

  it("waits where the shift is full, and says the place in the queue; withdrawing passes the place on", async () => {
    const { bank } = visitor.day;
    for (const no of ["H-1", "H-2"])
      await visitor.day.charity.signUp(await bank.volunteer(no), shiftOf(visitor.day, "haircuts"));
    await visitor.post("/a/haircuts/sign-up", { key: visitor.key(), shiftId: slugShift("haircuts") }, { actor: mei });
    expect(await signUpStates()).toEqual(["WAITLISTED"]);
    const { text } = await visitor.get("/a/haircuts", { actor: mei });
    expect(text).toContain("候补中");
    expect(text).toContain("第 1 位");
    const path = /href="(\/my\/withdraw\/signup_[^"]+)"/.exec(text)?.[1] as string;
    const asked = await visitor.get(path, { actor: mei });
    expect(asked.text).toContain("现在取消，不记未到场。");
    expect(await signUpStates()).toEqual(["WAITLISTED"]);
    const done = await visitor.post(path, {}, { actor: mei });
    expect(done.headers.get("location")).toMatch(/^\/a\/haircuts\?done=signup_/);
    expect(await signUpStates()).toEqual(["WITHDRAWN"]);
  });

  it("is for volunteers: nobody signed in, and no lead, takes a place", async () => {
    const fields = { key: visitor.key(), shiftId: slugShift("clinic") };
    const nobody = await visitor.post("/a/clinic/sign-up", fields);
    expect([nobody.status, nobody.text.includes("请先登录")]).toEqual([401, true]);
    expect((await visitor.post("/a/clinic/sign-up", fields, { actor: visitor.day.lead })).status).toBe(422);
  });
});

describe("a guardian", () => {
  it("reads on their own page what a child would like to join, and decides there", async () => {
    const { charity, bank } = visitor.day;
    const activity = { serviceType: "ENVIRONMENT", openToMinors: true };
    const { shifts } = await charity.announce("saplings", { ...activity, name: "亲子植树" });
    const mother = await bank.volunteer("V-41");
    const child = await bank.volunteer("V-42", { birthDate: "2013-01-01", guardian: true });
    const pair = { volunteerId: child.id, guardianId: mother.id };
    await bank.services.guardians.link(bank.worker, { idempotencyKey: visitor.key(), ...pair });
    const asked = (await charity.signUp(child, shifts[0] as Shift)) as StoredSignUp;
    const actor = await bank.actorOf(mother);
    const page = await visitor.get("/my", { actor });
    for (const text of ["由我监护的志愿者", "志愿者V-42", "亲子植树", "等待监护人同意"])
      expect(page.text).toContain(text);
    expect((await visitor.get("/my", { actor: mei })).text).not.toContain("由我监护的志愿者");

    const consent = { signUpId: asked.id, decision: "agree" };
    const alone = await visitor.post("/my/consent", consent, { actor });
    expect([alone.status, alone.text.includes("请勾选后再同意")]).toEqual([422, true]);
    expect((await visitor.post("/my/consent", consent, { actor: mei })).text).toContain("没有找到，或您无权查看。");
    expect((await visitor.post("/my/consent", { ...consent, decision: "perhaps" }, { actor })).status).toBe(422);
    expect(await signUpStates(child)).toEqual(["PENDING_GUARDIAN"]);
    const done = await visitor.post("/my/consent", { ...consent, accompanied: "yes" }, { actor });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/my#wards"]);
    expect(await signUpStates(child)).toEqual(["ACCEPTED"]);
    expect((await visitor.get(`/my/withdraw/${asked.id}`, { actor })).text).toContain("取消志愿者V-42的报名？");
    expect((await visitor.get(`/my/withdraw/${asked.id}`, { actor: mei })).status).toBe(404);
    await visitor.post(`/my/withdraw/${asked.id}`, {}, { actor });
    expect(await signUpStates(child)).toEqual(["WITHDRAWN"]);
  });
});

describe("checking in", () => {
  it("works by the screen's code, once, and out by the next one", async () => {
    const path = `/in/${slugShift("clinic")}`;
    const { token } = await shown();
    const page = await visitor.get(`${path}?t=${token}`, { actor: mei });
    expect(page.text).toContain(`name="token" value="${token}"`);
    expect(page.headers.get("set-cookie")).toMatch(
      /^device=[0-9a-f-]{36}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
    );
    const done = await visitor.post(path, { act: "in", key: visitor.key(), token }, { actor: mei });
    expect([done.status, done.headers.get("location")]).toEqual([303, path]);
    const after = await visitor.get(path, { actor: mei });
    expect(after.text).toContain("已于 08:40 签到");
    expect(after.text).toContain("签退");
    const same = await visitor.post(path, { act: "out", key: visitor.key(), token }, { actor: mei });
    expect([same.status, same.text.includes("这个签到码您已用过"), same.text.includes("不到半分钟")]).toEqual([
      422,
      true,
      true,
    ]);
    visitor.day.bank.setClock("2026-09-05T11:00:00+08:00");
    const { digits } = await shown();
    await visitor.post(path, { act: "out", key: visitor.key(), digits }, { actor: mei });
    expect((await visitor.get(path, { actor: mei })).text).toContain("已于 11:00 签退");
    expect(await signUpStates()).toEqual(["COMPLETED"]);
  });

  it("says what to do with a wrong code, also to the script", async () => {
    const path = `/in/${slugShift("clinic")}`;
    const wrong = { act: "in", key: visitor.key(), digits: "000000" };
    const page = await visitor.post(path, wrong, { actor: mei });
    expect([
      page.status,
      page.text.includes("签到码无效或已过期。"),
      page.text.includes("请重新扫屏幕上的二维码"),
    ]).toEqual([422, true, true]);
    const data = await visitor.post(
      path,
      { ...wrong, key: visitor.key() },
      { actor: mei, headers: { accept: "application/json" } },
    );
    expect(JSON.parse(data.text)).toMatchObject({ code: "CODE_EXPIRED", text: "签到码无效或已过期。" });
  });

  it("takes what was kept on a weak line, and marks it as sent late", async () => {
    const path = `/in/${slugShift("clinic")}`;
    const { token } = await shown();
    const at = String(Date.parse("2026-09-05T08:40:10+08:00"));
    visitor.day.bank.setClock("2026-09-05T09:10:00+08:00");
    const fields = { act: "in", key: visitor.key(), token, at };
    for (let i = 0; i < 2; i += 1) {
      const sent = await visitor.post(path, fields, { actor: mei, headers: { accept: "application/json" } });
      expect(JSON.parse(sent.text)).toEqual({ done: true });
    }
    const { text } = await visitor.get(path, { actor: mei });
    expect(text).toContain("已于 08:40 签到");
    expect(text).toContain("补传");
  });

  it("asks for a position only where the venue has a radius, and does without one", async () => {
    const { day, get, post, key } = visitor;
    const place = { latitude: 29.713, longitude: 120.242, radiusMetres: 200 };
    day.bank.setClock("2026-09-04T12:00:00+08:00");
    const { shifts } = await day.charity.announce("square", { shift: place });
    day.bank.setClock("2026-09-05T09:00:00+08:00");
    const shift = shifts[0]?.id as string;
    expect((await get(`/in/${slugShift("clinic")}`, { actor: mei })).text).not.toContain("data-position");
    expect((await get(`/in/${shift}`, { actor: mei })).text).toMatch(/data-position[^>]* hidden/);
    const checkIn = async (place: Record<string, string>) => {
      const { token } = await day.bank.services.attendance.screen.code(day.charity.lead, shift);
      return post(`/in/${shift}`, { act: "in", key: key(), token, ...place }, { actor: mei });
    };
    const far = await checkIn({ latitude: "29.8", longitude: "120.242" });
    expect([far.status, far.text.includes("您离活动地点太远，须在 ")]).toEqual([422, true]);
    expect((await checkIn({})).status).toBe(303);
  });

  it("knows when it is too early, too late or called off, and offers no button then", async () => {
    const { day, get } = visitor;
    const path = `/in/${slugShift("clinic")}`;
    await day.charity.signUp(day.mei, shiftOf(day, "clinic"));
    const at = async (time: string, words: string, pressed = false) => {
      day.bank.setClock(`2026-09-05T${time}:00+08:00`);
      const { text } = await get(path, { actor: mei });
      expect([time, text.includes(words), text.includes("data-check")]).toEqual([time, true, pressed]);
      return text;
    };
    // It opens half an hour before 08:30; the page comes anew by itself then.
    expect(await at("07:20", "9月5日（周六）07:30开放签到")).toContain('http-equiv="refresh" content="600;');
    expect((await get("/my", { actor: mei })).text).not.toContain("去签到");
    await at("07:30", "屏幕上的六位数字", true);
    expect((await get("/my", { actor: mei })).text).toContain("去签到");
    await at("11:30", "本班次的签到已结束");
    expect((await get(`/in/${slugShift("cancelled")}`, { actor: mei })).text).toContain("本活动已取消，请勿前往");
    // A refused press says the times, too.
    const late = await visitor.post(path, { act: "in", digits: "123456", key: visitor.key() }, { actor: mei });
    expect(late.text).toContain("签到时间：9月5日（周六）07:30至11:30。");
  });

  it("asks who is not signed in to sign in, and comes back with the code", async () => {
    const asked = await visitor.get(`/in/${slugShift("clinic")}?t=a.b`);
    expect(asked.status).toBe(401);
    expect(asked.text).toContain(`/sign-in?next=${encodeURIComponent(`/in/${slugShift("clinic")}?t=a.b`)}`);
  });
});

describe("the venue's screen", () => {
  it("shows the code to its own organisation alone", async () => {
    const path = `/kiosk/${slugShift("clinic")}`;
    expect((await visitor.get(path)).status).toBe(401);
    expect((await visitor.get(path, { actor: mei })).status).toBe(403);
    const { digits } = await shown();
    const screen = await visitor.get(path, { actor: visitor.day.lead });
    expect(screen.text).toContain(digits);
    expect(screen.text).toMatch(/<noscript><meta http-equiv="refresh" content="\d+;url=\/kiosk\/[^"?]+"/);
    const data = await visitor.get(`${path}/code.json`, { actor: visitor.day.lead });
    expect(data.headers.get("cache-control")).toBe("private, no-store");
    expect(JSON.parse(data.text)).toMatchObject({ digits, present: "0", seconds: 30 });
    expect((await visitor.get(`${path}/code.json`, { actor: mei })).status).toBe(403);
  });

  it("checks people of its list in and out by their number, once they have known themselves", async () => {
    const { day } = visitor;
    const path = `/kiosk/${slugShift("clinic")}`;
    const post = (act: string, volunteerNo: string, phoneEnds = "61") =>
      visitor.post(path, { act, volunteerNo, phoneEnds, key: visitor.key() }, { actor: day.lead });
    // Who does not exist is told no more than that; who proves to be somebody else than expected is sent to the lead.
    for (const [no, message] of [
      ["V-0000", "请核对编号"],
      ["V-1001", "您没有报名这个班次，请找现场负责人签到。"],
    ] as const) {
      const answer = await post("find", no);
      expect([answer.status, answer.text.includes(message), (await post("in", no)).status]).toEqual([422, true, 422]);
    }
    await day.charity.signUp(day.mei, shiftOf(day, "clinic"));
    const form = await visitor.get(`${path}?by=number`, { actor: day.lead });
    expect([form.text.includes("data-digits"), form.text.includes('http-equiv="refresh" content="120;')]).toEqual([
      false,
      true,
    ]);
    // So is the end of another phone, and the number alone.
    expect((await post("in", "V-1001", "16")).text.includes("请核对编号")).toBe(true);
    visitor.day.bank.setClock("2026-09-05T10:30:00+08:00");
    const alone = { act: "in", volunteerNo: "V-1001", key: visitor.key() };
    expect((await visitor.post(path, alone, { actor: day.lead })).status).toBe(422);
    expect(await signUpStates()).toEqual(["ACCEPTED"]);
    const question = await post("find", "v-1001");
    expect(question.status).toBe(200);
    expect(question.text).toContain("是您吗：志*******1？");
    expect(await signUpStates()).toEqual(["ACCEPTED"]);
    expect((await post("in", "V-1001")).headers.get("location")).toBe(`${path}?said=in`);
    const { text } = await visitor.get(`${path}?said=in`, { actor: visitor.day.lead });
    expect(text).toContain("签到成功");
    expect(text).not.toContain("V-1001");
    visitor.day.bank.setClock("2026-09-05T11:00:00+08:00");
    expect((await post("out", "V-1001")).headers.get("location")).toBe(`${path}?said=out`);
    expect(await signUpStates()).toEqual(["COMPLETED"]);
  });

  it("is no place to count through numbers", async () => {
    const { day, key, post } = visitor;
    const refusedTries: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const typed = { act: i % 2 ? "in" : "find", volunteerNo: `V-${i}`, key: key() };
      const { text } = await post(`/kiosk/${slugShift("clinic")}`, typed, { actor: day.lead });
      if (text.includes("尝试次数过多")) refusedTries.push(i);
    }
    expect(refusedTries).toEqual([5, 6, 7, 8, 9, 10, 11]);
    const paused = { act: "find", volunteerNo: "V-1001", phoneEnds: "61", key: key() };
    const { text } = await post(`/kiosk/${slugShift("clinic")}`, paused, { actor: day.lead });
    expect(text).toContain("请 1 分钟后再试");
  });

  it("stays when its lead goes: a pass for this shift takes the place of the session, and opens nothing else", async () => {
    const { bank } = visitor.day;
    const path = `/kiosk/${slugShift("clinic")}`;
    const lead = await bank.staff("ACTIVITY_LEAD", bank.station.id);
    const shift = slugShift("postponed");
    const own = await visitor.day.charity.announce("own", { organizationId: bank.station.id });
    const ownPath = `/kiosk/${own.shifts[0]?.id}`;
    expect((await visitor.get(ownPath, { actor: lead })).text).toContain("只留签到屏");
    const left = await visitor.post(ownPath, { act: "leave" }, { actor: lead });
    expect([left.status, left.headers.get("location")]).toEqual([303, ownPath]);
    const [screen, session] = left.headers.getSetCookie();
    expect(session).toMatch(/^goodhours=; Path=\/; Max-Age=0; HttpOnly; SameSite=Lax$/);
    expect(screen).toMatch(
      new RegExp(
        `^screen=person_[0-9a-z]{26}\\.\\d{13}\\.[\\w-]{32}; Path=${ownPath}; Max-Age=\\d+; HttpOnly; SameSite=Lax$`,
      ),
    );
    const pass = screen?.split(";", 1)[0] as string;
    const ask = async (to: string, cookie = pass) => visitor.get(to, { headers: { cookie } });

    const alone = await ask(ownPath);
    expect([alone.status, alone.text.includes("data-digits"), alone.text.includes("只留签到屏")]).toEqual([
      200,
      true,
      false,
    ]);
    expect((await ask(`${ownPath}/code.json`)).status).toBe(200);
    await visitor.day.charity.signUp(visitor.day.mei, own.shifts[0] as Shift);
    const typed = { act: "in", volunteerNo: "V-1001", phoneEnds: "61", key: visitor.key() };
    expect((await visitor.post(ownPath, typed, { headers: { cookie: pass } })).status).toBe(303);
    expect(await signUpStates()).toEqual(["CHECKED_IN"]);
    const altered = pass.replace(/\.(\d)/, (_, digit: string) => `.${(Number(digit) % 9) + 1}`);
    for (const [to, cookie] of [
      [path, pass],
      [`/kiosk/${shift}`, pass],
      ["/lead/own", pass],
      ["/my", pass],
      [ownPath, altered],
      [ownPath, "screen=x"],
      [`${ownPath}/code.json`, altered],
    ] as const)
      expect([to, (await ask(to, cookie)).status]).toEqual([to, 401]);
    // Leaving is the lead's, not the screen's.
    expect((await visitor.post(ownPath, { act: "leave" }, { headers: { cookie: pass } })).status).toBe(422);

    const [grant] = lead.grants;
    await bank.services.people.revokeRole(bank.officer, { grantId: grant?.id as string, reason: "换岗" });
    expect((await ask(ownPath)).status).toBe(403);
    bank.setClock("2026-09-06T09:00:00+08:00");
    expect((await ask(ownPath)).status).toBe(401);
    expect((await visitor.post(ownPath, { act: "leave" }, { actor: visitor.day.lead })).text).toContain(
      "现在不在签到时间内。",
    );
  });
});
