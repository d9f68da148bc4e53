-- Steps of credit records are history, and a reading of a file stays on its log.
CREATE TRIGGER credit_steps_guard BEFORE INSERT ON credit_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM credit_steps WHERE credit_record_id = NEW.credit_record_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_update BEFORE UPDATE ON credit_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER credit_steps_no_delete BEFORE DELETE ON credit_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER credit_reads_guard BEFORE INSERT ON credit_reads BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM credit_reads WHERE id = NEW.id) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_update BEFORE UPDATE ON credit_reads BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER credit_reads_no_delete BEFORE DELETE ON credit_reads BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
