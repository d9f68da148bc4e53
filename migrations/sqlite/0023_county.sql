CREATE TABLE `bank_marks` (
	`bank_id` text PRIMARY KEY NOT NULL,
	`proof` text NOT NULL,
	`key_changes` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ended_sessions` (
	`session` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ended_sessions_expiry` ON `ended_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `identity_links` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`person_id` text NOT NULL,
	`issuer` text,
	`kind` text NOT NULL,
	`linked_at` integer NOT NULL,
	`linked_by` text NOT NULL,
	`link_reason_id` text,
	`state` text NOT NULL,
	`unlinked_at` integer,
	`unlinked_by` text,
	`unlink_reason_id` text,
	`version` integer NOT NULL,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "identity_link_kind" CHECK("kind" in ('CODE', 'CLAIM', 'PAPERS', 'SELF', 'OPERATOR')),
	CONSTRAINT "identity_link_state" CHECK("state" in ('LINKED', 'UNLINKED'))
);
--> statement-breakpoint
CREATE INDEX `identity_links_hash` ON `identity_links` (`hash`);--> statement-breakpoint
CREATE INDEX `identity_links_person` ON `identity_links` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `identity_links_state` ON `identity_links` (`state`,`seq`);--> statement-breakpoint
CREATE TABLE `ties` (
	`id` text PRIMARY KEY NOT NULL,
	`volunteer_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "tie_state" CHECK("state" in ('ALLOWED', 'ENDED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ties_pair` ON `ties` (`volunteer_id`,`organization_id`);--> statement-breakpoint
CREATE INDEX `ties_organization` ON `ties` (`organization_id`,`state`);--> statement-breakpoint
CREATE TABLE `tries` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`pauses` integer NOT NULL,
	`since` integer NOT NULL,
	`until` integer
);
--> statement-breakpoint
ALTER TABLE `divisions` ADD `retired_on` text;--> statement-breakpoint
ALTER TABLE `divisions` ADD `state` text;--> statement-breakpoint
ALTER TABLE `divisions` ADD `version` integer;--> statement-breakpoint
ALTER TABLE `identities` ADD `ended` integer;--> statement-breakpoint
CREATE INDEX `volunteers_no_read` ON `volunteers` (upper("volunteer_no"));