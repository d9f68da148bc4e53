ALTER TABLE `findings` ADD `reason_id` text;--> statement-breakpoint
-- What was said with a revision was sealed in the entry right before it.
UPDATE `findings` SET `reason_id` = (SELECT `sealed`.`id` FROM `sealed` WHERE `sealed`.`seq` = `findings`.`seq` - 1) WHERE `version` > 1;
