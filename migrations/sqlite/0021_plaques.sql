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
	CONSTRAINT "rating_step_action" CHECK("action" in ('APPLY', 'CHECK_ELIGIBILITY', 'SITE_VISIT', 'PRELIMINARY', 'PUBLISH_NOTICE', 'REVIEW', 'CONFIRM', 'FILE_UP', 'RETURN_PLAQUE', 'SCORE', 'VOTE', 'SUPPLY_EVIDENCE', 'REQUEST_RECUSAL', 'GRANT_RECUSAL', 'REFUSE_RECUSAL', 'REQUEST_REVIEW', 'DOWNGRADE', 'REVOKE', 'SUPERSEDE')),
	CONSTRAINT "rating_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
INSERT INTO `__new_rating_steps`("rating_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id") SELECT "rating_id", "version", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id" FROM `rating_steps`;--> statement-breakpoint
DROP TABLE `rating_steps`;--> statement-breakpoint
ALTER TABLE `__new_rating_steps` RENAME TO `rating_steps`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
-- The table of rating steps was made anew for its new steps, and its guards went with the old one.
CREATE TRIGGER rating_steps_guard BEFORE INSERT ON rating_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM rating_steps WHERE rating_id = NEW.rating_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_update BEFORE UPDATE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_delete BEFORE DELETE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
