import type { ActorKind } from "../../domain/facts/actors";
import type { ListingEnding, Recipient } from "../../domain/facts/visits";
import { addDays, type Day } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { checkVersion } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { maskPhone } from "../../domain/people/phones";
import type { Actor } from "../../domain/permissions/actors";
import { balanceMost } from "../../domain/policies/parameters";
import { type Slot, slotsOn } from "../../domain/visits";
import {
  factsOfDeath,
  lastListedDay,
  type RecipientCategory,
  type RecipientProfile,
  recipientCategories,
} from "../../domain/visits/recipients";
import type { RecipientQuery, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, read, readField } from "../bank/fields";
import { checkPapers } from "../bank/input";
import { checkStranger } from "../bank/near";
import { paged } from "../bank/paging";
import { spokenFor } from "../bank/speaking";
import { categoryTerm, termsOf } from "../bank/terms";
import { type Capacities, type CapacityEvent, changedFields } from "../people/capacities";
import { checkBirthDate } from "../people/volunteer-entry";
import { listRecipient, recipientFilter, registerRecipient, reviseRecipient } from "./commands";
import { type Matching, Owing } from "./matching";

/** What may be shown of a person on the list. */
export interface RecipientFace {
  displayName: string;
  categories: RecipientCategory[];
  maskedPhone: string | null;
  address: string | null;
  birthDate: Day;
}
/** A span on the list as the API shows it. */
export interface ShownListing {
  divisionCode: string;
  listedOn: Day;
  listedUntil: Day | null;
  ending: ListingEnding | "DECEASED" | null;
}

type Revision = Asked<typeof reviseRecipient>;
type NotOfProfile = "recipientId" | "idKind" | "divisionCode" | "reason" | "evidence" | "expectedVersion";
/** The fields of the input that a correction may change in the profile: a field without a line does not compile. */
const revisable: Readonly<Record<Exclude<keyof Revision, NotOfProfile>, true>> = {
  displayName: true,
  legalName: true,
  birthDate: true,
  idNumber: true,
  phone: true,
  address: true,
  categories: true,
};
const revisableFields = Object.keys(revisable);

/** The list of people that the stations look after. Names and reasons are sealed, and only the stations of a person see them. */
export class Recipients {
  constructor(
    private readonly bank: Bank,
    private readonly capacities: Capacities,
    private readonly matching: Matching,
  ) {}

