CREATE TABLE "household_standings" (
	"household_id" text NOT NULL,
	"version" bigint NOT NULL,
	"household_no" text NOT NULL,
	"division_code" text NOT NULL,
	"since" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "household_standings_pk" PRIMARY KEY("household_id","version")
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"subject_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"fields" jsonb NOT NULL,
	"other_id" text,
	"profile_id" text,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text NOT NULL,
	CONSTRAINT "revisions_pk" PRIMARY KEY("subject_id","version"),
	CONSTRAINT "revision_action" CHECK ("action" in ('REVISE', 'SPLIT'))
);
--> statement-breakpoint
CREATE INDEX "household_standings_division" ON "household_standings" USING btree ("division_code","household_id");--> statement-breakpoint
CREATE INDEX "revisions_other" ON "revisions" USING btree ("other_id");--> statement-breakpoint
-- Steps of campaigns and households are history.
CREATE FUNCTION revisions_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM revisions WHERE subject_id = NEW.subject_id AND version >= NEW.version) THEN
    RAISE EXCEPTION 'LEDGER_IMMUTABLE';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER revisions_guard BEFORE INSERT ON revisions FOR EACH ROW EXECUTE FUNCTION revisions_guard();
--> statement-breakpoint
CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
--> statement-breakpoint
CREATE TRIGGER revisions_no_truncate BEFORE TRUNCATE ON revisions FOR EACH STATEMENT EXECUTE FUNCTION ledger_immutable();
