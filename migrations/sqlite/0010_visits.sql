CREATE TABLE `recipients` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`division_code` text NOT NULL,
	`account_id` text NOT NULL,
	`listed_on` text NOT NULL,
	`listed_until` text,
	`profile_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recipients_person` ON `recipients` (`person_id`);--> statement-breakpoint
CREATE INDEX `recipients_division` ON `recipients` (`division_code`,`id`);--> statement-breakpoint
CREATE INDEX `recipients_account` ON `recipients` (`account_id`);--> statement-breakpoint
CREATE TABLE `visits` (
	`id` text PRIMARY KEY NOT NULL,
	`recipient_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`at` integer NOT NULL,
	`on` text NOT NULL,
	`mode` text NOT NULL,
	`met` integer NOT NULL,
	`visitor` text NOT NULL,
	`visitor_id` text NOT NULL,
	`minutes` integer,
	`obligation` text,
	`record_id` text,
	`details_id` text NOT NULL,
	`withdrawn` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "visit_mode" CHECK("mode" in ('HOME', 'PHONE', 'VIDEO', 'REMOTE_SENSOR')),
	CONSTRAINT "visit_visitor" CHECK("visitor" in ('CADRE', 'GRID_WORKER', 'SOCIAL_WORKER', 'VOLUNTEER'))
);
--> statement-breakpoint
CREATE INDEX `visits_recipient` ON `visits` (`recipient_id`,`on`);--> statement-breakpoint
CREATE INDEX `visits_obligation` ON `visits` (`obligation`,`recipient_id`);