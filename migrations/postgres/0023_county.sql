CREATE TABLE "identity_links" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"person_id" text NOT NULL,
	"issuer" text,
	"kind" text NOT NULL,
	"linked_at" bigint NOT NULL,
	"linked_by" text NOT NULL,
	"link_reason_id" text,
	"state" text NOT NULL,
	"unlinked_at" bigint,
	"unlinked_by" text,
	"unlink_reason_id" text,
	"version" bigint NOT NULL,
	"opened_seq" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "identity_link_kind" CHECK ("kind" in ('CODE', 'CLAIM', 'PAPERS', 'SELF', 'OPERATOR')),
	CONSTRAINT "identity_link_state" CHECK ("state" in ('LINKED', 'UNLINKED'))
);
--> statement-breakpoint
ALTER TABLE "divisions" ADD COLUMN "retired_on" text;--> statement-breakpoint
ALTER TABLE "divisions" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "divisions" ADD COLUMN "version" bigint;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "ended" bigint;--> statement-breakpoint
CREATE INDEX "identity_links_hash" ON "identity_links" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "identity_links_person" ON "identity_links" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "identity_links_state" ON "identity_links" USING btree ("state","seq");