-- Steps of ratings are history: no result is ever rewritten.
CREATE FUNCTION rating_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM rating_steps WHERE rating_id = NEW.rating_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER rating_steps_guard BEFORE INSERT ON rating_steps FOR EACH ROW EXECUTE FUNCTION rating_steps_guard();
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_update BEFORE UPDATE ON rating_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_delete BEFORE DELETE ON rating_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_steps_no_truncate BEFORE TRUNCATE ON rating_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
