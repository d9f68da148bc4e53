CREATE TABLE "proxies" (
	"id" text PRIMARY KEY NOT NULL,
	"recipient_id" text NOT NULL,
	"person_id" text NOT NULL,
	"relation" text NOT NULL,
	"state" text NOT NULL,
	"valid_until" text,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "proxies_relation" CHECK ("relation" in ('SPOUSE', 'PARENT', 'GRANDPARENT', 'CHILD', 'SIBLING', 'OTHER')),
	CONSTRAINT "proxies_state" CHECK ("state" in ('REQUESTED', 'OFFICE_APPROVED', 'ACTIVE', 'REFUSED', 'REVOKED'))
);
--> statement-breakpoint
CREATE TABLE "proxy_steps" (
	"proxy_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "proxy_steps_pk" PRIMARY KEY("proxy_id","version"),
	CONSTRAINT "proxy_steps_action" CHECK ("action" in ('REQUEST', 'APPROVE', 'ACCEPT', 'REFUSE', 'REVOKE')),
	CONSTRAINT "proxy_steps_from" CHECK ("from" in ('REQUESTED', 'OFFICE_APPROVED', 'ACTIVE', 'REFUSED', 'REVOKED')),
	CONSTRAINT "proxy_steps_to" CHECK ("to" in ('REQUESTED', 'OFFICE_APPROVED', 'ACTIVE', 'REFUSED', 'REVOKED')),
	CONSTRAINT "proxy_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX "proxies_recipient" ON "proxies" USING btree ("recipient_id","opened_seq");--> statement-breakpoint
CREATE INDEX "proxies_person" ON "proxies" USING btree ("person_id","opened_seq");--> statement-breakpoint
CREATE INDEX "proxies_state" ON "proxies" USING btree ("state","opened_seq");--> statement-breakpoint
CREATE INDEX "order_steps_actor" ON "order_steps" USING btree ("actor_id","at");