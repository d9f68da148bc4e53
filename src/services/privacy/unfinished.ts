import { pendingStates } from "../../domain/activities/signups";
import { undecidedStates } from "../../domain/credit-records";
import type { Volunteer } from "../../domain/facts/people";
import { openStates } from "../../domain/orders";
import type { Unfinished, UnfinishedKind } from "../../domain/people/unfinished";
import { lasts } from "../../domain/permissions/actors";
import { isOpen } from "../../domain/proxies";
import { isUndecided } from "../../domain/stars";
import { lastListedDay } from "../../domain/visits/recipients";
import { endsBy } from "../../domain/workers/posts";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Credit } from "../credit-records";

/** How many of each kind are named. */
const namedMost = 100;

/** Finds what a person still takes part in. A person who is to be forgotten must first have left all of it, each thing by its own step. */
export async function unfinishedOf(bank: Bank, credit: Credit, view: View, personId: string): Promise<Unfinished[]> {
  const today = bank.today();
  const open: Unfinished[] = [];
  const add = (as: UnfinishedKind, ids: readonly string[], more: Partial<Unfinished> = {}) => {
    if (ids.length > 0) open.push({ as, ids: ids.slice(0, namedMost), ...more });
  };
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

  const volunteer = await view.volunteerOfPerson(personId);
  if (volunteer && volunteer.state !== "WITHDRAWN" && volunteer.state !== "DECEASED")
    add("VOLUNTEER", [volunteer.id], { state: volunteer.state });
  const recipient = await view.recipientOfPerson(personId);
  const death = recipient ? (await view.deathsOf([recipient.id])).get(recipient.id) : undefined;
  if (recipient) add("ORDER", idsOf(await view.ordersOf({ recipientId: recipient.id }, openStates)));
  if (recipient && lastListedDay(recipient, death ?? null) === null) add("RECIPIENT", [recipient.id]);
  const proxies = [
    ...((await view.proxiesOfPersons([personId])).get(personId) ?? []),
    ...(recipient ? ((await view.proxiesOfRecipients([recipient.id])).get(recipient.id) ?? []) : []),
  ];
  add("PROXY", idsOf(proxies.filter((proxy) => isOpen(proxy, today))));
  // A role or a post that begins later is one too. A seat in a committee is nothing without the role of an assessor.
  const grants = (await view.grantsOfPersons([personId])).get(personId) ?? [];
  add("STAFF", idsOf(grants.filter((grant) => lasts(grant, today))));
  const worker = await view.socialWorkerOfPerson(personId);
  if (worker && worker.registeredUntil >= today) add("SOCIAL_WORKER", [worker.id], { until: worker.registeredUntil });
  const posts = (await view.postsOfPersons([personId])).get(personId) ?? [];
  add("POST", idsOf(posts.filter((post) => !endsBy(post, today))));
  const heads = await view.headsOfPerson(personId);
  add("HEAD", idsOf(heads.filter(({ state }) => state === "PROPOSED" || state === "APPROVED")));
  add("GUARDIANSHIP", await bank.wardsOf(view, personId));
  if (volunteer) await addOf(volunteer);
  return open;

  async function addOf({ id }: Volunteer): Promise<void> {
    const page = { first: namedMost, after: null };
    const undecided = { volunteerId: id, state: ["SUBMITTED", "RETURNED", "DISPUTED"] as const };
    add("RECORD", idsOf(await view.recordList(undecided, "RECORDED_AT", page)));
    add("SIGN_UP", idsOf(await view.signUpsOfVolunteer(id, [...pendingStates, "CHECKED_IN"], page)));
    add("ORDER", idsOf(await view.ordersOf({ volunteerId: id }, openStates)));
    add("STAR", idsOf(((await view.starAwardsOf([id])).get(id) ?? []).filter(isUndecided)));
    const records = (await view.rowsOf("serviceRecords", "volunteerId", [id])).map((row) => row.id as string);
    const checks = await view.rowsOf("spotChecks", "recordId", records);
    add(
      "SPOT_CHECK",
      checks.flatMap((check) => (check.state === "PUBLISHED" ? [] : (check.id as string))),
    );
    const cases = await credit.files.about(view, id);
    add("CREDIT_RECORD", idsOf(cases.filter(({ state }) => undecidedStates.includes(state))));
  }
}
