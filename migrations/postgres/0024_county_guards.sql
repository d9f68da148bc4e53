-- Guards of what this release adds are written by hand here.
-- Steps of a volunteer are history.
CREATE FUNCTION volunteer_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM volunteer_steps WHERE volunteer_id = NEW.volunteer_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_guard BEFORE INSERT ON volunteer_steps FOR EACH ROW EXECUTE FUNCTION volunteer_steps_guard();
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_update BEFORE UPDATE ON volunteer_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_delete BEFORE DELETE ON volunteer_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER volunteer_steps_no_truncate BEFORE TRUNCATE ON volunteer_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
-- A number that a volunteer only said finds nobody: what an earlier release kept of it goes, unless a station saw it too.
DELETE FROM search_terms WHERE kind = 'id'
  AND person_id IN (SELECT v.person_id FROM volunteers v JOIN volunteer_standings s ON s.volunteer_id = v.id WHERE s.version = 1 AND s.state = 'REGISTERED')
  AND person_id NOT IN (SELECT person_id FROM recipients)
  AND person_id NOT IN (SELECT person_id FROM social_workers);
