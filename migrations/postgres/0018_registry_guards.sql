-- Steps of an organisation are history.
CREATE FUNCTION organization_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM organization_steps WHERE organization_id = NEW.organization_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER organization_steps_guard BEFORE INSERT ON organization_steps FOR EACH ROW EXECUTE FUNCTION organization_steps_guard();
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_update BEFORE UPDATE ON organization_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_delete BEFORE DELETE ON organization_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER organization_steps_no_truncate BEFORE TRUNCATE ON organization_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
