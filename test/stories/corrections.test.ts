import type { Volunteer, VolunteerAction } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { auditBank } from "../../src/services/audit";
import type { ReviseVolunteer } from "../../src/services/people/corrections";
import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { residentId } from "../support/papers";

/** People can be corrected: each correction a fact with its reason, told to the person, and the audit content. */
describe.each(engines)("corrections on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mei: Volunteer;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    mei = await bank.volunteer("V-1", {
      displayName: "王美",
      birthDate: "1968-04-12",
      idNumber: residentId("1968-04-12"),
    });
  });
  afterEach(() => closeFullyAudited(bank, api));

  const revised = `mutation ReviseVolunteer($input: ReviseVolunteerInput!) {
    reviseVolunteer(input: $input) { volunteer { id displayName division { code } version } replayed userErrors { code message path details } }
  }`;
  const revise = async (who: Actor, more: Partial<ReviseVolunteer>) => {
    const input = { idempotencyKey: bank.key(), volunteerId: mei.id, reason: "登记有误", ...more };
    const { data, errors } = await api.post(who, { query: revised, variables: { input } });
    const answer = data?.reviseVolunteer;
    return answer?.volunteer ?? answer?.userErrors[0] ?? errors;
  };
  const idsMatching = async (text: string) =>
    (await bank.services.volunteers.sight.find(bank.worker, { text }, { first: 10 })).edges.map(({ node }) => node.id);
  const advance = (who: Actor, action: VolunteerAction, more: object = {}) =>
    bank.services.volunteers
      .advance(who, { volunteerId: mei.id, action, reason: "核实", ...more })
      .then(({ state }) => state as string)
      .catch((error: { code: string }) => error.code);
  const head = async () => (await bank.store.view.head()).seq;

  test("a corrected name, phone and paper is found anew, and the correction is notified and kept with its reason", async () => {
    expect(await idsMatching("王美")).toEqual([mei.id]);
    expect(await revise(bank.worker, { displayName: "王梅", phone: "13800001234" })).toEqual({
      id: mei.id,
      displayName: "王梅",
      division: { code: "fengqiao" },
      version: 2,
    });
    expect([await idsMatching("王美"), await idsMatching("王梅")]).toEqual([[], [mei.id]]);
    // The same content again is no new step; another version is a conflict; a replay says so.
    const before = await head();
    expect(await revise(bank.worker, { displayName: "王梅", phone: "138－0000－1234" })).toMatchObject({ version: 2 });
    expect(await revise(bank.worker, { phone: "138 0000 123" })).toEqual({
      code: "PHONE_INVALID",
      message: "电话号码有误，请核对后重新填写。号码位数不对。",
      path: ["phone"],
      details: { reason: "LENGTH" },
    });
    expect(await revise(bank.worker, { displayName: "王媒", expectedVersion: 1 })).toMatchObject({
      code: "VERSION_CONFLICT",
      details: { version: 2 },
    });
    expect(await revise(bank.worker, { displayName: "王媒", reason: " " })).toMatchObject({ code: "REASON_MISSING" });
    expect(await head()).toBe(before);
    // Other papers take the place of the ones before: by those nobody is known any more.
    const other = residentId("1968-04-12", 2);
    expect(await revise(bank.worker, { idNumber: other, reason: "抄错一位" })).toMatchObject({ version: 3 });
    const again = await bank.volunteer("V-2", {
      displayName: "别人",
      birthDate: "1968-04-12",
      idNumber: residentId("1968-04-12"),
    });
    expect(again.personId).not.toBe(mei.personId);
    // The volunteer reads what was corrected and why, and not by whom; nothing of it stands in the journal.
    const self = await bank.actorOf(mei);
    const query =
      "{ viewer { notices(first: 5) { edges { node { kind title body } } } volunteer { station { slug } history { action from to fields reason actor { kind } } } } }";
    const { data } = await api.post(self, { query });
    expect(data.viewer.volunteer.history).toEqual([
      {
        action: "REVISE",
        from: "ACTIVE",
        to: "ACTIVE",
        fields: ["displayName", "phone"],
        reason: "登记有误",
        actor: { kind: "STATION_WORKER" },
      },
      {
        action: "REVISE",
        from: "ACTIVE",
        to: "ACTIVE",
        fields: ["idNumber"],
        reason: "抄错一位",
        actor: { kind: "STATION_WORKER" },
      },
    ]);
    expect(data.viewer.volunteer.station).toEqual({ slug: "fengqiao-station" });
    expect(data.viewer.notices.edges.map(({ node }: { node: object }) => node)).toContainEqual({
      kind: "REGISTRATION",
      title: "您的登记信息已更正",
      body: "证件：抄错一位",
    });
    for (const { body } of await bank.store.view.journalAfter(-1, 1000))
      for (const word of ["王梅", "登记有误", "抄错一位", other]) expect(body.toString("utf8")).not.toContain(word);
  });

  test("a birth date agrees with the papers, and a minor has a guardian's consent", async () => {
    expect(await revise(bank.worker, { birthDate: "1968-04-13" })).toMatchObject({
      code: "ID_NUMBER_INVALID",
      path: ["birthDate"],
      details: { reason: "BIRTH_DATE_DISAGREES" },
    });
    const idNumber = residentId("2012-04-12");
    expect(await revise(bank.worker, { birthDate: "2012-04-12", idNumber })).toMatchObject({
      code: "GUARDIAN_CONSENT_MISSING",
    });
    const guardianConsent = { guardianName: "王父", relation: "父亲", consentedOn: "2026-09-19" };
    const born = { birthDate: "2012-04-12", idNumber, guardianConsent };
    expect(await revise(bank.worker, born)).toMatchObject({ version: 2 });
    expect(await revise(bank.worker, { birthDate: "2027-01-01" })).toMatchObject({
      code: "INVALID_INPUT",
      path: ["birthDate"],
    });
  });

  test("posted records stay as they were under the birth date of their day", async () => {
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "10:00");
    await bank.confirm(bank.second, id);
    const guardianConsent = { guardianName: "王父", relation: "父亲", consentedOn: "2026-09-19" };
    await revise(bank.worker, { birthDate: "2014-04-12", idNumber: residentId("2014-04-12"), guardianConsent });
    expect(await bank.credited("V-1")).toMatchObject({ posted: 60, service: 60 });
    // What is posted from now on goes by the right one: nothing is credited under 14.
    const later = await bank.log("V-1", "2026-09-18", "11:00", "12:00");
    await bank.confirm(bank.second, later.id);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 60, service: 120 });
  });

  test("numbers of another are refused, with an officer's merge as the way out", async () => {
    const idNumber = residentId("1968-04-12", 7);
    await bank.volunteer("V-2", { displayName: "李雷", birthDate: "1968-04-12", idNumber });
    expect(await revise(bank.worker, { idNumber })).toMatchObject({ code: "PAPERS_DISAGREE" });
    expect(await revise(bank.worker, { idNumber, displayName: "李雷" })).toMatchObject({ code: "DUPLICATE_PERSON" });
    expect(await revise(bank.worker, { volunteerNo: "V-2" })).toMatchObject({ code: "DUPLICATE_VOLUNTEER_NO" });
    expect(await revise(bank.worker, { idKind: "PASSPORT" })).toMatchObject({ code: "INVALID_INPUT" });
    expect(await revise(bank.worker, { idNumber: "330681196804120000" })).toMatchObject({
      code: "ID_NUMBER_INVALID",
      details: { reason: "ROUNDED_BY_SPREADSHEET" },
    });
    // A wrong line of an import is put right.
    expect(await revise(bank.worker, { volunteerNo: "V-9" })).toMatchObject({ version: 2 });
    expect((await bank.store.view.volunteerByNo("V-9"))?.id).toBe(mei.id);
  });

  test("volunteers correct their name and phone, and nothing else", async () => {
    const self = await bank.actorOf(mei);
    expect(await revise(self, { phone: "13900001234" })).toMatchObject({ version: 2 });
    for (const more of [{ birthDate: "1970-01-01" }, { idNumber: residentId("1968-04-12", 3) }, { volunteerNo: "V-8" }])
      expect(await revise(self, more)).toMatchObject({ code: "NOT_PERMITTED" });
    const stranger = await bank.actorOf(await bank.volunteer("V-2"));
    expect(await revise(stranger, { phone: "13900001234" })).toMatchObject({ code: "NOT_FOUND" });
  });

  test("a volunteer moves to another station by a supervisor of the one they are with, or by an officer", async () => {
    const register = { name: "赵家站", kind: "SOCIAL_WORK_STATION", filingStatus: "REGISTERED" } as const;
    const { value: other } = await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      ...register,
      divisionCode: "zhuji",
    });
    const theirs = await bank.staff("STATION_SUPERVISOR", other.id);
    const move = { organizationId: other.id, divisionCode: "zhuji", reason: "迁居" };
    expect(await revise(theirs, move)).toMatchObject({ code: "NOT_FOUND" });
    expect(await revise(bank.worker, move)).toMatchObject({ code: "NOT_PERMITTED" });
    expect(await revise(bank.supervisor, { organizationId: "organization_none" })).toMatchObject({ code: "NOT_FOUND" });
    expect(await revise(bank.supervisor, move)).toMatchObject({ version: 2 });
    expect(await revise(theirs, { displayName: "王梅" })).toMatchObject({ displayName: "王梅", version: 3 });
    // The station that gave them sees them no more: nothing ties it to them.
    expect(await revise(bank.worker, { displayName: "王某" })).toMatchObject({ code: "NOT_FOUND" });
  });

  test("a volunteer who left comes back with a fresh consent, and the next registration says so", async () => {
    expect(await advance(bank.supervisor, "WITHDRAW")).toBe("WITHDRAWN");
    const again = { displayName: "王美", birthDate: "1968-04-12", idNumber: residentId("1968-04-12") };
    await expect(bank.volunteer("V-2", again)).rejects.toMatchObject({
      code: "DUPLICATE_PERSON",
      details: { volunteerId: mei.id, action: "RETURN" },
    });
    expect(await advance(bank.worker, "RETURN", { consent: false })).toBe("CONSENT_MISSING");
    expect(await advance(bank.worker, "RETURN", { reason: "" })).toBe("REASON_MISSING");
    expect(await advance(bank.worker, "RETURN", { consent: true })).toBe("ACTIVE");
    expect(await advance(bank.supervisor, "WITHDRAW")).toBe("WITHDRAWN");
    expect(await advance(bank.supervisor, "RESTORE")).toBe("ACTIVE");
    expect(await advance(bank.supervisor, "RESTORE")).toBe("ACTIVE");
    const history = (await bank.services.volunteers.sight.historyOf(bank.officer, [mei.id]))[0];
    expect(history?.map(({ action }) => action)).toEqual(["WITHDRAW", "RETURN", "WITHDRAW", "RETURN"]);
  });

  test("a minor who comes back needs a guardian's fresh consent", async () => {
    mei = await bank.volunteer("V-2", { birthDate: "2012-01-01", guardian: true });
    await advance(bank.supervisor, "WITHDRAW");
    expect(await advance(bank.supervisor, "RETURN")).toBe("GUARDIAN_CONSENT_MISSING");
    const guardianConsent = { guardianName: "王母", relation: "母亲", consentedOn: "2026-09-20" };
    expect(await advance(bank.supervisor, "RETURN", { guardianConsent })).toBe("ACTIVE");
  });

  test.each(["ACTIVE", "SUSPENDED", "WITHDRAWN"])(
    "a death entered by mistake leads back to %s, by an officer",
    async (state) => {
      if (state !== "ACTIVE") await advance(bank.supervisor, state === "SUSPENDED" ? "SUSPEND" : "WITHDRAW");
      expect(await advance(bank.supervisor, "RECORD_DEATH")).toBe("DECEASED");
      // A correction meanwhile does not change where it leads back to.
      expect(await revise(bank.worker, { phone: "13900001234" })).toMatchObject({
        version: state === "ACTIVE" ? 3 : 4,
      });
      expect(await advance(bank.supervisor, "RESTORE")).toBe("NOT_PERMITTED");
      expect(await advance(bank.supervisor, "UNDO_DEATH")).toBe("NOT_PERMITTED");
      expect(await advance(bank.officer, state === "ACTIVE" ? "RESTORE" : "UNDO_DEATH")).toBe(state);
      expect(await advance(bank.officer, "UNDO_DEATH")).toBe(state === "WITHDRAWN" ? state : state);
    },
  );

  const elderOf = async (more: object = {}) => {
    const register = { divisionCode: "fengqiao", categories: ["LIVING_ALONE" as const], consent: true };
    const known = { displayName: "王奶奶", birthDate: "1939-12-04", phone: "13800001111", ...more };
    const { recipients } = bank.services;
    return (await recipients.register(bank.worker, { idempotencyKey: bank.key(), ...register, ...known })).value;
  };
  const ask = async (who: Actor, query: string, input: object) => {
    const { data, errors } = await api.post(who, { query, variables: { input } });
    const [answer] = Object.values(data ?? {}) as { userErrors: { code: string }[] }[];
    return answer?.userErrors[0] ?? answer ?? errors;
  };

  test("a recipient's name, papers, birth date and phone are put right, and the history says so", async () => {
    const wrong = residentId("1939-12-04", 3);
    const elder = await elderOf({ idNumber: wrong });
    const correct = `mutation ($input: ReviseRecipientInput!) { reviseRecipient(input: $input) {
      recipient { displayName maskedPhone birthDate version history { action fields reason actor { kind } } } userErrors { code path details } } }`;
    const revise = (more: object, who = bank.worker) =>
      ask(who, correct, { recipientId: elder.id, reason: "登记有误", ...more });
    const right = residentId("1940-12-04", 3);
    // The number says another day than the one that stands: both are put right together.
    expect(await revise({ idNumber: right })).toMatchObject({ code: "ID_NUMBER_INVALID" });
    expect(await revise({ birthDate: "1940-12-04" })).toMatchObject({
      code: "ID_NUMBER_INVALID",
      path: ["birthDate"],
    });
    expect(await revise({ idNumber: residentId("1968-04-12"), birthDate: "1968-04-12" })).toMatchObject({
      code: "PAPERS_DISAGREE",
      details: { disagree: ["name"] },
    });
    const done = {
      displayName: "王老太",
      legalName: "王桂花",
      birthDate: "1940-12-04",
      idNumber: right,
      phone: "13800002222",
    };
    expect(await revise({ ...done, evidence: { kind: "OTHER", ref: "户口簿" } })).toEqual({
      recipient: {
        ...{ displayName: "王老太", maskedPhone: "138****2222", birthDate: "1940-12-04", version: 2 },
        history: [
          {
            action: "REVISE",
            fields: ["displayName", "legalName", "birthDate", "idNumber", "phone"],
            reason: "登记有误",
            actor: { kind: "STATION_WORKER" },
          },
        ],
      },
      userErrors: [],
    });
    const before = await head();
    expect(await revise(done)).toMatchObject({ recipient: { version: 2 } });
    expect(await revise({ displayName: "王", expectedVersion: 1 })).toMatchObject({ code: "VERSION_CONFLICT" });
    expect(await head()).toBe(before);
    // By the wrong number nobody is known any more, by the right one she is.
    const again = await elderOf({ idNumber: wrong, displayName: "另一人" });
    expect(again.personId).not.toBe(elder.personId);
    await expect(
      elderOf({ idNumber: right, displayName: "王老太", legalName: "王桂花", birthDate: "1940-12-04" }),
    ).rejects.toMatchObject({ code: "DUPLICATE_PERSON" });
    await bank.services.recipients.list(bank.worker, { recipientId: elder.id, listed: false, reason: "迁出" });
    const [steps] = await bank.services.recipients.historyOf(bank.officer, [elder.id]);
    expect(steps?.map(({ action, reason }) => [action, reason])).toEqual([
      ["REVISE", "登记有误"],
      ["UNLIST", "迁出"],
    ]);
    expect(await bank.services.recipients.historyOf(await bank.actorOf(mei), [elder.id])).toEqual([[]]);
  });

  test("a social worker's name, papers, certificate and level are put right", async () => {
    const { socialWorkers } = bank.services;
    const registration = { organizationId: bank.station.id, level: "SENIOR" as const, registeredOn: "2026-01-01" };
    const papers = { displayName: "李工", idNumber: residentId("1985-03-03", 4), certificateNo: "ZJ-0001" };
    const register = (more: object = {}) =>
      socialWorkers.register(bank.officer, { idempotencyKey: bank.key(), ...registration, ...papers, ...more });
    const { value: worker } = await register();
    const correct = `mutation ($input: ReviseSocialWorkerInput!) { reviseSocialWorker(input: $input) {
      socialWorker { displayName level maskedCertificateNo history { action fields reason } } replayed userErrors { code path details } } }`;
    const revise = (more: object, who: Actor = bank.supervisor) =>
      ask(who, correct, { idempotencyKey: bank.key(), socialWorkerId: worker.id, reason: "录错", ...more });
    expect(await revise({ displayName: "李功" }, bank.worker)).toMatchObject({ code: "NOT_PERMITTED" });
    await register({ displayName: "赵工", idNumber: residentId("1985-03-03", 5), certificateNo: "ZJ-0002" });
    expect(await revise({ certificateNo: "ZJ-0002" })).toMatchObject({
      code: "DUPLICATE_PERSON",
      path: ["certificateNo"],
    });
    const right = {
      displayName: "李功",
      idNumber: residentId("1985-03-03", 6),
      certificateNo: "ZJ-0003",
      level: "ASSISTANT",
    };
    expect(await revise(right)).toMatchObject({
      socialWorker: {
        displayName: "李功",
        level: "ASSISTANT",
        history: [{ action: "REVISE", fields: ["displayName", "idNumber", "certificateNo", "level"], reason: "录错" }],
      },
    });
    // The wrong certificate is free for its own holder, and the right one hers.
    const { value: holder } = await register({ displayName: "孙工", idNumber: residentId("1985-03-03", 7) });
    expect(holder.personId).not.toBe(worker.personId);
    await expect(register({ displayName: "钱工", idNumber: null, certificateNo: "ZJ-0003" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });

  test("a first day of a term that was mistyped is put right by an officer, and the term follows", async () => {
    const { socialWorkers } = bank.services;
    const certificate = { displayName: "李工", certificateNo: "ZJ-0001", level: "SENIOR" as const };
    const register = (registeredOn: string) =>
      socialWorkers.register(bank.officer, {
        ...{ idempotencyKey: bank.key(), organizationId: bank.station.id, ...certificate, registeredOn },
      });
    const { value: worker } = await register("2016-01-10");
    // Registered again, it would be a next term, whose training nobody has done.
    await expect(register("2026-01-10")).rejects.toMatchObject({ code: "TRAINING_MISSING" });
    const revise = (registeredOn: string, who: Actor = bank.officer) =>
      socialWorkers.revise(who, {
        ...{ idempotencyKey: bank.key(), socialWorkerId: worker.id, reason: "年份录错", registeredOn },
      });
    for (const who of [bank.supervisor, await bank.staff("ORGANIZATION_ADMIN", bank.station.id)])
      await expect(revise("2026-01-10", who)).rejects.toMatchObject({ code: "NOT_PERMITTED" });
    await expect(revise("2027-01-10")).rejects.toMatchObject({ code: "IN_THE_FUTURE", path: ["registeredOn"] });
    await expect(revise("2026-02-30")).rejects.toMatchObject({ code: "INVALID_INPUT", path: ["registeredOn"] });
    const right = { registeredOn: "2026-01-10", registeredUntil: "2029-01-09" };
    expect((await revise("2026-01-10")).value).toMatchObject(right);
    // Also back, and a station that sends the same day with what it corrects says nothing of the term.
    expect((await revise("2025-01-10")).value).toMatchObject({ registeredUntil: "2028-01-09" });
    expect((await revise("2025-01-10", bank.supervisor)).value).toMatchObject({ version: 3 });
    const [steps] = await socialWorkers.historyOf(bank.officer, [worker.id]);
    expect(steps?.map(({ action, fields }) => [action, fields])).toEqual(Array(2).fill(["REVISE", ["registeredOn"]]));
    expect((await auditBank(bank.options)).findings).toEqual([]);
  });

  test("by what a person is known, who is more than this, is corrected by who may correct each of it", async () => {
    // The elder is the volunteer of another county's station: hers could else give the account the name of a claim.
    const other = await bank.services.organizations.register(bank.officer, {
      ...{ idempotencyKey: bank.key(), slug: "other", name: "other", divisionCode: "fengqiao" },
      ...{ kind: "SOCIAL_WORK_STATION", filingStatus: "REGISTERED" },
    });
    const stranger = await bank.staff("STATION_WORKER", other.value.id);
    const elder = await elderOf({ displayName: "王美", birthDate: "1968-04-12", idNumber: residentId("1968-04-12") });
    expect(elder.personId).toBe(mei.personId);
    const revise = (who: Actor, more: object) =>
      bank.services.recipients.revise(who, { recipientId: elder.id, reason: "核对", ...more });
    for (const more of [{ displayName: "别人" }, { legalName: "别人" }, { idNumber: residentId("1968-04-12", 9) }])
      await expect(revise(stranger, more)).rejects.toMatchObject({ code: "NOT_PERMITTED" });
    expect(await revise(stranger, { address: "新村" })).toMatchObject({ version: 2 });
    expect(await revise(bank.worker, { displayName: "王梅" })).toMatchObject({ version: 3 });
    // Those of another division are others' work: who moves an elder there may register people there, too.
    await expect(revise(bank.worker, { divisionCode: "330681" })).rejects.toMatchObject({ code: "NOT_PERMITTED" });
    await expect(revise(bank.officer, { divisionCode: "nowhere" })).rejects.toMatchObject({
      code: "DIVISION_NOT_FOUND",
    });
    expect(await revise(bank.worker, { divisionCode: "fengqiao" })).toMatchObject({ version: 3 });
    expect(await revise(bank.officer, { divisionCode: "330681" })).toMatchObject({ divisionCode: "zhuji", version: 4 });
    const [history] = await bank.services.recipients.historyOf(bank.officer, [elder.id]);
    expect(history?.at(-1)).toMatchObject({ action: "REVISE", fields: ["divisionCode"], reason: "核对" });
    expect(await bank.services.recipients.many(bank.worker, [elder.id])).toEqual([null]);
  });
});
