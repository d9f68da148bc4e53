-- Guards of what this release adds are written by hand here.
-- Steps of a volunteer are history.
CREATE TRIGGER volunteer_steps_guard BEFORE INSERT ON volunteer_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM volunteer_steps WHERE volunteer_id = NEW.volunteer_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_update BEFORE UPDATE ON volunteer_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_delete BEFORE DELETE ON volunteer_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
-- A number that a volunteer only said finds nobody: what an earlier release kept of it goes, unless a station saw it too.
DELETE FROM search_terms WHERE kind = 'id'
  AND person_id IN (SELECT v.person_id FROM volunteers v JOIN volunteer_standings s ON s.volunteer_id = v.id WHERE s.version = 1 AND s.state = 'REGISTERED')
  AND person_id NOT IN (SELECT person_id FROM recipients)
  AND person_id NOT IN (SELECT person_id FROM social_workers);
--> statement-breakpoint
-- The tables of steps of records and of credit records were made anew for a new step, and their guards went with the old ones.
CREATE TRIGGER steps_guard BEFORE INSERT ON record_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM record_steps WHERE record_id = NEW.record_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER steps_no_update BEFORE UPDATE ON record_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER steps_no_delete BEFORE DELETE ON record_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER credit_steps_guard BEFORE INSERT ON credit_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM credit_steps WHERE credit_record_id = NEW.credit_record_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_update BEFORE UPDATE ON credit_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_delete BEFORE DELETE ON credit_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