  async register(actor: Actor, input: Asked<typeof registerRecipient>): Promise<Done<Recipient>> {
    const today = this.bank.today();
    checkBirthDate(input.birthDate, today);
    if (!input.consent) refuse("CONSENT_MISSING", {}, ["consent"]);
    const { displayName, legalName, birthDate, phone, address, categories, ...idInput } = read(
      registerRecipient,
      input,
    );
    const papers = checkPapers(idInput, birthDate, today);
    const profile: RecipientProfile = {
      displayName,
      legalName,
      idKind: papers?.kind ?? null,
      idNumber: papers?.number ?? null,
      birthDate,
      phone,
      address,
      categories: inOrder(categories),
      consentedOn: today,
    };
    const known = await this.bank.papers.holder(this.bank.store.view, papers);
    const personId = known ?? this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const { code: divisionCode } = await this.bank.openDivision(tx, input.divisionCode);
      this.bank.permit(actor, "recipient.register", ...(await this.bank.places.over(tx, divisionCode)));
      await this.bank.papers.check(tx, personId, papers, profile);
      if (await tx.recipientOfPerson(personId)) refuse("DUPLICATE_PERSON", {}, ["idNumber"]);
      const by = actor.personId as string;
      const [id, accountId] = [this.bank.id("recipient", tx.now), this.bank.id("account", tx.now)];
      await tx.append(by, {
        type: "ACCOUNT_OPENED",
        id: accountId,
        kind: "RECIPIENT",
        unit: "MINUTE",
        owner: id,
        floor: 0,
        ceiling: balanceMost,
      });
      const profileId = await this.bank.vault.seal(tx, personId, profile);
      const listed = { listedOn: today, listedUntil: null };
      const recipient = { id, personId, divisionCode, accountId, ...listed, profileId, version: 1 };
      await this.capacities.setRecipient(tx, by, recipient, null);
      await tx.addSearchTerms(personId, termsOf(this.bank.vault, "RECIPIENT", profile));
      return id;
    };
    const shown = this.shown(actor);
    return this.bank.admittingOnce(personId, known === null, () =>
      this.bank.commands.once(actor, "registerRecipient", input, work, shown),
    );
  }

  /** Notes what has changed, or corrects what was entered wrongly; a field left out stays. The same content is no new step. */
  async revise(actor: Actor, input: Revision): Promise<Recipient> {
    const { recipientId, expectedVersion, reason, evidence, ...correction } = read(reviseRecipient, input);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { recipient, role } = await this.mine(tx, actor, recipientId);
      const before = (await this.bank.vault.open<RecipientProfile>(tx, [recipient.profileId])).get(recipient.profileId);
      if (!before) refuse("PERSON_ERASED");
      const { birthDate = before.birthDate, phone = before.phone, address = before.address } = correction;
      const born = correction.birthDate === undefined ? birthDate : checkBirthDate(birthDate, this.bank.today());
      const { personId } = recipient;
      const profile: RecipientProfile = {
        ...(await this.capacities.corrected(tx, actor, personId, before, correction, born)),
        phone,
        address,
        categories: inOrder(correction.categories ?? before.categories),
      };
      const divisionCode = await this.placed(tx, actor, recipient, correction.divisionCode ?? null);
      const fields = changedFields(revisableFields, before, profile);
      if (divisionCode !== recipient.divisionCode) fields.push("divisionCode");
      if (fields.length === 0) return recipient;
      checkVersion(recipient, expectedVersion);
      const by = actor.personId as string;
      const words = { reason, ...(evidence ? { evidence } : {}) };
      const reasonId = await this.bank.vault.sealWords(tx, by, personId, words);
      const profileId = await this.bank.vault.seal(tx, personId, profile);
      const after = { ...recipient, profileId, divisionCode, version: recipient.version + 1 };
      const moves = divisionCode !== recipient.divisionCode && recipient.listedUntil === null;
      if (moves) after.listedOn = await this.leave(tx, by, recipient);
      await this.capacities.setRecipient(tx, by, after, { action: "REVISE", role, reasonId, fields });
      if (moves) await this.matching.renew(tx, by, recipientId);
      await this.bank.papers.renewTerms(tx, personId);
      return this.stored(tx, recipientId);
    });
  }

  /** Ends the span in the division that they leave, which keeps its months; the next one begins on the day that is answered. */
  private async leave(tx: Tx, by: string, recipient: Recipient): Promise<Day> {
    const today = this.bank.today();
    const { id: recipientId, listedOn, divisionCode } = recipient;
    if (listedOn >= today) return listedOn;
    await this.capacities.endListing(tx, by, { recipientId, listedOn, divisionCode }, addDays(today, -1), "MOVED");
    return today;
  }

  /** The division from now on. Another station keeps the list there, so the actor needs a role that reaches both divisions. */
  private async placed(tx: Tx, actor: Actor, before: Recipient, divisionCode: string | null): Promise<string> {
    if (divisionCode === null) return before.divisionCode;
    const division = await this.bank.division(tx, divisionCode);
    if (division.code === before.divisionCode) return division.code;
    const { code } = await this.bank.openDivision(tx, division.code);
    this.bank.permit(actor, "recipient.register", ...(await this.bank.places.over(tx, code)));
    return code;
  }

  /**
   * Takes a person off the list from tomorrow, or puts them back on it from today. A span that has ended stays, with what was
   * owed and missed in it. While a visit is owed, only a supervisor or an officer takes the person off.
   */
  async list(actor: Actor, input: Asked<typeof listRecipient>): Promise<Recipient> {
    const today = this.bank.today();
    const reason = readField(listRecipient, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { recipient, role } = await this.mine(tx, actor, input.recipientId);
      const death = (await tx.deathsOf([recipient.id])).get(recipient.id) ?? null;
      if (input.listed && death) refuse("RECIPIENT_DECEASED", factsOfDeath(death), ["recipientId"]);
      const isListed = recipient.listedUntil === null && death === null;
      if (isListed === input.listed) return recipient;
      await checkStranger(tx, actor, recipient.personId, ["recipientId"]);
      checkVersion(recipient, input.expectedVersion);
      if (input.listed) await this.bank.vault.checkNotErased(tx, recipient.personId);
      else await this.checkVisited(tx, actor, recipient);
      const by = actor.personId as string;
      const reasonId = await this.bank.vault.sealWords(tx, by, recipient.personId, { reason });
      const listed = input.listed
        ? { listedOn: await this.listedFrom(tx, recipient), listedUntil: null }
        : { listedUntil: today };
      const after = { ...recipient, ...listed, version: recipient.version + 1 };
      const action = input.listed ? "LIST" : "UNLIST";
      await this.capacities.setRecipient(tx, by, after, { action, role, reasonId }, input.listed ? null : "UNLISTED");
      await this.matching.renew(tx, by, recipient.id);
      return this.stored(tx, recipient.id);
    });
  }

  /** Refuses an actor who may not take a person off the list while a visit is owed. NOT_PERMITTED. */
  private async checkVisited(tx: Tx, actor: Actor, { id, divisionCode }: Recipient): Promise<void> {
    const today = this.bank.today();
    const owing = await Owing.of(tx, [id]);
    const owed = slotsOn(today, await this.bank.policies(tx)).filter((slot) => owing.listing(id, slot) !== null);
    const from = owed.map((slot) => slot.from).sort()[0] ?? today;
    const visits = (await tx.visitsFor([id], { from, until: today })).get(id) ?? [];
    const isMet = ({ key }: Slot) => visits.some(({ obligation }) => obligation === key);
    if (owed.every(isMet)) return;
    this.bank.permit(actor, "recipient.unlist", ...(await this.bank.places.over(tx, divisionCode)));
  }

  /** The first day of the next span. A recipient who comes back to the same division on the same day was never off its list. */
  private async listedFrom(tx: Tx, { id, listedOn, listedUntil, divisionCode }: Recipient): Promise<Day> {
    const today = this.bank.today();
    const last = ((await tx.listingsOf([id])).get(id) ?? []).find((listing) => listing.listedOn === listedOn);
    const isSame = last?.divisionCode === divisionCode && (listedUntil as Day) >= addDays(today, -1);
    return isSame ? listedOn : today;
  }

  /** Those on the list today; for stations their own, for officers and auditors all. */
  async find(actor: Actor, filter: Asked<typeof recipientFilter>, page: PageInput): Promise<Connection<Recipient>> {
    const view = this.bank.store.view;
    const within = (await this.bank.places.divisionScope(view, actor, "recipient.see")) ?? undefined;
    const { text, category: categories, divisionCode } = read(recipientFilter, filter, ["filter"]);
    const { kind, hashes } = this.bank.vault.soughtTerms(text);
    const wanted: RecipientQuery = {
      divisionCodes: await this.bank.divisionsIn(view, divisionCode),
      within,
      terms: hashes.map((hash) => ({ kind, hash })),
      anyTerm: categories?.map((category) => categoryTerm(this.bank.vault, category)),
      on: this.bank.today(),
    };
    return paged(
      page,
      { name: "recipients", shape: ["text", "text"] },
      (bounds) => view.recipientList(wanted, bounds),
      ({ divisionCode, id }) => [divisionCode, id],
    );
  }

  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(Recipient | null)[]> {
    return this.seen(this.bank.store.view, actor, ids);
  }

  /** Null where not yours to see, or erased. Batched. */
  async faces(actor: Actor, ids: readonly string[]): Promise<(RecipientFace | null)[]> {
    const recipients = await this.many(actor, ids);
    const opened = await this.bank.vault.open<RecipientProfile>(
      this.bank.store.view,
      recipients.map((recipient) => recipient?.profileId ?? null),
    );
    return recipients.map((recipient) => {
      const profile = recipient && opened.get(recipient.profileId);
      if (!profile) return null;
      const { displayName, categories, phone, address, birthDate } = profile;
      return { displayName, categories, maskedPhone: maskPhone(phone), address, birthDate };
    });
  }

  /** The actor's own place among the recipients; null where they have none. */
  async ownOf({ personId }: Actor): Promise<string | null> {
    return personId === null ? null : ((await this.bank.store.view.recipientOfPerson(personId))?.id ?? null);
  }

  private async seen(view: View, actor: Actor, ids: readonly string[]): Promise<(Recipient | null)[]> {
    const recipients = await view.recipients(ids);
    const codes = [...recipients.values()].map(({ divisionCode }) => divisionCode);
    const divisions = await this.bank.places.divisionsWhere(view, actor, "recipient.see", codes);
    // The recipients themselves, and their proxies, see what their station sees of them.
    const hidden = [...recipients.values()].some(({ divisionCode }) => !divisions.has(divisionCode));
    const own = new Set(hidden ? await spokenFor(view, actor, this.bank.today()) : []);
    return ids.map((id) => {
      const recipient = recipients.get(id);
      return recipient && (divisions.has(recipient.divisionCode) || own.has(id)) ? recipient : null;
    });
  }

  /** A command's recipient as its actor may see it today, also when the key was answered long ago. */
  private shown(actor: Actor): (view: View, id: string) => Promise<Recipient> {
    return async (view, id) =>
      (await this.seen(view, actor, [id]))[0] ?? refuse("NOT_PERMITTED", { act: "recipient.see" });
  }

  private async mine(tx: Tx, actor: Actor, id: string): Promise<{ recipient: Recipient; role: ActorKind }> {
    const known = await standingRecipient(tx, id);
    const [recipient = refuse("NOT_FOUND", {}, ["recipientId"])] = (
      await this.seen(tx, actor, [known?.id ?? id])
    ).flatMap((shown) => shown ?? []);
    const places = await this.bank.places.over(tx, recipient.divisionCode);
    return { recipient, role: this.bank.permit(actor, "recipient.register", ...places) };
  }

  /** The spans of each recipient on the list, the earliest first, as the stations that look after the recipient today may see them. */
  async listings(actor: Actor, ids: readonly string[]): Promise<ShownListing[][]> {
    const view = this.bank.store.view;
    const seen = (await this.many(actor, ids)).flatMap((recipient) => recipient?.id ?? []);
    const [listings, deaths] = [await view.listingsOf(seen), await view.deathsOf(seen)];
    return ids.map((id) => {
      const death = deaths.get(id) ?? null;
      const spans = (listings.get(id) ?? []).map(({ listedOn, divisionCode, ...span }) => {
        const listedUntil = lastListedDay(span, death);
        const ending = listedUntil === span.listedUntil ? span.ending : ("DECEASED" as const);
        return { listedOn, listedUntil, divisionCode, ending };
      });
      // A span that a merging took back before it began was none.
      return spans.filter((span) => span.ending !== "MERGED" || (span.listedUntil as Day) >= span.listedOn);
    });
  }

  /** The steps after the registration; empty where the actor may not see them. Batched. */
  async historyOf(actor: Actor, ids: readonly string[]): Promise<CapacityEvent[][]> {
    const seen = await this.lookedAfter(this.bank.store.view, actor, ids);
    return this.capacities.historyOf(this.bank.store.view, ids, new Set(seen));
  }

  /** Those of these recipients whose station or office the actor is of. What stations say among themselves is theirs alone. */
  async lookedAfter(view: View, actor: Actor, ids: readonly string[]): Promise<string[]> {
    const recipients = [...(await view.recipients(ids)).values()];
    const codes = recipients.map(({ divisionCode }) => divisionCode);
    const divisions = await this.bank.places.divisionsWhere(view, actor, "recipient.see", codes);
    return recipients.flatMap(({ id, divisionCode }) => (divisions.has(divisionCode) ? id : []));
  }

  /** The recipient as it stands now. */
  private async stored(tx: Tx, id: string): Promise<Recipient> {
    const recipient = (await tx.recipients([id])).get(id);
    invariant(recipient, "a recipient that was set is there");
    return recipient;
  }
}

/** Each category once, in the order of their table. */
const inOrder = (categories: readonly RecipientCategory[]) =>
  recipientCategories.filter((category) => categories.includes(category));

/** The recipient with an id. Where it was merged, the recipient into which it was: that one stands on the list for both. */
export async function standingRecipient(view: View, id: string): Promise<Recipient | undefined> {
  const known = (await view.recipients([id])).get(id);
  const keptId = known && (await view.mergedInto(known.personId));
  return (keptId !== undefined && (await view.recipientOfPerson(keptId))) || known;
}
