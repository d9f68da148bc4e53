-- Steps of an organisation are history.
CREATE TRIGGER organization_steps_guard BEFORE INSERT ON organization_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM organization_steps WHERE organization_id = NEW.organization_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_update BEFORE UPDATE ON organization_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_delete BEFORE DELETE ON organization_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
-- The table of rating steps was made anew for its new steps, and its guards went with the old one.
CREATE TRIGGER rating_steps_guard BEFORE INSERT ON rating_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM rating_steps WHERE rating_id = NEW.rating_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_update BEFORE UPDATE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_delete BEFORE DELETE ON rating_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
