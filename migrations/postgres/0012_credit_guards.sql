-- Steps of credit records are history, and a reading of a file stays on its log.
CREATE FUNCTION credit_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM credit_steps WHERE credit_record_id = NEW.credit_record_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER credit_steps_guard BEFORE INSERT ON credit_steps FOR EACH ROW EXECUTE FUNCTION credit_steps_guard();
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_update BEFORE UPDATE ON credit_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_delete BEFORE DELETE ON credit_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_truncate BEFORE TRUNCATE ON credit_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_update BEFORE UPDATE ON credit_reads FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_delete BEFORE DELETE ON credit_reads FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_truncate BEFORE TRUNCATE ON credit_reads FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
