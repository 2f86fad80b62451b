import "server-only";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { env } from "@/lib/kernel/env";
import type { Database } from "./types.generated";

export type DbClient = SupabaseClient<Database, "public">;

export interface CallOptions {
  requestId?: string | undefined;
}

/** The database reads the request id from this header and writes it beside every audit row. */
export function requestHeaders({ requestId }: CallOptions): Record<string, string> {
  return requestId === undefined ? {} : { "x-request-id": requestId };
}

/** Nothing here may remember a session: one process serves many people. */
export function makeClient(key: string, options: CallOptions & { bearer?: string } = {}): DbClient {
  return createClient<Database, "public">(env.supabaseUrl, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: {
      headers: {
        ...requestHeaders(options),
        ...(options.bearer === undefined ? {} : { Authorization: `Bearer ${options.bearer}` }),
      },
    },
  });
}
