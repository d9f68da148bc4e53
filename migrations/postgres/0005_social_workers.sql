CREATE TABLE "posts" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"post" text NOT NULL,
	"grade" bigint NOT NULL,
	"valid_from" text NOT NULL,
	"valid_until" text,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "post_kind" CHECK ("post" in ('CHIEF', 'DEPUTY', 'GENERAL'))
);
--> statement-breakpoint
CREATE TABLE "social_workers" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"level" text NOT NULL,
	"certificate_hash" text NOT NULL,
	"registered_on" text NOT NULL,
	"registered_until" text NOT NULL,
	"profile_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "social_worker_level" CHECK ("level" in ('ASSISTANT', 'INTERMEDIATE', 'SENIOR'))
);
--> statement-breakpoint
CREATE TABLE "trainings" (
	"id" text PRIMARY KEY NOT NULL,
	"social_worker_id" text NOT NULL,
	"hours" bigint NOT NULL,
	"on" text NOT NULL,
	"details_id" text NOT NULL,
	"withdrawn" boolean NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "posts_person" ON "posts" USING btree ("person_id","valid_from");--> statement-breakpoint
CREATE INDEX "posts_organization" ON "posts" USING btree ("organization_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "social_workers_person" ON "social_workers" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "social_workers_certificate" ON "social_workers" USING btree ("certificate_hash");--> statement-breakpoint
CREATE INDEX "social_workers_organization" ON "social_workers" USING btree ("organization_id","registered_until");--> statement-breakpoint
CREATE INDEX "trainings_worker" ON "trainings" USING btree ("social_worker_id","on");