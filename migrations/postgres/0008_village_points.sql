CREATE TABLE "households" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"household_no" text NOT NULL,
	"division_code" text NOT NULL,
	"account_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "village_points" (
	"id" text PRIMARY KEY NOT NULL,
	"household_id" text NOT NULL,
	"transfer_seq" bigint NOT NULL,
	"points" bigint NOT NULL,
	"on" text NOT NULL,
	"reason_id" text NOT NULL,
	"reversed_by_seq" bigint,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "households_no" ON "households" USING btree ("division_code","household_no");--> statement-breakpoint
CREATE UNIQUE INDEX "village_points_transfer" ON "village_points" USING btree ("transfer_seq");--> statement-breakpoint
CREATE INDEX "village_points_household" ON "village_points" USING btree ("household_id","on");