import { closeFullyAudited } from "../support/audited";
import { at, openBank } from "../support/bank";

const entry = (more: object) => ({
  volunteerNo: "V-1",
  serviceType: "COMPANION_TALK",
  startedAt: at("2026-09-18", "09:00"),
  endedAt: at("2026-09-18", "10:00"),
  breakMinutes: 0,
  content: "聊天",
  activityLead: "负责人",
  ...more,
});

test("a dry run of all or none tells each line its fate and keeps nothing", async () => {
  const bank = await openBank();
  await bank.volunteer("V-1");
  const answer = await bank.services.hours.log(bank.worker, {
    idempotencyKey: bank.key(),
    organizationId: bank.station.id,
    mode: "ALL_OR_NOTHING",
    dryRun: true,
    entries: [entry({}), entry({ volunteerNo: "V-none" })],
  });
  expect(answer.results.map((line) => line.refusal?.code)).toEqual(["LINKED_FAILED", "VOLUNTEER_NOT_FOUND"]);
  await bank.close();
});

test("blanks around a number or a reference change nothing", async () => {
  const bank = await openBank();
  await bank.volunteer("V-1");
  expect(await bank.log("V-1", "2026-09-18", "09:00", "10:00", { externalRef: "R-1" })).toMatchObject({ code: null });
  const again = await bank.services.hours.log(bank.worker, {
    idempotencyKey: bank.key(),
    organizationId: bank.station.id,
    mode: "EACH",
    dryRun: false,
    entries: [entry({ externalRef: " R-1 ", volunteerNo: " V-1" })],
  });
  expect(again).toMatchObject({ accepted: 0, repeated: 1, refused: 0 });
  await bank.close();
});

test.each([
  [
    {
      evidence: [
        { kind: "PHOTO", ref: "1" },
        { kind: "PHOTO", ref: "" },
      ],
    },
    ["evidence", "1", "ref"],
  ],
  [{ content: "\u0001" }, ["content"]],
])("a line that cannot be read says where: %j", async (more, path) => {
  const bank = await openBank();
  await bank.volunteer("V-1");
  const { results } = await bank.services.hours.log(bank.worker, {
    idempotencyKey: bank.key(),
    organizationId: bank.station.id,
    mode: "EACH",
    dryRun: false,
    entries: [entry(more)],
  });
  expect(results[0]?.refusal).toMatchObject({ code: "INVALID_INPUT", path });
  await bank.close();
});

test.each([
  [
    { guardianConsent: { guardianName: "", relation: "母亲", consentedOn: "2026-01-01" } },
    ["guardianConsent", "guardianName"],
  ],
  [{ skills: ["理发", ""] }, ["skills", "1"]],
  [{ displayName: "\u200b\u202e" }, ["displayName"]],
  [{ idNumber: "not an id 😀" }, ["idNumber"], "ID_NUMBER_INVALID"],
  [{ phone: "call me" }, ["phone"], "PHONE_INVALID"],
])("a registration that cannot be read says where: %j", async (more, path, code = "INVALID_INPUT") => {
  const bank = await openBank();
  const resident = { displayName: "居民", birthDate: "1980-05-01", divisionCode: "fengqiao", consent: true };
  const registered = bank.services.volunteers.register(bank.worker, {
    ...resident,
    idempotencyKey: bank.key(),
    ...more,
  });
  await expect(registered).rejects.toMatchObject({ code, path });
  await bank.close();
});

// The second line's refusal named the record of the first, which was undone; the frozen answer was a finding of every audit.
test("a batch that is undone names by its line what another line would have made", async () => {
  const bank = await openBank();
  await bank.volunteer("V-1");
  const input = {
    idempotencyKey: bank.key(),
    organizationId: bank.station.id,
    mode: "ALL_OR_NOTHING" as const,
    dryRun: false,
    entries: [entry({}), entry({ startedAt: at("2026-09-18", "09:30"), endedAt: at("2026-09-18", "11:00") })],
  };
  const refusals = [
    { code: "LINKED_FAILED", details: { causeIndex: 1 } },
    { code: "RECORD_OVERLAP", details: { causeIndex: 0 } },
  ];
  for (const dryRun of [true, false, false]) {
    const { results } = await bank.services.hours.log(bank.worker, { ...input, dryRun });
    expect(results.map(({ refusal }) => refusal)).toMatchObject(refusals);
  }
  // A record that stands is named as before.
  const { id } = await bank.log("V-1", "2026-09-18", "08:00", "09:30");
  const again = await bank.services.hours.log(bank.worker, { ...input, idempotencyKey: bank.key() });
  expect(again.results[0]?.refusal).toMatchObject({ code: "RECORD_OVERLAP", details: { recordId: id } });
  await closeFullyAudited(bank);
});
