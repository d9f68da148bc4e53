import type { Actor } from "../../domain/permissions/actors";
import { seedHashOf } from "../../domain/spot-checks";
import type { Services } from "../../services";
import type { ShownRating } from "../../services/ratings/sight";

/** The people who act in the office's own business of the demo. */
export interface OfficePeople {
  officers: [Actor, Actor];
  assessors: Actor[];
  reviewers: Actor[];
  /** Each platform with its admin. */
  platforms: { organizationId: string; admin: Actor }[];
  /** Members of the platforms, who rate them. */
  members: Actor[];
}

/** The office's own business in the demo's year: a rating round, a spot check, two credit records. */
export class Office {
  private roundId = "";
  private readonly applications: ShownRating[] = [];
  private credit = "";

  constructor(
    private readonly services: Services,
    private readonly people: OfficePeople,
    private readonly key: () => string,
  ) {}

  /** The business of one morning; most mornings have none. */
  async day(
    day: string,
    subject: { volunteerId: string; actor: Actor; lead: Actor; supervisor: Actor },
  ): Promise<void> {
    const steps: Record<string, () => Promise<unknown>> = {
      "2026-08-03": () => this.openRound(),
      "2026-08-10": () => this.apply(),
      "2026-08-25": () => this.judge(),
      "2026-09-02": () => this.confirm(),
      "2026-09-08": () => this.observe(subject),
      "2026-09-10": () => this.publishSeed(),
      "2026-09-11": () => this.spotCheck(),
      "2026-09-16": async () => {
        await this.find(subject);
        await this.lastNotice();
      },
      "2026-09-18": () => this.object(subject.actor),
    };
    await steps[day]?.();
  }

  private async openRound(): Promise<void> {
    const { value } = await this.services.ratings.openRound(this.people.officers[0], {
      idempotencyKey: this.key(),
      instrument: "PLATFORM_STAR",
      opensOn: "2026-08-03",
      closesOn: "2026-08-21",
      committee: this.people.assessors.map(({ personId }) => personId as string),
    });
    this.roundId = value.id;
    for (const [i, member] of this.people.members.entries())
      for (const { organizationId } of this.people.platforms)
        await this.services.ratings
          .giveFeedback(member, { idempotencyKey: this.key(), organizationId, stars: 3 + ((i * 7) % 3) })
          .catch((error: { code?: string }) => {
            // Only staff who work in the platform's division are members of it.
            if (error.code !== "NOT_PERMITTED") throw error;
          });
  }

  private async apply(): Promise<void> {
    for (const { organizationId, admin } of this.people.platforms) {
      const input = { idempotencyKey: this.key(), roundId: this.roundId, organizationId };
      this.applications.push((await this.services.ratings.apply(admin, input)).value);
    }
  }

  private async judge(): Promise<void> {
    const { ratings } = this.services;
    const [officer] = this.people.officers;
    for (const [i, { id: applicationId }] of this.applications.entries()) {
      if (i === 1) await this.recuse(applicationId);
      await ratings.advance(officer, { applicationId, action: "CHECK_ELIGIBILITY" });
      const { level } = await ratings.advance(officer, { applicationId, action: "PRELIMINARY" });
      for (const [j, member] of this.people.assessors.entries()) {
        const choice = j === i ? "RECUSE" : "IN_FAVOUR";
        await ratings.vote(member, { applicationId, choice, level: Math.max(1, level ?? 1) });
      }
      // The last one's result is published in September, so that one notice is still running.
      if (i < this.applications.length - 1) await ratings.advance(officer, { applicationId, action: "PUBLISH_NOTICE" });
    }
    const [asks] = this.applications;
    if (asks)
      await ratings.requestReview(this.people.platforms[0]?.admin as Actor, {
        applicationId: asks.id,
        reason: "申请复核服务时长指标",
      });
  }

