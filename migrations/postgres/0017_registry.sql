CREATE TABLE "findings" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"kind" text NOT NULL,
	"result" text,
	"year" bigint,
	"on" text NOT NULL,
	"ended_on" text,
	"withdrawn" boolean NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "finding_kind" CHECK ("kind" in ('ANNUAL_CHECK', 'PENALTY', 'INVESTIGATION')),
	CONSTRAINT "finding_result" CHECK ("result" in ('QUALIFIED', 'BASICALLY_QUALIFIED', 'FAILED', 'MISSED'))
);
--> statement-breakpoint
CREATE TABLE "organization_steps" (
	"organization_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "organization_steps_pk" PRIMARY KEY("organization_id","version"),
	CONSTRAINT "organization_step_action" CHECK ("action" in ('REVISE', 'SUSPEND', 'RESUME', 'DISSOLVE')),
	CONSTRAINT "organization_step_actor" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
ALTER TABLE "rating_steps" DROP CONSTRAINT "rating_step_action";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "closed_on" text;--> statement-breakpoint
CREATE INDEX "findings_organization" ON "findings" USING btree ("organization_id","on");--> statement-breakpoint
ALTER TABLE "rating_steps" ADD CONSTRAINT "rating_step_action" CHECK ("action" in ('APPLY', 'CHECK_ELIGIBILITY', 'SITE_VISIT', 'PRELIMINARY', 'PUBLISH_NOTICE', 'REVIEW', 'CONFIRM', 'SCORE', 'VOTE', 'SUPPLY_EVIDENCE', 'REQUEST_RECUSAL', 'GRANT_RECUSAL', 'REFUSE_RECUSAL', 'REQUEST_REVIEW', 'DOWNGRADE', 'REVOKE', 'SUPERSEDE'));