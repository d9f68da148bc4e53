import { readPapers } from "../../src/domain/activities/filings";
import {
  checkFiling,
  disclosureState,
  disclosuresMade,
  disclosuresOf,
  nextDue,
} from "../../src/domain/activities/fundraising";
import type { Refusal } from "../../src/domain/kit/refusal";
import { completeUscc } from "../../src/domain/organizations/uscc";
import { outcomeOf } from "../support/outcomes";
import { policies } from "../support/policies";

describe("fundraising (F17)", () => {
  const filings: [filedOn: string, emergency: boolean, outcome: string][] = [
    ["2026-08-29", false, "ok"], // seven days before
    ["2026-08-30", false, "PLAN_FILED_LATE"],
    ["2026-09-15", true, "ok"], // ten days after, in an emergency
    ["2026-09-16", true, "PLAN_FILED_LATE"],
  ];
  test.each(filings)("filed %s, emergency %p: %s", (filedOn, emergency, outcome) => {
    expect(outcomeOf(() => checkFiling({ filedOn, startsOn: "2026-09-05", emergency }, policies))).toBe(outcome);
  });

  test("six months have no interim disclosure, a day more has", () => {
    const plan = { startsOn: "2026-09-05", endsOn: "2027-03-05", emergency: false };
    expect(disclosuresOf(plan, policies)).toEqual({ interim: [], final: "2027-06-05" });
    expect(disclosuresOf({ ...plan, endsOn: "2027-03-06" }, policies)).toEqual({
      interim: ["2026-12-05", "2027-03-05"],
      final: "2027-06-06",
    });
  });

  test("an emergency is disclosed every five days", () => {
    const plan = { startsOn: "2026-09-05", endsOn: "2026-09-17", emergency: true };
    expect(disclosuresOf(plan, policies)).toEqual({ interim: ["2026-09-10", "2026-09-15"], final: "2026-12-17" });
  });

  const plan = {
    startsOn: "2026-09-05",
    endsOn: "2026-10-31",
    emergency: false,
    interimDisclosedOn: [] as string[],
    disclosedOn: null,
  };
  const clocks: [today: string, disclosedOn: string | null, outcome: string][] = [
    ["2026-10-31", null, "NOT_DUE"],
    ["2026-11-01", null, "DUE"],
    ["2027-01-31", null, "DUE"], // three months after the end, the last day counted in
    ["2027-02-01", null, "OVERDUE"],
    ["2027-02-01", "2027-01-20", "DISCLOSED"],
    ["2027-05-09", "2027-01-31", "DISCLOSED"],
    ["2027-05-09", "2027-05-08", "DISCLOSED_LATE"], // 97 days after the last one
  ];
  test.each(clocks)("on %s, disclosed %p: %s", (today, disclosedOn, outcome) => {
    const facts = { ...plan, disclosedOn };
    expect(disclosureState({ ...facts, dueOn: nextDue(facts, policies) }, policies, today)).toBe(outcome);
  });
  // Due on 31 January: February has 28 days, March 31, April 30, and eight of May make 97.
  const late: [today: string, disclosedOn: string | null, days: number][] = [
    ["2027-01-31", null, 0],
    ["2027-02-01", null, 1],
    ["2027-05-08", null, 97],
    ["2027-06-30", "2027-05-08", 97],
    ["2027-06-30", "2027-01-31", 0],
  ];
  test.each(late)("on %s, disclosed %p: %d days late", (today, disclosedOn, daysLate) => {
    const dueOn = "2027-01-31";
    expect(disclosuresMade({ ...plan, disclosedOn }, policies, today)).toEqual([
      { final: true, dueOn, disclosedOn, daysLate },
    ]);
  });
  test("each interim disclosure is late by itself, and until the final accounts at most", () => {
    const long = { ...plan, endsOn: "2027-06-05", interimDisclosedOn: ["2026-12-15"], disclosedOn: "2027-09-06" };
    expect(disclosuresMade(long, policies, "2027-12-31")).toEqual([
      { final: false, dueOn: "2026-12-05", disclosedOn: "2026-12-15", daysLate: 10 },
      { final: false, dueOn: "2027-03-05", disclosedOn: null, daysLate: 185 },
      { final: false, dueOn: "2027-06-05", disclosedOn: null, daysLate: 93 },
      { final: true, dueOn: "2027-09-05", disclosedOn: "2027-09-06", daysLate: 1 },
    ]);
  });
  test("an interim disclosure moves the clock on", () => {
    const long = { ...plan, endsOn: "2027-06-05" };
    expect(nextDue(long, policies)).toBe("2026-12-05");
    expect(nextDue({ ...long, interimDisclosedOn: ["2026-12-01"] }, policies)).toBe("2027-03-05");
  });
});

describe("papers of a fundraising", () => {
  // 53330681MJDEM0001 with its check digit by GB 32100.
  const [uscc, other] = [completeUscc("53330681MJDEM0001"), completeUscc("51330681MJDEM0002")];
  const fine = { organizationName: "诸暨市慈善总会", permitNo: uscc, planFilingNo: `${uscc}A26001` };
  const papers: [given: Partial<typeof fine>, wrong: string][] = [
    [{}, "ok"],
    [{ permitNo: "浙慈募证第012号", planFilingNo: "浙募备〔2026〕12号" }, "ok"], // in the office's own words
    [{ permitNo: ` ${uscc.toLowerCase()} ` }, "ok"],
    [{ permitNo: uscc.slice(0, 17) }, "permitNo"], // without its check digit
    [{ permitNo: `${uscc.slice(0, 17)}${uscc.endsWith("0") ? "1" : "0"}` }, "permitNo"],
    [{ permitNo: completeUscc("91330681MJDEM0001") }, "permitNo"], // of a company
    [{ permitNo: "12" }, "permitNo"],
    [{ permitNo: "待补" }, "permitNo"],
    [{ permitNo: "??" }, "permitNo"],
    [{ planFilingNo: uscc }, "planFilingNo"],
    [{ planFilingNo: `${other}A26001` }, "planFilingNo"], // another holder's plan
    [{ planFilingNo: "2026-001" }, "planFilingNo"],
    [{ planFilingNo: "备案" }, "planFilingNo"],
    [{ organizationName: "慈善会" }, "organizationName"],
    [{ organizationName: "12345" }, "organizationName"],
    [{ organizationName: "xx" }, "organizationName"],
    [{ organizationName: uscc }, "organizationName"],
  ];
  test.each(papers)("%p: %s", (given, wrong) => {
    let outcome = "ok";
    try {
      readPapers({ ...fine, ...given });
    } catch (error) {
      outcome = (error as Refusal).path[0] as string;
    }
    expect(outcome).toBe(wrong);
  });
  test("a code has one spelling", () => {
    const pasted = {
      permitNo: `${uscc.slice(0, 8)} ${uscc.slice(8).toLowerCase()}`,
      planFilingNo: `${uscc}ａ２６００１`,
    };
    expect(readPapers({ ...fine, ...pasted })).toEqual({ ...fine, uscc });
  });
});
