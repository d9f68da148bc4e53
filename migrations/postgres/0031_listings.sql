CREATE TABLE "listings" (
	"recipient_id" text NOT NULL,
	"listed_on" text NOT NULL,
	"listed_until" text,
	"division_code" text NOT NULL,
	"ending" text,
	"seq" bigint NOT NULL,
	CONSTRAINT "listings_pk" PRIMARY KEY("recipient_id","listed_on"),
	CONSTRAINT "listing_ending" CHECK ("ending" in ('UNLISTED', 'MOVED', 'MERGED'))
);
--> statement-breakpoint
DROP INDEX "visits_obligation";--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "counts_for_id" text;--> statement-breakpoint
UPDATE "visits" SET "counts_for_id" = "recipient_id";--> statement-breakpoint
ALTER TABLE "visits" ALTER COLUMN "counts_for_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "deceased" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "visits" ALTER COLUMN "deceased" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "record_by" text;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "confirmations_needed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "visits" ALTER COLUMN "confirmations_needed" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "confirmed_by" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "visits" ALTER COLUMN "confirmed_by" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "waits" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "visits" ALTER COLUMN "waits" DROP DEFAULT;--> statement-breakpoint
CREATE INDEX "listings_division" ON "listings" USING btree ("division_code","recipient_id");--> statement-breakpoint
CREATE INDEX "visits_counts_for" ON "visits" USING btree ("counts_for_id","on");--> statement-breakpoint
CREATE INDEX "visits_record" ON "visits" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "visits_waiting" ON "visits" USING btree ("waits","at","id");--> statement-breakpoint
CREATE INDEX "visits_obligation" ON "visits" USING btree ("obligation","counts_for_id");