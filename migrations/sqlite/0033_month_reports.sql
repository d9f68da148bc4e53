CREATE TABLE `month_reports` (
	`month` text PRIMARY KEY NOT NULL,
	`figures` text NOT NULL,
	`reported_at` integer NOT NULL,
	`seq` integer NOT NULL
);
