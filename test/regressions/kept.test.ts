import { confirmationsOf } from "../../src/domain/hours";
import type { Profile } from "../../src/domain/volunteers";
import { Vault } from "../../src/services/vault";
import { openBank } from "../support/bank";

/** Three inputs were once checked and then forgotten: the quality, whom a service helped, the proof of a consent. */
test("what a station tells us beside the hours is kept, sealed", async () => {
  const bank = await openBank();
  const minor = await bank.services.volunteers.register(bank.worker, {
    idempotencyKey: bank.key(),
    volunteerNo: "V-9",
    displayName: "志愿者V-9",
    birthDate: "2010-05-01",
    divisionCode: "fengqiao",
    consent: true,
    guardianConsent: {
      guardianName: "监护人",
      relation: "母亲",
      consentedOn: "2026-01-01",
      evidence: { kind: "AGREEMENT", ref: "sheet 12" },
    },
  });
  const profile = (
    await new Vault(bank.store, bank.options.entropy, bank.options.secret).open<Profile>(bank.store.view, [
      minor.value.profileId,
    ])
  ).get(minor.value.profileId);
  expect(profile?.guardian?.evidence).toEqual({ kind: "AGREEMENT", ref: "sheet 12" });

  const { id } = await bank.log("V-9", "2026-09-18", "09:00", "10:00", { recipientId: "recipient_1" });
  await bank.services.hours.confirm(bank.supervisor, {
    idempotencyKey: bank.key(),
    recordIds: [id as string],
    mode: "EACH",
    quality: 4,
  });
  const [details] = await bank.services.hours.details(bank.supervisor, [id as string]);
  expect(details?.recipientId).toBe("recipient_1");
  const [steps] = await bank.services.hours.steps(bank.supervisor, [id as string]);
  expect(confirmationsOf(steps ?? []).map((line) => line.quality)).toEqual([4]);
  await bank.close();
});
