CREATE TABLE "bank_marks" (
	"bank_id" text PRIMARY KEY NOT NULL,
	"proof" text NOT NULL,
	"key_changes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ended_sessions" (
	"session" text PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity_links" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"person_id" text NOT NULL,
	"issuer" text,
	"kind" text NOT NULL,
	"linked_at" bigint NOT NULL,
	"linked_by" text NOT NULL,
	"link_reason_id" text,
	"state" text NOT NULL,
	"unlinked_at" bigint,
	"unlinked_by" text,
	"unlink_reason_id" text,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "identity_link_kind" CHECK ("kind" in ('CODE', 'CLAIM', 'PAPERS', 'SELF', 'OPERATOR')),
	CONSTRAINT "identity_link_state" CHECK ("state" in ('LINKED', 'UNLINKED'))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"kind" text NOT NULL,
	"person_id" text,
	"volunteer_id" text,
	"code_hash" text NOT NULL,
	"invited_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_by" text,
	"accepted_at" bigint,
	"state" text NOT NULL,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "invitation_kind" CHECK ("kind" in ('VOLUNTEER', 'STAFF', 'GUARDIAN')),
	CONSTRAINT "invitation_state" CHECK ("state" in ('OPEN', 'ACCEPTED', 'EXPIRED', 'REVOKED'))
);
--> statement-breakpoint
CREATE TABLE "merged_persons" (
	"person_id" text PRIMARY KEY NOT NULL,
	"kept_id" text NOT NULL,
	"volunteer_id" text,
	"kept_volunteer_id" text,
	"reason_id" text NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ties" (
	"id" text PRIMARY KEY NOT NULL,
	"volunteer_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"state" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "tie_state" CHECK ("state" in ('ALLOWED', 'ENDED'))
);
--> statement-breakpoint
CREATE TABLE "tries" (
	"key" text PRIMARY KEY NOT NULL,
	"count" bigint NOT NULL,
	"pauses" bigint NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint
);
--> statement-breakpoint
CREATE TABLE "volunteer_steps" (
	"volunteer_id" text NOT NULL,
	"version" bigint NOT NULL,
	"fields" jsonb NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "volunteer_steps_pk" PRIMARY KEY("volunteer_id","version"),
	CONSTRAINT "volunteer_step_action" CHECK ("action" in ('ACTIVATE', 'SUSPEND', 'RESTORE', 'WITHDRAW', 'RETURN', 'RECORD_DEATH', 'UNDO_DEATH', 'REVISE', 'SEPARATE', 'TAKE_OVER', 'MERGE')),
	CONSTRAINT "volunteer_step_from" CHECK ("from" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED')),
	CONSTRAINT "volunteer_step_to" CHECK ("to" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED'))
);
--> statement-breakpoint
CREATE TABLE "wrong_codes" (
	"who" text PRIMARY KEY NOT NULL,
	"times" jsonb NOT NULL,
	"last_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "credit_steps" DROP CONSTRAINT "credit_step_action";--> statement-breakpoint
ALTER TABLE "record_steps" DROP CONSTRAINT "step_action";--> statement-breakpoint
DROP INDEX "volunteers_person";--> statement-breakpoint
ALTER TABLE "divisions" ADD COLUMN "retired_on" text;--> statement-breakpoint
ALTER TABLE "divisions" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "divisions" ADD COLUMN "version" bigint;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "ended" bigint;--> statement-breakpoint
CREATE INDEX "ended_sessions_expiry" ON "ended_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "identity_links_hash" ON "identity_links" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "identity_links_person" ON "identity_links" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "identity_links_state" ON "identity_links" USING btree ("state","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_code" ON "invitations" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "invitations_organization" ON "invitations" USING btree ("organization_id","opened_seq");--> statement-breakpoint
CREATE INDEX "invitations_person" ON "invitations" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "merged_persons_kept" ON "merged_persons" USING btree ("kept_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ties_pair" ON "ties" USING btree ("volunteer_id","organization_id");--> statement-breakpoint
CREATE INDEX "ties_organization" ON "ties" USING btree ("organization_id","state");--> statement-breakpoint
CREATE INDEX "wrong_codes_last" ON "wrong_codes" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "volunteers_no_read" ON "volunteers" USING btree (upper("volunteer_no"));--> statement-breakpoint
CREATE UNIQUE INDEX "volunteers_person" ON "volunteers" USING btree ("person_id") WHERE state <> 'MERGED';--> statement-breakpoint
ALTER TABLE "credit_steps" ADD CONSTRAINT "credit_step_action" CHECK ("action" in ('OPEN', 'NOTIFY', 'DISMISS', 'CONFIRM', 'EXTEND', 'UPHOLD', 'CORRECT', 'REMOVE', 'REPAIR', 'REFUSE_REPAIR', 'REFER', 'NOTE_OUTCOME', 'ANSWER', 'OBJECT', 'APPLY_FOR_REPAIR', 'EXPIRE', 'ERASE', 'MOVE'));--> statement-breakpoint
ALTER TABLE "record_steps" ADD CONSTRAINT "step_action" CHECK ("action" in ('DRAFT', 'SUBMIT', 'CONFIRM', 'RETURN', 'RESUBMIT', 'REJECT', 'VOID', 'POST', 'DISPUTE', 'UPHOLD', 'ADJUST', 'REVERSE', 'MOVE'));