import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { check, shiftOf } from "./support/day";
import { campaign, openVisitor, type Visitor } from "./support/visitor";

let visitor: Visitor;
let mei: Actor;
/** What the page sends that asked again. */
const yes = { sure: "yes" };
beforeEach(async () => {
  visitor = await openVisitor({ people: 0 });
  mei = await visitor.day.bank.actorOf(visitor.day.mei);
  visitor.day.bank.setClock("2026-09-05T08:40:00+08:00");
});
afterEach(() => visitor.close());

async function signUpStates(volunteer: Volunteer = visitor.day.mei): Promise<string[]> {
  const signUps = await visitor.day.bank.store.view.signUpsOfVolunteer(volunteer.id, null, { first: 10, after: null });
  return signUps.map(({ state }) => state);
}

describe("the lead's page", () => {
  it("calls one shift of several off, and tells its list", async () => {
    const { day, post, get } = visitor;
    const series = { repeatEveryDays: 7, repeatUntil: "2026-09-19" };
    const { shifts } = await day.charity.announce("weekly", { shift: series });
    await day.charity.signUp(day.mei, shifts[1] as Shift);
    expect((await get("/lead/weekly", { actor: day.lead })).text).toContain("取消本班次");
    const drop = (reason: string, sure: Record<string, string> = {}) =>
      post("/lead/weekly", { do: "drop", shiftId: shifts[1]?.id as string, reason, ...sure }, { actor: day.lead });
    expect((await drop("")).text).toContain("须填写理由。");
    const asked = await drop("场地停电");
    expect([asked.status, asked.text.includes("1 人的报名会被取消")]).toEqual([200, true]);
    expect(await signUpStates()).toEqual(["ACCEPTED"]);
    expect((await drop("场地停电", yes)).status).toBe(303);
    expect(await signUpStates()).toEqual(["WITHDRAWN"]);
    expect((await get("/my", { actor: mei })).text).toContain("场地停电");
    expect((await get("/lead/clinic", { actor: day.lead })).text).not.toContain("取消本班次");
  });

  it("is seen by its own organisation alone", async () => {
    expect((await visitor.get("/lead/clinic")).status).toBe(401);
    expect((await visitor.get("/lead/clinic", { actor: mei })).status).toBe(403);
    expect((await visitor.get("/lead/none", { actor: visitor.day.lead })).status).toBe(404);
  });

  it("ticks people in and out by name, and resolves what is missing with a reason", async () => {
    const { day, post, get, key } = visitor;
    const actor = day.lead;
    const second = await day.bank.volunteer("V-1002");
    const shift = shiftOf(day, "clinic");
    for (const volunteer of [day.mei, second]) await day.charity.signUp(volunteer, shift);
    const page = await get("/lead/clinic", { actor });
    expect(page.text).toContain("志愿者V-1001");
    await post("/lead/clinic", { do: "in", shift: shift.id, volunteerId: day.mei.id, key: key() }, { actor });
    expect(await signUpStates()).toEqual(["CHECKED_IN"]);
    day.bank.setClock("2026-09-05T11:40:00+08:00");
    const signUp = (await day.bank.store.view.signUpsOfVolunteer(second.id, null, { first: 1, after: null }))[0];
    const resolve = { do: "resolve", shift: shift.id, signUpId: signUp?.id as string, outcome: "NO_SHOW" };
    expect((await post("/lead/clinic", resolve, { actor })).text).toContain("须填写理由。");
    const asked = await post("/lead/clinic", { ...resolve, reason: "未到" }, { actor });
    expect([asked.status, asked.text.includes("会记 1 次未到场")]).toEqual([200, true]);
    expect(await signUpStates(second)).toEqual(["ACCEPTED"]);
    expect((await post("/lead/clinic", { ...resolve, reason: "未到", ...yes }, { actor })).status).toBe(303);
    expect(await signUpStates(second)).toEqual(["NO_SHOW"]);
    await post("/lead/clinic", { do: "out", shift: shift.id, volunteerId: day.mei.id, key: key() }, { actor });
    expect(await signUpStates()).toEqual(["COMPLETED"]);
  });

  it("goes on where the lead was, and finds a volunteer by the end of the number", async () => {
    const { day, post, get, key } = visitor;
    const { shifts } = await day.charity.announce("crowd", { shift: { capacity: 150 } });
    const shift = shifts[0] as Shift;
    const volunteers: Volunteer[] = [];
    for (let i = 0; i < 102; i += 1) {
      volunteers.push(await day.bank.volunteer(`C-${4000 + i}`));
      await day.charity.signUp(volunteers[i] as Volunteer, shift);
    }
    const actor = day.lead;
    const list = await get(`/lead/crowd?shift=${shift.id}`, { actor });
    const next = /href="(\/lead\/crowd\?shift=[^"]+after=[^"]+)#list"/.exec(list.text)?.[1]?.replaceAll("&amp;", "&");
    const page = await get(next as string, { actor });
    expect([list.text.includes("志愿者C-4101"), page.text.includes("志愿者C-4101")]).toEqual([false, true]);
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)?.[1] as string;
    const tick = { do: "in", shift: shift.id, after: hidden("after"), at: hidden("at") };
    const last = volunteers.at(-1) as Volunteer;
    const done = await post("/lead/crowd", { ...tick, volunteerId: last.id, key: key() }, { actor });
    expect(done.headers.get("location")).toBe(
      `/lead/crowd?${new URLSearchParams({ shift: shift.id, after: tick.after })}#${tick.at}`,
    );
    expect(page.text).toContain(`id="${tick.at}"`);
    // Refused, the page of the list stays as well.
    const twice = await post("/lead/crowd", { ...tick, volunteerId: last.id, key: key() }, { actor });
    expect([twice.status, twice.text.includes("志愿者C-4101")]).toEqual([422, true]);

    for (const [no, expected] of [
      ["4042", ["志愿者C-4042"]],
      ["101", ["志愿者C-4101"]],
      ["%", []],
      ["C-40421", []],
    ] as const) {
      const { text } = await get(`/lead/crowd?shift=${shift.id}&no=${encodeURIComponent(no)}`, { actor });
      expect([no, text.match(/志愿者C-\d+(?=<\/strong>)/g) ?? []]).toEqual([no, expected]);
    }
  });

  it("lists what waits with who, when and how long, and confirms what was ticked alone", async () => {
    const { day, post, get, key } = visitor;
    const shift = shiftOf(day, "clinic");
    await day.charity.signUp(day.mei, shift);
    await check(day, "checkIn", day.mei, shift);
    const [ticked, late] = [await day.bank.volunteer("V-1002"), await day.bank.volunteer("V-1003")];
    for (const volunteer of [ticked, late]) {
      const fields = { do: "in", key: key(), shift: shift.id, volunteerId: volunteer.id };
      await post("/lead/clinic", fields, { actor: day.lead });
    }
    day.bank.setClock("2026-09-05T11:00:00+08:00");
    await check(day, "checkOut", day.mei, shift);
    await post("/lead/clinic", { do: "out", key: key(), shift: shift.id, volunteerId: ticked.id }, { actor: day.lead });
    await post("/lead/clinic", { do: "out", key: key(), shift: shift.id, volunteerId: late.id }, { actor: day.lead });
    expect((await get("/lead/clinic", { actor: day.lead })).text).toContain('href="/lead/clinic/confirm"');
    const page = await get("/lead/clinic/confirm", { actor: day.lead });
    for (const text of [
      "志愿者V-1001",
      "9月5日（周六）08:40至11:00，计 2 小时 20 分钟",
      "志愿者V-1002",
      "由负责人代签到",
    ])
      expect(page.text).toContain(text);
    // Whom the lead ticked off, somebody else confirms: there is no box, and the reason stands there.
    const boxes = [...page.text.matchAll(/<input[^>]*type="checkbox"[^>]*>/g)].map(([box]) => box);
    expect(boxes).toHaveLength(1);
    expect(boxes[0]).toMatch(/ checked/);
    expect(page.text).toMatch(/您不能确认：.*须由/);
    const [seen] = await day.bank.services.attendance.waitingRecords(day.lead, shift.activityId);
    const all = await day.bank.services.attendance.waitingRecords(day.lead, shift.activityId);
    // Nothing ticked is nothing confirmed.
    const none = await post("/lead/clinic/confirm", { key: key() }, { actor: day.lead });
    expect([none.status, none.text.includes("还没有勾选记录")]).toEqual([422, true]);
    const fields = new URLSearchParams([["key", key()], ...all.map((id) => ["record", id])]).toString();
    const done = await post("/lead/clinic/confirm", fields, { actor: day.lead });
    expect(done.status).toBe(200);
    for (const text of ["已确认 1 条。", "没有确认的 2 条"]) expect(done.text).toContain(text);
    expect(done.text).toMatch(/志愿者V-1002 · 9月5日（周六）08:40至11:00 · [^<]*须由/);
    expect(done.text).toMatch(/志愿者V-1003 · 9月5日（周六）08:40至11:00 · [^<]*须由/);
    // The same form again is the same command.
    const head = (await day.bank.store.view.head()).seq;
    expect((await post("/lead/clinic/confirm", fields, { actor: day.lead })).text).toContain("已确认 1 条。");
    expect((await day.bank.store.view.head()).seq).toBe(head);
    expect((await day.bank.store.view.records([seen as string])).get(seen as string)?.state).toBe("POSTED");
    expect((await get("/lead/clinic/confirm", { actor: mei })).status).toBe(403);
  });

  it("has a field for each new time of a postponed activity, whose sign-ups follow", async () => {
    const { day, post, get } = visitor;
    const shift = shiftOf(day, "clinic");
    day.bank.setClock("2026-09-04T18:00:00+08:00");
    await day.charity.signUp(day.mei, shift);
    const version = async () => String((await day.bank.store.view.activityBySlug("clinic"))?.version);
    const postpone = { do: "advance", action: "POSTPONE", reason: "台风", version: await version(), ...yes };
    expect((await get("/lead/clinic", { actor: day.lead })).text).not.toContain("保存新的时间");
    await post("/lead/clinic", postpone, { actor: day.lead });
    const page = await get("/lead/clinic", { actor: day.lead });
    expect(page.text).toContain("原定 9月5日（周六）08:30至11:30");
    const id = shift.id;
    const save = async (startsAt: string, endsAt: string) =>
      post(
        "/lead/clinic",
        {
          do: "reschedule",
          version: await version(),
          [`startsAt-${id}`]: startsAt,
          [`endsAt-${id}`]: endsAt,
          [`place-${id}`]: "暨阳街道文化广场",
        },
        { actor: day.lead },
      );
    // What is wrong is told beside its field, and what was typed stays.
    const wrong = await save("2026-09-12T09:00", "2026-09-12T08:00");
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(
      new RegExp(`<input[^>]*id="endsAt-${id}"[^>]*aria-invalid="true"[^>]*value="2026-09-12T08:00"`),
    );
    expect((await save("2026-09-12T09:00", "")).text).toMatch(new RegExp(`id="endsAt-${id}-error"`));
    expect((await save("2026-09-12T09:00", "2026-09-12T11:00")).status).toBe(303);
    const [[after] = []] = await day.bank.services.activities.shiftsOf(day.lead, [shift.activityId]);
    expect([after?.id, after?.startsAt]).toEqual([id, Date.parse("2026-09-12T09:00:00+08:00")]);
    const submit = { do: "advance", action: "SUBMIT", version: await version() };
    const { services } = day.bank;
    const admin = await services.people.actorOfPerson(day.charity.admin.personId as string);
    expect((await post("/lead/clinic", submit, { actor: admin })).status).toBe(303);
    const publish = { do: "advance", action: "PUBLISH", version: await version() };
    const asked = await post("/lead/clinic", publish, { actor: day.bank.officer });
    expect(asked.text).toContain("1 位报名者会收到通知");
    await post("/lead/clinic", { ...publish, ...yes }, { actor: day.bank.officer });
    expect((await get("/my", { actor: mei })).text).toContain("9月12日（周六）09:00至11:00");
    expect(await signUpStates()).toEqual(["ACCEPTED"]);
  });

  it("takes the activity through its steps, but not past a step that another person took meanwhile", async () => {
    const { day, post, get } = visitor;
    const step = (action: string, version: number, reason = "", sure: Record<string, string> = yes) =>
      post("/lead/clinic", { do: "advance", action, version: String(version), reason, ...sure }, { actor: day.lead });
    const version = async () => (await day.bank.store.view.activityBySlug("clinic"))?.version as number;
    const before = await version();
    day.bank.setClock("2026-09-04T20:00:00+08:00");
    expect((await get("/lead/clinic", { actor: day.lead })).text).not.toContain("开始活动");
    day.bank.setClock("2026-09-05T08:40:00+08:00");
    expect((await get("/lead/clinic", { actor: day.lead })).text).toContain("开始活动");
    expect((await step("START", before)).status).toBe(303);
    const late = await step("CANCEL", before, "下雨");
    expect([late.status, late.text.includes("内容已被他人更新")]).toEqual([422, true]);
    expect((await step("POSTPONE", await version())).text).toContain("须填写理由。");
    // One press in the middle of the day does not end it.
    const page = await get("/lead/clinic", { actor: day.lead });
    expect(page.text).toContain("现在结束会取消尚未签到者的报名");
    expect((await step("END", await version())).text).toContain("须填写理由。");
    expect((await step("END", await version(), "雷雨")).status).toBe(303);
    expect((await step("CLOSE", await version())).status).toBe(303);
    expect((await get("/a/clinic")).text).toContain("已办结");
  });
});

