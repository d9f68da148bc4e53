import { type Activity, asAnnounced } from "../../domain/activities/machine";
import type { SignUpStep } from "../../domain/activities/signups";
import type { Actor } from "../../domain/actors";
import { refuse } from "../../domain/refusal";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../contract";
import { paged } from "../paging";
import type { Notice, NoticesService } from "./contract";

const noticesMost = 200;

/** What people are told: a notice is a step of a sign-up that somebody else took, of the latest two hundred. */
export class Notices implements NoticesService {
  constructor(private readonly bank: Bank) {}

  async list(
    actor: Actor,
    unread: boolean | null,
    page: PageInput,
  ): Promise<Connection<Notice> & { unreadCount: number }> {
    const view = this.bank.store.view;
    const steps = await this.told(view, actor);
    const read = await view.noticesRead(actor.personId ?? "", steps.map(noticeId));
    const wanted = steps.filter((step) => unread == null || !read.has(noticeId(step)) === unread);
    const found = await paged(
      page,
      ["count"],
      async ({ first, after }) =>
        wanted.filter((step) => after === null || step.seq < Number(after[0])).slice(0, first),
      (step) => [step.seq],
    );
    const shown = found.edges.map(({ node }) => node);
    const signUps = await view.signUps(shown.map((step) => step.signUpId));
    const activities = await view.activities([...signUps.values()].map((signUp) => signUp.activityId));
    const reasons = await this.bank.vault.open<{ reason: string }>(
      view,
      shown.map((step) => step.reasonId),
    );
    const edges = found.edges.map(({ cursor, node: step }) => ({
      cursor,
      node: {
        id: noticeId(step),
        signUpId: step.signUpId,
        activityName: nameOf(activities.get(signUps.get(step.signUpId)?.activityId ?? "")),
        kind: asksGuardian(step) ? ("GUARDIAN_CONSENT_ASKED" as const) : ("ACTIVITY" as const),
        action: step.action,
        state: step.to,
        by: step.actorKind,
        reason: (step.reasonId && reasons.get(step.reasonId)?.reason) || null,
        at: step.at,
        readAt: read.get(noticeId(step)) ?? null,
      },
    }));
    return { edges, pageInfo: found.pageInfo, unreadCount: steps.filter((step) => !read.has(noticeId(step))).length };
  }

  async markRead(actor: Actor, noticeIds: string[]): Promise<number> {
    if (noticeIds.length > noticesMost) refuse("BATCH_TOO_LARGE", { most: noticesMost }, ["noticeIds"]);
    const personId = actor.personId ?? refuse("NOT_PERMITTED", { act: "signUp.see" });
    const known = new Set((await this.told(this.bank.store.view, actor)).map(noticeId));
    const mine = noticeIds.filter((id) => known.has(id));
    await this.bank.act(actor, (tx) => tx.markNoticesRead(personId, mine));
    return (await this.list(actor, null, { first: 1 })).unreadCount;
  }

  /** What the person is told, the newest first: what others did with their sign-ups, and what a guardian is asked. */
  private async told(view: View, actor: Actor): Promise<SignUpStep[]> {
    const { personId, volunteerId } = actor;
    if (personId === null) return [];
    const page = { first: noticesMost, after: null };
    const steps = volunteerId ? await view.signUpNotices(volunteerId, personId, page) : [];
    for (const ward of await this.bank.wardsOf(view, personId))
      steps.push(...(await view.signUpNotices(ward, personId, page)).filter(asksGuardian));
    return steps
      .filter((step) => step.action !== "CHECK_IN" && step.action !== "CHECK_OUT")
      .sort((a, b) => b.seq - a.seq)
      .slice(0, noticesMost);
  }
}

const nameOf = (activity: Activity | undefined) => (activity ? asAnnounced(activity).name : "");
const noticeId = (step: SignUpStep) => `${step.signUpId.replace("signup", "notice")}_${step.version}`;
const asksGuardian = ({ action, to }: SignUpStep) =>
  to === "PENDING_GUARDIAN" && (action === "APPLY" || action === "RESCHEDULE");
