import { auditBank } from "../../src/services/audit";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

/** A surname alone found nobody, a name with another dot was another name, and nobody found what a list wrote as radicals. */
describe.each(engines)("names, on $name", (engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine);
  });
  afterEach(() => bank.close());

  const volunteers = async (text: string) =>
    (await bank.services.volunteers.sight.find(bank.officer, { text }, { first: 20 })).edges
      .map(({ node }) => node.volunteerNo)
      .sort();
  const recipients = async (text: string) =>
    (await bank.services.recipients.find(bank.officer, { text }, { first: 20 })).edges.map(({ node }) => node.id);
  const staff = async (text: string) =>
    (await bank.services.people.list(bank.officer, { text }, { first: 20 })).edges.map(({ node }) => node.id);

  test("a surname alone finds, also compound ones, and any character of a name", async () => {
    await bank.volunteer("V-1", { displayName: "王梅" });
    await bank.volunteer("V-2", { displayName: "小王" });
    await bank.volunteer("V-3", { displayName: "王" });
    await bank.volunteer("V-4", { displayName: "欧阳修" });
    await bank.volunteer("V-5", { displayName: "Kim Wexler" });
    expect(await volunteers("王")).toEqual(["V-1", "V-2", "V-3"]);
    expect(await volunteers("梅")).toEqual(["V-1"]);
    expect(await volunteers("王梅")).toEqual(["V-1"]);
    expect(await volunteers("欧")).toEqual(["V-4"]);
    expect(await volunteers("欧阳")).toEqual(["V-4"]);
    expect(await volunteers("k")).toEqual(["V-5"]);
    expect(await volunteers("赵")).toEqual([]);
    const { value } = await bank.services.recipients.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), displayName: "赵奶奶", birthDate: "1940-01-01", divisionCode: "fengqiao" },
      ...{ consent: true, categories: ["EMPTY_NEST"] },
    });
    expect(await recipients("赵")).toEqual([value.id]);
    const { personId } = await bank.staff("STATION_WORKER", bank.station.id, "钱进");
    expect(await staff("钱")).toEqual([personId]);
    expect(await staff("孙")).toEqual([]);
  });

  test("one name in many spellings is one, wherever it enters and wherever it is looked for", async () => {
    const spellings = [
      "买买提·艾力",
      "买买提•艾力",
      "买买提・艾力",
      "买买提.艾力",
      "买买提\u200b·艾力",
      "买 买 提 艾 力",
    ];
    for (const [i, displayName] of spellings.entries()) await bank.volunteer(`V-${i}`, { displayName });
    for (const text of [...spellings, "提艾", "提·艾"])
      expect([text, await volunteers(text)]).toEqual([text, spellings.map((_, i) => `V-${i}`)]);
    // 人行 and 黄 as radicals.
    await bank.volunteer("V-7", { displayName: "\u2f08\u2f8f" });
    await bank.volunteer("V-8", { displayName: "\u2ee9某" });
    expect(await volunteers("人行")).toEqual(["V-7"]);
    expect(await volunteers("\u2f08行")).toEqual(["V-7"]);
    expect(await volunteers("黄")).toEqual(["V-8"]);
    expect(await volunteers("\u2ee9")).toEqual(["V-8"]);
    const shown = await bank.services.volunteers.sight.persons(
      bank.officer,
      await Promise.all(
        ["V-3", "V-7", "V-8"].map(async (no) => (await bank.store.view.volunteerByNo(no))?.id as string),
      ),
    );
    expect(shown.map(({ displayName }) => displayName)).toEqual(["买买提·艾力", "人行", "黄某"]);
  });

  test("a character that only one machine can show is refused wherever a name enters; radicals are read", async () => {
    const { services, key } = bank;
    const lost = "王\ue863";
    const given = { idempotencyKey: key(), birthDate: "1990-01-01", divisionCode: "fengqiao", consent: true };
    const guardian = { relation: "母亲", consentedOn: "2026-01-01" };
    const worker = {
      organizationId: bank.station.id,
      level: "ASSISTANT" as const,
      certificateNo: "W-1001",
      registeredOn: "2026-01-01",
    };
    const organization = { kind: "ASSOCIATION", filingStatus: "REGISTERED", divisionCode: "fengqiao" } as const;
    const entries: [where: string, code: string, enter: (name: string) => Promise<unknown>][] = [
      [
        "volunteer",
        "NAME_INVALID",
        (displayName) => services.volunteers.register(bank.worker, { ...given, displayName }),
      ],
      [
        "guardian",
        "NAME_INVALID",
        (guardianName) =>
          services.volunteers.register(bank.worker, {
            ...{ ...given, idempotencyKey: key(), displayName: "孩子", birthDate: "2012-01-01" },
            guardianConsent: { ...guardian, guardianName },
          }),
      ],
      [
        "recipient",
        "NAME_INVALID",
        (displayName) =>
          services.recipients.register(bank.officer, {
            ...given,
            idempotencyKey: key(),
            displayName,
            categories: ["EMPTY_NEST"],
          }),
      ],
      [
        "social worker",
        "NAME_INVALID",
        (displayName) =>
          services.socialWorkers.register(bank.officer, { idempotencyKey: key(), displayName, ...worker }),
      ],
      [
        "head",
        "NAME_INVALID",
        (displayName) =>
          services.heads.propose(bank.officer, {
            ...{ idempotencyKey: key(), organizationId: bank.station.id, displayName },
          } as never),
      ],
      [
        "organisation",
        "INVALID_INPUT",
        (name) =>
          services.organizations.register(bank.officer, { idempotencyKey: key(), name, slug: "x-1", ...organization }),
      ],
      [
        "campaign",
        "INVALID_INPUT",
        (name) =>
          services.activities.createCampaign(bank.officer, {
            ...{ idempotencyKey: key(), slug: "c-1", name, tagline: "慈善", day: "2026-10-01" },
          }),
      ],
    ];
    for (const [where, code, enter] of entries) {
      expect([where, await codeOf(enter(lost))]).toEqual([where, code]);
      expect([where, typeof (await codeOf(enter("\u2f08民\u200b协会")))]).toEqual([where, "object"]);
    }
    const [found] = (await services.organizations.list({ text: "人民协会" }, { first: 5 })).edges;
    expect(found?.node.name).toBe("人民协会");
  });

  test("a search does not find a person whose term is missing, and the audit says so", async () => {
    await bank.volunteer("V-1", { displayName: "王梅" });
    const { personId } = (await bank.store.view.volunteerByNo("V-1")) as { personId: string };
    await bank.store.write((tx) => tx.replaceSearchTerms(personId, "letter", []));
    const findings = async () =>
      (await auditBank(bank.options)).findings.filter(({ where }) => where.startsWith("searchTerms"));
    expect(await volunteers("王")).toEqual([]);
    expect(await findings()).toMatchObject([{ what: "lack a term of kind letter" }]);
  });
});
