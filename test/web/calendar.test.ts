import { at } from "../support/bank";
import { shiftOf } from "./support/day";
import { openVisitor, type Visitor } from "./support/visitor";

let visitor: Visitor;
beforeEach(async () => {
  visitor = await openVisitor({ people: 0 });
});
afterEach(() => visitor.close());

/** Lines unfolded, as RFC 5545 §3.1 has it; one map for each event. */
function events(text: string): Map<string, string>[] {
  const lines = text.replace(/\r\n[ \t]/g, "").split("\r\n");
  const eventsRead: Map<string, string>[] = [];
  for (const line of lines) {
    if (line === "BEGIN:VEVENT") eventsRead.push(new Map());
    const [name, ...value] = line.split(":");
    eventsRead.at(-1)?.set(name?.split(";")[0] ?? "", value.join(":"));
  }
  return eventsRead;
}

/** Within a second a crowd shares one rendering: each asks a second later. */
let seconds = 0;
const books = async () => {
  seconds += 1;
  const now = performance.now() + seconds * 1_000;
  const later = jest.spyOn(performance, "now").mockReturnValue(now);
  const { text } = await visitor.get("/activities/books.ics");
  later.mockRestore();
  return events(text)[0];
};

describe("an activity's calendar", () => {
  it("has a shift a line, in UTC, with where and how to read on", async () => {
    const got = await visitor.get("/activities/clinic.ics");
    expect(got.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const [event] = events(got.text);
    const shift = shiftOf(visitor.day, "clinic");
    expect(Object.fromEntries(event as Map<string, string>)).toMatchObject({
      UID: `${shift.id}@127.0.0.1`,
      DTSTART: "20260905T003000Z",
      DTEND: "20260905T033000Z",
      SUMMARY: "名医义诊进广场",
      LOCATION: "暨阳街道文化广场",
      STATUS: "CONFIRMED",
      URL: `${visitor.api.url}/a/clinic`,
    });
  });

  it("of a whole charity day has every activity once, the cancelled one too", async () => {
    const shiftEvents = events((await visitor.get("/c/charity-day-2026.ics")).text);
    expect(new Set(shiftEvents.map((event) => event.get("UID"))).size).toBe(6);
    expect(
      shiftEvents.filter((event) => event.get("STATUS") === "CANCELLED").map((event) => event.get("SUMMARY")),
    ).toEqual(["露天音乐会"]);
  });

  it("keeps an entry's UID over an edit, counts its versions up, and keeps what was called off as cancelled", async () => {
    const { day } = visitor;
    const { activities } = day.bank.services;
    const activityId = day.activities.get("books")?.activity.id as string;
    const before = await books();
    await activities.advance(day.lead, { activityId, action: "POSTPONE", reason: "台风" });
    const postponed = await books();
    expect(postponed?.get("STATUS")).toBe("TENTATIVE");
    await activities.edit(day.lead, {
      activityId,
      shifts: [
        { startsAt: at("2026-09-12", "09:00"), endsAt: at("2026-09-12", "11:00"), capacity: 12, place: "新地点" },
      ],
    });
    const edited = await books();
    // Nobody has reviewed the new time: everybody reads that it is to be announced.
    expect(edited?.get("UID")).toBe(before?.get("UID"));
    expect(edited?.get("DTSTART")).toBe(before?.get("DTSTART"));
    expect(edited?.get("LOCATION")).toBe(before?.get("LOCATION"));
    expect(edited?.get("SUMMARY")).toBe(`${before?.get("SUMMARY")}（延期，新时间待公布）`);
    await activities.advance(day.charity.admin, { activityId, action: "SUBMIT" });
    await activities.advance(day.bank.officer, { activityId, action: "PUBLISH" });
    const reviewed = await books();
    expect(reviewed?.get("UID")).toBe(before?.get("UID"));
    expect(reviewed?.get("DTSTART")).toBe("20260912T010000Z");
    expect(reviewed?.get("SUMMARY")).toBe(before?.get("SUMMARY"));
    await activities.advance(day.lead, { activityId, action: "CANCEL", reason: "无法举办" });
    const cancelled = await books();
    expect([cancelled?.get("UID"), cancelled?.get("STATUS")]).toEqual([before?.get("UID"), "CANCELLED"]);
    const sequence = [before, postponed, edited, reviewed, cancelled].map((event) => Number(event?.get("SEQUENCE")));
    expect(sequence).toEqual([...new Set(sequence)].sort((a, b) => a - b));
  });
});

test("a calendar's name is one text, whatever stands in it", async () => {
  const { day, get } = visitor;
  day.bank.setClock("2026-09-04T09:00:00+08:00");
  const { activity } = await day.charity.announce("bring", { name: "带上水;书,笔\\纸" });
  const name = "X-WR-CALNAME:带上水\\;书\\,笔\\\\纸";
  expect((await get(`/activities/${activity.slug}.ics`)).text.replaceAll("\r\n ", "").split("\r\n")).toContain(name);
});

describe("a person's calendar", () => {
  it("follows their sign-ups behind a secret, names nobody, and is kept by no cache", async () => {
    const { day, get } = visitor;
    const { calendars, signUps } = day.bank.services;
    const mei = await day.bank.actorOf(day.mei);
    const made = await day.charity.signUp(day.mei, shiftOf(day, "clinic"));
    const address = `/calendar/${await calendars.link(mei)}.ics`;
    const got = await get(address);
    expect(got.headers.get("cache-control")).toBe("private, no-store");
    expect(got.text).not.toMatch(/V-1001|person_|志愿者V/);
    expect(events(got.text).map((event) => event.get("STATUS"))).toEqual(["CONFIRMED"]);
    await signUps.withdraw(mei, { signUpId: (made as { id: string }).id });
    expect(events((await get(address)).text).map((event) => event.get("STATUS"))).toEqual(["CANCELLED"]);
    expect((await get(`/calendar/${"0".repeat(58)}.ics`)).status).toBe(404);
  });
});
