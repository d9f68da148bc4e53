import { kit } from "./kit.postgres";
import { defineTables } from "./tables";

/** What the postgres adapter reads. */
export const tables = defineTables(kit);

// drizzle-kit reads each table as an export of its own.
Object.assign(module.exports, tables);
