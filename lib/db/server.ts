import "server-only";
import { createServerClient } from "@supabase/ssr";
import { cookies } from "next/headers";
import { env } from "@/lib/kernel/env";
import { makeClient, requestHeaders, type CallOptions, type DbClient } from "./client";
import { cookieAttributes, sessionCookieOptions } from "./session-cookie";
import type { Database } from "./types.generated";

export type { DbClient } from "./client";

/** Acts as the person whose token this is, or as nobody; row level security decides what that means. */
export function userClient(accessToken: string | null, options: CallOptions = {}): DbClient {
  return makeClient(env.supabasePublishableKey, {
    ...options,
    ...(accessToken === null ? {} : { bearer: accessToken }),
  });
}

/** For the sign-in flows only: what Supabase Auth answers becomes the session cookie of this response. */
export async function cookieClient(options: CallOptions = {}): Promise<DbClient> {
  const store = await cookies();
  return createServerClient<Database, "public">(env.supabaseUrl, env.supabasePublishableKey, {
    cookieOptions: sessionCookieOptions(),
    cookies: {
      getAll: () => store.getAll(),
      setAll: (list) => {
        for (const { name, value, options: asked } of list) store.set(name, value, cookieAttributes(asked));
      },
    },
    global: { headers: requestHeaders(options) },
  }) as unknown as DbClient;
}
