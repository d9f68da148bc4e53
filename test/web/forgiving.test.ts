import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { openBrowser } from "../support/browser";
import { check, shiftOf } from "./support/day";
import { openVisitor, type Visitor } from "./support/visitor";

/** What a thumb does by mistake is said, and can be taken back. */
let browser: Browser;
let visitor: Visitor;
let mei: Actor;
let context: BrowserContext;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  visitor = await openVisitor({ people: 0 });
  mei = await visitor.day.bank.actorOf(visitor.day.mei);
  visitor.day.bank.setClock("2026-09-04T18:00:00+08:00");
});
afterEach(async () => {
  await context?.close();
  await visitor.close();
});

async function open(path: string, actor: Actor): Promise<Page> {
  context = await browser.newContext({ locale: "zh-CN", viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(10_000);
  await context.addCookies([{ name: "goodhours", value: await visitor.api.token(actor), url: visitor.api.url }]);
  const page = await context.newPage();
  await page.goto(`${visitor.api.url}${path}`);
  return page;
}
const states = async (volunteer: Volunteer = visitor.day.mei) =>
  (await visitor.day.bank.store.view.signUpsOfVolunteer(volunteer.id, null, { first: 10, after: null })).map(
    ({ state }) => state,
  );
const focused = (page: Page) => page.evaluate("document.activeElement?.id ?? ''");

describe("signing up and withdrawing", () => {
  it("is said with its time and place, and the focus is there", async () => {
    const page = await open("/a/clinic", mei);
    await page.getByRole("button", { name: "报名", exact: true }).click();
    const done = page.getByRole("status");
    await done.getByText("报名成功").waitFor();
    for (const text of ["名医义诊进广场", "9月5日（周六）08:30至11:30", "暨阳街道文化广场"])
      expect(await done.textContent()).toContain(text);
    expect(await focused(page)).toBe("done");
    await page.getByRole("link", { name: "取消报名" }).click();
    // It began less than a day later: the place was taken when that was known.
    await page.getByText("现在取消，不记未到场。").waitFor();
    expect(await states()).toEqual(["ACCEPTED"]);
    await page.getByRole("button", { name: "确定取消报名" }).click();
    await done.getByText("已取消报名").waitFor();
    expect([await focused(page), await states()]).toEqual(["done", ["WITHDRAWN"]]);
    await done.getByRole("button", { name: "重新报名" }).click();
    await done.getByText("报名成功").waitFor();
    expect(await states()).toEqual(["ACCEPTED", "WITHDRAWN"]);
  });

  const costs: [clock: string, told: string[], late: boolean][] = [
    // The clinic begins on 5 September at 08:30; a place is given back freely until a day before.
    ["2026-09-04T08:29:00+08:00", ["9月4日（周五）08:30 前取消，不记未到场。"], false],
    ["2026-09-04T08:30:00+08:00", ["9月4日（周五）08:30 前取消，不记未到场。"], false],
    [
      "2026-09-04T08:31:00+08:00",
      ["距开始不足 24 小时，现在取消将记 1 次未到场。", "今年已有 0 次未到场，满 5 次暂停报名。"],
      true,
    ],
  ];
  it.each(costs)("at %s the page says before the press what it costs", async (clock, costSentences, late) => {
    const { day, get, post } = visitor;
    day.bank.setClock("2026-09-01T09:00:00+08:00");
    await day.charity.signUp(day.mei, shiftOf(day, "clinic"));
    day.bank.setClock(clock);
    const [signUp] = await day.bank.store.view.signUpsOfVolunteer(day.mei.id, null, { first: 1, after: null });
    const path = `/my/withdraw/${signUp?.id}`;
    const { text } = await get(path, { actor: mei });
    for (const sentence of costSentences) expect(text).toContain(sentence);
    expect(text.includes("将记 1 次未到场")).toBe(late);
    const done = await post(path, {}, { actor: mei });
    const confirmation = await get(done.headers.get("location") as string, { actor: mei });
    expect(confirmation.text.includes("这次取消记 1 次未到场。")).toBe(late);
    const [after] = await day.bank.store.view.signUpsOfVolunteer(day.mei.id, null, { first: 1, after: null });
    expect(after).toMatchObject({ state: "WITHDRAWN", late });
  });

  it("says nothing of other people's sign-ups, whatever the address names", async () => {
    const { day, get } = visitor;
    const other = await day.bank.volunteer("V-1201");
    const signUp = (await day.charity.signUp(other, shiftOf(day, "clinic"))) as { id: string };
    for (const done of [signUp.id, "signup_1", "%00", "<b>", "x".repeat(300)])
      for (const path of [`/my?done=${done}`, `/a/clinic?done=${done}`])
        for (const actor of [mei, day.lead]) {
          const { status, text } = await get(path, { actor });
          expect([path, status, text.includes('id="done"')]).toEqual([path, 200, false]);
        }
  });
});

describe("a service that an organisation recorded", () => {
  it("is notified with its day and length, so that the volunteer can say whether they served", async () => {
    const { bank } = visitor.day;
    expect((await bank.log("V-1001", "2026-09-03", "09:00", "11:30")).code).toBeNull();
    const { text } = await visitor.get("/my", { actor: mei });
    expect(text).toContain("如不是您做的，请联系该组织或社工站提出异议");
    expect(text).toContain("9月3日（周四）09:00至11:30，计 2 小时 30 分钟");
  });
});

describe("a check-out pressed by mistake", () => {
  it("is taken back by the volunteer within the shift, and not after it", async () => {
    const { day } = visitor;
    const shift = shiftOf(day, "clinic");
    await day.charity.signUp(day.mei, shift);
    day.bank.setClock("2026-09-05T08:40:00+08:00");
    await check(day, "checkIn", day.mei, shift);
    day.bank.setClock("2026-09-05T08:41:00+08:00");
    await check(day, "checkOut", day.mei, shift);
    const page = await open(`/in/${shift.id}`, mei);
    // 60 percent of three hours are 108 minutes.
    await page.getByText("您在场 1 分钟，不足 108 分钟，本次不计时长。").waitFor();
    await page.getByText("11:30 前可以撤销签退").waitFor();
    await page.getByRole("button", { name: "按错了，我还没走" }).click();
    await page.getByText("已于 08:40 签到").waitFor();
    expect(await states()).toEqual(["CHECKED_IN"]);
    day.bank.setClock("2026-09-05T11:30:00+08:00");
    await check(day, "checkOut", day.mei, shift);
    const { text } = await visitor.get(`/in/${shift.id}`, { actor: mei });
    expect([text.includes("已于 11:30 签退"), text.includes("按错了，我还没走")]).toEqual([true, false]);
  });

  it("is taken back at the screen by number, and by the lead from the list", async () => {
    const { day, post, get, key } = visitor;
    const shift = shiftOf(day, "clinic");
    await day.charity.signUp(day.mei, shift);
    day.bank.setClock("2026-09-05T08:40:00+08:00");
    const kiosk = (act: string) =>
      post(`/kiosk/${shift.id}`, { act, volunteerNo: "V-1001", phoneEnds: "61", key: key() }, { actor: day.lead });
    for (const act of ["in", "out"]) await kiosk(act);
    expect(await states()).toEqual(["COMPLETED"]);
    const asked = await kiosk("find");
    // What can be done is offered, and nothing else.
    expect(asked.text.match(/name="act" value="\w+"/g)).toEqual(['name="act" value="back"']);
    const done = await kiosk("back");
    expect([done.headers.get("location"), await states()]).toEqual([`/kiosk/${shift.id}?said=back`, ["CHECKED_IN"]]);
    await kiosk("out");
    expect((await get("/lead/clinic", { actor: day.lead })).text).toContain("撤销签退");
    const fields = { do: "back", shift: shift.id, volunteerId: day.mei.id, key: key() };
    expect((await post("/lead/clinic", fields, { actor: day.lead })).status).toBe(303);
    expect(await states()).toEqual(["CHECKED_IN"]);
  });
});

describe("somebody without a sign-up", () => {
  it("learns it at the screen once the phone digits are right, and is let in by the lead", async () => {
    const { day, post, key } = visitor;
    const shift = shiftOf(day, "clinic");
    day.bank.setClock("2026-09-05T08:40:00+08:00");
    const kiosk = (phoneEnds: string) =>
      post(`/kiosk/${shift.id}`, { act: "find", volunteerNo: "V-1001", phoneEnds, key: key() }, { actor: day.lead });
    const right = await kiosk("61");
    expect([right.status, right.text.includes("您没有报名这个班次，请找现场负责人签到。")]).toEqual([422, true]);
    expect(right.text).not.toMatch(/志愿者V|志\*/);
    expect((await kiosk("62")).text).toContain("请核对编号");
    const fields = { do: "walk-in", shift: shift.id, volunteerNo: "v-1001", key: key() };
    expect((await post("/lead/clinic", fields, { actor: day.lead })).status).toBe(303);
    expect(await states()).toEqual(["CHECKED_IN"]);
    const nobody = await post("/lead/clinic", { ...fields, volunteerNo: "V-9", key: key() }, { actor: day.lead });
    expect(nobody.text).toMatch(/<details class="other" open><summary>没有报名的人到场/);
    expect(nobody.text).toMatch(/<input[^>]*aria-invalid="true"[^>]*value="V-9"/);
  });
});

describe("an error", () => {
  it("stands beside its field, which keeps what was typed and the focus", async () => {
    const { day } = visitor;
    day.bank.setClock("2026-09-05T08:40:00+08:00");
    const shift = shiftOf(day, "clinic").id;
    const cases: [path: string, actor: Actor, field: string, typed: string, press: string, more?: string][] = [
      [`/kiosk/${shift}?by=number`, day.lead, "#volunteerNo", "20260139", "下一步", "#phoneEnds"],
      ["/sign-in", mei, "#token", "a.b.c", "登录"],
      ["/join", mei, "#code", "ABCDE-12345", "下一步"],
      [`/in/${shift}`, mei, "#digits", "000000", "签到"],
    ];
    for (const [path, actor, field, typed, press, more] of cases) {
      const page = await open(path, actor);
      await page.locator(field).fill(typed);
      if (more) await page.locator(more).fill("61");
      await page.getByRole("button", { name: press, exact: true }).last().click();
      const wrong = page.locator(`${field}[aria-invalid=true]`);
      await wrong.waitFor();
      const ids = ((await wrong.getAttribute("aria-describedby")) ?? "").split(" ");
      const errorTexts = await Promise.all(ids.map((id) => page.locator(`#${id}`).textContent()));
      expect([path, await wrong.inputValue(), await focused(page)]).toEqual([path, typed, field.slice(1)]);
      expect(errorTexts.join(" ")).toMatch(/未找到|没有查到|无效|失效|过期/);
      await context.close();
    }
  });
});
