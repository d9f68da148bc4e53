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
	CONSTRAINT "rating_downgrade_step_action" CHECK("action" in ('PROPOSE', 'ANSWER', 'TAKE', 'DROP')),
	CONSTRAINT "rating_downgrade_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
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
	CONSTRAINT "rating_downgrade_state" CHECK("state" in ('PROPOSED', 'TAKEN', 'DROPPED'))
);
--> statement-breakpoint
CREATE INDEX `rating_downgrades_rating` ON `rating_downgrades` (`rating_id`,`id`);--> statement-breakpoint
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
CREATE UNIQUE INDEX `rating_sheets_assessor` ON `rating_sheets` (`rating_id`,`assessor_id`,`version`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_rating_steps` (
	`rating_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`rating_id`, `version`),
	CONSTRAINT "rating_step_action" CHECK("action" in ('APPLY', 'CHECK_ELIGIBILITY', 'SITE_VISIT', 'PRELIMINARY', 'PUBLISH_NOTICE', 'REVIEW', 'CONFIRM', 'FILE_UP', 'RETURN_PLAQUE', 'SCORE', 'VOTE', 'SUPPLY_EVIDENCE', 'REQUEST_RECUSAL', 'GRANT_RECUSAL', 'REFUSE_RECUSAL', 'REQUEST_REVIEW', 'WITHDRAW', 'DOWNGRADE', 'REVOKE', 'SUPERSEDE')),
	CONSTRAINT "rating_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
INSERT INTO `__new_rating_steps`("rating_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id") SELECT "rating_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id" FROM `rating_steps`;--> statement-breakpoint
DROP TABLE `rating_steps`;--> statement-breakpoint
ALTER TABLE `__new_rating_steps` RENAME TO `rating_steps`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE TABLE `__new_ratings` (
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
	CONSTRAINT "rating_state" CHECK("state" in ('CALL_PUBLISHED', 'APPLIED', 'ELIGIBILITY_CHECKED', 'SITE_VISIT', 'PRELIMINARY', 'COMMITTEE_VOTED', 'PUBLIC_NOTICE', 'REVIEW_REQUESTED', 'REVIEWED', 'CONFIRMED', 'VALID', 'REAPPLY_OPEN', 'EXPIRED', 'DOWNGRADED', 'REVOKED', 'INELIGIBLE', 'WITHDRAWN'))
);
--> statement-breakpoint
INSERT INTO `__new_ratings`("id", "round_id", "organization_id", "instrument", "person_id", "state", "failed", "lines", "score", "level", "notice_until", "valid_from", "valid_until", "banned_until", "policy_id", "version", "seq") SELECT "id", "round_id", "organization_id", "instrument", "person_id", "state", "failed", "lines", "score", "level", "notice_until", "valid_from", "valid_until", "banned_until", "policy_id", "version", "seq" FROM `ratings`;--> statement-breakpoint
DROP TABLE `ratings`;--> statement-breakpoint
ALTER TABLE `__new_ratings` RENAME TO `ratings`;--> statement-breakpoint
CREATE INDEX `ratings_round` ON `ratings` (`round_id`,`organization_id`);--> statement-breakpoint
CREATE INDEX `ratings_organization` ON `ratings` (`organization_id`,`instrument`,`id`);--> statement-breakpoint
CREATE INDEX `ratings_level` ON `ratings` (`instrument`,`state`,`level`,`valid_until`);--> statement-breakpoint
CREATE INDEX `ratings_notice` ON `ratings` (`state`,`notice_until`,`id`);