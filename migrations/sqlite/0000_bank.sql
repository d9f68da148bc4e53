-- Tables as drizzle-kit made them from drizzle/tables; those that are kept by a key alone and hold small rows are WITHOUT ROWID.
CREATE TABLE `journal` (
	`seq` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`body` blob NOT NULL,
	`leaf` blob NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`unit` text NOT NULL,
	`owner` text,
	`floor` integer,
	`ceiling` integer,
	`opened_seq` integer NOT NULL,
	`last_seq` integer NOT NULL,
	`debits_posted` integer DEFAULT 0 NOT NULL,
	`credits_posted` integer DEFAULT 0 NOT NULL,
	`debits_pending` integer DEFAULT 0 NOT NULL,
	`credits_pending` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "accounts_kind" CHECK("kind" in ('ISSUANCE', 'VOLUNTEER', 'RECIPIENT', 'GROUP', 'PUBLIC_POOL', 'GOVERNMENT_GRANT', 'GRANT_FUNDING', 'REDEEMED', 'OVERFLOW_HONOUR', 'CLEARING', 'POINT_ISSUANCE', 'HOUSEHOLD')),
	CONSTRAINT "accounts_unit" CHECK("unit" in ('MINUTE', 'VILLAGE_POINT')),
	CONSTRAINT "account_sums" CHECK(debits_posted >= 0 and credits_posted >= 0 and debits_pending >= 0 and credits_pending >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_owner` ON `accounts` (`owner`,`unit`);
--> statement-breakpoint
CREATE INDEX `accounts_kind` ON `accounts` (`kind`,`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_opened` ON `accounts` (`opened_seq`);
--> statement-breakpoint
CREATE TABLE `transfers` (
	`debit` text NOT NULL,
	`credit` text NOT NULL,
	`minutes` integer NOT NULL,
	`phase` text NOT NULL,
	`kind` text NOT NULL,
	`hold_seq` integer,
	`reverses_seq` integer,
	`effective_on` text NOT NULL,
	`expires_at` integer,
	`record_id` text,
	`policy_ids` text NOT NULL,
	`seq` integer PRIMARY KEY NOT NULL,
	FOREIGN KEY (`debit`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`credit`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "transfers_phase" CHECK("phase" in ('POSTED', 'HELD', 'SETTLED', 'RELEASED', 'EXPIRED', 'REVERSAL')),
	CONSTRAINT "transfers_kind" CHECK("kind" in ('EARN', 'ROUNDING', 'HOLD', 'SETTLE', 'RELEASE', 'REVERSAL', 'GIFT', 'DONATE', 'GRANT', 'FUND', 'OVERFLOW', 'CLEARING')),
	CONSTRAINT "transfer_minutes" CHECK(minutes >= 1),
	CONSTRAINT "transfer_accounts" CHECK(debit <> credit)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `transfers_hold` ON `transfers` (`hold_seq`) WHERE hold_seq is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX `transfers_reverses` ON `transfers` (`reverses_seq`) WHERE reverses_seq is not null;
--> statement-breakpoint
CREATE INDEX `transfers_record` ON `transfers` (`record_id`);
--> statement-breakpoint
CREATE TABLE `entries` (
	`account` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`minutes` integer NOT NULL,
	`held` integer NOT NULL,
	`pending_in` integer NOT NULL,
	`posted_after` integer NOT NULL,
	`held_after` integer NOT NULL,
	`pending_in_after` integer NOT NULL,
	`effective_on` text NOT NULL,
	PRIMARY KEY(`account`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `entries_effective` ON `entries` (`account`,`effective_on`,`seq`);
--> statement-breakpoint
CREATE TABLE `policies` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`effective_from` text NOT NULL,
	`citation` text NOT NULL,
	`status` text NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "policies_status" CHECK("status" in ('CITED', 'MEMORY', 'OURS'))
);
--> statement-breakpoint
CREATE INDEX `policies_key` ON `policies` (`key`,`effective_from`,`seq`);
--> statement-breakpoint
CREATE TABLE `divisions` (
	`code` text PRIMARY KEY NOT NULL,
	`official_code` text,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`parent_code` text,
	`retired_on` text,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "divisions_kind" CHECK("kind" in ('COUNTY_CITY', 'TOWN', 'TOWNSHIP', 'SUBDISTRICT', 'VILLAGE', 'COMMUNITY', 'GRID')),
	CONSTRAINT "divisions_state" CHECK("state" in ('ACTIVE', 'RETIRED'))
);
--> statement-breakpoint
CREATE INDEX `divisions_seq` ON `divisions` (`seq`);
--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`uscc` text,
	`filing_status` text NOT NULL,
	`division_code` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "organizations_kind" CHECK("kind" in ('SOCIAL_WORK_STATION', 'SOCIAL_WORK_AGENCY', 'VOLUNTEER_ORGANIZATION', 'VOLUNTEER_TEAM', 'ASSOCIATION', 'SOCIAL_SERVICE_ORG', 'FOUNDATION', 'SERVICE_PLATFORM', 'PARTY_SERVICE_CENTER', 'CHARITY_BASE', 'HOME_CARE_CENTER', 'GOVERNMENT_OFFICE')),
	CONSTRAINT "organizations_filing_status" CHECK("filing_status" in ('REGISTERED', 'FILED', 'UNREGISTERED')),
	CONSTRAINT "organizations_state" CHECK("state" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_slug` ON `organizations` (`slug`);
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_uscc` ON `organizations` (`uscc`);
--> statement-breakpoint
CREATE INDEX `organizations_division` ON `organizations` (`division_code`,`id`);
--> statement-breakpoint
CREATE TABLE `volunteers` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`volunteer_no` text NOT NULL,
	`division_code` text NOT NULL,
	`state` text NOT NULL,
	`account_id` text NOT NULL,
	`group` integer NOT NULL,
	`overflow` text NOT NULL,
	`registered_on` text NOT NULL,
	`vouched_by` text,
	`profile_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "volunteers_state" CHECK("state" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED')),
	CONSTRAINT "volunteers_overflow" CHECK("overflow" in ('DONATE', 'HONOUR'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `volunteers_person` ON `volunteers` (`person_id`) WHERE state <> 'MERGED';
--> statement-breakpoint
CREATE INDEX `volunteers_of_person` ON `volunteers` (`person_id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `volunteers_no` ON `volunteers` (`volunteer_no`);
--> statement-breakpoint
CREATE INDEX `volunteers_no_read` ON `volunteers` (upper("volunteer_no"));
--> statement-breakpoint
CREATE INDEX `volunteers_division` ON `volunteers` (`division_code`,`id`);
--> statement-breakpoint
CREATE INDEX `volunteers_deceased` ON `volunteers` (`seq`) WHERE state = 'DECEASED';
--> statement-breakpoint
CREATE TABLE `volunteer_standings` (
	`volunteer_id` text NOT NULL,
	`version` integer NOT NULL,
	`entered_on` text NOT NULL,
	`state` text NOT NULL,
	`division_code` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`volunteer_id`, `version`),
	CONSTRAINT "volunteer_standings_state" CHECK("state" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED'))
);
--> statement-breakpoint
CREATE TABLE `volunteer_steps` (
	`volunteer_id` text NOT NULL,
	`version` integer NOT NULL,
	`fields` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`volunteer_id`, `version`),
	CONSTRAINT "volunteer_steps_action" CHECK("action" in ('ACTIVATE', 'SUSPEND', 'RESTORE', 'WITHDRAW', 'RETURN', 'RECORD_DEATH', 'UNDO_DEATH', 'REVISE', 'SEPARATE', 'TAKE_OVER', 'MERGE')),
	CONSTRAINT "volunteer_steps_from" CHECK("from" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED')),
	CONSTRAINT "volunteer_steps_to" CHECK("to" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED')),
	CONSTRAINT "volunteer_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE `merged_persons` (
	`person_id` text PRIMARY KEY NOT NULL,
	`kept_id` text NOT NULL,
	`volunteer_id` text,
	`kept_volunteer_id` text,
	`reason_id` text NOT NULL,
	`ended_at` integer,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `merged_persons_kept` ON `merged_persons` (`kept_id`);
--> statement-breakpoint
CREATE TABLE `capacity_steps` (
	`capacity_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`fields` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`capacity_id`, `version`),
	CONSTRAINT "capacity_steps_action" CHECK("action" in ('REGISTER', 'REVISE', 'LIST', 'UNLIST', 'SEPARATE', 'TAKE_OVER', 'MERGE')),
	CONSTRAINT "capacity_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE `staff` (
	`person_id` text PRIMARY KEY NOT NULL,
	`profile_id` text NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `erasures` (
	`person_id` text PRIMARY KEY NOT NULL,
	`on` text NOT NULL,
	`kept_until` text NOT NULL,
	`reason_id` text NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `erasures_seq` ON `erasures` (`seq`);
--> statement-breakpoint
CREATE TABLE `grants` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`organization_id` text,
	`division_code` text,
	`valid_from` text NOT NULL,
	`valid_until` text,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "grants_role" CHECK("role" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR'))
);
--> statement-breakpoint
CREATE INDEX `grants_person` ON `grants` (`person_id`);
--> statement-breakpoint
CREATE INDEX `grants_organization` ON `grants` (`organization_id`,`role`);
--> statement-breakpoint
CREATE TABLE `identities` (
	`hash` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`ended` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `identities_person` ON `identities` (`person_id`);
--> statement-breakpoint
CREATE TABLE `identity_links` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`person_id` text NOT NULL,
	`issuer` text,
	`kind` text NOT NULL,
	`linked_at` integer NOT NULL,
	`linked_by` text NOT NULL,
	`link_reason_id` text,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`unlinked_at` integer,
	`unlinked_by` text,
	`unlink_reason_id` text,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "identity_links_kind" CHECK("kind" in ('CODE', 'CLAIM', 'PAPERS', 'SELF', 'OPERATOR')),
	CONSTRAINT "identity_links_linked_by" CHECK("linked_by" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM')),
	CONSTRAINT "identity_links_state" CHECK("state" in ('LINKED', 'UNLINKED')),
	CONSTRAINT "identity_links_unlinked_by" CHECK("unlinked_by" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX `identity_links_hash` ON `identity_links` (`hash`);
--> statement-breakpoint
CREATE INDEX `identity_links_person` ON `identity_links` (`person_id`,`id`);
--> statement-breakpoint
CREATE INDEX `identity_links_state` ON `identity_links` (`state`,`seq`);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`person_id` text,
	`volunteer_id` text,
	`code_hash` text NOT NULL,
	`invited_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_by` text,
	`accepted_at` integer,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "invitations_kind" CHECK("kind" in ('VOLUNTEER', 'STAFF', 'GUARDIAN')),
	CONSTRAINT "invitations_state" CHECK("state" in ('OPEN', 'ACCEPTED', 'EXPIRED', 'REVOKED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_code` ON `invitations` (`code_hash`);
--> statement-breakpoint
CREATE INDEX `invitations_organization` ON `invitations` (`organization_id`,`opened_seq`);
--> statement-breakpoint
CREATE INDEX `invitations_person` ON `invitations` (`person_id`);
--> statement-breakpoint
CREATE INDEX `invitations_volunteer` ON `invitations` (`volunteer_id`);
--> statement-breakpoint
CREATE TABLE `guardians` (
	`id` text PRIMARY KEY NOT NULL,
	`volunteer_id` text NOT NULL,
	`person_id` text NOT NULL,
	`ended` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guardians_pair` ON `guardians` (`volunteer_id`,`person_id`);
--> statement-breakpoint
CREATE INDEX `guardians_person` ON `guardians` (`person_id`);
--> statement-breakpoint
CREATE TABLE `ties` (
	`id` text PRIMARY KEY NOT NULL,
	`volunteer_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "ties_state" CHECK("state" in ('ALLOWED', 'ENDED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ties_pair` ON `ties` (`volunteer_id`,`organization_id`);
--> statement-breakpoint
CREATE INDEX `ties_organization` ON `ties` (`organization_id`,`state`);
--> statement-breakpoint
CREATE TABLE `calendars` (
	`person_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `organization_profiles` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`registered_on` text,
	`hub` integer NOT NULL,
	`village_kind` text,
	`supervisor_id` text,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `organization_profiles_village` ON `organization_profiles` (`village_kind`);
--> statement-breakpoint
CREATE TABLE `heads` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`proposed_by` text NOT NULL,
	`profile_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "heads_state" CHECK("state" in ('PROPOSED', 'APPROVED', 'REFUSED', 'ENDED'))
);
--> statement-breakpoint
CREATE INDEX `heads_organization` ON `heads` (`organization_id`,`id`);
--> statement-breakpoint
CREATE INDEX `heads_person` ON `heads` (`person_id`);
--> statement-breakpoint
CREATE TABLE `head_steps` (
	`head_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`head_id`, `version`),
	CONSTRAINT "head_steps_action" CHECK("action" in ('PROPOSE', 'APPROVE', 'REFUSE', 'END')),
	CONSTRAINT "head_steps_from" CHECK("from" in ('PROPOSED', 'APPROVED', 'REFUSED', 'ENDED')),
	CONSTRAINT "head_steps_to" CHECK("to" in ('PROPOSED', 'APPROVED', 'REFUSED', 'ENDED')),
	CONSTRAINT "head_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE `awards` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`granted_by` text NOT NULL,
	`on` text NOT NULL,
	`withdrawn` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `awards_organization` ON `awards` (`organization_id`,`on`);
--> statement-breakpoint
CREATE TABLE `organization_steps` (
	`organization_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `version`),
	CONSTRAINT "organization_steps_action" CHECK("action" in ('REVISE', 'SUSPEND', 'RESUME', 'DISSOLVE')),
	CONSTRAINT "organization_steps_from" CHECK("from" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED')),
	CONSTRAINT "organization_steps_to" CHECK("to" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED')),
	CONSTRAINT "organization_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE `organization_standings` (
	`organization_id` text NOT NULL,
	`version` integer NOT NULL,
	`entered_on` text NOT NULL,
	`state` text NOT NULL,
	`filing_status` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `version`),
	CONSTRAINT "organization_standings_state" CHECK("state" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED')),
	CONSTRAINT "organization_standings_filing_status" CHECK("filing_status" in ('REGISTERED', 'FILED', 'UNREGISTERED'))
);
--> statement-breakpoint
CREATE TABLE `findings` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`result` text,
	`year` integer,
	`on` text NOT NULL,
	`ended_on` text,
	`withdrawn` integer NOT NULL,
	`version` integer NOT NULL,
	`reason_id` text,
	`seq` integer NOT NULL,
	CONSTRAINT "findings_kind" CHECK("kind" in ('ANNUAL_CHECK', 'PENALTY', 'INVESTIGATION')),
	CONSTRAINT "findings_result" CHECK("result" in ('QUALIFIED', 'BASICALLY_QUALIFIED', 'FAILED', 'MISSED'))
);
--> statement-breakpoint
CREATE INDEX `findings_organization` ON `findings` (`organization_id`,`on`);
--> statement-breakpoint
CREATE TABLE `social_workers` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`level` text NOT NULL,
	`certificate_hash` text NOT NULL,
	`registered_on` text NOT NULL,
	`registered_until` text NOT NULL,
	`profile_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "social_workers_level" CHECK("level" in ('ASSISTANT', 'INTERMEDIATE', 'SENIOR'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `social_workers_person` ON `social_workers` (`person_id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `social_workers_certificate` ON `social_workers` (`certificate_hash`);
--> statement-breakpoint
CREATE INDEX `social_workers_organization` ON `social_workers` (`organization_id`,`registered_until`);
--> statement-breakpoint
CREATE TABLE `social_worker_terms` (
	`social_worker_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`registered_on` text NOT NULL,
	`registered_until` text NOT NULL,
	`entered_on` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`social_worker_id`, `registered_on`)
);
--> statement-breakpoint
CREATE INDEX `social_worker_terms_organization` ON `social_worker_terms` (`organization_id`,`registered_until`);
--> statement-breakpoint
CREATE TABLE `trainings` (
	`id` text PRIMARY KEY NOT NULL,
	`social_worker_id` text NOT NULL,
	`hours` integer NOT NULL,
	`on` text NOT NULL,
	`details_id` text NOT NULL,
	`withdrawn` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `trainings_worker` ON `trainings` (`social_worker_id`,`on`);
--> statement-breakpoint
CREATE TABLE `posts` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`post` text NOT NULL,
	`grade` integer NOT NULL,
	`valid_from` text NOT NULL,
	`valid_until` text,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "posts_post" CHECK("post" in ('CHIEF', 'DEPUTY', 'GENERAL'))
);
--> statement-breakpoint
CREATE INDEX `posts_person` ON `posts` (`person_id`,`valid_from`);
--> statement-breakpoint
CREATE INDEX `posts_organization` ON `posts` (`organization_id`,`id`);
--> statement-breakpoint
CREATE TABLE `households` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`household_no` text NOT NULL,
	`division_code` text NOT NULL,
	`account_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `households_no` ON `households` (`division_code`,`household_no`);
--> statement-breakpoint
CREATE TABLE `household_standings` (
	`household_id` text NOT NULL,
	`version` integer NOT NULL,
	`household_no` text NOT NULL,
	`division_code` text NOT NULL,
	`since` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`household_id`, `version`)
);
--> statement-breakpoint
CREATE INDEX `household_standings_division` ON `household_standings` (`division_code`,`household_id`);
--> statement-breakpoint
CREATE TABLE `household_quarters` (
	`household_id` text NOT NULL,
	`quarter` text NOT NULL,
	`account_id` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`household_id`, `quarter`)
);
--> statement-breakpoint
CREATE TABLE `village_points` (
	`id` text PRIMARY KEY NOT NULL,
	`household_id` text NOT NULL,
	`transfer_seq` integer NOT NULL,
	`points` integer NOT NULL,
	`on` text NOT NULL,
	`reason_id` text NOT NULL,
	`reversed_by_seq` integer,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `village_points_transfer` ON `village_points` (`transfer_seq`);
--> statement-breakpoint
CREATE INDEX `village_points_household` ON `village_points` (`household_id`,`on`);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`subject_id` text NOT NULL,
	`version` integer NOT NULL,
	`action` text NOT NULL,
	`fields` text NOT NULL,
	`other_id` text,
	`profile_id` text,
	`actor_kind` text NOT NULL,
	`reason_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	PRIMARY KEY(`subject_id`, `version`),
	CONSTRAINT "revisions_action" CHECK("action" in ('REVISE', 'SPLIT')),
	CONSTRAINT "revisions_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX `revisions_other` ON `revisions` (`other_id`);
--> statement-breakpoint
CREATE TABLE `recipients` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`division_code` text NOT NULL,
	`account_id` text NOT NULL,
	`listed_on` text NOT NULL,
	`listed_until` text,
	`profile_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recipients_person` ON `recipients` (`person_id`);
--> statement-breakpoint
CREATE INDEX `recipients_division` ON `recipients` (`division_code`,`id`);
--> statement-breakpoint
CREATE INDEX `recipients_account` ON `recipients` (`account_id`);
--> statement-breakpoint
CREATE TABLE `listings` (
	`recipient_id` text NOT NULL,
	`listed_on` text NOT NULL,
	`listed_until` text,
	`division_code` text NOT NULL,
	`ending` text,
	`seq` integer NOT NULL,
	PRIMARY KEY(`recipient_id`, `listed_on`),
	CONSTRAINT "listings_ending" CHECK("ending" in ('UNLISTED', 'MOVED', 'MERGED'))
);
--> statement-breakpoint
CREATE INDEX `listings_division` ON `listings` (`division_code`,`recipient_id`);
--> statement-breakpoint
CREATE TABLE `visits` (
	`id` text PRIMARY KEY NOT NULL,
	`recipient_id` text NOT NULL,
	`counts_for_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`at` integer NOT NULL,
	`on` text NOT NULL,
	`mode` text NOT NULL,
	`met` integer NOT NULL,
	`deceased` integer NOT NULL,
	`visitor` text NOT NULL,
	`visitor_id` text NOT NULL,
	`minutes` integer,
	`obligation` text,
	`record_id` text,
	`details_id` text NOT NULL,
	`record_by` text,
	`confirmations_needed` integer NOT NULL,
	`confirmed_by` text NOT NULL,
	`withdrawn` integer NOT NULL,
	`version` integer NOT NULL,
	`waits` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "visits_mode" CHECK("mode" in ('HOME', 'PHONE', 'VIDEO', 'REMOTE_SENSOR')),
	CONSTRAINT "visits_visitor" CHECK("visitor" in ('CADRE', 'GRID_WORKER', 'SOCIAL_WORKER', 'VOLUNTEER'))
);
--> statement-breakpoint
CREATE INDEX `visits_recipient` ON `visits` (`recipient_id`,`on`);
--> statement-breakpoint
CREATE INDEX `visits_counts_for` ON `visits` (`counts_for_id`,`on`);
--> statement-breakpoint
CREATE INDEX `visits_obligation` ON `visits` (`obligation`,`counts_for_id`);
--> statement-breakpoint
CREATE INDEX `visits_record` ON `visits` (`record_id`);
--> statement-breakpoint
CREATE INDEX `visits_waiting` ON `visits` (`waits`,`at`,`id`);
--> statement-breakpoint
CREATE TABLE `credit_records` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`organization_id` text,
	`division_code` text NOT NULL,
	`state` text NOT NULL,
	`confirmed_by` text NOT NULL,
	`answered` integer NOT NULL,
	`answer_by` text,
	`contested_on` text,
	`decide_by` text,
	`extended` integer NOT NULL,
	`found_on` text,
	`expires_on` text,
	`details_id` text NOT NULL,
	`version` integer NOT NULL,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "credit_records_state" CHECK("state" in ('OBSERVED', 'PROPOSED', 'NOTICE_SENT', 'DISMISSED', 'CONFIRMED', 'ACTIVE', 'OBJECTED', 'UPHELD', 'CORRECTED', 'REMOVED', 'REPAIR_APPLIED', 'REPAIRED', 'REPAIR_REFUSED', 'REFERRED', 'EXPIRED', 'ERASED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credit_records_person` ON `credit_records` (`person_id`);
--> statement-breakpoint
CREATE INDEX `credit_records_answer` ON `credit_records` (`state`,`answer_by`,`id`);
--> statement-breakpoint
CREATE INDEX `credit_records_decide` ON `credit_records` (`state`,`decide_by`,`id`);
--> statement-breakpoint
CREATE INDEX `credit_records_expire` ON `credit_records` (`state`,`expires_on`);
--> statement-breakpoint
CREATE TABLE `credit_steps` (
	`credit_record_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`credit_record_id`, `version`),
	CONSTRAINT "credit_steps_action" CHECK("action" in ('OPEN', 'NOTIFY', 'DISMISS', 'CONFIRM', 'EXTEND', 'UPHOLD', 'CORRECT', 'REMOVE', 'REPAIR', 'REFUSE_REPAIR', 'REFER', 'NOTE_OUTCOME', 'ANSWER', 'OBJECT', 'APPLY_FOR_REPAIR', 'EXPIRE', 'ERASE', 'MOVE')),
	CONSTRAINT "credit_steps_from" CHECK("from" in ('OBSERVED', 'PROPOSED', 'NOTICE_SENT', 'DISMISSED', 'CONFIRMED', 'ACTIVE', 'OBJECTED', 'UPHELD', 'CORRECTED', 'REMOVED', 'REPAIR_APPLIED', 'REPAIRED', 'REPAIR_REFUSED', 'REFERRED', 'EXPIRED', 'ERASED')),
	CONSTRAINT "credit_steps_to" CHECK("to" in ('OBSERVED', 'PROPOSED', 'NOTICE_SENT', 'DISMISSED', 'CONFIRMED', 'ACTIVE', 'OBJECTED', 'UPHELD', 'CORRECTED', 'REMOVED', 'REPAIR_APPLIED', 'REPAIRED', 'REPAIR_REFUSED', 'REFERRED', 'EXPIRED', 'ERASED')),
	CONSTRAINT "credit_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE `credit_reads` (
	`id` text PRIMARY KEY NOT NULL,
	`subject_hash` text NOT NULL,
	`actor_kind` text NOT NULL,
	`purpose_id` text NOT NULL,
	`actor_id` text NOT NULL,
	`at` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "credit_reads_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX `credit_reads_subject` ON `credit_reads` (`subject_hash`,`seq`);
--> statement-breakpoint
CREATE TABLE `spot_seeds` (
	`id` text PRIMARY KEY NOT NULL,
	`month` text NOT NULL,
	`seed_hash` text NOT NULL,
	`seed` text,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `spot_seeds_month` ON `spot_seeds` (`month`);
--> statement-breakpoint
CREATE TABLE `spot_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`record_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`month` text NOT NULL,
	`state` text NOT NULL,
	`outcome` text,
	`finding_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "spot_checks_state" CHECK("state" in ('EVIDENCE_REQUESTED', 'PASSED', 'FAILED', 'PUBLISHED')),
	CONSTRAINT "spot_checks_outcome" CHECK("outcome" in ('PASSED', 'FAILED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `spot_checks_record` ON `spot_checks` (`record_id`);
--> statement-breakpoint
CREATE INDEX `spot_checks_organization` ON `spot_checks` (`organization_id`,`id`);
--> statement-breakpoint
CREATE TABLE `month_reports` (
	`month` text PRIMARY KEY NOT NULL,
	`figures` text NOT NULL,
	`reported_at` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rating_rounds` (
	`id` text PRIMARY KEY NOT NULL,
	`instrument` text NOT NULL,
	`opens_on` text NOT NULL,
	`closes_on` text NOT NULL,
	`committee` text NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "rating_rounds_instrument" CHECK("instrument" in ('PLATFORM_STAR', 'EVALUATION_GRADE'))
);
--> statement-breakpoint
CREATE INDEX `rating_rounds_open` ON `rating_rounds` (`opens_on`,`id`);
--> statement-breakpoint
CREATE TABLE `ratings` (
	`id` text PRIMARY KEY NOT NULL,
	`round_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`instrument` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`failed` text NOT NULL,
	`lines` text NOT NULL,
	`score` integer,
	`level` integer,
	`notice_until` text,
	`valid_from` text,
	`valid_until` text,
	`banned_until` text,
	`policy_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "ratings_instrument" CHECK("instrument" in ('PLATFORM_STAR', 'EVALUATION_GRADE')),
	CONSTRAINT "ratings_state" CHECK("state" in ('CALL_PUBLISHED', 'APPLIED', 'ELIGIBILITY_CHECKED', 'SITE_VISIT', 'PRELIMINARY', 'COMMITTEE_VOTED', 'PUBLIC_NOTICE', 'REVIEW_REQUESTED', 'REVIEWED', 'CONFIRMED', 'VALID', 'REAPPLY_OPEN', 'EXPIRED', 'DOWNGRADED', 'REVOKED', 'INELIGIBLE', 'WITHDRAWN'))
);
--> statement-breakpoint
CREATE INDEX `ratings_round` ON `ratings` (`round_id`,`organization_id`);
--> statement-breakpoint
CREATE INDEX `ratings_organization` ON `ratings` (`organization_id`,`instrument`,`id`);
--> statement-breakpoint
CREATE INDEX `ratings_level` ON `ratings` (`instrument`,`state`,`level`,`valid_until`);
--> statement-breakpoint
CREATE INDEX `ratings_notice` ON `ratings` (`state`,`notice_until`,`id`);
--> statement-breakpoint
CREATE TABLE `rating_steps` (
	`rating_id` text NOT NULL,
	`version` integer NOT NULL,
	`words_id` text,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`rating_id`, `version`),
	CONSTRAINT "rating_steps_action" CHECK("action" in ('APPLY', 'CHECK_ELIGIBILITY', 'SITE_VISIT', 'PRELIMINARY', 'PUBLISH_NOTICE', 'REVIEW', 'CONFIRM', 'FILE_UP', 'RETURN_PLAQUE', 'SCORE', 'VOTE', 'SUPPLY_EVIDENCE', 'REQUEST_RECUSAL', 'GRANT_RECUSAL', 'REFUSE_RECUSAL', 'REQUEST_REVIEW', 'WITHDRAW', 'DOWNGRADE', 'REVOKE', 'SUPERSEDE')),
	CONSTRAINT "rating_steps_from" CHECK("from" in ('CALL_PUBLISHED', 'APPLIED', 'ELIGIBILITY_CHECKED', 'SITE_VISIT', 'PRELIMINARY', 'COMMITTEE_VOTED', 'PUBLIC_NOTICE', 'REVIEW_REQUESTED', 'REVIEWED', 'CONFIRMED', 'VALID', 'REAPPLY_OPEN', 'EXPIRED', 'DOWNGRADED', 'REVOKED', 'INELIGIBLE', 'WITHDRAWN')),
	CONSTRAINT "rating_steps_to" CHECK("to" in ('CALL_PUBLISHED', 'APPLIED', 'ELIGIBILITY_CHECKED', 'SITE_VISIT', 'PRELIMINARY', 'COMMITTEE_VOTED', 'PUBLIC_NOTICE', 'REVIEW_REQUESTED', 'REVIEWED', 'CONFIRMED', 'VALID', 'REAPPLY_OPEN', 'EXPIRED', 'DOWNGRADED', 'REVOKED', 'INELIGIBLE', 'WITHDRAWN')),
	CONSTRAINT "rating_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE `rating_votes` (
	`id` text PRIMARY KEY NOT NULL,
	`rating_id` text NOT NULL,
	`member_id` text NOT NULL,
	`choice` text NOT NULL,
	`level` integer,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "rating_votes_choice" CHECK("choice" in ('IN_FAVOUR', 'AGAINST', 'ABSTAIN', 'RECUSE'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rating_votes_member` ON `rating_votes` (`rating_id`,`member_id`);
--> statement-breakpoint
CREATE TABLE `rating_sheets` (
	`id` text NOT NULL,
	`rating_id` text NOT NULL,
	`assessor_id` text NOT NULL,
	`points` text NOT NULL,
	`comments_id` text,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`id`, `version`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rating_sheets_assessor` ON `rating_sheets` (`rating_id`,`assessor_id`,`version`);
--> statement-breakpoint
CREATE TABLE `rating_downgrades` (
	`id` text PRIMARY KEY NOT NULL,
	`rating_id` text NOT NULL,
	`to_level` integer NOT NULL,
	`proposed_by` text NOT NULL,
	`answer_by` text NOT NULL,
	`answered` integer NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "rating_downgrades_state" CHECK("state" in ('PROPOSED', 'TAKEN', 'DROPPED'))
);
--> statement-breakpoint
CREATE INDEX `rating_downgrades_rating` ON `rating_downgrades` (`rating_id`,`id`);
--> statement-breakpoint
CREATE TABLE `rating_downgrade_steps` (
	`downgrade_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`downgrade_id`, `version`),
	CONSTRAINT "rating_downgrade_steps_action" CHECK("action" in ('PROPOSE', 'ANSWER', 'TAKE', 'DROP')),
	CONSTRAINT "rating_downgrade_steps_from" CHECK("from" in ('PROPOSED', 'TAKEN', 'DROPPED')),
	CONSTRAINT "rating_downgrade_steps_to" CHECK("to" in ('PROPOSED', 'TAKEN', 'DROPPED')),
	CONSTRAINT "rating_downgrade_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE `feedbacks` (
	`id` text NOT NULL,
	`organization_id` text NOT NULL,
	`member_hash` text NOT NULL,
	`stars` integer NOT NULL,
	`on` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`id`, `version`)
);
--> statement-breakpoint
CREATE INDEX `feedbacks_member` ON `feedbacks` (`organization_id`,`member_hash`,`version`);
--> statement-breakpoint
CREATE TABLE `service_records` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`volunteer_id` text NOT NULL,
	`external_ref` text,
	`content_hash` text NOT NULL,
	`service_type` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer NOT NULL,
	`break_minutes` integer NOT NULL,
	`service_minutes` integer NOT NULL,
	`origin` text NOT NULL,
	`state` text NOT NULL,
	`confirmations_needed` integer NOT NULL,
	`handled_by` text NOT NULL,
	`confirmed_by` text NOT NULL,
	`record_by` text NOT NULL,
	`creditable_minutes` integer,
	`credited_minutes` integer,
	`dispute_hold_seq` integer,
	`replaced_by` text,
	`details_id` text NOT NULL,
	`version` integer NOT NULL,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "service_records_origin" CHECK("origin" in ('CHECKED_IN', 'ENTERED', 'BACKFILLED', 'IMPORTED')),
	CONSTRAINT "service_records_state" CHECK("state" in ('DRAFT', 'SUBMITTED', 'RETURNED', 'REJECTED', 'VOIDED', 'POSTED', 'DISPUTED', 'REVERSED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `records_external_ref` ON `service_records` (`external_ref`);
--> statement-breakpoint
CREATE INDEX `records_volunteer` ON `service_records` (`volunteer_id`,`started_at`);
--> statement-breakpoint
CREATE INDEX `records_queue` ON `service_records` (`organization_id`,`state`,`record_by`,`opened_seq`);
--> statement-breakpoint
CREATE INDEX `records_ended` ON `service_records` (`ended_at`);
--> statement-breakpoint
CREATE INDEX `records_month` ON `service_records` (`organization_id`,`ended_at`);
--> statement-breakpoint
CREATE INDEX `records_overdue` ON `service_records` (`record_by`,`id`) WHERE "state" in ('DRAFT', 'SUBMITTED', 'RETURNED');
--> statement-breakpoint
CREATE INDEX `records_replaced` ON `service_records` (`replaced_by`) WHERE replaced_by is not null;
--> statement-breakpoint
CREATE TABLE `record_steps` (
	`record_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`record_id`, `version`),
	CONSTRAINT "record_steps_action" CHECK("action" in ('DRAFT', 'SUBMIT', 'CONFIRM', 'RETURN', 'RESUBMIT', 'REJECT', 'VOID', 'POST', 'DISPUTE', 'UPHOLD', 'ADJUST', 'REVERSE', 'MOVE')),
	CONSTRAINT "record_steps_from" CHECK("from" in ('DRAFT', 'SUBMITTED', 'RETURNED', 'REJECTED', 'VOIDED', 'POSTED', 'DISPUTED', 'REVERSED')),
	CONSTRAINT "record_steps_to" CHECK("to" in ('DRAFT', 'SUBMITTED', 'RETURNED', 'REJECTED', 'VOIDED', 'POSTED', 'DISPUTED', 'REVERSED')),
	CONSTRAINT "record_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `service_totals` (
	`volunteer_id` text PRIMARY KEY NOT NULL,
	`checked_in` integer DEFAULT 0 NOT NULL,
	`entered` integer DEFAULT 0 NOT NULL,
	`backfilled` integer DEFAULT 0 NOT NULL,
	`imported` integer DEFAULT 0 NOT NULL,
	`creditable` integer DEFAULT 0 NOT NULL,
	`credited` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`name_en` text,
	`tagline` text,
	`tagline_en` text,
	`day` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_slug` ON `campaigns` (`slug`);
--> statement-breakpoint
CREATE INDEX `campaigns_day` ON `campaigns` (`day`,`id`);
--> statement-breakpoint
CREATE TABLE `activities` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`campaign_id` text,
	`organization_id` text NOT NULL,
	`division_code` text NOT NULL,
	`name` text NOT NULL,
	`service_type` text NOT NULL,
	`state` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`capacity` integer NOT NULL,
	`hazardous` integer NOT NULL,
	`open_to_minors` integer NOT NULL,
	`outside_county` integer NOT NULL,
	`authors` text NOT NULL,
	`reviewed_by` text,
	`details_id` text NOT NULL,
	`announced_name` text,
	`announced_details_id` text,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "activities_state" CHECK("state" in ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'POSTPONED', 'ONGOING', 'ENDED', 'RECORDING', 'CLOSED', 'CANCELLED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `activities_slug` ON `activities` (`slug`);
--> statement-breakpoint
CREATE INDEX `activities_campaign` ON `activities` (`campaign_id`,`starts_at`,`id`);
--> statement-breakpoint
CREATE INDEX `activities_organization` ON `activities` (`organization_id`,`starts_at`,`id`);
--> statement-breakpoint
CREATE INDEX `activities_state` ON `activities` (`state`,`starts_at`,`id`);
--> statement-breakpoint
CREATE INDEX `activities_start` ON `activities` (`starts_at`,`id`);
--> statement-breakpoint
CREATE TABLE `activity_steps` (
	`activity_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`activity_id`, `version`),
	CONSTRAINT "activity_steps_action" CHECK("action" in ('CREATE', 'EDIT', 'DROP_SHIFT', 'SUBMIT', 'PUBLISH', 'RETURN', 'START', 'END', 'CLOSE', 'POSTPONE', 'CANCEL', 'RECORD')),
	CONSTRAINT "activity_steps_from" CHECK("from" in ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'POSTPONED', 'ONGOING', 'ENDED', 'RECORDING', 'CLOSED', 'CANCELLED')),
	CONSTRAINT "activity_steps_to" CHECK("to" in ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'POSTPONED', 'ONGOING', 'ENDED', 'RECORDING', 'CLOSED', 'CANCELLED')),
	CONSTRAINT "activity_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE `shifts` (
	`id` text PRIMARY KEY NOT NULL,
	`activity_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`capacity` integer NOT NULL,
	`venue_id` text NOT NULL,
	`announced_venue_id` text,
	`radius_metres` integer,
	`dropped` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "shift_capacity" CHECK(capacity >= 1),
	CONSTRAINT "shift_interval" CHECK(ends_at > starts_at)
);
--> statement-breakpoint
CREATE INDEX `shifts_activity` ON `shifts` (`activity_id`,`starts_at`,`id`);
--> statement-breakpoint
CREATE INDEX `shifts_start` ON `shifts` (`starts_at`,`activity_id`);
--> statement-breakpoint
CREATE TABLE `sign_ups` (
	`id` text PRIMARY KEY NOT NULL,
	`shift_id` text NOT NULL,
	`activity_id` text NOT NULL,
	`volunteer_id` text NOT NULL,
	`state` text NOT NULL,
	`late` integer NOT NULL,
	`malicious` integer NOT NULL,
	`accompanied` integer NOT NULL,
	`version` integer NOT NULL,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "sign_ups_state" CHECK("state" in ('PENDING_GUARDIAN', 'ACCEPTED', 'WAITLISTED', 'WITHDRAWN', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'EXCUSED'))
);
--> statement-breakpoint
CREATE INDEX `sign_ups_shift` ON `sign_ups` (`shift_id`,`opened_seq`);
--> statement-breakpoint
CREATE INDEX `sign_ups_shift_state` ON `sign_ups` (`shift_id`,`state`,`opened_seq`);
--> statement-breakpoint
CREATE INDEX `sign_ups_volunteer` ON `sign_ups` (`volunteer_id`,`opened_seq`);
--> statement-breakpoint
CREATE INDEX `sign_ups_activity` ON `sign_ups` (`activity_id`,`state`);
--> statement-breakpoint
CREATE TABLE `sign_up_steps` (
	`sign_up_id` text NOT NULL,
	`version` integer NOT NULL,
	`volunteer_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`sign_up_id`, `version`),
	CONSTRAINT "sign_up_steps_action" CHECK("action" in ('APPLY', 'CONSENT', 'DECLINE', 'MOVE_UP', 'WITHDRAW', 'CANCEL', 'POSTPONE', 'RESCHEDULE', 'CHECK_IN', 'CHECK_OUT', 'REOPEN', 'MISS', 'RESOLVE')),
	CONSTRAINT "sign_up_steps_from" CHECK("from" in ('PENDING_GUARDIAN', 'ACCEPTED', 'WAITLISTED', 'WITHDRAWN', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'EXCUSED')),
	CONSTRAINT "sign_up_steps_to" CHECK("to" in ('PENDING_GUARDIAN', 'ACCEPTED', 'WAITLISTED', 'WITHDRAWN', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'EXCUSED')),
	CONSTRAINT "sign_up_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX `sign_up_steps_volunteer` ON `sign_up_steps` (`volunteer_id`,`seq`);
--> statement-breakpoint
CREATE TABLE `attendances` (
	`id` text PRIMARY KEY NOT NULL,
	`sign_up_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`activity_id` text NOT NULL,
	`volunteer_id` text NOT NULL,
	`checked_in_at` integer NOT NULL,
	`checked_in_by` text NOT NULL,
	`method` text NOT NULL,
	`code_slot` integer,
	`sent_late` integer NOT NULL,
	`place_verdict` text NOT NULL,
	`device` text,
	`checked_out_at` integer,
	`checked_out_by` text,
	`outcome` text NOT NULL,
	`record_id` text,
	`version` integer NOT NULL,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "attendances_method" CHECK("method" in ('CODE', 'DIGITS', 'KIOSK', 'LEAD')),
	CONSTRAINT "attendances_place_verdict" CHECK("place_verdict" in ('NOT_ASKED', 'NOT_GIVEN', 'WITHIN')),
	CONSTRAINT "attendances_outcome" CHECK("outcome" in ('OPEN', 'RECORDED', 'TOO_SHORT', 'MISSING_RECORD', 'DISCARDED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attendances_sign_up` ON `attendances` (`sign_up_id`);
--> statement-breakpoint
CREATE INDEX `attendances_activity` ON `attendances` (`activity_id`,`outcome`);
--> statement-breakpoint
CREATE INDEX `attendances_record` ON `attendances` (`record_id`);
--> statement-breakpoint
CREATE TABLE `fundraisings` (
	`activity_id` text PRIMARY KEY NOT NULL,
	`organization_name` text NOT NULL,
	`plan_filing_no` text NOT NULL,
	`permit_no` text NOT NULL,
	`how_to_query` text NOT NULL,
	`filed_on` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`emergency` integer NOT NULL,
	`interim_disclosed_on` text NOT NULL,
	`disclosed_on` text,
	`due_on` text,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `fundraisings_due` ON `fundraisings` (`due_on`,`activity_id`);
--> statement-breakpoint
CREATE INDEX `fundraisings_ending` ON `fundraisings` (`ends_on`);
--> statement-breakpoint
CREATE TABLE `tallies` (
	`subject` text NOT NULL,
	`dimension` text NOT NULL,
	`key` text NOT NULL,
	`activities` integer NOT NULL,
	`organizations` integer NOT NULL,
	`volunteers` integer NOT NULL,
	`signed_up` integer NOT NULL,
	`waitlisted` integer NOT NULL,
	`checked_in` integer NOT NULL,
	`service_minutes` integer NOT NULL,
	`donated_minutes` integer NOT NULL,
	PRIMARY KEY(`subject`, `dimension`, `key`),
	CONSTRAINT "tally_dimension" CHECK("dimension" in ('TOTAL', 'DIVISION', 'ORGANIZATION', 'TIMELINE'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tally_people` (
	`subject` text NOT NULL,
	`dimension` text NOT NULL,
	`key` text NOT NULL,
	`volunteer_id` text NOT NULL,
	`places` integer NOT NULL,
	PRIMARY KEY(`subject`, `dimension`, `key`, `volunteer_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `wrong_codes` (
	`who` text PRIMARY KEY NOT NULL,
	`times` text NOT NULL,
	`last_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `wrong_codes_last` ON `wrong_codes` (`last_at`);
--> statement-breakpoint
CREATE TABLE `sealed` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`seq` integer NOT NULL,
	`salt` blob NOT NULL,
	`ciphertext` blob NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sealed_person` ON `sealed` (`person_id`);
--> statement-breakpoint
CREATE TABLE `search_terms` (
	`hash` text NOT NULL,
	`kind` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`hash`, `kind`, `person_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `search_terms_person` ON `search_terms` (`person_id`);
--> statement-breakpoint
CREATE TABLE `commands` (
	`actor` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`outcome` blob NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`actor`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `notices_read` (
	`person_id` text NOT NULL,
	`notice_id` text NOT NULL,
	`read_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `notice_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ended_sessions` (
	`session` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `ended_sessions_expiry` ON `ended_sessions` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `bank_marks` (
	`bank_id` text PRIMARY KEY NOT NULL,
	`proof` text NOT NULL,
	`key_changes` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tries` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`pauses` integer NOT NULL,
	`since` integer NOT NULL,
	`until` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tries_since` ON `tries` (`since`);
--> statement-breakpoint
-- The ledger's rules, kept by the database itself: history is append-only, and a balance moves only by a transfer.
CREATE TRIGGER accounts_guard BEFORE INSERT ON accounts BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM accounts WHERE id = NEW.id) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
  SELECT CASE WHEN NEW.debits_posted <> 0 OR NEW.credits_posted <> 0 OR NEW.debits_pending <> 0 OR NEW.credits_pending <> 0
    OR NEW.version <> 0 OR NEW.last_seq <> NEW.opened_seq THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM journal WHERE seq = NEW.opened_seq AND kind = 'ACCOUNT_OPENED')
    OR EXISTS (SELECT 1 FROM accounts WHERE opened_seq = NEW.opened_seq)
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NEW.floor IS NULL AND NEW.kind NOT IN ('ISSUANCE', 'GRANT_FUNDING', 'POINT_ISSUANCE', 'CLEARING')
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
END;
--> statement-breakpoint
CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER accounts_moves BEFORE UPDATE ON accounts BEGIN
  SELECT CASE WHEN NEW.id IS NOT OLD.id OR NEW.kind IS NOT OLD.kind OR NEW.unit IS NOT OLD.unit OR NEW.owner IS NOT OLD.owner
    OR NEW.floor IS NOT OLD.floor OR NEW.ceiling IS NOT OLD.ceiling OR NEW.opened_seq IS NOT OLD.opened_seq
    OR NEW.version IS NOT OLD.version + 1 OR NEW.last_seq <= OLD.last_seq THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NOT EXISTS (
    SELECT 1 FROM transfers AS t LEFT JOIN transfers AS h ON h.seq = t.hold_seq
    WHERE t.seq = NEW.last_seq AND OLD.id IN (t.debit, t.credit)
      AND NEW.debits_posted = OLD.debits_posted + CASE WHEN t.debit = OLD.id AND t.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN t.minutes ELSE 0 END
      AND NEW.credits_posted = OLD.credits_posted + CASE WHEN t.credit = OLD.id AND t.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN t.minutes ELSE 0 END
      AND NEW.debits_pending = OLD.debits_pending + CASE WHEN t.debit <> OLD.id THEN 0 WHEN t.phase = 'HELD' THEN t.minutes ELSE -coalesce(h.minutes, 0) END
      AND NEW.credits_pending = OLD.credits_pending + CASE WHEN t.credit <> OLD.id THEN 0 WHEN t.phase = 'HELD' THEN t.minutes ELSE -coalesce(h.minutes, 0) END
  ) THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
END;
--> statement-breakpoint
CREATE TRIGGER transfers_guard BEFORE INSERT ON transfers BEGIN
  SELECT CASE WHEN typeof(NEW.minutes) <> 'integer' OR typeof(NEW.seq) <> 'integer' THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN EXISTS (SELECT 1 FROM transfers WHERE seq = NEW.seq) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
  SELECT CASE WHEN NEW.seq < (SELECT max(seq) FROM transfers) OR (SELECT kind FROM journal WHERE seq = NEW.seq) IS NOT 'TRANSFER'
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN (SELECT unit FROM accounts WHERE id = NEW.debit) IS NOT (SELECT unit FROM accounts WHERE id = NEW.credit)
    THEN RAISE(ABORT, 'UNIT_MISMATCH') END;
  SELECT CASE WHEN (NEW.phase IN ('SETTLED', 'RELEASED', 'EXPIRED')) <> (NEW.hold_seq IS NOT NULL)
    OR (NEW.phase = 'REVERSAL') <> (NEW.reverses_seq IS NOT NULL) THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NEW.hold_seq IS NOT NULL AND EXISTS (SELECT 1 FROM transfers WHERE hold_seq = NEW.hold_seq) THEN RAISE(ABORT, 'HOLD_ENDED') END;
  SELECT CASE WHEN NEW.hold_seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM transfers AS h
    WHERE h.seq = NEW.hold_seq AND h.phase = 'HELD' AND h.debit = NEW.debit AND h.credit = NEW.credit AND NEW.minutes <= h.minutes
      AND (NEW.phase = 'SETTLED' OR NEW.minutes = h.minutes)) THEN RAISE(ABORT, 'EXCEEDS_HOLD') END;
  SELECT CASE WHEN NEW.reverses_seq IS NOT NULL AND EXISTS (SELECT 1 FROM transfers WHERE reverses_seq = NEW.reverses_seq) THEN RAISE(ABORT, 'ALREADY_REVERSED') END;
  SELECT CASE WHEN NEW.reverses_seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM transfers AS o
    WHERE o.seq = NEW.reverses_seq AND o.phase = 'POSTED' AND o.debit = NEW.credit AND o.credit = NEW.debit AND o.minutes = NEW.minutes)
    THEN RAISE(ABORT, 'NOT_REVERSIBLE') END;
  SELECT CASE WHEN NEW.kind = 'ROUNDING' AND (NEW.phase <> 'POSTED'
    OR NOT EXISTS (SELECT 1 FROM accounts WHERE id IN (NEW.debit, NEW.credit) AND kind = 'ISSUANCE'))
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NEW.phase IN ('POSTED', 'HELD') AND NEW.kind <> 'ROUNDING' AND EXISTS (SELECT 1 FROM accounts
    WHERE id = NEW.debit AND floor IS NOT NULL AND credits_posted - debits_posted - debits_pending - NEW.minutes < floor)
    THEN RAISE(ABORT, 'INSUFFICIENT_CREDIT') END;
  SELECT CASE WHEN NEW.phase IN ('POSTED', 'HELD') AND NEW.kind <> 'ROUNDING' AND EXISTS (SELECT 1 FROM accounts
    WHERE id = NEW.credit AND ceiling IS NOT NULL AND credits_posted + credits_pending - debits_posted + NEW.minutes > ceiling)
    THEN RAISE(ABORT, 'BALANCE_CAP') END;
END;
--> statement-breakpoint
CREATE TRIGGER transfers_apply AFTER INSERT ON transfers BEGIN
  UPDATE accounts SET
    debits_posted = debits_posted + CASE WHEN NEW.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN NEW.minutes ELSE 0 END,
    debits_pending = debits_pending + CASE WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END,
    version = version + 1, last_seq = NEW.seq
  WHERE id = NEW.debit;
  UPDATE accounts SET
    credits_posted = credits_posted + CASE WHEN NEW.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN NEW.minutes ELSE 0 END,
    credits_pending = credits_pending + CASE WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END,
    version = version + 1, last_seq = NEW.seq
  WHERE id = NEW.credit;
  INSERT INTO entries (account, version, seq, minutes, held, pending_in, posted_after, held_after, pending_in_after, effective_on)
  SELECT id, version, NEW.seq,
    CASE WHEN NEW.phase NOT IN ('POSTED', 'SETTLED', 'REVERSAL') THEN 0 WHEN id = NEW.debit THEN -NEW.minutes ELSE NEW.minutes END,
    CASE WHEN id <> NEW.debit THEN 0 WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END,
    CASE WHEN id <> NEW.credit THEN 0 WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END,
    credits_posted - debits_posted, debits_pending, credits_pending, NEW.effective_on
  FROM accounts WHERE id IN (NEW.debit, NEW.credit);
END;
--> statement-breakpoint
CREATE TRIGGER transfers_no_update BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER transfers_no_delete BEFORE DELETE ON transfers BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER entries_guard BEFORE INSERT ON entries BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM entries WHERE account = NEW.account AND seq >= NEW.seq) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
  SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account AND version = NEW.version AND last_seq = NEW.seq
    AND credits_posted - debits_posted = NEW.posted_after AND debits_pending = NEW.held_after AND credits_pending = NEW.pending_in_after)
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
END;
--> statement-breakpoint
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER journal_guard BEFORE INSERT ON journal BEGIN
  SELECT CASE WHEN NEW.seq <> coalesce((SELECT max(seq) + 1 FROM journal), 0) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
  SELECT CASE WHEN NEW.recorded_at <= coalesce((SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1), 0) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER activity_steps_guard BEFORE INSERT ON activity_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM activity_steps WHERE activity_id = NEW.activity_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_update BEFORE UPDATE ON activity_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_delete BEFORE DELETE ON activity_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER head_steps_guard BEFORE INSERT ON head_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM head_steps WHERE head_id = NEW.head_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER head_steps_no_update BEFORE UPDATE ON head_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER head_steps_no_delete BEFORE DELETE ON head_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER credit_reads_guard BEFORE INSERT ON credit_reads BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM credit_reads WHERE id = NEW.id) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_update BEFORE UPDATE ON credit_reads BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_delete BEFORE DELETE ON credit_reads BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER organization_steps_guard BEFORE INSERT ON organization_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM organization_steps WHERE organization_id = NEW.organization_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_update BEFORE UPDATE ON organization_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_delete BEFORE DELETE ON organization_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_guard BEFORE INSERT ON volunteer_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM volunteer_steps WHERE volunteer_id = NEW.volunteer_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_update BEFORE UPDATE ON volunteer_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_delete BEFORE DELETE ON volunteer_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER steps_guard BEFORE INSERT ON record_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM record_steps WHERE record_id = NEW.record_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER steps_no_update BEFORE UPDATE ON record_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER steps_no_delete BEFORE DELETE ON record_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER credit_steps_guard BEFORE INSERT ON credit_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM credit_steps WHERE credit_record_id = NEW.credit_record_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_update BEFORE UPDATE ON credit_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_delete BEFORE DELETE ON credit_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER capacity_steps_guard BEFORE INSERT ON capacity_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM capacity_steps WHERE capacity_id = NEW.capacity_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_update BEFORE UPDATE ON capacity_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_delete BEFORE DELETE ON capacity_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_guard BEFORE INSERT ON sign_up_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM sign_up_steps WHERE sign_up_id = NEW.sign_up_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_update BEFORE UPDATE ON sign_up_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_delete BEFORE DELETE ON sign_up_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_guard BEFORE INSERT ON rating_downgrade_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM rating_downgrade_steps WHERE downgrade_id = NEW.downgrade_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_update BEFORE UPDATE ON rating_downgrade_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_delete BEFORE DELETE ON rating_downgrade_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_sheets_guard BEFORE INSERT ON rating_sheets BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM rating_sheets WHERE id = NEW.id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_update BEFORE UPDATE ON rating_sheets BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_delete BEFORE DELETE ON rating_sheets BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_guard BEFORE INSERT ON rating_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM rating_steps WHERE rating_id = NEW.rating_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_update BEFORE UPDATE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_delete BEFORE DELETE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER revisions_guard BEFORE INSERT ON revisions BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM revisions WHERE subject_id = NEW.subject_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
