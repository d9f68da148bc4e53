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
	CONSTRAINT "activity_state" CHECK("state" in ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'POSTPONED', 'ONGOING', 'ENDED', 'RECORDING', 'CLOSED', 'CANCELLED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `activities_slug` ON `activities` (`slug`);--> statement-breakpoint
CREATE INDEX `activities_campaign` ON `activities` (`campaign_id`,`starts_at`,`id`);--> statement-breakpoint
CREATE INDEX `activities_organization` ON `activities` (`organization_id`,`starts_at`,`id`);--> statement-breakpoint
CREATE INDEX `activities_state` ON `activities` (`state`,`starts_at`,`id`);--> statement-breakpoint
CREATE INDEX `activities_start` ON `activities` (`starts_at`,`id`);--> statement-breakpoint
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
	CONSTRAINT "activity_step_action" CHECK("action" in ('CREATE', 'EDIT', 'DROP_SHIFT', 'SUBMIT', 'PUBLISH', 'RETURN', 'START', 'END', 'CLOSE', 'POSTPONE', 'CANCEL', 'RECORD')),
	CONSTRAINT "activity_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
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
	CONSTRAINT "attendance_method" CHECK("method" in ('CODE', 'DIGITS', 'KIOSK', 'LEAD')),
	CONSTRAINT "attendance_place" CHECK("place_verdict" in ('NOT_ASKED', 'NOT_GIVEN', 'WITHIN')),
	CONSTRAINT "attendance_outcome" CHECK("outcome" in ('OPEN', 'RECORDED', 'TOO_SHORT', 'MISSING_RECORD', 'DISCARDED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attendances_sign_up` ON `attendances` (`sign_up_id`);--> statement-breakpoint
CREATE INDEX `attendances_activity` ON `attendances` (`activity_id`,`outcome`);--> statement-breakpoint
CREATE INDEX `attendances_record` ON `attendances` (`record_id`);--> statement-breakpoint
CREATE TABLE `calendars` (
	`person_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
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
CREATE UNIQUE INDEX `campaigns_slug` ON `campaigns` (`slug`);--> statement-breakpoint
CREATE INDEX `campaigns_day` ON `campaigns` (`day`,`id`);--> statement-breakpoint
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
CREATE INDEX `fundraisings_due` ON `fundraisings` (`due_on`,`activity_id`);--> statement-breakpoint
CREATE TABLE `guardians` (
	`id` text PRIMARY KEY NOT NULL,
	`volunteer_id` text NOT NULL,
	`person_id` text NOT NULL,
	`ended` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guardians_pair` ON `guardians` (`volunteer_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `guardians_person` ON `guardians` (`person_id`);--> statement-breakpoint
CREATE TABLE `notices_read` (
	`person_id` text NOT NULL,
	`notice_id` text NOT NULL,
	`read_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `notice_id`)
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
CREATE INDEX `shifts_activity` ON `shifts` (`activity_id`,`starts_at`,`id`);--> statement-breakpoint
CREATE INDEX `shifts_start` ON `shifts` (`starts_at`,`activity_id`);--> statement-breakpoint
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
	CONSTRAINT "sign_up_step_action" CHECK("action" in ('APPLY', 'CONSENT', 'DECLINE', 'MOVE_UP', 'WITHDRAW', 'CANCEL', 'POSTPONE', 'RESCHEDULE', 'CHECK_IN', 'CHECK_OUT', 'MISS', 'RESOLVE')),
	CONSTRAINT "sign_up_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX `sign_up_steps_volunteer` ON `sign_up_steps` (`volunteer_id`,`seq`);--> statement-breakpoint
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
	CONSTRAINT "sign_up_state" CHECK("state" in ('PENDING_GUARDIAN', 'ACCEPTED', 'WAITLISTED', 'WITHDRAWN', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'EXCUSED'))
);
--> statement-breakpoint
CREATE INDEX `sign_ups_shift` ON `sign_ups` (`shift_id`,`opened_seq`);--> statement-breakpoint
CREATE INDEX `sign_ups_shift_state` ON `sign_ups` (`shift_id`,`state`,`opened_seq`);--> statement-breakpoint
CREATE INDEX `sign_ups_volunteer` ON `sign_ups` (`volunteer_id`,`opened_seq`);--> statement-breakpoint
CREATE INDEX `sign_ups_activity` ON `sign_ups` (`activity_id`,`state`);--> statement-breakpoint
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
);
--> statement-breakpoint
CREATE TABLE `tally_people` (
	`subject` text NOT NULL,
	`dimension` text NOT NULL,
	`key` text NOT NULL,
	`volunteer_id` text NOT NULL,
	`places` integer NOT NULL,
	PRIMARY KEY(`subject`, `dimension`, `key`, `volunteer_id`)
);
--> statement-breakpoint
-- Other tables' guards name the journal: they are left as they are while it changes places with its copy.
PRAGMA legacy_alter_table=ON;--> statement-breakpoint
CREATE TABLE `__new_journal` (
	`seq` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`body` blob NOT NULL,
	`leaf` blob NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_journal`("seq", "kind", "subject", "body", "leaf", "recorded_at") SELECT "seq", "kind", "subject", "body", "leaf", "recorded_at" FROM `journal`;--> statement-breakpoint
DROP TABLE `journal`;--> statement-breakpoint
ALTER TABLE `__new_journal` RENAME TO `journal`;--> statement-breakpoint
PRAGMA legacy_alter_table=OFF;--> statement-breakpoint
CREATE UNIQUE INDEX `journal_recorded` ON `journal` (`recorded_at`);