PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_sign_up_steps` (
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
	CONSTRAINT "sign_up_step_action" CHECK("action" in ('APPLY', 'CONSENT', 'DECLINE', 'MOVE_UP', 'WITHDRAW', 'CANCEL', 'POSTPONE', 'RESCHEDULE', 'CHECK_IN', 'CHECK_OUT', 'REOPEN', 'MISS', 'RESOLVE')),
	CONSTRAINT "sign_up_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
INSERT INTO `__new_sign_up_steps`("sign_up_id", "version", "volunteer_id", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id") SELECT "sign_up_id", "version", "volunteer_id", "seq", "at", "action", "from", "to", "actor_id", "actor_kind", "reason_id" FROM `sign_up_steps`;--> statement-breakpoint
DROP TABLE `sign_up_steps`;--> statement-breakpoint
ALTER TABLE `__new_sign_up_steps` RENAME TO `sign_up_steps`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `sign_up_steps_volunteer` ON `sign_up_steps` (`volunteer_id`,`seq`);--> statement-breakpoint
-- The table of sign-ups' steps was made anew for a new step, and its guards went with the old one.
CREATE TRIGGER sign_up_steps_guard BEFORE INSERT ON sign_up_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM sign_up_steps WHERE sign_up_id = NEW.sign_up_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_update BEFORE UPDATE ON sign_up_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_delete BEFORE DELETE ON sign_up_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
