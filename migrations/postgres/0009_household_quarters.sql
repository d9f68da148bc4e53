CREATE TABLE "household_quarters" (
	"household_id" text NOT NULL,
	"quarter" text NOT NULL,
	"account_id" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "household_quarters_household_id_quarter_pk" PRIMARY KEY("household_id","quarter")
);
