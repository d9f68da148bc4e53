CREATE TABLE "erasures" (
	"person_id" text PRIMARY KEY NOT NULL,
	"on" text NOT NULL,
	"kept_until" text NOT NULL,
	"reason_id" text NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"person_id" text PRIMARY KEY NOT NULL,
	"profile_id" text NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "erasures_seq" ON "erasures" USING btree ("seq");