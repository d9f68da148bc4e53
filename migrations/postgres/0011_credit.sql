CREATE TABLE "credit_reads" (
	"id" text PRIMARY KEY NOT NULL,
	"subject_hash" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"purpose_id" text NOT NULL,
	"at" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "credit_read_actor" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "credit_records" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"organization_id" text,
	"division_code" text NOT NULL,
	"state" text NOT NULL,
	"confirmed_by" jsonb NOT NULL,
	"answered" boolean NOT NULL,
	"answer_by" text,
	"contested_on" text,
	"decide_by" text,
	"extended" boolean NOT NULL,
	"found_on" text,
	"expires_on" text,
	"details_id" text NOT NULL,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "credit_record_state" CHECK ("state" in ('OBSERVED', 'PROPOSED', 'NOTICE_SENT', 'DISMISSED', 'CONFIRMED', 'ACTIVE', 'OBJECTED', 'UPHELD', 'CORRECTED', 'REMOVED', 'REPAIR_APPLIED', 'REPAIRED', 'REPAIR_REFUSED', 'REFERRED', 'EXPIRED', 'ERASED'))
);
--> statement-breakpoint
CREATE TABLE "credit_steps" (
	"credit_record_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "credit_steps_pk" PRIMARY KEY("credit_record_id","version"),
	CONSTRAINT "credit_step_action" CHECK ("action" in ('OPEN', 'NOTIFY', 'DISMISS', 'CONFIRM', 'EXTEND', 'UPHOLD', 'CORRECT', 'REMOVE', 'REPAIR', 'REFUSE_REPAIR', 'REFER', 'NOTE_OUTCOME', 'ANSWER', 'OBJECT', 'APPLY_FOR_REPAIR', 'EXPIRE', 'ERASE')),
	CONSTRAINT "credit_step_actor" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX "credit_reads_subject" ON "credit_reads" USING btree ("subject_hash","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "credit_records_person" ON "credit_records" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "credit_records_answer" ON "credit_records" USING btree ("state","answer_by","id");--> statement-breakpoint
CREATE INDEX "credit_records_decide" ON "credit_records" USING btree ("state","decide_by","id");--> statement-breakpoint
CREATE INDEX "credit_records_expire" ON "credit_records" USING btree ("state","expires_on");