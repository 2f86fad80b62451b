import "server-only";
import { env } from "@/lib/kernel/env";
import { notFound } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { makeClient, type CallOptions, type DbClient } from "./client";
import { logoUrl } from "./read-context";
import { makeScope, unwrap, type ProgramId, type TenantScope } from "./tenant-scope";

/** Past row level security. For jobs, webhooks and the HTTP layer's own bookkeeping, never for a person. */
export function systemClient(options: CallOptions = {}): DbClient {
  return makeClient(env.supabaseSecretKey, options);
}

/** A scope of one business without a person: filters and stamps `client_id` as any other scope does. */
export async function systemScope(clientId: string, options: CallOptions = {}): Promise<TenantScope> {
  const requestId = options.requestId ?? newId();
  const db = systemClient({ requestId });
  const row = unwrap(
    await db
      .from("clients")
      .select(
        "id, slug, name, time_zone, currency, locale, brand_color, logo_path, client_programs(program, is_enabled)",
      )
      .eq("id", clientId)
      .maybeSingle(),
  ) as unknown as ClientRow | null;
  if (!row) throw notFound("that business");
  return makeScope({
    db,
    client: {
      id: row.id,
      slug: row.slug,
      name: row.name,
      timeZone: row.time_zone,
      currency: row.currency,
      locale: row.locale,
      brandColor: row.brand_color,
      logoUrl: logoUrl(row.slug, row.logo_path),
      programs: row.client_programs
        .filter((entry) => entry.is_enabled)
        .map((entry) => entry.program as ProgramId),
    },
    viewer: null,
    requestId,
    accessToken: null,
    isSystem: true,
  });
}

interface ClientRow {
  id: string;
  slug: string;
  name: string;
  time_zone: string;
  currency: string;
  locale: string;
  brand_color: string;
  logo_path: string | null;
  client_programs: { program: string; is_enabled: boolean }[];
}
