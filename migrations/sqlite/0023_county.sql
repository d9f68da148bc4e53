CREATE TABLE `bank_marks` (
	`bank_id` text PRIMARY KEY NOT NULL,
	`proof` text NOT NULL,
	`key_changes` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ended_sessions` (
	`session` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ended_sessions_expiry` ON `ended_sessions` (`expires_at`);--> statement-breakpoint
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
	`unlinked_at` integer,
	`unlinked_by` text,
	`unlink_reason_id` text,
	`version` integer NOT NULL,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "identity_link_kind" CHECK("kind" in ('CODE', 'CLAIM', 'PAPERS', 'SELF', 'OPERATOR')),
	CONSTRAINT "identity_link_state" CHECK("state" in ('LINKED', 'UNLINKED'))
);
--> statement-breakpoint
CREATE INDEX `identity_links_hash` ON `identity_links` (`hash`);--> statement-breakpoint
CREATE INDEX `identity_links_person` ON `identity_links` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `identity_links_state` ON `identity_links` (`state`,`seq`);--> statement-breakpoint
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
	CONSTRAINT "invitation_kind" CHECK("kind" in ('VOLUNTEER', 'STAFF', 'GUARDIAN')),
	CONSTRAINT "invitation_state" CHECK("state" in ('OPEN', 'ACCEPTED', 'EXPIRED', 'REVOKED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_code` ON `invitations` (`code_hash`);--> statement-breakpoint
CREATE INDEX `invitations_organization` ON `invitations` (`organization_id`,`opened_seq`);--> statement-breakpoint
CREATE INDEX `invitations_person` ON `invitations` (`person_id`);--> statement-breakpoint
CREATE TABLE `merged_persons` (
	`person_id` text PRIMARY KEY NOT NULL,
	`kept_id` text NOT NULL,
	`volunteer_id` text,
	`kept_volunteer_id` text,
	`reason_id` text NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `merged_persons_kept` ON `merged_persons` (`kept_id`);--> statement-breakpoint
CREATE TABLE `ties` (
	`id` text PRIMARY KEY NOT NULL,
	`volunteer_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "tie_state" CHECK("state" in ('ALLOWED', 'ENDED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ties_pair` ON `ties` (`volunteer_id`,`organization_id`);--> statement-breakpoint
CREATE INDEX `ties_organization` ON `ties` (`organization_id`,`state`);--> statement-breakpoint
CREATE TABLE `tries` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`pauses` integer NOT NULL,
	`since` integer NOT NULL,
	`until` integer
);
--> statement-breakpoint
CREATE TABLE `volunteer_steps` (
	`volunteer_id` text NOT NULL,
	`version` integer NOT NULL,
	`fields` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`volunteer_id`, `version`),
	CONSTRAINT "volunteer_step_action" CHECK("action" in ('ACTIVATE', 'SUSPEND', 'RESTORE', 'WITHDRAW', 'RETURN', 'RECORD_DEATH', 'UNDO_DEATH', 'REVISE', 'SEPARATE', 'TAKE_OVER', 'MERGE')),
	CONSTRAINT "volunteer_step_from" CHECK("from" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED')),
	CONSTRAINT "volunteer_step_to" CHECK("to" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED'))
);
--> statement-breakpoint
CREATE TABLE `wrong_codes` (
	`who` text PRIMARY KEY NOT NULL,
	`times` text NOT NULL,
	`last_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `wrong_codes_last` ON `wrong_codes` (`last_at`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_credit_steps` (
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
	CONSTRAINT "credit_step_action" CHECK("action" in ('OPEN', 'NOTIFY', 'DISMISS', 'CONFIRM', 'EXTEND', 'UPHOLD', 'CORRECT', 'REMOVE', 'REPAIR', 'REFUSE_REPAIR', 'REFER', 'NOTE_OUTCOME', 'ANSWER', 'OBJECT', 'APPLY_FOR_REPAIR', 'EXPIRE', 'ERASE', 'MOVE')),
	CONSTRAINT "credit_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
INSERT INTO `__new_credit_steps`("credit_record_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id") SELECT "credit_record_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id" FROM `credit_steps`;--> statement-breakpoint
DROP TABLE `credit_steps`;--> statement-breakpoint
ALTER TABLE `__new_credit_steps` RENAME TO `credit_steps`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE TABLE `__new_record_steps` (
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
	CONSTRAINT "step_action" CHECK("action" in ('DRAFT', 'SUBMIT', 'CONFIRM', 'RETURN', 'RESUBMIT', 'REJECT', 'VOID', 'POST', 'DISPUTE', 'UPHOLD', 'ADJUST', 'REVERSE', 'MOVE')),
	CONSTRAINT "step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
INSERT INTO `__new_record_steps`("record_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id") SELECT "record_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id" FROM `record_steps`;--> statement-breakpoint
DROP TABLE `record_steps`;--> statement-breakpoint
ALTER TABLE `__new_record_steps` RENAME TO `record_steps`;--> statement-breakpoint
DROP INDEX `volunteers_person`;--> statement-breakpoint
CREATE INDEX `volunteers_no_read` ON `volunteers` (upper("volunteer_no"));--> statement-breakpoint
CREATE UNIQUE INDEX `volunteers_person` ON `volunteers` (`person_id`) WHERE state <> 'MERGED';--> statement-breakpoint
ALTER TABLE `divisions` ADD `retired_on` text;--> statement-breakpoint
ALTER TABLE `divisions` ADD `state` text;--> statement-breakpoint
ALTER TABLE `divisions` ADD `version` integer;--> statement-breakpoint
ALTER TABLE `identities` ADD `ended` integer;