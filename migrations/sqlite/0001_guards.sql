-- The ledger's rules, kept by the database itself: history is append-only, and a balance moves only by a transfer.
CREATE TRIGGER journal_guard BEFORE INSERT ON journal BEGIN
  SELECT CASE WHEN NEW.seq <> coalesce((SELECT max(seq) + 1 FROM journal), 0) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
  SELECT CASE WHEN NEW.recorded_at <= coalesce((SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1), 0) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER accounts_guard BEFORE INSERT ON accounts BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM accounts WHERE id = NEW.id) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
  SELECT CASE WHEN NEW.debits_posted <> 0 OR NEW.credits_posted <> 0 OR NEW.debits_pending <> 0 OR NEW.credits_pending <> 0
    OR NEW.version <> 0 OR NEW.last_seq <> NEW.opened_seq THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM journal WHERE seq = NEW.opened_seq AND kind = 'ACCOUNT_OPENED' AND subject = NEW.id)
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NEW.floor IS NULL AND NEW.kind NOT IN ('ISSUANCE', 'GRANT_FUNDING', 'POINT_ISSUANCE', 'CLEARING')
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
END;
--> statement-breakpoint
CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER accounts_moves BEFORE UPDATE ON accounts BEGIN
  SELECT CASE WHEN NEW.id IS NOT OLD.id OR NEW.kind IS NOT OLD.kind OR NEW.unit IS NOT OLD.unit OR NEW.owner IS NOT OLD.owner
    OR NEW.floor IS NOT OLD.floor OR NEW.ceiling IS NOT OLD.ceiling OR NEW.opened_seq IS NOT OLD.opened_seq
    OR NEW.version IS NOT OLD.version + 1 OR NEW.last_seq <= OLD.last_seq THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NOT EXISTS (
    SELECT 1 FROM transfers AS t LEFT JOIN transfers AS h ON h.seq = t.hold_seq
    WHERE t.seq = NEW.last_seq AND OLD.id IN (t.debit, t.credit)
      AND NEW.debits_posted = OLD.debits_posted + CASE WHEN t.debit = OLD.id AND t.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN t.minutes ELSE 0 END
      AND NEW.credits_posted = OLD.credits_posted + CASE WHEN t.credit = OLD.id AND t.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN t.minutes ELSE 0 END
      AND NEW.debits_pending = OLD.debits_pending + CASE WHEN t.debit <> OLD.id THEN 0 WHEN t.phase = 'HELD' THEN t.minutes ELSE -coalesce(h.minutes, 0) END
      AND NEW.credits_pending = OLD.credits_pending + CASE WHEN t.credit <> OLD.id THEN 0 WHEN t.phase = 'HELD' THEN t.minutes ELSE -coalesce(h.minutes, 0) END
  ) THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
END;
--> statement-breakpoint
CREATE TRIGGER transfers_guard BEFORE INSERT ON transfers BEGIN
  SELECT CASE WHEN typeof(NEW.minutes) <> 'integer' OR typeof(NEW.seq) <> 'integer' THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN EXISTS (SELECT 1 FROM transfers WHERE seq = NEW.seq) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
  SELECT CASE WHEN NEW.seq <> (SELECT max(seq) FROM journal) OR (SELECT kind FROM journal WHERE seq = NEW.seq) <> 'TRANSFER'
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN (SELECT unit FROM accounts WHERE id = NEW.debit) IS NOT (SELECT unit FROM accounts WHERE id = NEW.credit)
    THEN RAISE(ABORT, 'UNIT_MISMATCH') END;
  SELECT CASE WHEN (NEW.phase IN ('SETTLED', 'RELEASED', 'EXPIRED')) <> (NEW.hold_seq IS NOT NULL)
    OR (NEW.phase = 'REVERSAL') <> (NEW.reverses_seq IS NOT NULL) THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NEW.hold_seq IS NOT NULL AND EXISTS (SELECT 1 FROM transfers WHERE hold_seq = NEW.hold_seq) THEN RAISE(ABORT, 'HOLD_ENDED') END;
  SELECT CASE WHEN NEW.hold_seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM transfers AS h
    WHERE h.seq = NEW.hold_seq AND h.phase = 'HELD' AND h.debit = NEW.debit AND h.credit = NEW.credit AND NEW.minutes <= h.minutes
      AND (NEW.phase = 'SETTLED' OR NEW.minutes = h.minutes)) THEN RAISE(ABORT, 'EXCEEDS_HOLD') END;
  SELECT CASE WHEN NEW.reverses_seq IS NOT NULL AND EXISTS (SELECT 1 FROM transfers WHERE reverses_seq = NEW.reverses_seq) THEN RAISE(ABORT, 'ALREADY_REVERSED') END;
  SELECT CASE WHEN NEW.reverses_seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM transfers AS o
    WHERE o.seq = NEW.reverses_seq AND o.phase = 'POSTED' AND o.debit = NEW.credit AND o.credit = NEW.debit AND o.minutes = NEW.minutes)
    THEN RAISE(ABORT, 'NOT_REVERSIBLE') END;
  SELECT CASE WHEN NEW.kind = 'ROUNDING' AND (NEW.phase <> 'POSTED'
    OR NOT EXISTS (SELECT 1 FROM accounts WHERE id IN (NEW.debit, NEW.credit) AND kind = 'ISSUANCE'))
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
  SELECT CASE WHEN NEW.phase IN ('POSTED', 'HELD') AND NEW.kind <> 'ROUNDING' AND EXISTS (SELECT 1 FROM accounts
    WHERE id = NEW.debit AND floor IS NOT NULL AND credits_posted - debits_posted - debits_pending - NEW.minutes < floor)
    THEN RAISE(ABORT, 'INSUFFICIENT_CREDIT') END;
  SELECT CASE WHEN NEW.phase IN ('POSTED', 'HELD') AND NEW.kind <> 'ROUNDING' AND EXISTS (SELECT 1 FROM accounts
    WHERE id = NEW.credit AND ceiling IS NOT NULL AND credits_posted + credits_pending - debits_posted + NEW.minutes > ceiling)
    THEN RAISE(ABORT, 'BALANCE_CAP') END;
