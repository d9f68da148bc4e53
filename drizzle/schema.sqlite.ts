import { kit } from "./kit.sqlite";
import { defineTables } from "./tables";

/** What the sqlite adapter reads. */
export const tables = defineTables(kit);

// drizzle-kit reads each table as an export of its own.
Object.assign(module.exports, tables);
