CREATE TABLE `listings` (
	`recipient_id` text NOT NULL,
	`listed_on` text NOT NULL,
	`listed_until` text,
	`division_code` text NOT NULL,
	`ending` text,
	`seq` integer NOT NULL,
	PRIMARY KEY(`recipient_id`, `listed_on`),
	CONSTRAINT "listing_ending" CHECK("ending" in ('UNLISTED', 'MOVED', 'MERGED'))
);
--> statement-breakpoint
CREATE INDEX `listings_division` ON `listings` (`division_code`,`recipient_id`);--> statement-breakpoint
CREATE TABLE `__new_visits` (
	`id` text PRIMARY KEY NOT NULL,
	`recipient_id` text NOT NULL,
	`counts_for_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`at` integer NOT NULL,
	`on` text NOT NULL,
	`mode` text NOT NULL,
	`met` integer NOT NULL,
	`deceased` integer NOT NULL,
	`visitor` text NOT NULL,
	`visitor_id` text NOT NULL,
	`minutes` integer,
	`obligation` text,
	`record_id` text,
	`details_id` text NOT NULL,
	`record_by` text,
	`confirmations_needed` integer NOT NULL,
	`confirmed_by` text NOT NULL,
	`waits` integer NOT NULL,
	`withdrawn` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "visit_mode" CHECK("mode" in ('HOME', 'PHONE', 'VIDEO', 'REMOTE_SENSOR')),
	CONSTRAINT "visit_visitor" CHECK("visitor" in ('CADRE', 'GRID_WORKER', 'SOCIAL_WORKER', 'VOLUNTEER'))
);
--> statement-breakpoint
INSERT INTO `__new_visits`("id", "recipient_id", "counts_for_id", "organization_id", "at", "on", "mode", "met", "deceased", "visitor", "visitor_id", "minutes", "obligation", "record_id", "details_id", "record_by", "confirmations_needed", "confirmed_by", "waits", "withdrawn", "version", "seq") SELECT "id", "recipient_id", "recipient_id", "organization_id", "at", "on", "mode", "met", 0, "visitor", "visitor_id", "minutes", "obligation", "record_id", "details_id", NULL, 0, '[]', 0, "withdrawn", "version", "seq" FROM `visits`;--> statement-breakpoint
DROP TABLE `visits`;--> statement-breakpoint
ALTER TABLE `__new_visits` RENAME TO `visits`;--> statement-breakpoint
CREATE INDEX `visits_recipient` ON `visits` (`recipient_id`,`on`);--> statement-breakpoint
CREATE INDEX `visits_counts_for` ON `visits` (`counts_for_id`,`on`);--> statement-breakpoint
CREATE INDEX `visits_record` ON `visits` (`record_id`);--> statement-breakpoint
CREATE INDEX `visits_waiting` ON `visits` (`waits`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `visits_obligation` ON `visits` (`obligation`,`counts_for_id`);