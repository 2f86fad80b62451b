import "server-only";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { env } from "@/lib/kernel/env";
import type { Database } from "./types.generated";

export type DbClient = SupabaseClient<Database, "public">;

export interface CallOptions {
  requestId?: string | undefined;
  /** Id of a view: the request sees what that member sees, and the database lets it write nothing. */
  viewId?: string | undefined;
}

/** The database reads these: the request id goes beside every audit row, the view decides whose eyes these are. */
export function requestHeaders({ requestId, viewId }: CallOptions): Record<string, string> {
  return {
    ...(requestId === undefined ? {} : { "x-request-id": requestId }),
    ...(viewId === undefined ? {} : { "x-view-as": viewId }),
  };
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
