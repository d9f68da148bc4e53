import { confirmationsOf } from "../../src/domain/hours";
import type { Profile } from "../../src/domain/people/volunteers";
import { openServices } from "../../src/services";
import { Vault } from "../../src/services/bank/vault";
import { openBank } from "../support/bank";
import { codeOf } from "../support/outcomes";

/** Three inputs were once checked and then forgotten: the quality, whom a service helped, the proof of a consent. */
test("other content that a station sends with the hours is kept encrypted", async () => {
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

  const { value: elder } = await bank.services.recipients.register(bank.officer, {
    ...{ idempotencyKey: bank.key(), displayName: "老人", birthDate: "1940-01-01", divisionCode: "fengqiao" },
    ...{ consent: true, categories: ["EMPTY_NEST"] },
  });
  const { id } = await bank.log("V-9", "2026-09-18", "09:00", "10:00", { recipientId: elder.id });
  await bank.services.hours.confirm(bank.supervisor, {
    idempotencyKey: bank.key(),
    recordIds: [id as string],
    mode: "EACH",
    quality: 4,
  });
  const [details] = await bank.services.hours.reading.details(bank.supervisor, [id as string]);
  expect(details?.recipientId).toBe(elder.id);
  const [steps] = await bank.services.hours.reading.steps(bank.supervisor, [id as string]);
  expect(confirmationsOf(steps ?? []).map((line) => line.quality)).toEqual([4]);
  await bank.close();
});

test("nothing new is kept about an erased person, and no writer stops because of it", async () => {
  const bank = await openBank();
  const { value: worker } = await bank.services.socialWorkers.register(bank.officer, {
    idempotencyKey: bank.key(),
    displayName: "社工",
    organizationId: bank.station.id,
    level: "ASSISTANT",
    certificateNo: "A-0001",
    registeredOn: "2025-01-01",
  });
  await bank.store.keys.remove(worker.personId);
  const { socialWorkers } = openServices(bank.options);
  const training = { socialWorkerId: worker.id, name: "个案", hours: 8, organizer: "协会", on: "2026-05-01" };
  const refused = socialWorkers.recordTraining(bank.officer, { idempotencyKey: bank.key(), ...training });
  expect(await codeOf(refused)).toBe("PERSON_ERASED");
  expect(bank.store.halted).toBe(false);
  expect(await socialWorkers.faces(bank.officer, [worker.id])).toEqual([null]);
  await bank.close();
});
