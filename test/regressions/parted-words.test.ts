import type { FactOf, JournalKind } from "../../src/domain/facts";
import type { Role } from "../../src/domain/facts/actors";
import type { Volunteer } from "../../src/domain/facts/people";
import { decode } from "../../src/domain/ledger/journal";
import { type Actor, system } from "../../src/domain/permissions/actors";
import type { TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { mergings } from "../support/mergings";

/** Words go with what they are about where two people are parted, whoever said them and whenever. */
describe.each(engines)("words of a person on $name", (engine) => {
  let bank: TestBank;
  let older: Volunteer;
  let younger: Volunteer;
  const { merge, undone, part } = mergings(engine, (opened) => {
    ({ bank, older, younger } = opened);
  });

  /** Whose words a sealed row is. */
  const ownerOf = async (sealedId: string | null | undefined) =>
    (await bank.store.view.sealed([sealedId as string])).get(sealedId as string)?.personId;
  /** Parts a volunteer from a person who keeps the rest, and answers the new id of the one who goes. */
  const separated = async ({ id, personId }: Volunteer): Promise<string> =>
    (await part({ personId, separateVolunteerId: id })).separated.id;
  type Invitee = { volunteerId: string } | { personId: string } | { guardianOf: string };
  const invite = async (invitee: Invitee, organizationId = bank.station.id) => {
    const given = { idempotencyKey: bank.key(), organizationId, invitees: [invitee] };
    const { value } = await bank.services.invitations.invite(bank.officer, given);
    return value[0]?.id as string;
  };
  /** Takes an invitation back, and answers the row of the reason. */
  const revoke = async (invitationId: string) => {
    await bank.services.invitations.revoke(bank.officer, { invitationId, reason: "电话是另一位的" });
    const { id, reasonId } = await lastOf("INVITATION_STEP");
    expect(id).toBe(invitationId);
    return reasonId;
  };
  const latest = async () => {
    const { seq } = await bank.store.view.head();
    return (await bank.store.view.journalAfter(seq - 10, 10)).map(({ body }) => decode(body).fact);
  };
  const lastOf = async <K extends JournalKind>(kind: K): Promise<FactOf<K>> =>
    (await latest()).findLast(({ type }) => type === kind) as unknown as FactOf<K>;

  test("why an invitation was taken back goes with the volunteer who was invited, or with the minor", async () => {
    const child = await bank.volunteer("CHILD", { birthDate: "2012-01-01", guardian: true });
    for (const { personId } of [older, younger, child]) await bank.grant(personId, "STATION_WORKER", bank.station.id);
    const [card, asGuardian, asStaff] = [
      await invite({ volunteerId: older.id }),
      await invite({ guardianOf: child.id }),
      await invite({ personId: child.personId }),
    ];
    const reasons = [await revoke(card), await revoke(asGuardian), await revoke(asStaff)];
    const open = await invite({ volunteerId: younger.id });
    const [apart, childApart] = [await separated(older), await separated(child)];
    expect(await Promise.all(reasons.map(ownerOf))).toEqual([apart, childApart, child.personId]);
    // A reason given after the parting is kept for the person whose the registration is by then.
    const youngerApart = await separated(younger);
    expect(await ownerOf(await revoke(open))).toBe(youngerApart);
  });

  test("the reason for revoking an invitation, given while two persons were one, goes with the invited person", async () => {
    // One organisation has one open invitation of a person.
    const { value: other } = await bank.services.organizations.register(system, {
      ...{ idempotencyKey: bank.key(), slug: "datang-station", name: "大唐站", kind: "SOCIAL_WORK_STATION" },
      ...{ filingStatus: "REGISTERED", divisionCode: "fengqiao" },
    });
    await bank.grant(younger.personId, "STATION_WORKER", other.id);
    const [ours, theirs, asStaff] = [
      await invite({ volunteerId: older.id }),
      await invite({ volunteerId: younger.id }),
      await invite({ personId: younger.personId }, other.id),
    ];
    await merge();
    const reasons = [await revoke(ours), await revoke(theirs), await revoke(asStaff)];
    const apart = await undone(older.personId, younger.personId);
    expect(await Promise.all(reasons.map(ownerOf))).toEqual([older.personId, apart, apart]);
  });

  /** Reads a credit file, and answers the row of what it was read for. */
  const readFile = async (who: Actor, subjectId: string) => {
    await bank.services.credit.files.read(who, subjectId, "评优审核");
    return (await lastOf("CREDIT_FILE_READ")).purposeId;
  };

  test("why a volunteer's credit file was read goes with the volunteer; why an organisation's was, stays with the reader", async () => {
    await bank.grant(older.personId, "ORGANIZATION_ADMIN", bank.station.id);
    const reads = [
      await readFile(await bank.actorOf(older), bank.station.id),
      await readFile(await bank.actorOf(older), older.id),
      await readFile(bank.officer, older.id),
    ];
    const apart = await separated(older);
    expect(await Promise.all(reads.map(ownerOf))).toEqual([older.personId, apart, apart]);
  });

  test("the purposes of reading credit files, given while two persons were one, go with each file's volunteer", async () => {
    await merge({ keepPersonId: younger.personId, mergePersonId: older.personId });
    await bank.grant(younger.personId, "ORGANIZATION_ADMIN", bank.station.id);
    const reads = [
      await readFile(await bank.actorOf(younger), bank.station.id),
      await readFile(bank.officer, younger.id),
      await readFile(bank.officer, older.id),
    ];
    const apart = await undone(younger.personId, older.personId);
    expect(await Promise.all(reads.map(ownerOf))).toEqual([younger.personId, younger.personId, apart]);
  });

  test("why a role ended goes, and stays, with the role that the officer names", async () => {
    const grant = async (personId: string, role: Role) => {
      await bank.grant(personId, role, bank.station.id);
      return (await lastOf("GRANT_STEP")).id;
    };
    const end = async (grantId: string) => {
      await bank.services.people.revokeRole(bank.officer, { grantId, reason: "调离" });
      return (await lastOf("GRANT_STEP")).reasonId;
    };
    const ours = [await grant(older.personId, "STATION_WORKER"), await grant(older.personId, "STATION_SUPERVISOR")];
    const theirs = [
      await grant(younger.personId, "ACTIVITY_LEAD"),
      await grant(younger.personId, "ORGANIZATION_ADMIN"),
    ];
    const [oursNamed, oursLeft] = ours as [string, string];
    const [theirsNamed, theirsLeft] = theirs as [string, string];
    const before = [await end(oursNamed), await end(theirsLeft)];
    await merge();
    const since = [await end(oursLeft), await end(theirsNamed)];
    const apart = await undone(older.personId, younger.personId, { separateGrantIds: [oursNamed, theirsNamed] });
    expect(await Promise.all(before.map(ownerOf))).toEqual([apart, older.personId]);
    expect(await Promise.all(since.map(ownerOf))).toEqual([older.personId, apart]);
  });

  test("the reason for asking a member out of the committee goes with the holder of the seat", async () => {
    for (const { personId } of [older, younger]) await bank.grant(personId, "ASSESSOR", null);
    const others = [1, 2, 3, 4, 5].map((i) => bank.staff("ASSESSOR", null, `member ${i}`));
    const committee = [older, younger, ...(await Promise.all(others))].map(({ personId }) => personId as string);
    const admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id);
    const { ratings } = bank.services;
    const today = bank.services.today();
    const { value: round } = await ratings.openRound(bank.officer, {
      ...{ idempotencyKey: bank.key(), instrument: "PLATFORM_STAR", opensOn: today, closesOn: today, committee },
    });
    const asked = { idempotencyKey: bank.key(), roundId: round.id, organizationId: bank.station.id };
    const { value: application } = await ratings.apply(admin, asked);
    await merge();
    const words: (string | null)[] = [];
    for (const memberId of [older.personId, younger.personId]) {
      await ratings.requestRecusal(admin, { applicationId: application.id, memberId, reason: "曾任本站理事" });
      words.push((await lastOf("RATING_STEP")).wordsId);
    }
    const apart = await undone(older.personId, younger.personId);
    expect(await Promise.all(words.map(ownerOf))).toEqual([older.personId, apart]);
  });
});
