import { createHmac } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import { startApi } from "../stack/api";
import { stackConfig, testEnv } from "../stack/config";

/** One function called as one person, by supabase-js over HTTP, as the app does it. */
export type Call = () => Promise<unknown>;

export interface DataApi {
  /** `role` is the token's claim, which the API takes on: one that row security holds for, or one it does not. */
  caller(role: string, user: string, fn: string, args: Record<string, unknown>): Call;
  stop(): Promise<void>;
}

/** The embedded Data API over the bench's database. */
export async function openDataApi(databaseUrl: string): Promise<DataApi> {
  const config = stackConfig({ ...testEnv(), DATABASE_URL: databaseUrl });
  const api = await startApi(config, { send: () => Promise.resolve() } as never);
  return {
    caller(role, user, fn, args) {
      const client = createClient(config.api.url, config.publishableKey, {
        auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
        global: { headers: { Authorization: `Bearer ${token(config.jwtSecret, role, user)}` } },
      });
      return async () => {
        const { data, error } = await client.rpc(fn, args);
        if (error) throw new Error(`${fn} as ${role}: ${error.code} ${error.message}`);
        return data as unknown;
      };
    },
    stop: () => api.stop(),
  };
}

function token(secret: string, role: string, user: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const body = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: user, role, aud: "authenticated", iat: now, exp: now + 3600 })}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}
