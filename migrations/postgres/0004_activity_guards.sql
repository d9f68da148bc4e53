-- Steps of activities and sign-ups are history: never changed, never taken away.
CREATE FUNCTION activity_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM activity_steps WHERE activity_id = NEW.activity_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER activity_steps_guard BEFORE INSERT ON activity_steps FOR EACH ROW EXECUTE FUNCTION activity_steps_guard();
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_update BEFORE UPDATE ON activity_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_delete BEFORE DELETE ON activity_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER activity_steps_no_truncate BEFORE TRUNCATE ON activity_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE FUNCTION sign_up_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM sign_up_steps WHERE sign_up_id = NEW.sign_up_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_guard BEFORE INSERT ON sign_up_steps FOR EACH ROW EXECUTE FUNCTION sign_up_steps_guard();
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_update BEFORE UPDATE ON sign_up_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_delete BEFORE DELETE ON sign_up_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER sign_up_steps_no_truncate BEFORE TRUNCATE ON sign_up_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
