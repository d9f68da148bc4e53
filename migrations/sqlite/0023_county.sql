ALTER TABLE `divisions` ADD `retired_on` text;--> statement-breakpoint
ALTER TABLE `divisions` ADD `state` text;--> statement-breakpoint
ALTER TABLE `divisions` ADD `version` integer;