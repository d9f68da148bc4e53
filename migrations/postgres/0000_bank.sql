CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"unit" text NOT NULL,
	"owner" text,
	"floor" bigint,
	"ceiling" bigint,
	"debits_posted" bigint DEFAULT 0 NOT NULL,
	"credits_posted" bigint DEFAULT 0 NOT NULL,
	"debits_pending" bigint DEFAULT 0 NOT NULL,
	"credits_pending" bigint DEFAULT 0 NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"opened_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	CONSTRAINT "account_kind" CHECK ("kind" in ('ISSUANCE', 'VOLUNTEER', 'RECIPIENT', 'GROUP', 'PUBLIC_POOL', 'GOVERNMENT_GRANT', 'GRANT_FUNDING', 'REDEEMED', 'OVERFLOW_HONOUR', 'CLEARING', 'POINT_ISSUANCE', 'HOUSEHOLD')),
	CONSTRAINT "account_unit" CHECK ("unit" in ('MINUTE', 'VILLAGE_POINT')),
	CONSTRAINT "account_sums" CHECK (debits_posted >= 0 and credits_posted >= 0 and debits_pending >= 0 and credits_pending >= 0)
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"outcome" jsonb NOT NULL,
	"recorded_at" bigint NOT NULL,
	CONSTRAINT "commands_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "divisions" (
	"code" text PRIMARY KEY NOT NULL,
	"official_code" text,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"parent_code" text,
	"seq" bigint NOT NULL,
	CONSTRAINT "division_kind" CHECK ("kind" in ('COUNTY_CITY', 'TOWN', 'TOWNSHIP', 'SUBDISTRICT', 'VILLAGE', 'COMMUNITY', 'GRID'))
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"account" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"minutes" bigint NOT NULL,
	"held" bigint NOT NULL,
	"pending_in" bigint NOT NULL,
	"posted_after" bigint NOT NULL,
	"held_after" bigint NOT NULL,
	"pending_in_after" bigint NOT NULL,
	"effective_on" text NOT NULL,
	CONSTRAINT "entries_pk" PRIMARY KEY("account","version")
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	"organization_id" text,
	"division_code" text,
	"valid_from" text NOT NULL,
	"valid_until" text,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "grant_role" CHECK ("role" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR'))
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"hash" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"body" "bytea" NOT NULL,
	"leaf" "bytea" NOT NULL,
	"recorded_at" bigint NOT NULL,
	CONSTRAINT "journal_kind" CHECK ("kind" in ('BANK_OPENED', 'ACCOUNT_OPENED', 'POLICY_SET', 'TRANSFER', 'HOLD', 'SETTLE', 'RELEASE', 'REVERSAL', 'RECORD_STEP', 'DIVISION_SET', 'ORGANIZATION_STEP', 'VOLUNTEER_STEP', 'GRANT_STEP', 'SEALED', 'IDENTITY_LINKED'))
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"uscc" text,
	"filing_status" text NOT NULL,
	"division_code" text NOT NULL,
	"state" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "organization_kind" CHECK ("kind" in ('SOCIAL_WORK_STATION', 'SOCIAL_WORK_AGENCY', 'VOLUNTEER_ORGANIZATION', 'VOLUNTEER_TEAM', 'ASSOCIATION', 'SOCIAL_SERVICE_ORG', 'FOUNDATION', 'SERVICE_PLATFORM', 'PARTY_SERVICE_CENTER', 'CHARITY_BASE', 'HOME_CARE_CENTER', 'GOVERNMENT_OFFICE')),
	CONSTRAINT "organization_state" CHECK ("state" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED')),
	CONSTRAINT "organization_filing" CHECK ("filing_status" in ('REGISTERED', 'FILED', 'UNREGISTERED'))
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"effective_from" text NOT NULL,
	"citation" text NOT NULL,
	"status" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "policy_status" CHECK ("status" in ('CITED', 'MEMORY', 'OURS'))
);
--> statement-breakpoint
CREATE TABLE "record_steps" (
	"record_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "record_steps_pk" PRIMARY KEY("record_id","version"),
	CONSTRAINT "step_action" CHECK ("action" in ('DRAFT', 'SUBMIT', 'CONFIRM', 'RETURN', 'RESUBMIT', 'REJECT', 'VOID', 'POST', 'DISPUTE', 'UPHOLD', 'ADJUST', 'REVERSE')),
	CONSTRAINT "step_actor" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "sealed" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"salt" "bytea" NOT NULL,
	"ciphertext" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_terms" (
	"hash" text NOT NULL,
	"kind" text NOT NULL,
	"person_id" text NOT NULL,
	CONSTRAINT "search_terms_pk" PRIMARY KEY("hash","kind","person_id")
);
--> statement-breakpoint
CREATE TABLE "service_records" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"volunteer_id" text NOT NULL,
	"external_ref" text,
	"content_hash" text NOT NULL,
	"service_type" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint NOT NULL,
	"break_minutes" bigint NOT NULL,
	"service_minutes" bigint NOT NULL,
	"origin" text NOT NULL,
	"state" text NOT NULL,
	"confirmations_needed" bigint NOT NULL,
	"handled_by" jsonb NOT NULL,
	"confirmed_by" jsonb NOT NULL,
	"record_by" text NOT NULL,
	"creditable_minutes" bigint,
	"credited_minutes" bigint,
	"dispute_hold_seq" bigint,
	"replaced_by" text,
	"details_id" text NOT NULL,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "record_state" CHECK ("state" in ('DRAFT', 'SUBMITTED', 'RETURNED', 'REJECTED', 'VOIDED', 'POSTED', 'DISPUTED', 'REVERSED')),
	CONSTRAINT "record_origin" CHECK ("origin" in ('CHECKED_IN', 'ENTERED', 'BACKFILLED', 'IMPORTED'))
);
--> statement-breakpoint
CREATE TABLE "service_totals" (
	"volunteer_id" text PRIMARY KEY NOT NULL,
	"checked_in" bigint DEFAULT 0 NOT NULL,
	"entered" bigint DEFAULT 0 NOT NULL,
	"backfilled" bigint DEFAULT 0 NOT NULL,
	"imported" bigint DEFAULT 0 NOT NULL,
	"creditable" bigint DEFAULT 0 NOT NULL,
	"credited" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"debit" text NOT NULL,
	"credit" text NOT NULL,
	"minutes" bigint NOT NULL,
	"phase" text NOT NULL,
	"kind" text NOT NULL,
	"hold_seq" bigint,
	"reverses_seq" bigint,
	"effective_on" text NOT NULL,
	"expires_at" bigint,
	"record_id" text,
	"policy_ids" jsonb NOT NULL,
	CONSTRAINT "transfer_minutes" CHECK (minutes >= 1),
	CONSTRAINT "transfer_accounts" CHECK (debit <> credit),
	CONSTRAINT "transfer_phase" CHECK ("phase" in ('POSTED', 'HELD', 'SETTLED', 'RELEASED', 'EXPIRED', 'REVERSAL')),
	CONSTRAINT "transfer_kind" CHECK ("kind" in ('EARN', 'ROUNDING', 'HOLD', 'SETTLE', 'RELEASE', 'REVERSAL', 'GIFT', 'DONATE', 'GRANT', 'FUND', 'OVERFLOW', 'CLEARING'))
);
--> statement-breakpoint
CREATE TABLE "volunteers" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"volunteer_no" text NOT NULL,
	"division_code" text NOT NULL,
	"state" text NOT NULL,
	"account_id" text NOT NULL,
	"group" boolean NOT NULL,
	"overflow" text NOT NULL,
	"registered_on" text NOT NULL,
	"vouched_by" text,
	"profile_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "volunteer_state" CHECK ("state" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED')),
	CONSTRAINT "volunteer_overflow" CHECK ("overflow" in ('DONATE', 'HONOUR'))
);
--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_debit_accounts_id_fk" FOREIGN KEY ("debit") REFERENCES "accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_credit_accounts_id_fk" FOREIGN KEY ("credit") REFERENCES "accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_owner" ON "accounts" USING btree ("owner","unit");--> statement-breakpoint
CREATE INDEX "accounts_kind" ON "accounts" USING btree ("kind","id");--> statement-breakpoint
CREATE UNIQUE INDEX "entries_seq" ON "entries" USING btree ("account","seq");--> statement-breakpoint
CREATE INDEX "entries_effective" ON "entries" USING btree ("account","effective_on","seq");--> statement-breakpoint
CREATE INDEX "grants_person" ON "grants" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "grants_organization" ON "grants" USING btree ("organization_id","role");--> statement-breakpoint
CREATE INDEX "identities_person" ON "identities" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "journal_recorded" ON "journal" USING btree ("recorded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_slug" ON "organizations" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_uscc" ON "organizations" USING btree ("uscc");--> statement-breakpoint
CREATE INDEX "organizations_division" ON "organizations" USING btree ("division_code","id");--> statement-breakpoint
CREATE INDEX "policies_key" ON "policies" USING btree ("key","effective_from","seq");--> statement-breakpoint
CREATE INDEX "sealed_person" ON "sealed" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "search_terms_person" ON "search_terms" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "records_external_ref" ON "service_records" USING btree ("organization_id","external_ref");--> statement-breakpoint
CREATE INDEX "records_volunteer" ON "service_records" USING btree ("volunteer_id","started_at");--> statement-breakpoint
CREATE INDEX "records_volunteer_opened" ON "service_records" USING btree ("volunteer_id","opened_seq");--> statement-breakpoint
CREATE INDEX "records_queue" ON "service_records" USING btree ("organization_id","state","record_by","id");--> statement-breakpoint
CREATE INDEX "records_month" ON "service_records" USING btree ("organization_id","ended_at");--> statement-breakpoint
CREATE INDEX "records_overdue" ON "service_records" USING btree ("state","record_by","id");--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_hold" ON "transfers" USING btree ("hold_seq");--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_reverses" ON "transfers" USING btree ("reverses_seq");--> statement-breakpoint
CREATE INDEX "transfers_record" ON "transfers" USING btree ("record_id");--> statement-breakpoint
CREATE UNIQUE INDEX "volunteers_person" ON "volunteers" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "volunteers_no" ON "volunteers" USING btree ("volunteer_no");--> statement-breakpoint
CREATE INDEX "volunteers_division" ON "volunteers" USING btree ("division_code","id");