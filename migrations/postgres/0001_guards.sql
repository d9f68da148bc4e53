-- The ledger's rules, kept by the database itself: history is append-only, and a balance moves only by a transfer.
-- The same guards, names and messages as in migrations/sqlite. Text sorts by its bytes here as it does there.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT table_name, string_agg(format('ALTER COLUMN %I TYPE text COLLATE "C"', column_name), ', ') AS changes
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'text'
      AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = current_schema())
    GROUP BY table_name
  LOOP
    EXECUTE format('ALTER TABLE %I %s', found.table_name, found.changes);
  END LOOP;
END $$;
--> statement-breakpoint
-- The row that a writer locks: one writer at a time, in whichever process.
CREATE TABLE head (id boolean PRIMARY KEY DEFAULT true CHECK (id));
--> statement-breakpoint
INSERT INTO head DEFAULT VALUES;
--> statement-breakpoint
CREATE FUNCTION ledger_immutable() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION 'LEDGER_IMMUTABLE';
END $$;
--> statement-breakpoint
CREATE FUNCTION journal_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  last journal%ROWTYPE;
BEGIN
  SELECT * INTO last FROM journal ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last.seq + 1, 0) OR NEW.recorded_at <= coalesce(last.recorded_at, 0) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION accounts_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM accounts WHERE id = NEW.id) THEN RAISE EXCEPTION 'LEDGER_IMMUTABLE'; END IF;
  IF NEW.debits_posted <> 0 OR NEW.credits_posted <> 0 OR NEW.debits_pending <> 0 OR NEW.credits_pending <> 0
    OR NEW.version <> 0 OR NEW.last_seq <> NEW.opened_seq
    OR NOT EXISTS (SELECT 1 FROM journal WHERE seq = NEW.opened_seq AND kind = 'ACCOUNT_OPENED' AND subject = NEW.id)
    OR (NEW.floor IS NULL AND NEW.kind NOT IN ('ISSUANCE', 'GRANT_FUNDING', 'POINT_ISSUANCE', 'CLEARING'))
  THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION accounts_moves() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.id IS DISTINCT FROM OLD.id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.unit IS DISTINCT FROM OLD.unit
    OR NEW.owner IS DISTINCT FROM OLD.owner OR NEW.floor IS DISTINCT FROM OLD.floor
    OR NEW.ceiling IS DISTINCT FROM OLD.ceiling OR NEW.opened_seq IS DISTINCT FROM OLD.opened_seq
    OR NEW.version IS DISTINCT FROM OLD.version + 1 OR NEW.last_seq <= OLD.last_seq
    OR NOT EXISTS (
      SELECT 1 FROM transfers AS t LEFT JOIN transfers AS h ON h.seq = t.hold_seq
      WHERE t.seq = NEW.last_seq AND OLD.id IN (t.debit, t.credit)
        AND NEW.debits_posted = OLD.debits_posted + CASE WHEN t.debit = OLD.id AND t.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN t.minutes ELSE 0 END
        AND NEW.credits_posted = OLD.credits_posted + CASE WHEN t.credit = OLD.id AND t.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN t.minutes ELSE 0 END
        AND NEW.debits_pending = OLD.debits_pending + CASE WHEN t.debit <> OLD.id THEN 0 WHEN t.phase = 'HELD' THEN t.minutes ELSE -coalesce(h.minutes, 0) END
        AND NEW.credits_pending = OLD.credits_pending + CASE WHEN t.credit <> OLD.id THEN 0 WHEN t.phase = 'HELD' THEN t.minutes ELSE -coalesce(h.minutes, 0) END)
  THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION transfers_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  payer accounts%ROWTYPE;
  payee accounts%ROWTYPE;
  last journal%ROWTYPE;
