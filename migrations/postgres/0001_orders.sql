CREATE TABLE "service_orders" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"recipient_id" text NOT NULL,
	"division_code" text NOT NULL,
	"service_type" text NOT NULL,
	"needed_from" bigint NOT NULL,
	"needed_to" bigint NOT NULL,
	"planned_minutes" bigint NOT NULL,
	"pay_from" text NOT NULL,
	"hold_seq" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"details_id" text NOT NULL,
	"state" text NOT NULL,
	"volunteer_id" text,
	"record_id" text,
	"captured_minutes" bigint,
	"extra_minutes" bigint,
	"fault" text,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "service_orders_pay_from" CHECK ("pay_from" in ('OWN', 'GIFTED', 'GOVERNMENT_GRANT', 'PUBLIC_POOL')),
	CONSTRAINT "service_orders_state" CHECK ("state" in ('REQUESTED', 'MATCHED', 'DELIVERED', 'SETTLED', 'CANCELLED', 'EXPIRED', 'DISPUTED', 'VOIDED')),
	CONSTRAINT "service_orders_fault" CHECK ("fault" in ('AS_RECIPIENT', 'AS_VOLUNTEER'))
);
--> statement-breakpoint
CREATE TABLE "order_steps" (
	"order_id" text NOT NULL,
	"version" bigint NOT NULL,
	"offered_to" text,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "order_steps_pk" PRIMARY KEY("order_id","version"),
	CONSTRAINT "order_steps_action" CHECK ("action" in ('REQUEST', 'OFFER', 'DECLINE', 'MATCH', 'DELIVER', 'ACCEPT', 'SETTLE', 'CANCEL', 'MISS', 'EXPIRE', 'DISPUTE', 'VOID')),
	CONSTRAINT "order_steps_from" CHECK ("from" in ('REQUESTED', 'MATCHED', 'DELIVERED', 'SETTLED', 'CANCELLED', 'EXPIRED', 'DISPUTED', 'VOIDED')),
	CONSTRAINT "order_steps_to" CHECK ("to" in ('REQUESTED', 'MATCHED', 'DELIVERED', 'SETTLED', 'CANCELLED', 'EXPIRED', 'DISPUTED', 'VOIDED')),
	CONSTRAINT "order_steps_actor_kind" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX "service_orders_state" ON "service_orders" USING btree ("state","needed_from","id");--> statement-breakpoint
CREATE INDEX "service_orders_recipient" ON "service_orders" USING btree ("recipient_id","needed_from","id");--> statement-breakpoint
CREATE INDEX "service_orders_volunteer" ON "service_orders" USING btree ("volunteer_id","needed_from","id");--> statement-breakpoint
CREATE INDEX "order_steps_offered" ON "order_steps" USING btree ("offered_to","order_id");