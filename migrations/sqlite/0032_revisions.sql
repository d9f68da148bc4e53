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
CREATE INDEX `household_standings_division` ON `household_standings` (`division_code`,`household_id`);--> statement-breakpoint
CREATE TABLE `revisions` (
	`subject_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`fields` text NOT NULL,
	`other_id` text,
	`profile_id` text,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text NOT NULL,
	PRIMARY KEY(`subject_id`, `version`),
	CONSTRAINT "revision_action" CHECK("action" in ('REVISE', 'SPLIT'))
);
--> statement-breakpoint
CREATE INDEX `revisions_other` ON `revisions` (`other_id`);--> statement-breakpoint
-- Steps of campaigns and households are history.
CREATE TRIGGER revisions_guard BEFORE INSERT ON revisions BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM revisions WHERE subject_id = NEW.subject_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
