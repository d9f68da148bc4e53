CREATE TABLE "activities" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"campaign_id" text,
	"organization_id" text NOT NULL,
	"division_code" text NOT NULL,
	"name" text NOT NULL,
	"service_type" text NOT NULL,
	"state" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"capacity" bigint NOT NULL,
	"hazardous" boolean NOT NULL,
	"open_to_minors" boolean NOT NULL,
	"outside_county" boolean NOT NULL,
	"authors" jsonb NOT NULL,
	"reviewed_by" text,
	"details_id" text NOT NULL,
	"announced_name" text,
	"announced_details_id" text,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "activity_state" CHECK ("state" in ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'POSTPONED', 'ONGOING', 'ENDED', 'RECORDING', 'CLOSED', 'CANCELLED'))
);
--> statement-breakpoint
CREATE TABLE "activity_steps" (
	"activity_id" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "activity_steps_pk" PRIMARY KEY("activity_id","version"),
	CONSTRAINT "activity_step_action" CHECK ("action" in ('CREATE', 'EDIT', 'DROP_SHIFT', 'SUBMIT', 'PUBLISH', 'RETURN', 'START', 'END', 'CLOSE', 'POSTPONE', 'CANCEL', 'RECORD')),
	CONSTRAINT "activity_step_actor" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "attendances" (
	"id" text PRIMARY KEY NOT NULL,
	"sign_up_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"volunteer_id" text NOT NULL,
	"checked_in_at" bigint NOT NULL,
	"checked_in_by" text NOT NULL,
	"method" text NOT NULL,
	"code_slot" bigint,
	"sent_late" boolean NOT NULL,
	"place_verdict" text NOT NULL,
	"device" text,
	"checked_out_at" bigint,
	"checked_out_by" text,
	"outcome" text NOT NULL,
	"record_id" text,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "attendance_method" CHECK ("method" in ('CODE', 'DIGITS', 'KIOSK', 'LEAD')),
	CONSTRAINT "attendance_place" CHECK ("place_verdict" in ('NOT_ASKED', 'NOT_GIVEN', 'WITHIN')),
	CONSTRAINT "attendance_outcome" CHECK ("outcome" in ('OPEN', 'RECORDED', 'TOO_SHORT', 'MISSING_RECORD', 'DISCARDED'))
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"person_id" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text,
	"tagline" text,
	"tagline_en" text,
	"day" text NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fundraisings" (
	"activity_id" text PRIMARY KEY NOT NULL,
	"organization_name" text NOT NULL,
	"plan_filing_no" text NOT NULL,
	"permit_no" text NOT NULL,
	"how_to_query" text NOT NULL,
	"filed_on" text NOT NULL,
	"starts_on" text NOT NULL,
	"ends_on" text NOT NULL,
	"emergency" boolean NOT NULL,
	"interim_disclosed_on" jsonb NOT NULL,
	"disclosed_on" text,
	"due_on" text,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "guardians" (
	"id" text PRIMARY KEY NOT NULL,
	"volunteer_id" text NOT NULL,
	"person_id" text NOT NULL,
	"ended" boolean NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices_read" (
	"person_id" text NOT NULL,
	"notice_id" text NOT NULL,
	"read_at" bigint NOT NULL,
	CONSTRAINT "notices_read_pk" PRIMARY KEY("person_id","notice_id")
);
--> statement-breakpoint
CREATE TABLE "shifts" (
	"id" text PRIMARY KEY NOT NULL,
	"activity_id" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"capacity" bigint NOT NULL,
	"venue_id" text NOT NULL,
	"announced_venue_id" text,
	"radius_metres" bigint,
	"dropped" boolean NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "shift_capacity" CHECK (capacity >= 1),
	CONSTRAINT "shift_interval" CHECK (ends_at > starts_at)
);
--> statement-breakpoint
CREATE TABLE "sign_up_steps" (
	"sign_up_id" text NOT NULL,
	"version" bigint NOT NULL,
	"volunteer_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason_id" text,
	CONSTRAINT "sign_up_steps_pk" PRIMARY KEY("sign_up_id","version"),
	CONSTRAINT "sign_up_step_action" CHECK ("action" in ('APPLY', 'CONSENT', 'DECLINE', 'MOVE_UP', 'WITHDRAW', 'CANCEL', 'POSTPONE', 'RESCHEDULE', 'CHECK_IN', 'CHECK_OUT', 'MISS', 'RESOLVE')),
	CONSTRAINT "sign_up_step_actor" CHECK ("actor_kind" in ('VOLUNTEER', 'GUARDIAN', 'RECIPIENT', 'FAMILY_PROXY', 'ACTIVITY_LEAD', 'ORGANIZATION_ADMIN', 'STATION_WORKER', 'STATION_SUPERVISOR', 'OFFICER', 'ASSESSOR', 'REVIEWER', 'AUDITOR', 'PUBLIC', 'SYSTEM'))
);
--> statement-breakpoint
CREATE TABLE "sign_ups" (
	"id" text PRIMARY KEY NOT NULL,
	"shift_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"volunteer_id" text NOT NULL,
	"state" text NOT NULL,
	"late" boolean NOT NULL,
	"malicious" boolean NOT NULL,
	"accompanied" boolean NOT NULL,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "sign_up_state" CHECK ("state" in ('PENDING_GUARDIAN', 'ACCEPTED', 'WAITLISTED', 'WITHDRAWN', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'EXCUSED'))
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"subject" text NOT NULL,
	"dimension" text NOT NULL,
	"key" text NOT NULL,
	"activities" bigint NOT NULL,
	"organizations" bigint NOT NULL,
	"volunteers" bigint NOT NULL,
	"signed_up" bigint NOT NULL,
	"waitlisted" bigint NOT NULL,
	"checked_in" bigint NOT NULL,
	"service_minutes" bigint NOT NULL,
	"donated_minutes" bigint NOT NULL,
	CONSTRAINT "tallies_pk" PRIMARY KEY("subject","dimension","key"),
	CONSTRAINT "tally_dimension" CHECK ("dimension" in ('TOTAL', 'DIVISION', 'ORGANIZATION', 'TIMELINE'))
);
--> statement-breakpoint
CREATE TABLE "tally_people" (
	"subject" text NOT NULL,
	"dimension" text NOT NULL,
	"key" text NOT NULL,
	"volunteer_id" text NOT NULL,
	"places" bigint NOT NULL,
	CONSTRAINT "tally_people_pk" PRIMARY KEY("subject","dimension","key","volunteer_id")
);
--> statement-breakpoint
ALTER TABLE "journal" DROP CONSTRAINT "journal_kind";--> statement-breakpoint
CREATE UNIQUE INDEX "activities_slug" ON "activities" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "activities_campaign" ON "activities" USING btree ("campaign_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "activities_organization" ON "activities" USING btree ("organization_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "activities_state" ON "activities" USING btree ("state","starts_at","id");--> statement-breakpoint
CREATE INDEX "activities_start" ON "activities" USING btree ("starts_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "attendances_sign_up" ON "attendances" USING btree ("sign_up_id");--> statement-breakpoint
CREATE INDEX "attendances_activity" ON "attendances" USING btree ("activity_id","outcome");--> statement-breakpoint
CREATE INDEX "attendances_record" ON "attendances" USING btree ("record_id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_slug" ON "campaigns" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "campaigns_day" ON "campaigns" USING btree ("day","id");--> statement-breakpoint
CREATE INDEX "fundraisings_due" ON "fundraisings" USING btree ("due_on","activity_id");--> statement-breakpoint
CREATE UNIQUE INDEX "guardians_pair" ON "guardians" USING btree ("volunteer_id","person_id");--> statement-breakpoint
CREATE INDEX "guardians_person" ON "guardians" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "shifts_activity" ON "shifts" USING btree ("activity_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "shifts_start" ON "shifts" USING btree ("starts_at","activity_id");--> statement-breakpoint
CREATE INDEX "sign_up_steps_volunteer" ON "sign_up_steps" USING btree ("volunteer_id","seq");--> statement-breakpoint
CREATE INDEX "sign_ups_shift" ON "sign_ups" USING btree ("shift_id","opened_seq");--> statement-breakpoint
CREATE INDEX "sign_ups_shift_state" ON "sign_ups" USING btree ("shift_id","state","opened_seq");--> statement-breakpoint
CREATE INDEX "sign_ups_volunteer" ON "sign_ups" USING btree ("volunteer_id","opened_seq");--> statement-breakpoint
CREATE INDEX "sign_ups_activity" ON "sign_ups" USING btree ("activity_id","state");