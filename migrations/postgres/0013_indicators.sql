CREATE TABLE "social_worker_terms" (
	"social_worker_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"registered_on" text NOT NULL,
	"registered_until" text NOT NULL,
	"entered_on" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "social_worker_terms_pk" PRIMARY KEY("social_worker_id","registered_on")
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "opened_on" text;--> statement-breakpoint
-- What stands already is brought to where the journal says it began.
UPDATE organizations SET opened_on = first.day FROM (
  SELECT subject, to_char(to_timestamp(min(recorded_at) / 1000000 + 28800) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM journal
  WHERE kind = 'ORGANIZATION_STEP' GROUP BY subject
) first WHERE first.subject = organizations.id;--> statement-breakpoint
ALTER TABLE "organizations" ALTER COLUMN "opened_on" SET NOT NULL;--> statement-breakpoint
INSERT INTO social_worker_terms (social_worker_id, organization_id, registered_on, registered_until, entered_on, seq)
SELECT w.id, w.organization_id, w.registered_on, w.registered_until,
  to_char(to_timestamp(j.recorded_at / 1000000 + 28800) AT TIME ZONE 'UTC', 'YYYY-MM-DD'), w.seq
FROM social_workers w JOIN journal j ON j.seq = w.seq;--> statement-breakpoint
CREATE INDEX "social_worker_terms_organization" ON "social_worker_terms" USING btree ("organization_id","registered_until");