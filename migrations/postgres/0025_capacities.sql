CREATE TABLE "capacity_steps" (
	"capacity_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"fields" jsonb NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "capacity_steps_pk" PRIMARY KEY("capacity_id","version"),
	CONSTRAINT "capacity_step_action" CHECK ("action" in ('REGISTER', 'REVISE', 'LIST', 'UNLIST', 'SEPARATE', 'TAKE_OVER', 'MERGE'))
);
--> statement-breakpoint
ALTER TABLE "merged_persons" ADD COLUMN "ended_at" bigint;--> statement-breakpoint
-- Steps of recipients and social workers are history.
CREATE FUNCTION capacity_steps_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM capacity_steps WHERE capacity_id = NEW.capacity_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER capacity_steps_guard BEFORE INSERT ON capacity_steps FOR EACH ROW EXECUTE FUNCTION capacity_steps_guard();
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_update BEFORE UPDATE ON capacity_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_delete BEFORE DELETE ON capacity_steps FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER capacity_steps_no_truncate BEFORE TRUNCATE ON capacity_steps FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
