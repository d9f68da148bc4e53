CREATE TABLE "feedbacks" (
	"id" text NOT NULL,
	"organization_id" text NOT NULL,
	"member_hash" text NOT NULL,
	"stars" bigint NOT NULL,
	"on" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "feedbacks_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "rating_rounds" (
	"id" text PRIMARY KEY NOT NULL,
	"instrument" text NOT NULL,
	"opens_on" text NOT NULL,
	"closes_on" text NOT NULL,
	"committee" jsonb NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "rating_round_instrument" CHECK ("instrument" in ('PLATFORM_STAR', 'EVALUATION_GRADE'))
);
--> statement-breakpoint
CREATE TABLE "rating_steps" (
	"rating_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "rating_steps_pk" PRIMARY KEY("rating_id","version"),
	CONSTRAINT "rating_step_action" CHECK ("action" in ('APPLY', 'CHECK_ELIGIBILITY', 'SITE_VISIT', 'PRELIMINARY', 'PUBLISH_NOTICE', 'REVIEW', 'CONFIRM', 'SCORE', 'VOTE', 'REQUEST_REVIEW', 'DOWNGRADE', 'REVOKE', 'SUPERSEDE')),
	CONSTRAINT "rating_step_actor" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "rating_votes" (
	"id" text PRIMARY KEY NOT NULL,
	"rating_id" text NOT NULL,
	"member_id" text NOT NULL,
	"choice" text NOT NULL,
	"level" bigint,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "rating_vote_choice" CHECK ("choice" in ('IN_FAVOUR', 'AGAINST', 'ABSTAIN', 'RECUSE'))
);
--> statement-breakpoint
CREATE TABLE "ratings" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"instrument" text NOT NULL,
	"person_id" text NOT NULL,
	"state" text NOT NULL,
	"failed" jsonb NOT NULL,
	"lines" jsonb NOT NULL,
	"score" bigint,
	"level" bigint,
	"notice_until" text,
	"valid_from" text,
	"valid_until" text,
	"banned_until" text,
	"policy_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "rating_state" CHECK ("state" in ('CALL_PUBLISHED', 'APPLIED', 'ELIGIBILITY_CHECKED', 'SITE_VISIT', 'PRELIMINARY', 'COMMITTEE_VOTED', 'PUBLIC_NOTICE', 'REVIEW_REQUESTED', 'REVIEWED', 'CONFIRMED', 'VALID', 'REAPPLY_OPEN', 'EXPIRED', 'DOWNGRADED', 'REVOKED', 'INELIGIBLE'))
);
--> statement-breakpoint
CREATE TABLE "spot_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"record_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"month" text NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"finding_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "spot_check_state" CHECK ("state" in ('EVIDENCE_REQUESTED', 'PASSED', 'FAILED', 'PUBLISHED'))
);
--> statement-breakpoint
CREATE TABLE "spot_seeds" (
	"id" text PRIMARY KEY NOT NULL,
	"month" text NOT NULL,
	"seed_hash" text NOT NULL,
	"seed" text,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "feedbacks_member" ON "feedbacks" USING btree ("organization_id","member_hash","version");--> statement-breakpoint
CREATE INDEX "rating_rounds_open" ON "rating_rounds" USING btree ("opens_on","id");--> statement-breakpoint
CREATE UNIQUE INDEX "rating_votes_member" ON "rating_votes" USING btree ("rating_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ratings_round" ON "ratings" USING btree ("round_id","organization_id");--> statement-breakpoint
CREATE INDEX "ratings_organization" ON "ratings" USING btree ("organization_id","instrument","id");--> statement-breakpoint
CREATE INDEX "ratings_level" ON "ratings" USING btree ("instrument","state","level","valid_until");--> statement-breakpoint
CREATE INDEX "ratings_notice" ON "ratings" USING btree ("state","notice_until","id");--> statement-breakpoint
CREATE UNIQUE INDEX "spot_checks_record" ON "spot_checks" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "spot_checks_organization" ON "spot_checks" USING btree ("organization_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "spot_seeds_month" ON "spot_seeds" USING btree ("month");--> statement-breakpoint
CREATE INDEX "records_ended" ON "service_records" USING btree ("ended_at");