-- Steps of ratings are history: no result is ever rewritten.
CREATE TRIGGER rating_steps_guard BEFORE INSERT ON rating_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM rating_steps WHERE rating_id = NEW.rating_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_update BEFORE UPDATE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_delete BEFORE DELETE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
