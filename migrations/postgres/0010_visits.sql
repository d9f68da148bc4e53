CREATE TABLE "recipients" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"division_code" text NOT NULL,
	"account_id" text NOT NULL,
	"listed_on" text NOT NULL,
	"listed_until" text,
	"profile_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" text PRIMARY KEY NOT NULL,
	"recipient_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"at" bigint NOT NULL,
	"on" text NOT NULL,
	"mode" text NOT NULL,
	"met" boolean NOT NULL,
	"visitor" text NOT NULL,
	"visitor_id" text NOT NULL,
	"minutes" bigint,
	"obligation" text,
	"record_id" text,
	"details_id" text NOT NULL,
	"withdrawn" boolean NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "visit_mode" CHECK ("mode" in ('HOME', 'PHONE', 'VIDEO', 'REMOTE_SENSOR')),
	CONSTRAINT "visit_visitor" CHECK ("visitor" in ('CADRE', 'GRID_WORKER', 'SOCIAL_WORKER', 'VOLUNTEER'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "recipients_person" ON "recipients" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "recipients_division" ON "recipients" USING btree ("division_code","id");--> statement-breakpoint
CREATE INDEX "recipients_account" ON "recipients" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "visits_recipient" ON "visits" USING btree ("recipient_id","on");--> statement-breakpoint
CREATE INDEX "visits_obligation" ON "visits" USING btree ("obligation","recipient_id");