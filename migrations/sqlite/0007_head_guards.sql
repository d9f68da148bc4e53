-- Steps of heads are history, like those of records, activities and sign-ups.
CREATE TRIGGER head_steps_guard BEFORE INSERT ON head_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM head_steps WHERE head_id = NEW.head_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER head_steps_no_update BEFORE UPDATE ON head_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER head_steps_no_delete BEFORE DELETE ON head_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
