-- Tables as drizzle-kit made them from drizzle/tables. Text sorts by its bytes here as it does in SQLite.
CREATE TABLE "journal" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"body" "bytea" NOT NULL,
	"leaf" "bytea" NOT NULL,
	"recorded_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"owner" text COLLATE "C",
	"floor" bigint,
	"ceiling" bigint,
	"opened_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"debits_posted" bigint DEFAULT 0 NOT NULL,
	"credits_posted" bigint DEFAULT 0 NOT NULL,
	"debits_pending" bigint DEFAULT 0 NOT NULL,
	"credits_pending" bigint DEFAULT 0 NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "accounts_kind" CHECK ("kind" in ('ISSUANCE', 'VOLUNTEER', 'RECIPIENT', 'GROUP', 'PUBLIC_POOL', 'GOVERNMENT_GRANT', 'GRANT_FUNDING', 'REDEEMED', 'OVERFLOW_HONOUR', 'CLEARING', 'POINT_ISSUANCE', 'HOUSEHOLD')),
	CONSTRAINT "accounts_unit" CHECK ("unit" in ('MINUTE', 'VILLAGE_POINT')),
	CONSTRAINT "account_sums" CHECK (debits_posted >= 0 and credits_posted >= 0 and debits_pending >= 0 and credits_pending >= 0)
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"debit" text COLLATE "C" NOT NULL,
	"credit" text COLLATE "C" NOT NULL,
	"minutes" bigint NOT NULL,
	"phase" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"hold_seq" bigint,
	"reverses_seq" bigint,
	"effective_on" text COLLATE "C" NOT NULL,
	"expires_at" bigint,
	"record_id" text COLLATE "C",
	"policy_ids" jsonb NOT NULL,
	"seq" bigint PRIMARY KEY NOT NULL,
	CONSTRAINT "transfers_phase" CHECK ("phase" in ('POSTED', 'HELD', 'SETTLED', 'RELEASED', 'EXPIRED', 'REVERSAL')),
	CONSTRAINT "transfers_kind" CHECK ("kind" in ('EARN', 'ROUNDING', 'HOLD', 'SETTLE', 'RELEASE', 'REVERSAL', 'GIFT', 'DONATE', 'GRANT', 'FUND', 'OVERFLOW', 'CLEARING')),
	CONSTRAINT "transfer_minutes" CHECK (minutes >= 1),
	CONSTRAINT "transfer_accounts" CHECK (debit <> credit)
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"account" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"minutes" bigint NOT NULL,
	"held" bigint NOT NULL,
	"pending_in" bigint NOT NULL,
	"posted_after" bigint NOT NULL,
	"held_after" bigint NOT NULL,
	"pending_in_after" bigint NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "entries_pk" PRIMARY KEY("account","seq")
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"value" jsonb NOT NULL,
	"effective_from" text COLLATE "C" NOT NULL,
	"citation" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "policies_status" CHECK ("status" in ('CITED', 'MEMORY', 'OURS'))
);
--> statement-breakpoint
CREATE TABLE "divisions" (
	"code" text COLLATE "C" PRIMARY KEY NOT NULL,
	"official_code" text COLLATE "C",
	"name" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"parent_code" text COLLATE "C",
	"retired_on" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "divisions_kind" CHECK ("kind" in ('COUNTY_CITY', 'TOWN', 'TOWNSHIP', 'SUBDISTRICT', 'VILLAGE', 'COMMUNITY', 'GRID')),
	CONSTRAINT "divisions_state" CHECK ("state" in ('ACTIVE', 'RETIRED'))
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"uscc" text COLLATE "C",
	"filing_status" text COLLATE "C" NOT NULL,
	"division_code" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "organizations_kind" CHECK ("kind" in ('SOCIAL_WORK_STATION', 'SOCIAL_WORK_AGENCY', 'VOLUNTEER_ORGANIZATION', 'VOLUNTEER_TEAM', 'ASSOCIATION', 'SOCIAL_SERVICE_ORG', 'FOUNDATION', 'SERVICE_PLATFORM', 'PARTY_SERVICE_CENTER', 'CHARITY_BASE', 'HOME_CARE_CENTER', 'GOVERNMENT_OFFICE')),
	CONSTRAINT "organizations_filing_status" CHECK ("filing_status" in ('REGISTERED', 'FILED', 'UNREGISTERED')),
	CONSTRAINT "organizations_state" CHECK ("state" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED'))
);
--> statement-breakpoint
CREATE TABLE "volunteers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"volunteer_no" text COLLATE "C" NOT NULL,
	"division_code" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"group" boolean NOT NULL,
	"overflow" text COLLATE "C" NOT NULL,
	"registered_on" text COLLATE "C" NOT NULL,
	"vouched_by" text COLLATE "C",
	"profile_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "volunteers_state" CHECK ("state" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED')),
	CONSTRAINT "volunteers_overflow" CHECK ("overflow" in ('DONATE', 'HONOUR'))
);
--> statement-breakpoint
CREATE TABLE "volunteer_standings" (
	"volunteer_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"entered_on" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"division_code" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "volunteer_standings_pk" PRIMARY KEY("volunteer_id","version"),
	CONSTRAINT "volunteer_standings_state" CHECK ("state" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED'))
);
--> statement-breakpoint
CREATE TABLE "volunteer_steps" (
	"volunteer_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"fields" jsonb NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"from" text COLLATE "C" NOT NULL,
	"to" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C",
	CONSTRAINT "volunteer_steps_pk" PRIMARY KEY("volunteer_id","version"),
	CONSTRAINT "volunteer_steps_action" CHECK ("action" in ('ACTIVATE', 'SUSPEND', 'RESTORE', 'WITHDRAW', 'RETURN', 'RECORD_DEATH', 'UNDO_DEATH', 'REVISE', 'SEPARATE', 'TAKE_OVER', 'MERGE')),
	CONSTRAINT "volunteer_steps_from" CHECK ("from" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED')),
	CONSTRAINT "volunteer_steps_to" CHECK ("to" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED')),
	CONSTRAINT "volunteer_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "merged_persons" (
	"person_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kept_id" text COLLATE "C" NOT NULL,
	"volunteer_id" text COLLATE "C",
	"kept_volunteer_id" text COLLATE "C",
	"reason_id" text COLLATE "C" NOT NULL,
	"ended_at" bigint,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "capacity_steps" (
	"capacity_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"fields" jsonb NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C",
	CONSTRAINT "capacity_steps_pk" PRIMARY KEY("capacity_id","version"),
	CONSTRAINT "capacity_steps_action" CHECK ("action" in ('REGISTER', 'REVISE', 'LIST', 'UNLIST', 'SEPARATE', 'TAKE_OVER', 'MERGE')),
	CONSTRAINT "capacity_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"person_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"profile_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"person_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"on" text COLLATE "C" NOT NULL,
	"kept_until" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C",
	"division_code" text COLLATE "C",
	"valid_from" text COLLATE "C" NOT NULL,
	"valid_until" text COLLATE "C",
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "grants_role" CHECK ("role" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR'))
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"ended" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity_links" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"issuer" text COLLATE "C",
	"kind" text COLLATE "C" NOT NULL,
	"linked_at" bigint NOT NULL,
	"linked_by" text COLLATE "C" NOT NULL,
	"link_reason_id" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"unlinked_at" bigint,
	"unlinked_by" text COLLATE "C",
	"unlink_reason_id" text COLLATE "C",
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "identity_links_kind" CHECK ("kind" in ('CODE', 'CLAIM', 'PAPERS', 'SELF', 'OPERATOR')),
	CONSTRAINT "identity_links_linked_by" CHECK ("linked_by" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM')),
	CONSTRAINT "identity_links_state" CHECK ("state" in ('LINKED', 'UNLINKED')),
	CONSTRAINT "identity_links_unlinked_by" CHECK ("unlinked_by" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"volunteer_id" text COLLATE "C",
	"code_hash" text COLLATE "C" NOT NULL,
	"invited_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_by" text COLLATE "C",
	"accepted_at" bigint,
	"state" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "invitations_kind" CHECK ("kind" in ('VOLUNTEER', 'STAFF', 'GUARDIAN')),
	CONSTRAINT "invitations_state" CHECK ("state" in ('OPEN', 'ACCEPTED', 'EXPIRED', 'REVOKED'))
);
--> statement-breakpoint
CREATE TABLE "guardians" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"volunteer_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"ended" boolean NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ties" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"volunteer_id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "ties_state" CHECK ("state" in ('ALLOWED', 'ENDED'))
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"person_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization_profiles" (
	"organization_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"registered_on" text COLLATE "C",
	"hub" boolean NOT NULL,
	"village_kind" text COLLATE "C",
	"supervisor_id" text COLLATE "C",
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heads" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"proposed_by" text COLLATE "C" NOT NULL,
	"profile_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "heads_state" CHECK ("state" in ('PROPOSED', 'APPROVED', 'REFUSED', 'ENDED'))
);
--> statement-breakpoint
CREATE TABLE "head_steps" (
	"head_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"from" text COLLATE "C",
	"to" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C",
	CONSTRAINT "head_steps_pk" PRIMARY KEY("head_id","version"),
	CONSTRAINT "head_steps_action" CHECK ("action" in ('PROPOSE', 'APPROVE', 'REFUSE', 'END')),
	CONSTRAINT "head_steps_from" CHECK ("from" in ('PROPOSED', 'APPROVED', 'REFUSED', 'ENDED')),
	CONSTRAINT "head_steps_to" CHECK ("to" in ('PROPOSED', 'APPROVED', 'REFUSED', 'ENDED')),
	CONSTRAINT "head_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "awards" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"granted_by" text COLLATE "C" NOT NULL,
	"on" text COLLATE "C" NOT NULL,
	"withdrawn" boolean NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization_steps" (
	"organization_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"from" text COLLATE "C" NOT NULL,
	"to" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "organization_steps_pk" PRIMARY KEY("organization_id","version"),
	CONSTRAINT "organization_steps_action" CHECK ("action" in ('REVISE', 'SUSPEND', 'RESUME', 'DISSOLVE')),
	CONSTRAINT "organization_steps_from" CHECK ("from" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED')),
	CONSTRAINT "organization_steps_to" CHECK ("to" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED')),
	CONSTRAINT "organization_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "organization_standings" (
	"organization_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"entered_on" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"filing_status" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "organization_standings_pk" PRIMARY KEY("organization_id","version"),
	CONSTRAINT "organization_standings_state" CHECK ("state" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED')),
	CONSTRAINT "organization_standings_filing_status" CHECK ("filing_status" in ('REGISTERED', 'FILED', 'UNREGISTERED'))
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"result" text COLLATE "C",
	"year" bigint,
	"on" text COLLATE "C" NOT NULL,
	"ended_on" text COLLATE "C",
	"withdrawn" boolean NOT NULL,
	"version" bigint NOT NULL,
	"reason_id" text COLLATE "C",
	"seq" bigint NOT NULL,
	CONSTRAINT "findings_kind" CHECK ("kind" in ('ANNUAL_CHECK', 'PENALTY', 'INVESTIGATION')),
	CONSTRAINT "findings_result" CHECK ("result" in ('QUALIFIED', 'BASICALLY_QUALIFIED', 'FAILED', 'MISSED'))
);
--> statement-breakpoint
CREATE TABLE "social_workers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"level" text COLLATE "C" NOT NULL,
	"certificate_hash" text COLLATE "C" NOT NULL,
	"registered_on" text COLLATE "C" NOT NULL,
	"registered_until" text COLLATE "C" NOT NULL,
	"profile_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "social_workers_level" CHECK ("level" in ('ASSISTANT', 'INTERMEDIATE', 'SENIOR'))
);
--> statement-breakpoint
CREATE TABLE "social_worker_terms" (
	"social_worker_id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"registered_on" text COLLATE "C" NOT NULL,
	"registered_until" text COLLATE "C" NOT NULL,
	"entered_on" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "social_worker_terms_pk" PRIMARY KEY("social_worker_id","registered_on")
);
--> statement-breakpoint
CREATE TABLE "trainings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"social_worker_id" text COLLATE "C" NOT NULL,
	"hours" bigint NOT NULL,
	"on" text COLLATE "C" NOT NULL,
	"details_id" text COLLATE "C" NOT NULL,
	"withdrawn" boolean NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"post" text COLLATE "C" NOT NULL,
	"grade" bigint NOT NULL,
	"valid_from" text COLLATE "C" NOT NULL,
	"valid_until" text COLLATE "C",
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "posts_post" CHECK ("post" in ('CHIEF', 'DEPUTY', 'GENERAL'))
);
--> statement-breakpoint
CREATE TABLE "households" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"household_no" text COLLATE "C" NOT NULL,
	"division_code" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "household_standings" (
	"household_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"household_no" text COLLATE "C" NOT NULL,
	"division_code" text COLLATE "C" NOT NULL,
	"since" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "household_standings_pk" PRIMARY KEY("household_id","version")
);
--> statement-breakpoint
CREATE TABLE "household_quarters" (
	"household_id" text COLLATE "C" NOT NULL,
	"quarter" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "household_quarters_pk" PRIMARY KEY("household_id","quarter")
);
--> statement-breakpoint
CREATE TABLE "village_points" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"transfer_seq" bigint NOT NULL,
	"points" bigint NOT NULL,
	"on" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C" NOT NULL,
	"reversed_by_seq" bigint,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"subject_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"fields" jsonb NOT NULL,
	"other_id" text COLLATE "C",
	"profile_id" text COLLATE "C",
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "revisions_pk" PRIMARY KEY("subject_id","version"),
	CONSTRAINT "revisions_action" CHECK ("action" in ('REVISE', 'SPLIT')),
	CONSTRAINT "revisions_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "recipients" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"division_code" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"listed_on" text COLLATE "C" NOT NULL,
	"listed_until" text COLLATE "C",
	"profile_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "listings" (
	"recipient_id" text COLLATE "C" NOT NULL,
	"listed_on" text COLLATE "C" NOT NULL,
	"listed_until" text COLLATE "C",
	"division_code" text COLLATE "C" NOT NULL,
	"ending" text COLLATE "C",
	"seq" bigint NOT NULL,
	CONSTRAINT "listings_pk" PRIMARY KEY("recipient_id","listed_on"),
	CONSTRAINT "listings_ending" CHECK ("ending" in ('UNLISTED', 'MOVED', 'MERGED'))
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"recipient_id" text COLLATE "C" NOT NULL,
	"counts_for_id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"on" text COLLATE "C" NOT NULL,
	"mode" text COLLATE "C" NOT NULL,
	"met" boolean NOT NULL,
	"deceased" boolean NOT NULL,
	"visitor" text COLLATE "C" NOT NULL,
	"visitor_id" text COLLATE "C" NOT NULL,
	"minutes" bigint,
	"obligation" text COLLATE "C",
	"record_id" text COLLATE "C",
	"details_id" text COLLATE "C" NOT NULL,
	"record_by" text COLLATE "C",
	"confirmations_needed" bigint NOT NULL,
	"confirmed_by" jsonb NOT NULL,
	"withdrawn" boolean NOT NULL,
	"version" bigint NOT NULL,
	"waits" boolean NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "visits_mode" CHECK ("mode" in ('HOME', 'PHONE', 'VIDEO', 'REMOTE_SENSOR')),
	CONSTRAINT "visits_visitor" CHECK ("visitor" in ('CADRE', 'GRID_WORKER', 'SOCIAL_WORKER', 'VOLUNTEER'))
);
--> statement-breakpoint
CREATE TABLE "credit_records" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C",
	"division_code" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"confirmed_by" jsonb NOT NULL,
	"answered" boolean NOT NULL,
	"answer_by" text COLLATE "C",
	"contested_on" text COLLATE "C",
	"decide_by" text COLLATE "C",
	"extended" boolean NOT NULL,
	"found_on" text COLLATE "C",
	"expires_on" text COLLATE "C",
	"details_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "credit_records_state" CHECK ("state" in ('OBSERVED', 'PROPOSED', 'NOTICE_SENT', 'DISMISSED', 'CONFIRMED', 'ACTIVE', 'OBJECTED', 'UPHELD', 'CORRECTED', 'REMOVED', 'REPAIR_APPLIED', 'REPAIRED', 'REPAIR_REFUSED', 'REFERRED', 'EXPIRED', 'ERASED'))
);
--> statement-breakpoint
CREATE TABLE "credit_steps" (
	"credit_record_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"from" text COLLATE "C",
	"to" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C",
	CONSTRAINT "credit_steps_pk" PRIMARY KEY("credit_record_id","version"),
	CONSTRAINT "credit_steps_action" CHECK ("action" in ('OPEN', 'NOTIFY', 'DISMISS', 'CONFIRM', 'EXTEND', 'UPHOLD', 'CORRECT', 'REMOVE', 'REPAIR', 'REFUSE_REPAIR', 'REFER', 'NOTE_OUTCOME', 'ANSWER', 'OBJECT', 'APPLY_FOR_REPAIR', 'EXPIRE', 'ERASE', 'MOVE')),
	CONSTRAINT "credit_steps_from" CHECK ("from" in ('OBSERVED', 'PROPOSED', 'NOTICE_SENT', 'DISMISSED', 'CONFIRMED', 'ACTIVE', 'OBJECTED', 'UPHELD', 'CORRECTED', 'REMOVED', 'REPAIR_APPLIED', 'REPAIRED', 'REPAIR_REFUSED', 'REFERRED', 'EXPIRED', 'ERASED')),
	CONSTRAINT "credit_steps_to" CHECK ("to" in ('OBSERVED', 'PROPOSED', 'NOTICE_SENT', 'DISMISSED', 'CONFIRMED', 'ACTIVE', 'OBJECTED', 'UPHELD', 'CORRECTED', 'REMOVED', 'REPAIR_APPLIED', 'REPAIRED', 'REPAIR_REFUSED', 'REFERRED', 'EXPIRED', 'ERASED')),
	CONSTRAINT "credit_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "credit_reads" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"subject_hash" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"purpose_id" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "credit_reads_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "spot_seeds" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"seed_hash" text COLLATE "C" NOT NULL,
	"seed" text COLLATE "C",
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spot_checks" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"record_id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"outcome" text COLLATE "C",
	"finding_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "spot_checks_state" CHECK ("state" in ('EVIDENCE_REQUESTED', 'PASSED', 'FAILED', 'PUBLISHED')),
	CONSTRAINT "spot_checks_outcome" CHECK ("outcome" in ('PASSED', 'FAILED'))
);
--> statement-breakpoint
CREATE TABLE "month_reports" (
	"month" text COLLATE "C" PRIMARY KEY NOT NULL,
	"figures" jsonb NOT NULL,
	"reported_at" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rating_rounds" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"instrument" text COLLATE "C" NOT NULL,
	"opens_on" text COLLATE "C" NOT NULL,
	"closes_on" text COLLATE "C" NOT NULL,
	"committee" jsonb NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "rating_rounds_instrument" CHECK ("instrument" in ('PLATFORM_STAR', 'EVALUATION_GRADE'))
);
--> statement-breakpoint
CREATE TABLE "ratings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"round_id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"instrument" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"failed" jsonb NOT NULL,
	"lines" jsonb NOT NULL,
	"score" bigint,
	"level" bigint,
	"notice_until" text COLLATE "C",
	"valid_from" text COLLATE "C",
	"valid_until" text COLLATE "C",
	"banned_until" text COLLATE "C",
	"policy_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "ratings_instrument" CHECK ("instrument" in ('PLATFORM_STAR', 'EVALUATION_GRADE')),
	CONSTRAINT "ratings_state" CHECK ("state" in ('CALL_PUBLISHED', 'APPLIED', 'ELIGIBILITY_CHECKED', 'SITE_VISIT', 'PRELIMINARY', 'COMMITTEE_VOTED', 'PUBLIC_NOTICE', 'REVIEW_REQUESTED', 'REVIEWED', 'CONFIRMED', 'VALID', 'REAPPLY_OPEN', 'EXPIRED', 'DOWNGRADED', 'REVOKED', 'INELIGIBLE', 'WITHDRAWN'))
);
--> statement-breakpoint
CREATE TABLE "rating_steps" (
	"rating_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"words_id" text COLLATE "C",
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"from" text COLLATE "C",
	"to" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C",
	CONSTRAINT "rating_steps_pk" PRIMARY KEY("rating_id","version"),
	CONSTRAINT "rating_steps_action" CHECK ("action" in ('APPLY', 'CHECK_ELIGIBILITY', 'SITE_VISIT', 'PRELIMINARY', 'PUBLISH_NOTICE', 'REVIEW', 'CONFIRM', 'FILE_UP', 'RETURN_PLAQUE', 'SCORE', 'VOTE', 'SUPPLY_EVIDENCE', 'REQUEST_RECUSAL', 'GRANT_RECUSAL', 'REFUSE_RECUSAL', 'REQUEST_REVIEW', 'WITHDRAW', 'DOWNGRADE', 'REVOKE', 'SUPERSEDE')),
	CONSTRAINT "rating_steps_from" CHECK ("from" in ('CALL_PUBLISHED', 'APPLIED', 'ELIGIBILITY_CHECKED', 'SITE_VISIT', 'PRELIMINARY', 'COMMITTEE_VOTED', 'PUBLIC_NOTICE', 'REVIEW_REQUESTED', 'REVIEWED', 'CONFIRMED', 'VALID', 'REAPPLY_OPEN', 'EXPIRED', 'DOWNGRADED', 'REVOKED', 'INELIGIBLE', 'WITHDRAWN')),
	CONSTRAINT "rating_steps_to" CHECK ("to" in ('CALL_PUBLISHED', 'APPLIED', 'ELIGIBILITY_CHECKED', 'SITE_VISIT', 'PRELIMINARY', 'COMMITTEE_VOTED', 'PUBLIC_NOTICE', 'REVIEW_REQUESTED', 'REVIEWED', 'CONFIRMED', 'VALID', 'REAPPLY_OPEN', 'EXPIRED', 'DOWNGRADED', 'REVOKED', 'INELIGIBLE', 'WITHDRAWN')),
	CONSTRAINT "rating_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "rating_votes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"rating_id" text COLLATE "C" NOT NULL,
	"member_id" text COLLATE "C" NOT NULL,
	"choice" text COLLATE "C" NOT NULL,
	"level" bigint,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "rating_votes_choice" CHECK ("choice" in ('IN_FAVOUR', 'AGAINST', 'ABSTAIN', 'RECUSE'))
);
--> statement-breakpoint
CREATE TABLE "rating_sheets" (
	"id" text COLLATE "C" NOT NULL,
	"rating_id" text COLLATE "C" NOT NULL,
	"assessor_id" text COLLATE "C" NOT NULL,
	"points" jsonb NOT NULL,
	"comments_id" text COLLATE "C",
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "rating_sheets_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "rating_downgrades" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"rating_id" text COLLATE "C" NOT NULL,
	"to_level" bigint NOT NULL,
	"proposed_by" text COLLATE "C" NOT NULL,
	"answer_by" text COLLATE "C" NOT NULL,
	"answered" boolean NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "rating_downgrades_state" CHECK ("state" in ('PROPOSED', 'TAKEN', 'DROPPED'))
);
--> statement-breakpoint
CREATE TABLE "rating_downgrade_steps" (
	"downgrade_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"from" text COLLATE "C",
	"to" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C",
	CONSTRAINT "rating_downgrade_steps_pk" PRIMARY KEY("downgrade_id","version"),
	CONSTRAINT "rating_downgrade_steps_action" CHECK ("action" in ('PROPOSE', 'ANSWER', 'TAKE', 'DROP')),
	CONSTRAINT "rating_downgrade_steps_from" CHECK ("from" in ('PROPOSED', 'TAKEN', 'DROPPED')),
	CONSTRAINT "rating_downgrade_steps_to" CHECK ("to" in ('PROPOSED', 'TAKEN', 'DROPPED')),
	CONSTRAINT "rating_downgrade_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "feedbacks" (
	"id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"member_hash" text COLLATE "C" NOT NULL,
	"stars" bigint NOT NULL,
	"on" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "feedbacks_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "service_records" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"volunteer_id" text COLLATE "C" NOT NULL,
	"external_ref" text COLLATE "C",
	"content_hash" text COLLATE "C" NOT NULL,
	"service_type" text COLLATE "C" NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint NOT NULL,
	"break_minutes" bigint NOT NULL,
	"service_minutes" bigint NOT NULL,
	"origin" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"confirmations_needed" bigint NOT NULL,
	"handled_by" jsonb NOT NULL,
	"confirmed_by" jsonb NOT NULL,
	"record_by" text COLLATE "C" NOT NULL,
	"creditable_minutes" bigint,
	"credited_minutes" bigint,
	"dispute_hold_seq" bigint,
	"replaced_by" text COLLATE "C",
	"details_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "service_records_origin" CHECK ("origin" in ('CHECKED_IN', 'ENTERED', 'BACKFILLED', 'IMPORTED')),
	CONSTRAINT "service_records_state" CHECK ("state" in ('DRAFT', 'SUBMITTED', 'RETURNED', 'REJECTED', 'VOIDED', 'POSTED', 'DISPUTED', 'REVERSED'))
);
--> statement-breakpoint
CREATE TABLE "record_steps" (
	"record_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"from" text COLLATE "C",
	"to" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C",
	CONSTRAINT "record_steps_pk" PRIMARY KEY("record_id","version"),
	CONSTRAINT "record_steps_action" CHECK ("action" in ('DRAFT', 'SUBMIT', 'CONFIRM', 'RETURN', 'RESUBMIT', 'REJECT', 'VOID', 'POST', 'DISPUTE', 'UPHOLD', 'ADJUST', 'REVERSE', 'MOVE')),
	CONSTRAINT "record_steps_from" CHECK ("from" in ('DRAFT', 'SUBMITTED', 'RETURNED', 'REJECTED', 'VOIDED', 'POSTED', 'DISPUTED', 'REVERSED')),
	CONSTRAINT "record_steps_to" CHECK ("to" in ('DRAFT', 'SUBMITTED', 'RETURNED', 'REJECTED', 'VOIDED', 'POSTED', 'DISPUTED', 'REVERSED')),
	CONSTRAINT "record_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "service_totals" (
	"volunteer_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"checked_in" bigint DEFAULT 0 NOT NULL,
	"entered" bigint DEFAULT 0 NOT NULL,
	"backfilled" bigint DEFAULT 0 NOT NULL,
	"imported" bigint DEFAULT 0 NOT NULL,
	"creditable" bigint DEFAULT 0 NOT NULL,
	"credited" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"name_en" text COLLATE "C",
	"tagline" text COLLATE "C",
	"tagline_en" text COLLATE "C",
	"day" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "activities" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"campaign_id" text COLLATE "C",
	"organization_id" text COLLATE "C" NOT NULL,
	"division_code" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"service_type" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"capacity" bigint NOT NULL,
	"hazardous" boolean NOT NULL,
	"open_to_minors" boolean NOT NULL,
	"outside_county" boolean NOT NULL,
	"authors" jsonb NOT NULL,
	"reviewed_by" text COLLATE "C",
	"details_id" text COLLATE "C" NOT NULL,
	"announced_name" text COLLATE "C",
	"announced_details_id" text COLLATE "C",
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "activities_state" CHECK ("state" in ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'POSTPONED', 'ONGOING', 'ENDED', 'RECORDING', 'CLOSED', 'CANCELLED'))
);
--> statement-breakpoint
CREATE TABLE "activity_steps" (
	"activity_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"from" text COLLATE "C",
	"to" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C",
	CONSTRAINT "activity_steps_pk" PRIMARY KEY("activity_id","version"),
	CONSTRAINT "activity_steps_action" CHECK ("action" in ('CREATE', 'EDIT', 'DROP_SHIFT', 'SUBMIT', 'PUBLISH', 'RETURN', 'START', 'END', 'CLOSE', 'POSTPONE', 'CANCEL', 'RECORD')),
	CONSTRAINT "activity_steps_from" CHECK ("from" in ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'POSTPONED', 'ONGOING', 'ENDED', 'RECORDING', 'CLOSED', 'CANCELLED')),
	CONSTRAINT "activity_steps_to" CHECK ("to" in ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'POSTPONED', 'ONGOING', 'ENDED', 'RECORDING', 'CLOSED', 'CANCELLED')),
	CONSTRAINT "activity_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "shifts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"activity_id" text COLLATE "C" NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"capacity" bigint NOT NULL,
	"venue_id" text COLLATE "C" NOT NULL,
	"announced_venue_id" text COLLATE "C",
	"radius_metres" bigint,
	"dropped" boolean NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "shift_capacity" CHECK (capacity >= 1),
	CONSTRAINT "shift_interval" CHECK (ends_at > starts_at)
);
--> statement-breakpoint
CREATE TABLE "sign_ups" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"shift_id" text COLLATE "C" NOT NULL,
	"activity_id" text COLLATE "C" NOT NULL,
	"volunteer_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"late" boolean NOT NULL,
	"malicious" boolean NOT NULL,
	"accompanied" boolean NOT NULL,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "sign_ups_state" CHECK ("state" in ('PENDING_GUARDIAN', 'ACCEPTED', 'WAITLISTED', 'WITHDRAWN', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'EXCUSED'))
);
--> statement-breakpoint
CREATE TABLE "sign_up_steps" (
	"sign_up_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"volunteer_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"from" text COLLATE "C",
	"to" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"reason_id" text COLLATE "C",
	CONSTRAINT "sign_up_steps_pk" PRIMARY KEY("sign_up_id","version"),
	CONSTRAINT "sign_up_steps_action" CHECK ("action" in ('APPLY', 'CONSENT', 'DECLINE', 'MOVE_UP', 'WITHDRAW', 'CANCEL', 'POSTPONE', 'RESCHEDULE', 'CHECK_IN', 'CHECK_OUT', 'REOPEN', 'MISS', 'RESOLVE')),
	CONSTRAINT "sign_up_steps_from" CHECK ("from" in ('PENDING_GUARDIAN', 'ACCEPTED', 'WAITLISTED', 'WITHDRAWN', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'EXCUSED')),
	CONSTRAINT "sign_up_steps_to" CHECK ("to" in ('PENDING_GUARDIAN', 'ACCEPTED', 'WAITLISTED', 'WITHDRAWN', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'EXCUSED')),
	CONSTRAINT "sign_up_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "attendances" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"sign_up_id" text COLLATE "C" NOT NULL,
	"shift_id" text COLLATE "C" NOT NULL,
	"activity_id" text COLLATE "C" NOT NULL,
	"volunteer_id" text COLLATE "C" NOT NULL,
	"checked_in_at" bigint NOT NULL,
	"checked_in_by" text COLLATE "C" NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"code_slot" bigint,
	"sent_late" boolean NOT NULL,
	"place_verdict" text COLLATE "C" NOT NULL,
	"device" text COLLATE "C",
	"checked_out_at" bigint,
	"checked_out_by" text COLLATE "C",
	"outcome" text COLLATE "C" NOT NULL,
	"record_id" text COLLATE "C",
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "attendances_method" CHECK ("method" in ('CODE', 'DIGITS', 'KIOSK', 'LEAD')),
	CONSTRAINT "attendances_place_verdict" CHECK ("place_verdict" in ('NOT_ASKED', 'NOT_GIVEN', 'WITHIN')),
	CONSTRAINT "attendances_outcome" CHECK ("outcome" in ('OPEN', 'RECORDED', 'TOO_SHORT', 'MISSING_RECORD', 'DISCARDED'))
);
--> statement-breakpoint
CREATE TABLE "fundraisings" (
	"activity_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_name" text COLLATE "C" NOT NULL,
	"plan_filing_no" text COLLATE "C" NOT NULL,
	"permit_no" text COLLATE "C" NOT NULL,
	"how_to_query" text COLLATE "C" NOT NULL,
	"filed_on" text COLLATE "C" NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C" NOT NULL,
	"emergency" boolean NOT NULL,
	"interim_disclosed_on" jsonb NOT NULL,
	"disclosed_on" text COLLATE "C",
	"due_on" text COLLATE "C",
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"subject" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"activities" bigint NOT NULL,
	"organizations" bigint NOT NULL,
	"volunteers" bigint NOT NULL,
	"signed_up" bigint NOT NULL,
	"waitlisted" bigint NOT NULL,
	"checked_in" bigint NOT NULL,
	"service_minutes" bigint NOT NULL,
	"donated_minutes" bigint NOT NULL,
	CONSTRAINT "tallies_pk" PRIMARY KEY("subject","dimension","key"),
	CONSTRAINT "tally_dimension" CHECK ("dimension" in ('TOTAL', 'DIVISION', 'ORGANIZATION', 'TIMELINE'))
);
--> statement-breakpoint
CREATE TABLE "tally_people" (
	"subject" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"volunteer_id" text COLLATE "C" NOT NULL,
	"places" bigint NOT NULL,
	CONSTRAINT "tally_people_pk" PRIMARY KEY("subject","dimension","key","volunteer_id")
);
--> statement-breakpoint
CREATE TABLE "wrong_codes" (
	"who" text COLLATE "C" PRIMARY KEY NOT NULL,
	"times" jsonb NOT NULL,
	"last_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"salt" "bytea" NOT NULL,
	"ciphertext" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_terms" (
	"hash" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "search_terms_pk" PRIMARY KEY("hash","kind","person_id")
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"actor" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"request_hash" text COLLATE "C" NOT NULL,
	"outcome" "bytea" NOT NULL,
	"recorded_at" bigint NOT NULL,
	CONSTRAINT "commands_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "notices_read" (
	"person_id" text COLLATE "C" NOT NULL,
	"notice_id" text COLLATE "C" NOT NULL,
	"read_at" bigint NOT NULL,
	CONSTRAINT "notices_read_pk" PRIMARY KEY("person_id","notice_id")
);
--> statement-breakpoint
CREATE TABLE "ended_sessions" (
	"session" text COLLATE "C" PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bank_marks" (
	"bank_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"proof" text COLLATE "C" NOT NULL,
	"key_changes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tries" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"count" bigint NOT NULL,
	"pauses" bigint NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint
);
--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_debit_accounts_id_fk" FOREIGN KEY ("debit") REFERENCES "accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_credit_accounts_id_fk" FOREIGN KEY ("credit") REFERENCES "accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_owner" ON "accounts" USING btree ("owner","unit");
--> statement-breakpoint
CREATE INDEX "accounts_kind" ON "accounts" USING btree ("kind","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_opened" ON "accounts" USING btree ("opened_seq");
--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_hold" ON "transfers" USING btree ("hold_seq") WHERE hold_seq is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_reverses" ON "transfers" USING btree ("reverses_seq") WHERE reverses_seq is not null;
--> statement-breakpoint
CREATE INDEX "transfers_record" ON "transfers" USING btree ("record_id");
--> statement-breakpoint
CREATE INDEX "entries_effective" ON "entries" USING btree ("account","effective_on","seq");
--> statement-breakpoint
CREATE INDEX "policies_key" ON "policies" USING btree ("key","effective_from","seq");
--> statement-breakpoint
CREATE INDEX "divisions_seq" ON "divisions" USING btree ("seq");
--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_slug" ON "organizations" USING btree ("slug");
--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_uscc" ON "organizations" USING btree ("uscc");
--> statement-breakpoint
CREATE INDEX "organizations_division" ON "organizations" USING btree ("division_code","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "volunteers_person" ON "volunteers" USING btree ("person_id") WHERE state <> 'MERGED';
--> statement-breakpoint
CREATE INDEX "volunteers_of_person" ON "volunteers" USING btree ("person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "volunteers_no" ON "volunteers" USING btree ("volunteer_no");
--> statement-breakpoint
CREATE INDEX "volunteers_no_read" ON "volunteers" USING btree (upper("volunteer_no"));
--> statement-breakpoint
CREATE INDEX "volunteers_division" ON "volunteers" USING btree ("division_code","id");
--> statement-breakpoint
CREATE INDEX "volunteers_deceased" ON "volunteers" USING btree ("seq") WHERE state = 'DECEASED';
--> statement-breakpoint
CREATE INDEX "merged_persons_kept" ON "merged_persons" USING btree ("kept_id");
--> statement-breakpoint
CREATE INDEX "erasures_seq" ON "erasures" USING btree ("seq");
--> statement-breakpoint
CREATE INDEX "grants_person" ON "grants" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "grants_organization" ON "grants" USING btree ("organization_id","role");
--> statement-breakpoint
CREATE INDEX "identities_person" ON "identities" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "identity_links_hash" ON "identity_links" USING btree ("hash");
--> statement-breakpoint
CREATE INDEX "identity_links_person" ON "identity_links" USING btree ("person_id","id");
--> statement-breakpoint
CREATE INDEX "identity_links_state" ON "identity_links" USING btree ("state","seq");
--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_code" ON "invitations" USING btree ("code_hash");
--> statement-breakpoint
CREATE INDEX "invitations_organization" ON "invitations" USING btree ("organization_id","opened_seq");
--> statement-breakpoint
CREATE INDEX "invitations_person" ON "invitations" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "invitations_volunteer" ON "invitations" USING btree ("volunteer_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "guardians_pair" ON "guardians" USING btree ("volunteer_id","person_id");
--> statement-breakpoint
CREATE INDEX "guardians_person" ON "guardians" USING btree ("person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "ties_pair" ON "ties" USING btree ("volunteer_id","organization_id");
--> statement-breakpoint
CREATE INDEX "ties_organization" ON "ties" USING btree ("organization_id","state");
--> statement-breakpoint
CREATE INDEX "organization_profiles_village" ON "organization_profiles" USING btree ("village_kind");
--> statement-breakpoint
CREATE INDEX "heads_organization" ON "heads" USING btree ("organization_id","id");
--> statement-breakpoint
CREATE INDEX "heads_person" ON "heads" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "awards_organization" ON "awards" USING btree ("organization_id","on");
--> statement-breakpoint
CREATE INDEX "findings_organization" ON "findings" USING btree ("organization_id","on");
--> statement-breakpoint
CREATE UNIQUE INDEX "social_workers_person" ON "social_workers" USING btree ("person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "social_workers_certificate" ON "social_workers" USING btree ("certificate_hash");
--> statement-breakpoint
CREATE INDEX "social_workers_organization" ON "social_workers" USING btree ("organization_id","registered_until");
--> statement-breakpoint
CREATE INDEX "social_worker_terms_organization" ON "social_worker_terms" USING btree ("organization_id","registered_until");
--> statement-breakpoint
CREATE INDEX "trainings_worker" ON "trainings" USING btree ("social_worker_id","on");
--> statement-breakpoint
CREATE INDEX "posts_person" ON "posts" USING btree ("person_id","valid_from");
--> statement-breakpoint
CREATE INDEX "posts_organization" ON "posts" USING btree ("organization_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "households_no" ON "households" USING btree ("division_code","household_no");
--> statement-breakpoint
CREATE INDEX "household_standings_division" ON "household_standings" USING btree ("division_code","household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "village_points_transfer" ON "village_points" USING btree ("transfer_seq");
--> statement-breakpoint
CREATE INDEX "village_points_household" ON "village_points" USING btree ("household_id","on");
--> statement-breakpoint
CREATE INDEX "revisions_other" ON "revisions" USING btree ("other_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "recipients_person" ON "recipients" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "recipients_division" ON "recipients" USING btree ("division_code","id");
--> statement-breakpoint
CREATE INDEX "recipients_account" ON "recipients" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "listings_division" ON "listings" USING btree ("division_code","recipient_id");
--> statement-breakpoint
CREATE INDEX "visits_recipient" ON "visits" USING btree ("recipient_id","on");
--> statement-breakpoint
CREATE INDEX "visits_counts_for" ON "visits" USING btree ("counts_for_id","on");
--> statement-breakpoint
CREATE INDEX "visits_obligation" ON "visits" USING btree ("obligation","counts_for_id");
--> statement-breakpoint
CREATE INDEX "visits_record" ON "visits" USING btree ("record_id");
--> statement-breakpoint
CREATE INDEX "visits_waiting" ON "visits" USING btree ("waits","at","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "credit_records_person" ON "credit_records" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "credit_records_answer" ON "credit_records" USING btree ("state","answer_by","id");
--> statement-breakpoint
CREATE INDEX "credit_records_decide" ON "credit_records" USING btree ("state","decide_by","id");
--> statement-breakpoint
CREATE INDEX "credit_records_expire" ON "credit_records" USING btree ("state","expires_on");
--> statement-breakpoint
CREATE INDEX "credit_reads_subject" ON "credit_reads" USING btree ("subject_hash","seq");
--> statement-breakpoint
CREATE UNIQUE INDEX "spot_seeds_month" ON "spot_seeds" USING btree ("month");
--> statement-breakpoint
CREATE UNIQUE INDEX "spot_checks_record" ON "spot_checks" USING btree ("record_id");
--> statement-breakpoint
CREATE INDEX "spot_checks_organization" ON "spot_checks" USING btree ("organization_id","id");
--> statement-breakpoint
CREATE INDEX "rating_rounds_open" ON "rating_rounds" USING btree ("opens_on","id");
--> statement-breakpoint
CREATE INDEX "ratings_round" ON "ratings" USING btree ("round_id","organization_id");
--> statement-breakpoint
CREATE INDEX "ratings_organization" ON "ratings" USING btree ("organization_id","instrument","id");
--> statement-breakpoint
CREATE INDEX "ratings_level" ON "ratings" USING btree ("instrument","state","level","valid_until");
--> statement-breakpoint
CREATE INDEX "ratings_notice" ON "ratings" USING btree ("state","notice_until","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "rating_votes_member" ON "rating_votes" USING btree ("rating_id","member_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "rating_sheets_assessor" ON "rating_sheets" USING btree ("rating_id","assessor_id","version");
--> statement-breakpoint
CREATE INDEX "rating_downgrades_rating" ON "rating_downgrades" USING btree ("rating_id","id");
--> statement-breakpoint
CREATE INDEX "feedbacks_member" ON "feedbacks" USING btree ("organization_id","member_hash","version");
--> statement-breakpoint
CREATE UNIQUE INDEX "records_external_ref" ON "service_records" USING btree ("external_ref");
--> statement-breakpoint
CREATE INDEX "records_volunteer" ON "service_records" USING btree ("volunteer_id","started_at");
--> statement-breakpoint
CREATE INDEX "records_queue" ON "service_records" USING btree ("organization_id","state","record_by","opened_seq");
--> statement-breakpoint
CREATE INDEX "records_ended" ON "service_records" USING btree ("ended_at");
--> statement-breakpoint
CREATE INDEX "records_month" ON "service_records" USING btree ("organization_id","ended_at");
--> statement-breakpoint
CREATE INDEX "records_overdue" ON "service_records" USING btree ("record_by","id") WHERE "state" in ('DRAFT', 'SUBMITTED', 'RETURNED');
--> statement-breakpoint
CREATE INDEX "records_replaced" ON "service_records" USING btree ("replaced_by") WHERE replaced_by is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_slug" ON "campaigns" USING btree ("slug");
--> statement-breakpoint
CREATE INDEX "campaigns_day" ON "campaigns" USING btree ("day","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "activities_slug" ON "activities" USING btree ("slug");
--> statement-breakpoint
CREATE INDEX "activities_campaign" ON "activities" USING btree ("campaign_id","starts_at","id");
--> statement-breakpoint
CREATE INDEX "activities_organization" ON "activities" USING btree ("organization_id","starts_at","id");
--> statement-breakpoint
CREATE INDEX "activities_state" ON "activities" USING btree ("state","starts_at","id");
--> statement-breakpoint
CREATE INDEX "activities_start" ON "activities" USING btree ("starts_at","id");
--> statement-breakpoint
CREATE INDEX "shifts_activity" ON "shifts" USING btree ("activity_id","starts_at","id");
--> statement-breakpoint
CREATE INDEX "shifts_start" ON "shifts" USING btree ("starts_at","activity_id");
--> statement-breakpoint
CREATE INDEX "sign_ups_shift" ON "sign_ups" USING btree ("shift_id","opened_seq");
--> statement-breakpoint
CREATE INDEX "sign_ups_shift_state" ON "sign_ups" USING btree ("shift_id","state","opened_seq");
--> statement-breakpoint
CREATE INDEX "sign_ups_volunteer" ON "sign_ups" USING btree ("volunteer_id","opened_seq");
--> statement-breakpoint
CREATE INDEX "sign_ups_activity" ON "sign_ups" USING btree ("activity_id","state");
--> statement-breakpoint
CREATE INDEX "sign_up_steps_volunteer" ON "sign_up_steps" USING btree ("volunteer_id","seq");
--> statement-breakpoint
CREATE UNIQUE INDEX "attendances_sign_up" ON "attendances" USING btree ("sign_up_id");
--> statement-breakpoint
CREATE INDEX "attendances_activity" ON "attendances" USING btree ("activity_id","outcome");
--> statement-breakpoint
CREATE INDEX "attendances_record" ON "attendances" USING btree ("record_id");
--> statement-breakpoint
CREATE INDEX "fundraisings_due" ON "fundraisings" USING btree ("due_on","activity_id");
--> statement-breakpoint
CREATE INDEX "fundraisings_ending" ON "fundraisings" USING btree ("ends_on");
--> statement-breakpoint
CREATE INDEX "wrong_codes_last" ON "wrong_codes" USING btree ("last_at");
--> statement-breakpoint
CREATE INDEX "sealed_person" ON "sealed" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "search_terms_person" ON "search_terms" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "ended_sessions_expiry" ON "ended_sessions" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "tries_since" ON "tries" USING btree ("since");
--> statement-breakpoint
-- The row that a writer locks: one writer at a time, in whichever process.
CREATE TABLE head (id boolean PRIMARY KEY DEFAULT true CHECK (id));
--> statement-breakpoint
INSERT INTO head VALUES (true);
--> statement-breakpoint
-- The ledger's rules, kept by the database itself: history is append-only, and a balance moves only by a transfer.
-- The same guards, names and messages as in migrations/sqlite.
CREATE FUNCTION ledger_immutable() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION 'LEDGER_IMMUTABLE';
END $$;
--> statement-breakpoint
CREATE FUNCTION journal_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  last journal%ROWTYPE;
BEGIN
  SELECT * INTO last FROM journal ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last.seq + 1, 0) OR NEW.recorded_at <= coalesce(last.recorded_at, 0) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION accounts_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM accounts WHERE id = NEW.id) THEN RAISE EXCEPTION 'LEDGER_IMMUTABLE'; END IF;
  IF NEW.debits_posted <> 0 OR NEW.credits_posted <> 0 OR NEW.debits_pending <> 0 OR NEW.credits_pending <> 0
    OR NEW.version <> 0 OR NEW.last_seq <> NEW.opened_seq
    OR NOT EXISTS (SELECT 1 FROM journal WHERE seq = NEW.opened_seq AND kind = 'ACCOUNT_OPENED')
    OR EXISTS (SELECT 1 FROM accounts WHERE opened_seq = NEW.opened_seq)
    OR (NEW.floor IS NULL AND NEW.kind NOT IN ('ISSUANCE', 'GRANT_FUNDING', 'POINT_ISSUANCE', 'CLEARING'))
  THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION accounts_moves() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.id IS DISTINCT FROM OLD.id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.unit IS DISTINCT FROM OLD.unit
    OR NEW.owner IS DISTINCT FROM OLD.owner OR NEW.floor IS DISTINCT FROM OLD.floor
    OR NEW.ceiling IS DISTINCT FROM OLD.ceiling OR NEW.opened_seq IS DISTINCT FROM OLD.opened_seq
    OR NEW.version IS DISTINCT FROM OLD.version + 1 OR NEW.last_seq <= OLD.last_seq
    OR NOT EXISTS (
      SELECT 1 FROM transfers AS t LEFT JOIN transfers AS h ON h.seq = t.hold_seq
      WHERE t.seq = NEW.last_seq AND OLD.id IN (t.debit, t.credit)
        AND NEW.debits_posted = OLD.debits_posted + CASE WHEN t.debit = OLD.id AND t.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN t.minutes ELSE 0 END
        AND NEW.credits_posted = OLD.credits_posted + CASE WHEN t.credit = OLD.id AND t.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN t.minutes ELSE 0 END
        AND NEW.debits_pending = OLD.debits_pending + CASE WHEN t.debit <> OLD.id THEN 0 WHEN t.phase = 'HELD' THEN t.minutes ELSE -coalesce(h.minutes, 0) END
        AND NEW.credits_pending = OLD.credits_pending + CASE WHEN t.credit <> OLD.id THEN 0 WHEN t.phase = 'HELD' THEN t.minutes ELSE -coalesce(h.minutes, 0) END)
  THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION transfers_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  payer accounts%ROWTYPE;
  payee accounts%ROWTYPE;
BEGIN
  IF EXISTS (SELECT 1 FROM transfers WHERE seq = NEW.seq) THEN RAISE EXCEPTION 'LEDGER_IMMUTABLE'; END IF;
  IF NEW.seq < (SELECT max(seq) FROM transfers) OR NOT EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq AND kind = 'TRANSFER')
  THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  SELECT * INTO payer FROM accounts WHERE id = NEW.debit;
  SELECT * INTO payee FROM accounts WHERE id = NEW.credit;
  IF payer.unit IS DISTINCT FROM payee.unit THEN RAISE EXCEPTION 'UNIT_MISMATCH'; END IF;
  IF (NEW.phase IN ('SETTLED', 'RELEASED', 'EXPIRED')) <> (NEW.hold_seq IS NOT NULL)
    OR (NEW.phase = 'REVERSAL') <> (NEW.reverses_seq IS NOT NULL) THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  IF NEW.hold_seq IS NOT NULL THEN
    IF EXISTS (SELECT 1 FROM transfers WHERE hold_seq = NEW.hold_seq) THEN RAISE EXCEPTION 'HOLD_ENDED'; END IF;
    IF NOT EXISTS (SELECT 1 FROM transfers AS h
      WHERE h.seq = NEW.hold_seq AND h.phase = 'HELD' AND h.debit = NEW.debit AND h.credit = NEW.credit AND NEW.minutes <= h.minutes
        AND (NEW.phase = 'SETTLED' OR NEW.minutes = h.minutes)) THEN RAISE EXCEPTION 'EXCEEDS_HOLD'; END IF;
  END IF;
  IF NEW.reverses_seq IS NOT NULL THEN
    IF EXISTS (SELECT 1 FROM transfers WHERE reverses_seq = NEW.reverses_seq) THEN RAISE EXCEPTION 'ALREADY_REVERSED'; END IF;
    IF NOT EXISTS (SELECT 1 FROM transfers AS o
      WHERE o.seq = NEW.reverses_seq AND o.phase = 'POSTED' AND o.debit = NEW.credit AND o.credit = NEW.debit AND o.minutes = NEW.minutes)
    THEN RAISE EXCEPTION 'NOT_REVERSIBLE'; END IF;
  END IF;
  IF NEW.kind = 'ROUNDING' AND (NEW.phase <> 'POSTED' OR 'ISSUANCE' NOT IN (payer.kind, payee.kind)) THEN
    RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION transfers_apply() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  moved bigint := CASE WHEN NEW.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN NEW.minutes ELSE 0 END;
  pending bigint := CASE WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END;
BEGIN
  UPDATE accounts SET debits_posted = debits_posted + moved, debits_pending = debits_pending + pending,
    version = version + 1, last_seq = NEW.seq WHERE id = NEW.debit;
  UPDATE accounts SET credits_posted = credits_posted + moved, credits_pending = credits_pending + pending,
    version = version + 1, last_seq = NEW.seq WHERE id = NEW.credit;
  -- Here and not in the guard: of rows that one statement writes, each counts those before it.
  IF NEW.phase IN ('POSTED', 'HELD') AND NEW.kind <> 'ROUNDING' THEN
    IF EXISTS (SELECT 1 FROM accounts WHERE id = NEW.debit AND credits_posted - debits_posted - debits_pending < floor) THEN
      RAISE EXCEPTION 'INSUFFICIENT_CREDIT';
    END IF;
    IF EXISTS (SELECT 1 FROM accounts WHERE id = NEW.credit AND credits_posted + credits_pending - debits_posted > ceiling) THEN
      RAISE EXCEPTION 'BALANCE_CAP';
    END IF;
  END IF;
  INSERT INTO entries (account, version, seq, minutes, held, pending_in, posted_after, held_after, pending_in_after, effective_on)
  SELECT id, version, NEW.seq, CASE WHEN id = NEW.debit THEN -moved ELSE moved END,
    CASE WHEN id = NEW.debit THEN pending ELSE 0 END, CASE WHEN id = NEW.credit THEN pending ELSE 0 END,
    credits_posted - debits_posted, debits_pending, credits_pending, NEW.effective_on
  FROM accounts WHERE id IN (NEW.debit, NEW.credit);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION entries_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM entries WHERE account = NEW.account AND seq >= NEW.seq) THEN RAISE EXCEPTION 'LEDGER_IMMUTABLE'; END IF;
  IF NOT EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account AND version = NEW.version AND last_seq = NEW.seq
    AND credits_posted - debits_posted = NEW.posted_after AND debits_pending = NEW.held_after AND credits_pending = NEW.pending_in_after)
  THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM record_steps WHERE record_id = NEW.record_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION activity_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM activity_steps WHERE activity_id = NEW.activity_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION sign_up_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM sign_up_steps WHERE sign_up_id = NEW.sign_up_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION head_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM head_steps WHERE head_id = NEW.head_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION credit_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM credit_steps WHERE credit_record_id = NEW.credit_record_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION rating_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM rating_steps WHERE rating_id = NEW.rating_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION organization_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM organization_steps WHERE organization_id = NEW.organization_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION volunteer_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM volunteer_steps WHERE volunteer_id = NEW.volunteer_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION capacity_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM capacity_steps WHERE capacity_id = NEW.capacity_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION rating_downgrade_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM rating_downgrade_steps WHERE downgrade_id = NEW.downgrade_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION rating_sheets_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM rating_sheets WHERE id = NEW.id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION revisions_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM revisions WHERE subject_id = NEW.subject_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER journal_guard BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION journal_guard();
--> statement-breakpoint
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER accounts_guard BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION accounts_guard();
--> statement-breakpoint
CREATE TRIGGER accounts_moves BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION accounts_moves();
--> statement-breakpoint
CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER accounts_no_truncate BEFORE TRUNCATE ON accounts FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER transfers_guard BEFORE INSERT ON transfers FOR EACH ROW EXECUTE FUNCTION transfers_guard();
--> statement-breakpoint
CREATE TRIGGER transfers_apply AFTER INSERT ON transfers FOR EACH ROW EXECUTE FUNCTION transfers_apply();
--> statement-breakpoint
CREATE TRIGGER transfers_no_update BEFORE UPDATE ON transfers FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER transfers_no_delete BEFORE DELETE ON transfers FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER transfers_no_truncate BEFORE TRUNCATE ON transfers FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER entries_guard BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION entries_guard();
--> statement-breakpoint
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER steps_guard BEFORE INSERT ON record_steps FOR EACH ROW EXECUTE FUNCTION steps_guard();
--> statement-breakpoint
CREATE TRIGGER steps_no_update BEFORE UPDATE ON record_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER steps_no_delete BEFORE DELETE ON record_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER steps_no_truncate BEFORE TRUNCATE ON record_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER activity_steps_guard BEFORE INSERT ON activity_steps FOR EACH ROW EXECUTE FUNCTION activity_steps_guard();
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_update BEFORE UPDATE ON activity_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_delete BEFORE DELETE ON activity_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_truncate BEFORE TRUNCATE ON activity_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_guard BEFORE INSERT ON sign_up_steps FOR EACH ROW EXECUTE FUNCTION sign_up_steps_guard();
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_update BEFORE UPDATE ON sign_up_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_delete BEFORE DELETE ON sign_up_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_truncate BEFORE TRUNCATE ON sign_up_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER head_steps_guard BEFORE INSERT ON head_steps FOR EACH ROW EXECUTE FUNCTION head_steps_guard();
--> statement-breakpoint
CREATE TRIGGER head_steps_no_update BEFORE UPDATE ON head_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER head_steps_no_delete BEFORE DELETE ON head_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER head_steps_no_truncate BEFORE TRUNCATE ON head_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_steps_guard BEFORE INSERT ON credit_steps FOR EACH ROW EXECUTE FUNCTION credit_steps_guard();
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_update BEFORE UPDATE ON credit_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_delete BEFORE DELETE ON credit_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_truncate BEFORE TRUNCATE ON credit_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_update BEFORE UPDATE ON credit_reads FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_delete BEFORE DELETE ON credit_reads FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_truncate BEFORE TRUNCATE ON credit_reads FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_steps_guard BEFORE INSERT ON rating_steps FOR EACH ROW EXECUTE FUNCTION rating_steps_guard();
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_update BEFORE UPDATE ON rating_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_delete BEFORE DELETE ON rating_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_truncate BEFORE TRUNCATE ON rating_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER organization_steps_guard BEFORE INSERT ON organization_steps FOR EACH ROW EXECUTE FUNCTION organization_steps_guard();
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_update BEFORE UPDATE ON organization_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_delete BEFORE DELETE ON organization_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_truncate BEFORE TRUNCATE ON organization_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_guard BEFORE INSERT ON volunteer_steps FOR EACH ROW EXECUTE FUNCTION volunteer_steps_guard();
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_update BEFORE UPDATE ON volunteer_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_delete BEFORE DELETE ON volunteer_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_truncate BEFORE TRUNCATE ON volunteer_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER capacity_steps_guard BEFORE INSERT ON capacity_steps FOR EACH ROW EXECUTE FUNCTION capacity_steps_guard();
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_update BEFORE UPDATE ON capacity_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_delete BEFORE DELETE ON capacity_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_truncate BEFORE TRUNCATE ON capacity_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_guard BEFORE INSERT ON rating_downgrade_steps FOR EACH ROW EXECUTE FUNCTION rating_downgrade_steps_guard();
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_update BEFORE UPDATE ON rating_downgrade_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_delete BEFORE DELETE ON rating_downgrade_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_truncate BEFORE TRUNCATE ON rating_downgrade_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_sheets_guard BEFORE INSERT ON rating_sheets FOR EACH ROW EXECUTE FUNCTION rating_sheets_guard();
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_update BEFORE UPDATE ON rating_sheets FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_delete BEFORE DELETE ON rating_sheets FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_truncate BEFORE TRUNCATE ON rating_sheets FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER revisions_guard BEFORE INSERT ON revisions FOR EACH ROW EXECUTE FUNCTION revisions_guard();
--> statement-breakpoint
CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER revisions_no_truncate BEFORE TRUNCATE ON revisions FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
