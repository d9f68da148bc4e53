CREATE TABLE `awards` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`granted_by` text NOT NULL,
	`on` text NOT NULL,
	`withdrawn` integer NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `awards_organization` ON `awards` (`organization_id`,`on`);--> statement-breakpoint
CREATE TABLE `head_steps` (
	`head_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`from` text,
	`to` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_kind` text NOT NULL,
	`reason_id` text,
	PRIMARY KEY(`head_id`, `version`),
	CONSTRAINT "head_step_action" CHECK("action" in ('PROPOSE', 'APPROVE', 'REFUSE', 'END')),
	CONSTRAINT "head_step_actor" CHECK("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE `heads` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`proposed_by` text NOT NULL,
	`profile_id` text NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT "head_state" CHECK("state" in ('PROPOSED', 'APPROVED', 'REFUSED', 'ENDED'))
);
--> statement-breakpoint
CREATE INDEX `heads_organization` ON `heads` (`organization_id`,`id`);--> statement-breakpoint
CREATE TABLE `organization_profiles` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`registered_on` text,
	`hub` integer NOT NULL,
	`village_kind` text,
	`supervisor_id` text,
	`version` integer NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `organization_profiles_village` ON `organization_profiles` (`village_kind`);