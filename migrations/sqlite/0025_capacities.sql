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
	CONSTRAINT "capacity_step_action" CHECK("action" in ('REGISTER', 'REVISE', 'LIST', 'UNLIST', 'SEPARATE', 'TAKE_OVER', 'MERGE'))
);
--> statement-breakpoint
ALTER TABLE `merged_persons` ADD `ended_at` integer;--> statement-breakpoint
-- Steps of recipients and social workers are history.
CREATE TRIGGER capacity_steps_guard BEFORE INSERT ON capacity_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM capacity_steps WHERE capacity_id = NEW.capacity_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_update BEFORE UPDATE ON capacity_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_delete BEFORE DELETE ON capacity_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
