import "server-only";
import { z } from "zod";
import { userClient } from "./server";
import { callFunction, makeScope, type ClientContext, type TenantScope, type Viewer } from "./tenant-scope";

const programId = z.enum(["loyalty", "launch", "care", "clinic", "academy", "portal"]);

const contextSchema = z.object({
  user: z.object({ id: z.uuid(), email: z.string().nullish(), emailVerified: z.boolean() }).nullish(),
  businesses: z
    .array(
      z.object({
        slug: z.string(),
        name: z.string(),
        brandColor: z.string(),
        logoPath: z.string().nullish(),
        isStaff: z.boolean(),
      }),
    )
    .nullish(),
  client: z
    .object({
      id: z.uuid(),
      slug: z.string(),
      name: z.string(),
      brandColor: z.string(),
      logoPath: z.string().nullish(),
      timeZone: z.string(),
      currency: z.string(),
      locale: z.string(),
      programs: z.array(programId),
    })
    .nullish(),
  person: z
    .object({
      id: z.uuid(),
      name: z.string(),
      timeZone: z.string().nullish(),
      locale: z.string().nullish(),
      roles: z.array(z.string()),
      permissions: z.array(z.string()).nullish(),
      unread: z.number().nullish(),
      mailBlocked: z.enum(["bounced", "complained"]).nullish(),
    })
    .nullish(),
  view: z.object({ personId: z.uuid(), name: z.string(), expiresAt: z.string() }).nullish(),
});

/** One of the businesses the viewer belongs to, for the chooser and the switcher. */
export interface Business {
  slug: string;
  name: string;
  brandColor: string;
  logoUrl: string | null;
  isStaff: boolean;
}

export interface RequestContext {
  /** Null when nobody is signed in, or the session has ended. */
  user: { id: string; email: string; emailVerified: boolean } | null;
  viewer: Viewer | null;
  scope: TenantScope | null;
  unread: number;
  /** Why mail no longer goes to the viewer's own address; null when it does. */
  mailBlocked: "bounced" | "complained" | null;
  businesses: Business[];
  /** Set while a member of staff looks as this member: viewer is then the member. */
  view: { personId: string; name: string; expiresAt: string } | null;
}

export interface ContextRequest {
  slug: string | null;
  accessToken: string | null;
  sessionId: string | null;
  requestId: string;
  viewId?: string | undefined;
}

/** Everything a request needs to know about who asks and where, in one call to the database. */
export async function readContext({
  slug,
  accessToken,
  sessionId,
  requestId,
  viewId,
}: ContextRequest): Promise<RequestContext> {
  const db = userClient(accessToken, { requestId, viewId });
  const answer = await callFunction(db, "core_read_context", slug === null ? {} : { p_slug: slug });
  const context = contextSchema.parse(answer ?? {});
  const user = context.user ? { ...context.user, email: context.user.email ?? "" } : null;
  const client = context.client ? toClient(context.client) : null;
  const person = context.person ?? null;
  const viewer: Viewer | null = user
    ? {
        userId: user.id,
        email: user.email,
        sessionId,
        personId: person?.id ?? null,
        name: person?.name ?? user.email,
        roles: person?.roles ?? [],
        permissions: new Set(person?.permissions ?? []),
        timeZone: person?.timeZone ?? client?.timeZone ?? "UTC",
        locale: person?.locale ?? client?.locale ?? "en",
      }
    : null;
  return {
    user,
    viewer,
    scope: client ? makeScope({ db, client, viewer, requestId, accessToken }) : null,
    unread: person?.unread ?? 0,
    mailBlocked: person?.mailBlocked ?? null,
    businesses: (context.businesses ?? []).map(({ logoPath, ...business }) => ({
      ...business,
      logoUrl: logoUrl(business.slug, logoPath),
    })),
    view: context.view ?? null,
  };
}

function toClient({
  logoPath,
  ...rest
}: NonNullable<z.infer<typeof contextSchema>["client"]>): ClientContext {
  return { ...rest, logoUrl: logoUrl(rest.slug, logoPath) };
}

/** Another picture has another address, so a browser may keep this one for good. */
export function logoUrl(slug: string, path: string | null | undefined): string | null {
  return path ? `/api/${slug}/tenancy/logo/${path.split("/").at(-1)}` : null;
}
