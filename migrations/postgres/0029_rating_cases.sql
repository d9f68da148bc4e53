CREATE TABLE "rating_downgrade_steps" (
	"downgrade_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "rating_downgrade_steps_pk" PRIMARY KEY("downgrade_id","version"),
	CONSTRAINT "rating_downgrade_step_action" CHECK ("action" in ('PROPOSE', 'ANSWER', 'TAKE', 'DROP')),
	CONSTRAINT "rating_downgrade_step_actor" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "rating_downgrades" (
	"id" text PRIMARY KEY NOT NULL,
	"rating_id" text NOT NULL,
	"to_level" bigint NOT NULL,
	"proposed_by" text NOT NULL,
	"answer_by" text NOT NULL,
	"answered" boolean NOT NULL,
	"state" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "rating_downgrade_state" CHECK ("state" in ('PROPOSED', 'TAKEN', 'DROPPED'))
);
--> statement-breakpoint
CREATE TABLE "rating_sheets" (
	"id" text NOT NULL,
	"rating_id" text NOT NULL,
	"assessor_id" text NOT NULL,
	"points" jsonb NOT NULL,
	"comments_id" text,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "rating_sheets_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
ALTER TABLE "rating_steps" DROP CONSTRAINT "rating_step_action";--> statement-breakpoint
ALTER TABLE "ratings" DROP CONSTRAINT "rating_state";--> statement-breakpoint
DROP INDEX "ratings_round";--> statement-breakpoint
CREATE INDEX "rating_downgrades_rating" ON "rating_downgrades" USING btree ("rating_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "rating_sheets_assessor" ON "rating_sheets" USING btree ("rating_id","assessor_id","version");--> statement-breakpoint
CREATE INDEX "ratings_round" ON "ratings" USING btree ("round_id","organization_id");--> statement-breakpoint
ALTER TABLE "rating_steps" ADD CONSTRAINT "rating_step_action" CHECK ("action" in ('APPLY', 'CHECK_ELIGIBILITY', 'SITE_VISIT', 'PRELIMINARY', 'PUBLISH_NOTICE', 'REVIEW', 'CONFIRM', 'FILE_UP', 'RETURN_PLAQUE', 'SCORE', 'VOTE', 'SUPPLY_EVIDENCE', 'REQUEST_RECUSAL', 'GRANT_RECUSAL', 'REFUSE_RECUSAL', 'REQUEST_REVIEW', 'WITHDRAW', 'DOWNGRADE', 'REVOKE', 'SUPERSEDE'));--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "rating_state" CHECK ("state" in ('CALL_PUBLISHED', 'APPLIED', 'ELIGIBILITY_CHECKED', 'SITE_VISIT', 'PRELIMINARY', 'COMMITTEE_VOTED', 'PUBLIC_NOTICE', 'REVIEW_REQUESTED', 'REVIEWED', 'CONFIRMED', 'VALID', 'REAPPLY_OPEN', 'EXPIRED', 'DOWNGRADED', 'REVOKED', 'INELIGIBLE', 'WITHDRAWN'));