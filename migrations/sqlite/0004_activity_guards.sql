-- The journal was written anew, so its guards are set again; steps of activities and sign-ups are history too.
CREATE TRIGGER journal_guard BEFORE INSERT ON journal BEGIN
  SELECT CASE WHEN NEW.seq <> coalesce((SELECT max(seq) + 1 FROM journal), 0) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
  SELECT CASE WHEN NEW.recorded_at <= coalesce((SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1), 0) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER activity_steps_guard BEFORE INSERT ON activity_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM activity_steps WHERE activity_id = NEW.activity_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_update BEFORE UPDATE ON activity_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_delete BEFORE DELETE ON activity_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_guard BEFORE INSERT ON sign_up_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM sign_up_steps WHERE sign_up_id = NEW.sign_up_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_update BEFORE UPDATE ON sign_up_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_delete BEFORE DELETE ON sign_up_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