describe("one's own page", () => {
  it("is there for who leads and is no volunteer", async () => {
    const got = await visitor.get("/my", { actor: visitor.day.lead });
    expect([got.status, got.text.includes("您还不是已登记的志愿者")]).toEqual([200, true]);
  });

  it("shows sign-ups, notices and a calendar address that can be renewed", async () => {
    const { day, get, post, key } = visitor;
    await day.charity.signUp(day.mei, shiftOf(day, "clinic"));
    const activityId = day.activities.get("clinic")?.activity.id as string;
    await day.bank.services.activities.advance(day.lead, { activityId, action: "POSTPONE", reason: "台风" });
    const first = await get("/my", { actor: mei });
    expect(first.text).toContain("活动延期，新的时间确定后会再通知您");
    expect(first.text).toContain("未读");
    await post("/my/notices", {}, { actor: mei });
    expect((await get("/my", { actor: mei })).text).not.toContain("未读");
    const addressIn = (text: string) => /value="[^"]+(\/calendar\/[\w-]+\.ics)"/.exec(text)?.[1] as string;
    const old = addressIn(first.text);
    expect((await get(old)).status).toBe(200);
    expect((await post("/my/calendar", { key: key() }, { actor: mei })).text).toContain("原来的地址会立即失效");
    expect((await get(old)).status).toBe(200);
    await post("/my/calendar", { key: key(), ...yes }, { actor: mei });
    expect((await get(old)).status).toBe(404);
    expect((await get(addressIn((await get("/my", { actor: mei })).text))).status).toBe(200);
  });
});

