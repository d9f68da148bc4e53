import type { Post, SocialWorker, Training } from "../../src/domain/facts/workers";
import { checkDuty } from "../../src/domain/workers/posts";
import {
  checkReregistration,
  earnedHours,
  maskCertificateNo,
  renewableFrom,
  termEnd,
} from "../../src/domain/workers/social-workers";
import { workingCalendar } from "../../src/services/bank/calendar";
import { outcomeOf } from "../support/outcomes";
import { policies } from "../support/policies";

describe("a term of three years", () => {
  test.each([
    ["2024-01-01", "2026-12-31", "2026-10-01"],
    ["2024-02-29", "2027-02-27", "2026-11-28"], // three years after a leap day is the 28th
    ["2023-09-20", "2026-09-19", "2026-06-20"],
  ])("from %s ends on %s, and may be renewed from %s", (registeredOn, registeredUntil, from) => {
    expect(termEnd(registeredOn, policies)).toBe(registeredUntil);
    expect(renewableFrom({ registeredOn, registeredUntil }, policies)).toBe(from);
  });

  const before: SocialWorker = {
    id: "socialworker_1",
    personId: "person_1",
    organizationId: "a",
    level: "ASSISTANT",
    certificateHash: "one",
    registeredOn: "2024-01-01",
    registeredUntil: "2026-12-31",
    profileId: "sealed_1",
    version: 1,
  };
  const training = (on: string, hours: number, withdrawn = false): Training => ({
    id: on,
    socialWorkerId: before.id,
    hours,
    on,
    detailsId: "sealed_2",
    withdrawn,
    version: 1,
  });
  const seventy = [training("2024-01-01", 30), training("2026-12-31", 40)];

  test("counts what lies in it and was not withdrawn", () => {
    expect(earnedHours(before, seventy)).toBe(70);
    expect(
      earnedHours(before, [training("2023-12-31", 9), training("2027-01-01", 9), training("2025-01-01", 9, true)]),
    ).toBe(0);
  });

  const again = {
    organizationId: "a",
    level: "ASSISTANT",
    certificateHash: "one",
    registeredOn: "2026-10-01",
  } as const;
  const cases: [name: string, after: Partial<SocialWorker>, trainings: Training[], found: string][] = [
    ["the next term, in the last three months", {}, seventy, "ok"],
    ["a day too early", { registeredOn: "2026-09-30" }, seventy, "INVALID_INPUT"],
    ["long after it ended", { registeredOn: "2028-01-01" }, seventy, "ok"],
    ["an hour short", {}, [training("2025-01-01", 69)], "TRAINING_MISSING"],
    ["the same again", { registeredOn: "2024-01-01" }, [], "DUPLICATE_PERSON"],
    ["at another house, the same term", { registeredOn: "2024-01-01", organizationId: "b" }, [], "ok"],
    ["before the present term", { registeredOn: "2023-12-31" }, seventy, "INVALID_INPUT"],
    ["a higher level needs its own certificate", { level: "SENIOR" }, seventy, "INVALID_INPUT"],
    ["a higher level, by another certificate", { level: "SENIOR", certificateHash: "two" }, [], "ok"],
    ["the same level, by another certificate", { certificateHash: "two" }, seventy, "DUPLICATE_PERSON"],
  ];
  test.each(cases)("%s", (_, after, trainings, found) => {
    expect(outcomeOf(() => checkReregistration(before, { ...again, ...after }, trainings, policies))).toBe(found);
  });

  test("from intermediate level 90 hours are asked for", () => {
    const found = () =>
      checkReregistration({ ...before, level: "SENIOR" }, { ...again, level: "SENIOR" }, seventy, policies);
    expect(found).toThrow(expect.objectContaining({ details: { earnedHours: 70, requiredHours: 90 } }));
  });

  test.each([
    ["20240330681001", "****1001"],
    ["A123", "****23"],
  ])("%s is shown as %s", (no, shown) => {
    expect(maskCertificateNo(no)).toBe(shown);
  });
});

describe("paid duty (F04)", () => {
  const post: Post = {
    id: "post_1",
    personId: "person_1",
    organizationId: "a",
    post: "GENERAL",
    grade: 6,
    validFrom: "2026-09-01",
    validUntil: "2026-09-30",
    version: 1,
  };
  const rules = { policies, calendar: workingCalendar(policies, "2026-09-20") };
  // 2026-09-14 is a Monday; the 20th, a Sunday, is a working day made up for the National Day holiday.
  const cases: [from: string, until: string, found: string][] = [
    ["2026-09-14T08:00", "2026-09-14T08:30", "ok"], // touching is not overlapping
    ["2026-09-14T08:00", "2026-09-14T08:31", "PAID_DUTY"],
    ["2026-09-14T12:00", "2026-09-14T14:00", "ok"], // the noon break is one's own
    ["2026-09-14T17:29", "2026-09-14T19:00", "PAID_DUTY"],
    ["2026-09-14T17:30", "2026-09-14T19:00", "ok"],
    ["2026-09-13T20:00", "2026-09-14T09:00", "PAID_DUTY"], // over midnight into a working day
    ["2026-09-12T09:00", "2026-09-12T11:00", "ok"], // a Saturday
    ["2026-09-20T09:00", "2026-09-20T11:00", "PAID_DUTY"], // a Sunday that is worked
    ["2026-08-31T09:00", "2026-08-31T11:00", "ok"], // the day before the post
    ["2026-10-08T09:00", "2026-10-08T11:00", "ok"], // after it
  ];
  const at = (text: string) => Date.parse(`${text}:00+08:00`);
  test.each(cases)("%s to %s: %s", (from, until, found) => {
    const interval = { startedAt: at(from), endedAt: at(until) };
    expect(outcomeOf(() => checkDuty(interval, [post], [], rules))).toBe(found);
    expect(outcomeOf(() => checkDuty(interval, [], [], rules))).toBe("ok");
    expect(outcomeOf(() => checkDuty(interval, [post], [{ kind: "LEAVE" }], rules))).toBe("ok");
  });
});
