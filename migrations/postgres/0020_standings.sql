CREATE TABLE "organization_standings" (
	"organization_id" text NOT NULL,
	"version" bigint NOT NULL,
	"entered_on" text NOT NULL,
	"state" text NOT NULL,
	"filing_status" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "organization_standings_pk" PRIMARY KEY("organization_id","version"),
	CONSTRAINT "organization_standing_state" CHECK ("state" in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DISSOLVED')),
	CONSTRAINT "organization_standing_filing" CHECK ("filing_status" in ('REGISTERED', 'FILED', 'UNREGISTERED'))
);
--> statement-breakpoint
ALTER TABLE "organizations" DROP COLUMN "opened_on";--> statement-breakpoint
ALTER TABLE "organizations" DROP COLUMN "closed_on";