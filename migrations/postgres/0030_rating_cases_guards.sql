-- Guards of what this release adds are written by hand here.
-- Steps of a downgrade are history, and so is each sheet of points that was handed in.
CREATE FUNCTION rating_downgrade_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM rating_downgrade_steps WHERE downgrade_id = NEW.downgrade_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_guard BEFORE INSERT ON rating_downgrade_steps FOR EACH ROW EXECUTE FUNCTION rating_downgrade_steps_guard();
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_update BEFORE UPDATE ON rating_downgrade_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_delete BEFORE DELETE ON rating_downgrade_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_downgrade_steps_no_truncate BEFORE TRUNCATE ON rating_downgrade_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE FUNCTION rating_sheets_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM rating_sheets WHERE id = NEW.id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER rating_sheets_guard BEFORE INSERT ON rating_sheets FOR EACH ROW EXECUTE FUNCTION rating_sheets_guard();
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_update BEFORE UPDATE ON rating_sheets FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_delete BEFORE DELETE ON rating_sheets FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER rating_sheets_no_truncate BEFORE TRUNCATE ON rating_sheets FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
