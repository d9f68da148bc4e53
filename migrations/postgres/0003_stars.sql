CREATE TABLE "star_awards" (
	"id" text PRIMARY KEY NOT NULL,
	"volunteer_id" text NOT NULL,
	"division_code" text NOT NULL,
	"organization_id" text,
	"level" bigint NOT NULL,
	"held_level" bigint NOT NULL,
	"state" text NOT NULL,
	"basis_minutes" bigint NOT NULL,
	"policy_id" text NOT NULL,
	"policy_ids" jsonb NOT NULL,
	"notice_until" text,
	"contested" boolean NOT NULL,
	"awarded_on" text,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "star_awards_state" CHECK ("state" in ('PROPOSED', 'PUBLIC_NOTICE', 'GRANTED', 'REFUSED', 'SUSPENDED', 'DOWNGRADED'))
);
--> statement-breakpoint
CREATE TABLE "star_steps" (
	"star_award_id" text NOT NULL,
	"version" bigint NOT NULL,
	"held_level" bigint NOT NULL,
	"basis_minutes" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "star_steps_pk" PRIMARY KEY("star_award_id","version"),
	CONSTRAINT "star_steps_action" CHECK ("action" in ('PROPOSE', 'OBJECT', 'GRANT', 'REFUSE', 'SUSPEND', 'RESTORE', 'DOWNGRADE', 'MOVE')),
	CONSTRAINT "star_steps_from" CHECK ("from" in ('PROPOSED', 'PUBLIC_NOTICE', 'GRANTED', 'REFUSED', 'SUSPENDED', 'DOWNGRADED')),
	CONSTRAINT "star_steps_to" CHECK ("to" in ('PROPOSED', 'PUBLIC_NOTICE', 'GRANTED', 'REFUSED', 'SUSPENDED', 'DOWNGRADED')),
	CONSTRAINT "star_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX "star_awards_volunteer" ON "star_awards" USING btree ("volunteer_id");--> statement-breakpoint
CREATE INDEX "star_awards_state" ON "star_awards" USING btree ("state","notice_until","id");