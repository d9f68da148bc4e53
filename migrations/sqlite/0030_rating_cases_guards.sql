-- Guards of what this release adds are written by hand here.
-- Steps of a downgrade are history, and so is each sheet of points that was handed in.
CREATE TRIGGER rating_downgrade_steps_guard BEFORE INSERT ON rating_downgrade_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM rating_downgrade_steps WHERE downgrade_id = NEW.downgrade_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_update BEFORE UPDATE ON rating_downgrade_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_delete BEFORE DELETE ON rating_downgrade_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_sheets_guard BEFORE INSERT ON rating_sheets BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM rating_sheets WHERE id = NEW.id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_update BEFORE UPDATE ON rating_sheets BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_delete BEFORE DELETE ON rating_sheets BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
-- The table of steps of ratings was made anew for a new step, and its guards went with the old one.
CREATE TRIGGER rating_steps_guard BEFORE INSERT ON rating_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM rating_steps WHERE rating_id = NEW.rating_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_update BEFORE UPDATE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_delete BEFORE DELETE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
