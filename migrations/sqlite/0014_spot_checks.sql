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
	CONSTRAINT "spot_check_state" CHECK("state" in ('EVIDENCE_REQUESTED', 'PASSED', 'FAILED', 'PUBLISHED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `spot_checks_record` ON `spot_checks` (`record_id`);--> statement-breakpoint
CREATE INDEX `spot_checks_organization` ON `spot_checks` (`organization_id`,`id`);--> statement-breakpoint
CREATE TABLE `spot_seeds` (
	`id` text PRIMARY KEY NOT NULL,
	`month` text NOT NULL,
	`seed` text NOT NULL,
	`at` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `spot_seeds_month` ON `spot_seeds` (`month`);