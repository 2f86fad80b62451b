import "server-only";
import { z } from "zod";
import { env } from "@/lib/kernel/env";
import { userClient } from "./server";
import { callFunction, makeScope, type ClientContext, type ProgramId, type TenantScope, type Viewer } from "./tenant-scope";

const programId = z.enum(["loyalty", "launch", "care", "clinic", "academy", "portal"]);

const businessSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  brand_color: z.string(),
  logo_path: z.string().nullish(),
  programs: z.array(programId).default([]),
  roles: z.array(z.string()).default([]),
});

const contextSchema = z.object({
  user: z.object({ id: z.uuid(), email: z.string().nullish() }).nullish(),
  client: z
    .object({
      id: z.uuid(),
      slug: z.string(),
      name: z.string(),
      time_zone: z.string(),
      currency: z.string(),
      locale: z.string(),
      brand_color: z.string(),
      logo_path: z.string().nullish(),
    })
    .nullish(),
  programs: z.array(programId).nullish(),
  person: z
    .object({
      id: z.uuid(),
      display_name: z.string(),
      time_zone: z.string().nullish(),
      locale: z.string().nullish(),
    })
    .nullish(),
  roles: z.array(z.string()).nullish(),
  permissions: z.array(z.string()).nullish(),
  unread: z.number().nullish(),
  businesses: z.array(businessSchema).nullish(),
});

export interface Business {
  id: string;
  slug: string;
  name: string;
  brandColor: string;
  logoUrl: string | null;
  programs: ProgramId[];
  roles: string[];
}

export interface RequestContext {
  /** Null when nobody is signed in, or the session has ended. */
  user: { id: string; email: string } | null;
  scope: TenantScope | null;
  unread: number;
  businesses: Business[];
}

export interface ContextRequest {
  slug: string | null;
  accessToken: string | null;
  sessionId: string | null;
  requestId: string;
}

/** Everything a request needs to know about who asks and where, in one call to the database. */
export async function readContext({ slug, accessToken, sessionId, requestId }: ContextRequest): Promise<RequestContext> {
  const db = userClient(accessToken, { requestId });
  const answer = await callFunction(db, "core_read_context", { p_slug: slug as string });
  const context = contextSchema.parse(answer ?? {});
  const user = context.user ? { id: context.user.id, email: context.user.email ?? "" } : null;
  const client: ClientContext | null = context.client
    ? {
        id: context.client.id,
        slug: context.client.slug,
        name: context.client.name,
        timeZone: context.client.time_zone,
        currency: context.client.currency,
        locale: context.client.locale,
        brandColor: context.client.brand_color,
        logoUrl: logoUrl(context.client.logo_path),
        programs: context.programs ?? [],
      }
    : null;
  const viewer: Viewer | null = user
    ? {
        userId: user.id,
        email: user.email,
        sessionId,
        personId: context.person?.id ?? null,
        name: context.person?.display_name ?? user.email,
        roles: context.roles ?? [],
        permissions: new Set(context.permissions ?? []),
        timeZone: context.person?.time_zone ?? client?.timeZone ?? "UTC",
        locale: context.person?.locale ?? client?.locale ?? "en",
      }
    : null;
  return {
    user,
    scope: client ? makeScope({ db, client, viewer, requestId, accessToken }) : null,
    unread: context.unread ?? 0,
    businesses: (context.businesses ?? []).map(({ brand_color: brandColor, logo_path: path, ...rest }) => ({
      ...rest,
      brandColor,
      logoUrl: logoUrl(path),
    })),
  };
}

/** Logos are the one public thing in storage. */
export function logoUrl(path: string | null | undefined): string | null {
  return path ? `${env.supabaseUrl}/storage/v1/object/public/brand/${path}` : null;
}
