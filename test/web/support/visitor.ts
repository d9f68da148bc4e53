import type { Config } from "../../../src/config";
import type { Actor } from "../../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../../support/api";
import { openDay, type TestDay } from "./day";

interface Asking {
  actor?: Actor;
  language?: "zh" | "en";
  headers?: Record<string, string>;
  method?: string;
}

export interface Visitor {
  day: TestDay;
  api: TestApi;
  get(path: string, given?: Asking): Promise<Got>;
  /** As a form of our own page posts, unless headers say otherwise. */
  post(path: string, fields: Record<string, string> | string, given?: Asking): Promise<Got>;
  /** A fresh hidden key, as a page would have it. */
  key(): string;
  close(): Promise<void>;
}
export interface Got {
  status: number;
  headers: Headers;
  text: string;
}

/** The charity day behind its real edge, visited by plain HTTP. */
export async function openVisitor(options: { people?: number; config?: Partial<Config> } = {}): Promise<Visitor> {
  const day = await openDay({ people: options.people });
  const api = await openApi(day.bank, options.config);
  const ask = async (path: string, { actor, language = "zh", headers = {}, method = "GET" }: Asking, body?: string) => {
    const cookie: Record<string, string> = actor ? { cookie: `goodhours=${await api.token(actor)}` } : {};
    const response = await fetch(`${api.url}${path}`, {
      method,
      body,
      redirect: "manual",
      headers: { "accept-language": language, ...cookie, ...headers },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    day,
    api,
    get: (path, asking = {}) => ask(path, asking),
    post: (path, fields, { headers, ...asking } = {}) =>
      ask(
        path,
        {
          ...asking,
          method: "POST",
          headers: { origin: api.url, "content-type": "application/x-www-form-urlencoded", ...headers },
        },
        typeof fields === "string" ? fields : new URLSearchParams(fields).toString(),
      ),
    key: () => day.bank.key(),
    async close() {
      await api.close();
      await day.close();
    },
  };
}

export const campaign = "/c/charity-day-2026";