  /** The second organisation gives its report to the judges, and wants one of them out of its case. */
  private async recuse(applicationId: string): Promise<void> {
    const { ratings } = this.services;
    const admin = this.people.platforms[1]?.admin as Actor;
    const memberId = this.people.assessors[1]?.personId as string;
    await ratings.supplyEvidence(admin, { applicationId, evidence: [{ kind: "OTHER", ref: "2025 年度工作报告" }] });
    await ratings.requestRecusal(admin, { applicationId, memberId, reason: "曾任本平台顾问" });
    await ratings.decideRecusal(this.people.officers[0], { applicationId, memberId, decision: "GRANT_RECUSAL" });
  }

  private async confirm(): Promise<void> {
    const { ratings } = this.services;
    const [officer] = this.people.officers;
    const reviewer = this.people.reviewers[0] as Actor;
    for (const [i, { id: applicationId }] of this.applications.slice(0, -1).entries()) {
      if (i === 0) await ratings.advance(reviewer, { applicationId, action: "REVIEW", reason: "经复核，原结果属实" });
      await ratings.advance(officer, { applicationId, action: "CONFIRM" });
    }
  }

  private async lastNotice(): Promise<void> {
    const last = this.applications.at(-1) as ShownRating;
    await this.services.ratings.advance(this.people.officers[0], { applicationId: last.id, action: "PUBLISH_NOTICE" });
  }

  private readonly seed = "诸暨公证处二〇二六年九月";
  private async publishSeed(): Promise<void> {
    const input = { idempotencyKey: this.key(), month: "2026-08", seedHash: seedHashOf(this.seed) };
    await this.services.spotChecks.publishSeed(this.people.officers[0], input);
  }
  private async spotCheck(): Promise<void> {
    const { spotChecks } = this.services;
    const [officer] = this.people.officers;
    const month = { month: "2026-08", seed: this.seed };
    await spotChecks.revealSeed(officer, month);
    const sample = await spotChecks.sample(officer, { ...month, size: 4 });
    for (const [i, { record }] of sample.entries())
      for (const state of [i === 2 ? ("FAILED" as const) : ("PASSED" as const), "PUBLISHED" as const])
        await spotChecks.record(officer, {
          idempotencyKey: this.key(),
          recordId: record.id,
          state,
          finding: i === 2 ? "签到表与记录的时长不符" : "与签到表一致",
        });
  }

  private async observe(subject: { volunteerId: string; lead: Actor; supervisor: Actor }): Promise<void> {
    const { credit } = this.services;
    const about = {
      subjectId: subject.volunteerId,
      evidence: [{ kind: "SIGN_IN_SHEET" as const, ref: "签到表 2026-09-05" }],
    };
    const { value } = await credit.open(subject.supervisor, {
      ...about,
      idempotencyKey: this.key(),
      kind: "ADVERSE",
      ground: "MALICIOUS_NO_SHOW",
      facts: "报名后无故不到，且拒绝说明",
    });
    await credit.advance(subject.supervisor, { recordId: value.id, action: "NOTIFY", reason: "请在五个工作日内说明" });
    this.credit = value.id;
    const good = { ...about, kind: "TRUSTWORTHY" as const, ground: "GOOD_SERVICE", facts: "连续三年参加夜巡" };
    const { value: proposed } = await credit.open(subject.supervisor, { ...good, idempotencyKey: this.key() });
    await credit.advance(subject.supervisor, { recordId: proposed.id, action: "CONFIRM", reason: "属实" });
    await credit.advance(this.people.officers[0], { recordId: proposed.id, action: "CONFIRM", reason: "属实" });
  }
  private async find(subject: { supervisor: Actor }): Promise<void> {
    // Five working days have gone by without an answer.
    for (const actor of [subject.supervisor, this.people.officers[0]])
      await this.services.credit.advance(actor, { recordId: this.credit, action: "CONFIRM", reason: "逾期未说明" });
  }
  private async object(actor: Actor): Promise<void> {
    await this.services.credit.object(actor, { recordId: this.credit, statement: "当日家人住院，有病历" });
  }
}
