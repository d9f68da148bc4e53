import { asAnnounced } from "../../domain/activities/machine";
import type { FactOf } from "../../domain/facts";
import type { Activity, SignUpStep } from "../../domain/facts/activities";
import type { ActorKind } from "../../domain/facts/actors";
import type { OrderSide, OrderStep } from "../../domain/facts/orders";
import type {
  IdentityAction,
  IdentityLinkKind,
  IdentityState,
  TieAction,
  TieState,
  VolunteerMove,
} from "../../domain/facts/people";
import type { ProxyStep } from "../../domain/facts/proxies";
import type { StarStep } from "../../domain/facts/stars";
import { addDays, dayOf, type Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import type { Text } from "../../domain/kit/language";
import { refuse } from "../../domain/kit/refusal";
import { decode, type JournalEntry } from "../../domain/ledger/journal";
import {
  type EndedKind,
  fieldLabels,
  instrumentLabels,
  isProxyTold,
  isTold,
  type ProxySide,
  type Told,
} from "../../domain/notices";
import { identityLinkLabels } from "../../domain/people/identities";
import { type Actor, actorLabels } from "../../domain/permissions/actors";
import type { CreditStepRow, RecordNotice, StoredIdentityLink, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { comparing, paged, pageOf, shownPage } from "../bank/paging";
import { spokenFor } from "../bank/speaking";
import type { Credit } from "../credit-records";
import type { Ratings } from "../ratings";
import type { DowngradeNotice } from "../ratings/downgrades";

/** What a person is told: a step that another person took with something of theirs. */
export type Notice = Told & {
  id: string;
  /** The sign-up, the credit record, the service record, the identity, the volunteer or the organisation. */
  subjectId: string;
  /** The activity's or the organisation's name, or the credit record's ground. */
  about: Text;
  reason: string | null;
  at: Instant;
  readAt: Instant | null;
};

const noticesMost = 200;

/** A way to sign in that came to a person, or ended. */
interface IdentityStep {
  identityId: string;
  kind: IdentityLinkKind;
  version: number;
  action: IdentityAction;
  to: IdentityState;
  seq: number;
  at: Instant;
  actorKind: ActorKind;
  reasonId: string | null;
}
/** The name of the office, to which a subject answers a record of the office's own. */
const theOffice: Text = { zh: "民政部门", en: "the office" };

/**
 * Where a notice comes from: a step of a sign-up, of a credit record, of an identity, of a registration, of a tie or of a
 * rating's downgrade, the first of a service record, or the end of a role, a post or a guardianship.
 */
type Source =
  | SignUpStep
  | (CreditStepRow & { ground: string })
  | IdentityStep
  | RecordNotice
  | VolunteerMove
  | TieStep
  | DowngradeNotice
  | OrderNotice
  | ProxyNotice
  | StarStep
  | Ended;

/** A step of an order, for one of its sides. */
interface OrderNotice
  extends Pick<OrderStep, "orderId" | "version" | "action" | "to" | "seq" | "at" | "actorKind" | "reasonId"> {
  side: OrderSide;
  serviceType: string;
}
/** A step of a family proxy, for one of its sides. */
interface ProxyNotice
  extends Pick<ProxyStep, "proxyId" | "version" | "action" | "to" | "seq" | "at" | "actorKind" | "reasonId"> {
  proxySide: ProxySide;
}

/** The last step of a tie between a volunteer and an organisation, where another person took it. */
interface TieStep extends Pick<FactOf<"TIE_STEP">, "organizationId" | "version" | "reasonId"> {
  tieId: string;
  actorKind: ActorKind;
  action: TieAction;
  to: TieState;
  seq: number;
  at: Instant;
}

/** A role, a post or a guardianship that another person ended. */
interface Ended {
  ended: EndedKind;
  id: string;
  version: number;
  subjectId: string;
  about: Text;
  actorKind: ActorKind;
  reasonId: string | null;
  seq: number;
  at: Instant;
}

/** What people are notified of: steps that others took with what is theirs, the latest two hundred. */
export class Notices {
  constructor(
    private readonly bank: Bank,
    private readonly credit: Credit,
    private readonly ratings: Ratings,
  ) {}

  async list(
    actor: Actor,
    unread: boolean | null,
    page: PageInput,
  ): Promise<Connection<Notice> & { unreadCount: number }> {
    const view = this.bank.store.view;
    const steps = await this.sources(view, actor);
    const read = await view.noticesRead(
      actor.personId ?? "",
      steps.map((step) => this.idOf(actor, step)),
    );
    const wanted = steps.filter((step) => unread == null || !read.has(this.idOf(actor, step)) === unread);
    const notices = await paged(
      page,
      { name: "notices", shape: ["count"] },
      async (bounds) => pageOf(wanted, bounds, (step, [seq]) => comparing(Number(seq), step.seq)),
      (step) => [step.seq],
    );
    return {
      ...(await shownPage(notices, (rows) => this.shown(view, actor, rows, read))),
      unreadCount: steps.filter((step) => !read.has(this.idOf(actor, step))).length,
    };
  }

  /** By id, among the latest 200; null for absent and for others'. Batched. */
  async many(actor: Actor, ids: readonly string[]): Promise<(Notice | null)[]> {
    const view = this.bank.store.view;
    const steps = (await this.sources(view, actor)).filter((step) => ids.includes(this.idOf(actor, step)));
    const shown = await this.shown(view, actor, steps, await view.noticesRead(actor.personId ?? "", ids));
    return ids.map((id) => shown.find((notice) => notice.id === id) ?? null);
  }

  private async shown(
    view: View,
    actor: Actor,
    shown: readonly Source[],
    read: ReadonlyMap<string, Instant>,
  ): Promise<Notice[]> {
    const signUps = await view.signUps(shown.flatMap((step) => ("signUpId" in step ? step.signUpId : [])));
    const activities = await view.activities([...signUps.values()].map((signUp) => signUp.activityId));
    const policies = await this.bank.policies(view);
    const cases = await view.creditRecords(
      shown.flatMap((step) => ("creditRecordId" in step ? step.creditRecordId : [])),
    );
    const organizations = await view.organizations([
      ...shown.flatMap((step) => ("recordId" in step || "tieId" in step ? step.organizationId : [])),
      ...[...cases.values()].flatMap(({ organizationId }) => organizationId ?? []),
    ]);
    const reasons = await this.bank.vault.open<{ reason: string }>(
      view,
      shown.map((step) => step.reasonId),
    );
    const stations = await this.stations(view, shown);
    const stars = await view.starAwards(shown.flatMap((step) => ("starAwardId" in step ? step.starAwardId : [])));
    return shown.map((step): Notice => {
      const common = {
        id: this.idOf(actor, step),
        by: step.actorKind,
        reason: (step.reasonId && reasons.get(step.reasonId)?.reason) || null,
        at: step.at,
        readAt: read.get(this.idOf(actor, step)) ?? null,
      };
      if ("ended" in step) {
        const { ended: kind, subjectId, about } = step;
        return { ...common, kind, action: "END", state: "ENDED", subjectId, about };
      }
      if ("starAwardId" in step) {
        const { action, to: state, starAwardId: subjectId } = step;
        const level = stars.get(subjectId)?.level ?? "";
        // What an objection says is between the station and the office.
        const reason = action === "OBJECT" ? null : common.reason;
        return {
          ...common,
          reason,
          kind: "STAR",
          action,
          state,
          subjectId,
          about: { zh: `${level}星`, en: `star ${level}` },
        };
      }
      if ("downgradeId" in step) {
        const { action, to: state, ratingId: subjectId, instrument } = step;
        return { ...common, kind: "RATING", action, state, subjectId, about: instrumentLabels[instrument] };
      }
      if ("identityId" in step) {
        const { action, to: state, identityId: subjectId, kind } = step;
        return { ...common, kind: "IDENTITY", action, state, subjectId, about: identityLinkLabels[kind] };
      }
      if ("fields" in step) {
        const { action, to: state, volunteerId: subjectId } = step;
        const station = stations.get(step.seq);
        const words = [...step.fields.map((field) => fieldLabels[field]), ...(station ? [station] : [])];
        const about = { zh: words.map(({ zh }) => zh).join("、"), en: words.map(({ en }) => en).join(", ") };
        return { ...common, kind: "REGISTRATION", action, state, subjectId, about };
      }
      if ("orderId" in step) {
        const { action, to: state, orderId: subjectId, side } = step;
        const type = policies.serviceType(step.serviceType, dayOf(step.at));
        const about = { zh: type?.label ?? step.serviceType, en: type?.labelEn ?? step.serviceType };
        return { ...common, kind: "ORDER", action, state, side, subjectId, about };
      }
      if ("proxyId" in step) {
        const { action, to: state, proxyId: subjectId, proxySide: side } = step;
        return { ...common, kind: "PROXY", action, state, side, subjectId, about: { zh: "", en: "" } };
      }
      if ("tieId" in step) {
        const name = organizations.get(step.organizationId)?.name ?? "";
        const { action, to: state, organizationId: subjectId } = step;
        return { ...common, kind: "TIE", action, state, subjectId, about: { zh: name, en: name } };
      }
      if ("recordId" in step) {
        const name = organizations.get(step.organizationId)?.name ?? "";
        const { state, recordId: subjectId } = step;
        const about = { zh: name, en: name };
        return { ...common, kind: "RECORD_LOGGED", action: "SUBMIT", state, subjectId, about };
      }
      if (!("signUpId" in step)) {
        const about = policies.creditGroundName(step.ground, this.bank.today());
        const { action, from, to: state, creditRecordId: subjectId } = step;
        const record = cases.get(subjectId);
        const organizationName = organizations.get(record?.organizationId ?? "")?.name;
        const unit = organizationName === undefined ? theOffice : { zh: organizationName, en: organizationName };
        const hearing = record?.answerBy ? { until: record.answerBy, unit } : null;
        return { ...common, kind: "CREDIT_RECORD", action, from, state, subjectId, about, hearing };
      }
      const name = nameOf(activities.get(signUps.get(step.signUpId)?.activityId ?? ""));
      const { action, to: state, signUpId: subjectId } = step;
      const kind = asksGuardian(step) ? "GUARDIAN_CONSENT_ASKED" : "ACTIVITY";
      return { ...common, kind, action, state, subjectId, about: { zh: name, en: name } };
    });
  }

  /**
   * Of each step after which another organisation may see the volunteer, which one that is: the journal says it right after
   * the step. Where no station vouches, the office does.
   */
  private async stations(view: View, shown: readonly Source[]): Promise<Map<number, Text>> {
    const opening = shown.flatMap((step) => ("fields" in step && opens(step) ? step : []));
    const facts = await Promise.all(opening.map(({ seq }) => view.journalAfter(seq, 1)));
    const vouchers = facts.map(([entry]) => {
      const fact = entry && decode(entry.body).fact;
      return fact?.type === "VOLUNTEER_STEP" ? fact.vouchedBy : null;
    });
    const organizations = await view.organizations(vouchers.flatMap((id) => id ?? []));
    return new Map(
      opening.map(({ seq }, i) => {
        const name = organizations.get(vouchers[i] ?? "")?.name;
        return [seq, name === undefined ? actorLabels.OFFICER : { zh: name, en: name }] as const;
      }),
    );
  }

  /** The steps that others, or the bank, took with the volunteer's stars. */
  private async starSteps(view: View, volunteerId: string, personId: string): Promise<StarStep[]> {
    const awards = (await view.starAwardsOf([volunteerId])).get(volunteerId) ?? [];
    const steps = [...(await view.starSteps(awards.map(({ id }) => id))).values()].flat();
    return steps.filter(({ actorId }) => actorId !== personId);
  }

  /** The ties that a station, a guardian or the office set for the volunteer. The journal entry says who did it and why. */
  private async tieSteps(view: View, volunteerId: string, personId: string): Promise<TieStep[]> {
    const steps: TieStep[] = [];
    for (const { id: tieId, seq } of (await view.tiesOfVolunteers([volunteerId])).get(volunteerId) ?? []) {
      const [entry] = await view.journalAfter(seq - 1, 1);
      invariant(entry, "a tie's last step stands in the journal");
      const { fact, actor, at } = decode(entry.body);
      if (fact.type !== "TIE_STEP" || actor === personId) continue;
      const { organizationId, version, reasonId } = fact;
      const [action, to] = [fact.action as TieAction, fact.state as TieState];
      const actorKind = fact.actorKind as ActorKind;
      steps.push({ tieId, organizationId, version, actorKind, reasonId, action, to, seq, at });
    }
    return steps;
  }

  /** The steps that others took with orders of which the person is a side, or speaks for one. */
  private async orderSteps(view: View, actor: Actor): Promise<OrderNotice[]> {
    const { personId, volunteerId } = actor;
    const recipientIds = await spokenFor(view, actor, this.bank.today());
    if (personId === null || (volunteerId === null && recipientIds.length === 0)) return [];
    const steps = await view.orderNotices({ volunteerId, recipientIds, personId }, noticesMost);
    return steps.flatMap(({ order, step }): OrderNotice[] => {
      const side = recipientIds.includes(order.recipientId) ? "AS_RECIPIENT" : "AS_VOLUNTEER";
      const offers = step.action === "OFFER" && step.offeredTo !== volunteerId;
      if (!isTold(side, step.action) || offers) return [];
      const { orderId, version, action, to, seq, at, actorKind, reasonId } = step;
      return [{ orderId, version, action, to, seq, at, actorKind, reasonId, side, serviceType: order.serviceType }];
    });
  }

  /** The steps that others took with proxies of which the person is the elder or the proxy. */
  private async proxySteps(view: View, { personId }: Actor): Promise<ProxyNotice[]> {
    if (personId === null) return [];
    const own = await view.recipientOfPerson(personId);
    const sides = new Map<string, ProxySide>();
    for (const { id } of (await view.proxiesOfPersons([personId])).get(personId) ?? []) sides.set(id, "PROXY");
    if (own) for (const { id } of (await view.proxiesOfRecipients([own.id])).get(own.id) ?? []) sides.set(id, "ELDER");
    const steps = [...(await view.proxySteps([...sides.keys()])).values()].flat();
    return steps.flatMap(({ proxyId, version, action, to, seq, at, actorKind, actorId, reasonId }) => {
      const proxySide = sides.get(proxyId) as ProxySide;
      if (actorId === personId || !isProxyTold(proxySide, action)) return [];
      return [{ proxyId, version, action, to, seq, at, actorKind, reasonId, proxySide }];
    });
  }

  /** The roles and posts of a person, and guardianships of both sides, that another person ended. */
  private async endings(view: View, { personId, volunteerId }: Actor & { personId: string }): Promise<Ended[]> {
    const grants = (await view.grantsOfPersons([personId])).get(personId) ?? [];
    const posts = (await view.postsOfPersons([personId])).get(personId) ?? [];
    const wards = await view.guardianshipsOf(personId);
    const guardians = volunteerId ? ((await view.guardianshipsFor([volunteerId])).get(volunteerId) ?? []) : [];
    const organizations = await view.organizations(
      [...grants, ...posts].flatMap(({ organizationId }) => organizationId ?? []),
    );
    const at = (id: string | null) => {
      const name = organizations.get(id ?? "")?.name;
      return { zh: name ? `（${name}）` : "", en: name ? ` (${name})` : "" };
    };
    const ends: Ended[] = [];
    const add = async (
      ended: EndedKind,
      { id, version, seq }: { id: string; version: number; seq: number },
      subject: Pick<Ended, "subjectId" | "about">,
    ) => {
      const [entry] = version > 1 ? await view.journalAfter(seq - 1, 1) : [];
      const step = entry && decode(entry.body);
      if (!step || step.actor === personId || !isEnding(step)) return;
      const reasonId = "reasonId" in step.fact ? step.fact.reasonId : null;
      ends.push({ ended, id, version, seq, at: step.at, reasonId, actorKind: "SYSTEM", ...subject });
    };
    for (const grant of grants) {
      const [label, place] = [actorLabels[grant.role], at(grant.organizationId)];
      const about = { zh: `${label.zh}${place.zh}`, en: `${label.en}${place.en}` };
      await add("ROLE", grant, { subjectId: grant.id, about });
    }
    for (const post of posts) {
      const name = organizations.get(post.organizationId)?.name ?? "";
      await add("POST", post, { subjectId: post.id, about: { zh: name, en: name } });
    }
    for (const guardianship of [...wards, ...guardians])
      await add("GUARDIANSHIP", guardianship, { subjectId: guardianship.volunteerId, about: { zh: "", en: "" } });
    // Where a guardianship has ended, the reason is told only to the side under whose key it is sealed.
    const rows = await view.sealed(ends.flatMap(({ reasonId }) => reasonId ?? []));
    const isOwn = ({ reasonId }: Ended) => rows.get(reasonId ?? "")?.personId === personId;
    return ends.map((step) => (isOwn(step) ? step : { ...step, reasonId: null }));
  }

  /** How many are left unread. Others' notices are left alone. */
  async markRead(actor: Actor, noticeIds: string[]): Promise<number> {
    if (noticeIds.length > noticesMost) refuse("BATCH_TOO_LARGE", { most: noticesMost }, ["noticeIds"]);
    const personId = actor.personId ?? refuse("NOT_PERMITTED", { act: "signUp.see" });
    const known = new Set((await this.sources(this.bank.store.view, actor)).map((step) => this.idOf(actor, step)));
    const mine = noticeIds.filter((id) => known.has(id));
    await this.bank.commands.act(actor, (tx) => tx.markNoticesRead(personId, mine));
    return (await this.list(actor, null, { first: 1 })).unreadCount;
  }

  /** The id by which a notice is marked as read. For a credit record it is keyed: the mark does not say which record it was. */
  private idOf({ personId }: Actor, step: Source): string {
    if ("ended" in step) return `${step.id.replace(/^[a-z]+/, "notice")}_${step.version}`;
    if ("starAwardId" in step) return `${step.starAwardId.replace("star", "notice")}_${step.version}`;
    if ("downgradeId" in step) return `${step.downgradeId.replace("downgrade", "notice")}_${step.version}`;
    if ("identityId" in step) return `${step.identityId.replace("identity", "notice")}_${step.version}`;
    if ("fields" in step) return `${step.volunteerId.replace("volunteer", "notice")}_${step.version}`;
    if ("orderId" in step) return `${step.orderId.replace("order", "notice")}_${step.version}`;
    if ("proxyId" in step) return `${step.proxyId.replace("proxy", "notice")}_${step.version}`;
    if ("tieId" in step) return `${step.tieId.replace("tie", "notice")}_${step.version}`;
    if ("recordId" in step) return `${step.recordId.replace("record", "notice")}_${step.version}`;
    if ("signUpId" in step) return `${step.signUpId.replace("signup", "notice")}_${step.version}`;
    return `notice_${this.bank.vault.sign("notice", `${personId} ${step.creditRecordId} ${step.version}`)}`;
  }

  /** What the person is notified of, the newest first: steps of others with what is theirs, and consents that a guardian is asked for. */
  private async sources(view: View, actor: Actor): Promise<Source[]> {
    const { personId, volunteerId } = actor;
    if (personId === null) return [];
    const page = { first: noticesMost, after: null };
    const signUps = volunteerId ? await view.signUpNotices(volunteerId, personId, page) : [];
    const records = volunteerId ? await view.recordNotices(volunteerId, personId, page) : [];
    for (const ward of await this.bank.wardsOf(view, personId)) {
      signUps.push(...(await view.signUpNotices(ward, personId, page)).filter(asksGuardian));
      records.push(...(await view.recordNotices(ward, personId, page)));
    }
    const signUpSteps = signUps.filter((step) => step.action !== "CHECK_IN" && step.action !== "CHECK_OUT");
    const moves = volunteerId ? ((await view.volunteerSteps([volunteerId])).get(volunteerId) ?? []) : [];
    const links = (await view.identityLinksOf([personId])).get(personId) ?? [];
    const all: Source[] = [
      ...signUpSteps,
      ...records,
      ...(await this.credit.files.stepsFor(view, actor)),
      ...(await this.ratings.downgradesTold(view, actor)),
      ...moves.filter(({ actorId }) => actorId !== personId),
      ...links.flatMap(identitySteps),
      ...(volunteerId ? await this.starSteps(view, volunteerId, personId) : []),
      ...(volunteerId ? await this.tieSteps(view, volunteerId, personId) : []),
      ...(await this.orderSteps(view, actor)),
      ...(await this.proxySteps(view, actor)),
      ...(await this.endings(view, { ...actor, personId })),
    ];
    return all.sort((a, b) => b.seq - a.seq).slice(0, noticesMost);
  }
}

/** Whether a step lets an organisation see the volunteer that did not before. */
function opens({ action, fields }: VolunteerMove): boolean {
  return action === "ACTIVATE" || action === "RETURN" || fields.includes("organizationId");
}

/** Whether an entry ends a role, a post or a guardianship, and not only gives one that has ended to another id. */
function isEnding({ fact, at }: JournalEntry): boolean {
  // A role that ends has held until the day before, a post on the very day or until an earlier one.
  if (fact.type === "GRANT_STEP") return fact.validUntil === addDays(dayOf(at), -1);
  if (fact.type === "POST_SET") return fact.validUntil !== null;
  return fact.type === "GUARDIAN_SET" && fact.ended;
}

/** What a link of an identity tells its person. Who registered themselves was there. */
function identitySteps(link: StoredIdentityLink): IdentityStep[] {
  const { id: identityId, kind, unlinkedAt, unlinkedBy, seq } = link;
  const linked = { action: "LINK", to: "LINKED", version: 1, seq: link.openedSeq, at: link.linkedAt } as const;
  const steps: IdentityStep[] = [];
  if (kind !== "SELF")
    steps.push({ identityId, kind, ...linked, actorKind: link.linkedBy, reasonId: link.linkReasonId });
  if (unlinkedAt !== null && unlinkedBy !== null) {
    const ended = { action: "UNLINK", to: "UNLINKED", version: link.version, seq, at: unlinkedAt } as const;
    steps.push({ identityId, kind, ...ended, actorKind: unlinkedBy, reasonId: link.unlinkReasonId });
  }
  return steps;
}

const nameOf = (activity: Activity | undefined) => (activity ? asAnnounced(activity).name : "");
const asksGuardian = ({ action, to }: SignUpStep) =>
  to === "PENDING_GUARDIAN" && (action === "APPLY" || action === "RESCHEDULE");
