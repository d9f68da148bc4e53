CREATE TABLE `credit_reads` (
	`id` text PRIMARY KEY NOT NULL,
	`subject_hash` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`purpose_id` text NOT NULL,
	`at` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "credit_read_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX `credit_reads_subject` ON `credit_reads` (`subject_hash`,`seq`);--> statement-breakpoint
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
	CONSTRAINT "credit_record_state" CHECK("state" in ('OBSERVED', 'PROPOSED', 'NOTICE_SENT', 'DISMISSED', 'CONFIRMED', 'ACTIVE', 'OBJECTED', 'UPHELD', 'CORRECTED', 'REMOVED', 'REPAIR_APPLIED', 'REPAIRED', 'REPAIR_REFUSED', 'REFERRED', 'EXPIRED', 'ERASED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credit_records_person` ON `credit_records` (`person_id`);--> statement-breakpoint
CREATE INDEX `credit_records_answer` ON `credit_records` (`state`,`answer_by`,`id`);--> statement-breakpoint
CREATE INDEX `credit_records_decide` ON `credit_records` (`state`,`decide_by`,`id`);--> statement-breakpoint
CREATE INDEX `credit_records_expire` ON `credit_records` (`state`,`expires_on`);--> statement-breakpoint
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
	CONSTRAINT "credit_step_action" CHECK("action" in ('OPEN', 'NOTIFY', 'DISMISS', 'CONFIRM', 'EXTEND', 'UPHOLD', 'CORRECT', 'REMOVE', 'REPAIR', 'REFUSE_REPAIR', 'REFER', 'NOTE_OUTCOME', 'ANSWER', 'OBJECT', 'APPLY_FOR_REPAIR', 'EXPIRE', 'ERASE')),
	CONSTRAINT "credit_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
