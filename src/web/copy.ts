import type { Answer } from "./answers";
import { json } from "./answers";
import { missingPage } from "./pages/plain";
import type { Visit } from "./visit";

/** Serves a person's copy of all that is kept of them, under a link that names nobody and lasts an hour. */
export async function personCopy(visit: Visit, secret: string): Promise<Answer> {
  const copy = await visit.services.privacy.copy(secret);
  if (!copy) return missingPage(visit);
  const headers = { "content-disposition": 'attachment; filename="goodhours-copy.json"' };
  return json(copy, { headers });
}