BEGIN
  IF EXISTS (SELECT 1 FROM transfers WHERE seq = NEW.seq) THEN RAISE EXCEPTION 'LEDGER_IMMUTABLE'; END IF;
  SELECT * INTO last FROM journal ORDER BY seq DESC LIMIT 1;
  IF NEW.seq IS DISTINCT FROM last.seq OR last.kind IS DISTINCT FROM 'TRANSFER'
  THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  SELECT * INTO payer FROM accounts WHERE id = NEW.debit;
  SELECT * INTO payee FROM accounts WHERE id = NEW.credit;
  IF payer.unit IS DISTINCT FROM payee.unit THEN RAISE EXCEPTION 'UNIT_MISMATCH'; END IF;
  IF (NEW.phase IN ('SETTLED', 'RELEASED', 'EXPIRED')) <> (NEW.hold_seq IS NOT NULL)
    OR (NEW.phase = 'REVERSAL') <> (NEW.reverses_seq IS NOT NULL) THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  IF NEW.hold_seq IS NOT NULL THEN
    IF EXISTS (SELECT 1 FROM transfers WHERE hold_seq = NEW.hold_seq) THEN RAISE EXCEPTION 'HOLD_ENDED'; END IF;
    IF NOT EXISTS (SELECT 1 FROM transfers AS h
      WHERE h.seq = NEW.hold_seq AND h.phase = 'HELD' AND h.debit = NEW.debit AND h.credit = NEW.credit AND NEW.minutes <= h.minutes
        AND (NEW.phase = 'SETTLED' OR NEW.minutes = h.minutes)) THEN RAISE EXCEPTION 'EXCEEDS_HOLD'; END IF;
  END IF;
  IF NEW.reverses_seq IS NOT NULL THEN
    IF EXISTS (SELECT 1 FROM transfers WHERE reverses_seq = NEW.reverses_seq) THEN RAISE EXCEPTION 'ALREADY_REVERSED'; END IF;
    IF NOT EXISTS (SELECT 1 FROM transfers AS o
      WHERE o.seq = NEW.reverses_seq AND o.phase = 'POSTED' AND o.debit = NEW.credit AND o.credit = NEW.debit AND o.minutes = NEW.minutes)
    THEN RAISE EXCEPTION 'NOT_REVERSIBLE'; END IF;
  END IF;
  IF NEW.kind = 'ROUNDING' AND (NEW.phase <> 'POSTED' OR 'ISSUANCE' NOT IN (payer.kind, payee.kind)) THEN
    RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER';
  END IF;
  IF NEW.phase IN ('POSTED', 'HELD') AND NEW.kind <> 'ROUNDING' THEN
    IF payer.credits_posted - payer.debits_posted - payer.debits_pending - NEW.minutes < payer.floor THEN
      RAISE EXCEPTION 'INSUFFICIENT_CREDIT';
    END IF;
    IF payee.credits_posted + payee.credits_pending - payee.debits_posted + NEW.minutes > payee.ceiling THEN
      RAISE EXCEPTION 'BALANCE_CAP';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION transfers_apply() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  moved bigint := CASE WHEN NEW.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN NEW.minutes ELSE 0 END;
  pending bigint := CASE WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END;
BEGIN
  UPDATE accounts SET debits_posted = debits_posted + moved, debits_pending = debits_pending + pending,
    version = version + 1, last_seq = NEW.seq WHERE id = NEW.debit;
  UPDATE accounts SET credits_posted = credits_posted + moved, credits_pending = credits_pending + pending,
    version = version + 1, last_seq = NEW.seq WHERE id = NEW.credit;
  INSERT INTO entries (account, version, seq, minutes, held, pending_in, posted_after, held_after, pending_in_after, effective_on)
  SELECT id, version, NEW.seq, CASE WHEN id = NEW.debit THEN -moved ELSE moved END,
    CASE WHEN id = NEW.debit THEN pending ELSE 0 END, CASE WHEN id = NEW.credit THEN pending ELSE 0 END,
    credits_posted - debits_posted, debits_pending, credits_pending, NEW.effective_on
  FROM accounts WHERE id IN (NEW.debit, NEW.credit);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION entries_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM entries WHERE account = NEW.account AND version >= NEW.version) THEN RAISE EXCEPTION 'LEDGER_IMMUTABLE'; END IF;
  IF NOT EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account AND version = NEW.version AND last_seq = NEW.seq
    AND credits_posted - debits_posted = NEW.posted_after AND debits_pending = NEW.held_after AND credits_pending = NEW.pending_in_after)
  THEN RAISE EXCEPTION 'LEDGER_BALANCE_TAMPER'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM record_steps WHERE record_id = NEW.record_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER journal_guard BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION journal_guard();
--> statement-breakpoint
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER accounts_guard BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION accounts_guard();
--> statement-breakpoint
CREATE TRIGGER accounts_moves BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION accounts_moves();
--> statement-breakpoint
CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER accounts_no_truncate BEFORE TRUNCATE ON accounts FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER transfers_guard BEFORE INSERT ON transfers FOR EACH ROW EXECUTE FUNCTION transfers_guard();
--> statement-breakpoint
CREATE TRIGGER transfers_apply AFTER INSERT ON transfers FOR EACH ROW EXECUTE FUNCTION transfers_apply();
--> statement-breakpoint
CREATE TRIGGER transfers_no_update BEFORE UPDATE ON transfers FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER transfers_no_delete BEFORE DELETE ON transfers FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER transfers_no_truncate BEFORE TRUNCATE ON transfers FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER entries_guard BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION entries_guard();
--> statement-breakpoint
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER steps_guard BEFORE INSERT ON record_steps FOR EACH ROW EXECUTE FUNCTION steps_guard();
--> statement-breakpoint
CREATE TRIGGER steps_no_update BEFORE UPDATE ON record_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER steps_no_delete BEFORE DELETE ON record_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER steps_no_truncate BEFORE TRUNCATE ON record_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
