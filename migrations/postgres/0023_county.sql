ALTER TABLE "divisions" ADD COLUMN "retired_on" text;--> statement-breakpoint
ALTER TABLE "divisions" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "divisions" ADD COLUMN "version" bigint;