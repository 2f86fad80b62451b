import "server-only";
import { env } from "@/lib/kernel/env";
import { makeClient, type CallOptions, type DbClient } from "./client";

/** Past row level security. For jobs, webhooks and the HTTP layer's own bookkeeping, never for a person. */
export function systemClient(options: CallOptions = {}): DbClient {
  return makeClient(env.supabaseSecretKey, options);
}
