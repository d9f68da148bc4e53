CREATE TABLE `household_quarters` (
	`household_id` text NOT NULL,
	`quarter` text NOT NULL,
	`account_id` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`household_id`, `quarter`)
);