describe("names that people give", () => {
  it("are shown as they are, and never run", async () => {
    const { day, get } = visitor;
    const name = `<img src=x onerror="alert(1)">&"'${"长".repeat(60)}`;
    day.bank.setClock("2026-09-04T12:00:00+08:00");
    await day.charity.announce("hostile", {
      name,
      description: "</p><script>alert(1)</script>",
      contact: "a".repeat(200),
    });
    for (const path of [campaign, "/a/hostile", "/embed/c/charity-day-2026"]) {
      const { text, status } = await get(path);
      expect(status).toBe(200);
      expect(text).not.toMatch(/<img src=x|<script>/);
    }
    expect((await get("/a/hostile")).text).toContain("&lt;script>alert(1)&lt;/script>");
    expect((await get(`${campaign}.json`)).headers.get("content-type")).toContain("application/json");
    const picture = await fetch(`${visitor.api.url}/a/hostile/picture.png`);
    expect(picture.status).toBe(200);
  });

  it("in an address find nothing", async () => {
    for (const path of [
      "/c/%00",
      "/a/%ff",
      `/c/${"x".repeat(3000)}`,
      "/c/..%2f..%2fetc",
      "/in/%27;--",
      "/kiosk/__proto__",
    ])
      expect([path, (await visitor.get(path, { actor: mei })).status]).toEqual([path, 404]);
  });

  it("in a cursor that is none are refused", async () => {
    const got = await visitor.get(`${campaign}?after=${"A".repeat(40)}`);
    expect([got.status, got.text.includes("填写有误，请核对后重新提交。")]).toEqual([422, true]);
  });
});
