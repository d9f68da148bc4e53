CREATE TABLE `star_awards` (
	`id` text PRIMARY KEY NOT NULL,
	`volunteer_id` text NOT NULL,
	`division_code` text NOT NULL,
	`organization_id` text,
	`level` integer NOT NULL,
	`held_level` integer NOT NULL,
	`state` text NOT NULL,
	`basis_minutes` integer NOT NULL,
	`policy_id` text NOT NULL,
	`policy_ids` text NOT NULL,
	`notice_until` text,
	`contested` integer NOT NULL,
	`awarded_on` text,
	`version` integer NOT NULL,
	`opened_seq` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "star_awards_state" CHECK("state" in ('PROPOSED', 'PUBLIC_NOTICE', 'GRANTED', 'REFUSED', 'SUSPENDED', 'DOWNGRADED'))
);
--> statement-breakpoint
CREATE INDEX `star_awards_volunteer` ON `star_awards` (`volunteer_id`);--> statement-breakpoint
CREATE INDEX `star_awards_state` ON `star_awards` (`state`,`notice_until`,`id`);--> statement-breakpoint
CREATE TABLE `star_steps` (
	`star_award_id` text NOT NULL,
	`version` integer NOT NULL,
	`held_level` integer NOT NULL,
	`basis_minutes` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`star_award_id`, `version`),
	CONSTRAINT "star_steps_action" CHECK("action" in ('PROPOSE', 'OBJECT', 'GRANT', 'REFUSE', 'SUSPEND', 'RESTORE', 'DOWNGRADE', 'MOVE')),
	CONSTRAINT "star_steps_from" CHECK("from" in ('PROPOSED', 'PUBLIC_NOTICE', 'GRANTED', 'REFUSED', 'SUSPENDED', 'DOWNGRADED')),
	CONSTRAINT "star_steps_to" CHECK("to" in ('PROPOSED', 'PUBLIC_NOTICE', 'GRANTED', 'REFUSED', 'SUSPENDED', 'DOWNGRADED')),
	CONSTRAINT "star_steps_actor_kind" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
