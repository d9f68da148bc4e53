CREATE INDEX `service_orders_division` ON `service_orders` (`division_code`,`needed_from`,`id`);--> statement-breakpoint
CREATE INDEX `service_orders_needed` ON `service_orders` (`needed_from`,`id`);--> statement-breakpoint
CREATE INDEX `service_orders_expiry` ON `service_orders` (`expires_at`,`id`) WHERE "state" in ('REQUESTED', 'MATCHED');--> statement-breakpoint
CREATE INDEX `proxies_opened` ON `proxies` (`opened_seq`);--> statement-breakpoint
CREATE INDEX `star_awards_division` ON `star_awards` (`division_code`,`opened_seq`);--> statement-breakpoint
CREATE INDEX `star_awards_opened` ON `star_awards` (`opened_seq`);