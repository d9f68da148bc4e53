CREATE TABLE `social_worker_terms` (
	`social_worker_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`registered_on` text NOT NULL,
	`registered_until` text NOT NULL,
	`entered_on` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`social_worker_id`, `registered_on`)
);
--> statement-breakpoint
CREATE INDEX `social_worker_terms_organization` ON `social_worker_terms` (`organization_id`,`registered_until`);--> statement-breakpoint
ALTER TABLE `organizations` ADD `opened_on` text NOT NULL DEFAULT '';
--> statement-breakpoint
-- What stands already is brought to where the journal says it began.
UPDATE organizations SET opened_on = (
  SELECT day FROM (
    SELECT subject, date(min(recorded_at) / 1000000 + 28800, 'unixepoch') AS day FROM journal
    WHERE kind = 'ORGANIZATION_STEP' GROUP BY subject
  ) first WHERE first.subject = organizations.id
);
--> statement-breakpoint
INSERT INTO social_worker_terms (social_worker_id, organization_id, registered_on, registered_until, entered_on, seq)
SELECT w.id, w.organization_id, w.registered_on, w.registered_until, date(j.recorded_at / 1000000 + 28800, 'unixepoch'), w.seq
FROM social_workers w JOIN journal j ON j.seq = w.seq;