END;
--> statement-breakpoint
CREATE TRIGGER transfers_apply AFTER INSERT ON transfers BEGIN
  UPDATE accounts SET
    debits_posted = debits_posted + CASE WHEN NEW.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN NEW.minutes ELSE 0 END,
    debits_pending = debits_pending + CASE WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END,
    version = version + 1, last_seq = NEW.seq
  WHERE id = NEW.debit;
  UPDATE accounts SET
    credits_posted = credits_posted + CASE WHEN NEW.phase IN ('POSTED', 'SETTLED', 'REVERSAL') THEN NEW.minutes ELSE 0 END,
    credits_pending = credits_pending + CASE WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END,
    version = version + 1, last_seq = NEW.seq
  WHERE id = NEW.credit;
  INSERT INTO entries (account, version, seq, minutes, held, pending_in, posted_after, held_after, pending_in_after, effective_on)
  SELECT id, version, NEW.seq,
    CASE WHEN NEW.phase NOT IN ('POSTED', 'SETTLED', 'REVERSAL') THEN 0 WHEN id = NEW.debit THEN -NEW.minutes ELSE NEW.minutes END,
    CASE WHEN id <> NEW.debit THEN 0 WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END,
    CASE WHEN id <> NEW.credit THEN 0 WHEN NEW.phase = 'HELD' THEN NEW.minutes ELSE -coalesce((SELECT minutes FROM transfers WHERE seq = NEW.hold_seq), 0) END,
    credits_posted - debits_posted, debits_pending, credits_pending, NEW.effective_on
  FROM accounts WHERE id IN (NEW.debit, NEW.credit);
END;
--> statement-breakpoint
CREATE TRIGGER transfers_no_update BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER transfers_no_delete BEFORE DELETE ON transfers BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER entries_guard BEFORE INSERT ON entries BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM entries WHERE account = NEW.account AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
  SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account AND version = NEW.version AND last_seq = NEW.seq
    AND credits_posted - debits_posted = NEW.posted_after AND debits_pending = NEW.held_after AND credits_pending = NEW.pending_in_after)
    THEN RAISE(ABORT, 'LEDGER_BALANCE_TAMPER') END;
END;
--> statement-breakpoint
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER steps_guard BEFORE INSERT ON record_steps BEGIN
  SELECT CASE WHEN EXISTS (SELECT 1 FROM record_steps WHERE record_id = NEW.record_id AND version >= NEW.version) THEN RAISE(ABORT, 'LEDGER_IMMUTABLE') END;
END;
--> statement-breakpoint
CREATE TRIGGER steps_no_update BEFORE UPDATE ON record_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
--> statement-breakpoint
CREATE TRIGGER steps_no_delete BEFORE DELETE ON record_steps BEGIN SELECT RAISE(ABORT, 'LEDGER_IMMUTABLE'); END;
