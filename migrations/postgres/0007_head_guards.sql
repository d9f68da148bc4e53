-- Steps of heads are history, like those of records, activities and sign-ups.
CREATE FUNCTION head_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM head_steps WHERE head_id = NEW.head_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER head_steps_guard BEFORE INSERT ON head_steps FOR EACH ROW EXECUTE FUNCTION head_steps_guard();
--> statement-breakpoint
CREATE TRIGGER head_steps_no_update BEFORE UPDATE ON head_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER head_steps_no_delete BEFORE DELETE ON head_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER head_steps_no_truncate BEFORE TRUNCATE ON head_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
