CREATE TABLE "volunteer_standings" (
	"volunteer_id" text NOT NULL,
	"version" bigint NOT NULL,
	"entered_on" text NOT NULL,
	"state" text NOT NULL,
	"division_code" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "volunteer_standings_pk" PRIMARY KEY("volunteer_id","version"),
	CONSTRAINT "volunteer_standing_state" CHECK ("state" in ('REGISTERED', 'REAL_NAME_PENDING', 'ACTIVE', 'SUSPENDED', 'WITHDRAWN', 'MERGED', 'DECEASED'))
);
