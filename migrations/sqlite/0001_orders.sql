CREATE TABLE `service_orders` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`recipient_id` text NOT NULL,
	`division_code` text NOT NULL,
	`service_type` text NOT NULL,
	`needed_from` integer NOT NULL,
	`needed_to` integer NOT NULL,
	`planned_minutes` integer NOT NULL,
	`pay_from` text NOT NULL,
	`hold_seq` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`details_id` text NOT NULL,
	`state` text NOT NULL,
	`volunteer_id` text,
	`record_id` text,
	`captured_minutes` integer,
	`extra_minutes` integer,
	`fault` text,
	`version` integer NOT NULL,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "service_orders_pay_from" CHECK("pay_from" in ('OWN', 'GIFTED', 'GOVERNMENT_GRANT', 'PUBLIC_POOL')),
	CONSTRAINT "service_orders_state" CHECK("state" in ('REQUESTED', 'MATCHED', 'DELIVERED', 'SETTLED', 'CANCELLED', 'EXPIRED', 'DISPUTED', 'VOIDED')),
	CONSTRAINT "service_orders_fault" CHECK("fault" in ('AS_RECIPIENT', 'AS_VOLUNTEER'))
);
--> statement-breakpoint
CREATE INDEX `service_orders_state` ON `service_orders` (`state`,`needed_from`,`id`);--> statement-breakpoint
CREATE INDEX `service_orders_recipient` ON `service_orders` (`recipient_id`,`needed_from`,`id`);--> statement-breakpoint
CREATE INDEX `service_orders_volunteer` ON `service_orders` (`volunteer_id`,`needed_from`,`id`);--> statement-breakpoint
CREATE TABLE `order_steps` (
	`order_id` text NOT NULL,
	`version` integer NOT NULL,
	`offered_to` text,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`order_id`, `version`),
	CONSTRAINT "order_steps_action" CHECK("action" in ('REQUEST', 'OFFER', 'DECLINE', 'MATCH', 'DELIVER', 'ACCEPT', 'SETTLE', 'CANCEL', 'MISS', 'EXPIRE', 'DISPUTE', 'VOID')),
	CONSTRAINT "order_steps_from" CHECK("from" in ('REQUESTED', 'MATCHED', 'DELIVERED', 'SETTLED', 'CANCELLED', 'EXPIRED', 'DISPUTED', 'VOIDED')),
	CONSTRAINT "order_steps_to" CHECK("to" in ('REQUESTED', 'MATCHED', 'DELIVERED', 'SETTLED', 'CANCELLED', 'EXPIRED', 'DISPUTED', 'VOIDED')),
	CONSTRAINT "order_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE INDEX `order_steps_offered` ON `order_steps` (`offered_to`,`order_id`);