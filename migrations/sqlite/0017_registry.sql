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
	`seq` integer NOT NULL,
	CONSTRAINT "finding_kind" CHECK("kind" in ('ANNUAL_CHECK', 'PENALTY', 'INVESTIGATION')),
	CONSTRAINT "finding_result" CHECK("result" in ('QUALIFIED', 'BASICALLY_QUALIFIED', 'FAILED', 'MISSED'))
);
--> statement-breakpoint
CREATE INDEX `findings_organization` ON `findings` (`organization_id`,`on`);--> statement-breakpoint
CREATE TABLE `organization_steps` (
	`organization_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`organization_id`, `version`),
	CONSTRAINT "organization_step_action" CHECK("action" in ('REVISE', 'SUSPEND', 'RESUME', 'DISSOLVE')),
	CONSTRAINT "organization_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
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
	CONSTRAINT "rating_step_action" CHECK("action" in ('APPLY', 'CHECK_ELIGIBILITY', 'SITE_VISIT', 'PRELIMINARY', 'PUBLISH_NOTICE', 'REVIEW', 'CONFIRM', 'SCORE', 'VOTE', 'SUPPLY_EVIDENCE', 'REQUEST_RECUSAL', 'GRANT_RECUSAL', 'REFUSE_RECUSAL', 'REQUEST_REVIEW', 'DOWNGRADE', 'REVOKE', 'SUPERSEDE')),
	CONSTRAINT "rating_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
INSERT INTO `__new_rating_steps`("rating_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id") SELECT "rating_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id" FROM `rating_steps`;--> statement-breakpoint
DROP TABLE `rating_steps`;--> statement-breakpoint
ALTER TABLE `__new_rating_steps` RENAME TO `rating_steps`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
ALTER TABLE `organizations` ADD `closed_on` text;