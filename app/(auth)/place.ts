import { z } from "zod";
import type { DoorPlace } from "@/components/core/auth/sign-in-form";
import type { RequestContext } from "@/lib/db/read-context";
import { wayHome } from "@/lib/core/auth/contract";
import { safeNextPath } from "@/lib/http/next-path";
import { readNonce } from "@/lib/http/nonce";
import { readShell } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";

export const placeQuery = z.object({
  business: z.string().max(60).optional(),
  next: z.string().max(2000).optional(),
  email: z.string().max(254).optional(),
});

export interface Place extends DoorPlace {
  /** The business whose page this is: named in the address, or the one the wanted page belongs to. */
  brand: { name: string; logoUrl: string | null; brandColor: string } | null;
  nonce: string | null;
}

export async function readPlace(query: z.infer<typeof placeQuery>): Promise<Place> {
  const next = query.next === undefined ? null : safeNextPath(query.next, "");
  const slug = slugSchema.safeParse(query.business ?? next?.split("/")[1]?.split("?")[0]);
  const [shell, nonce] = await Promise.all([slug.success ? readShell(slug.data) : null, readNonce()]);
  const client = shell?.scope?.client ?? null;
  const search = new URLSearchParams();
  if (client) search.set("business", client.slug);
  if (next) search.set("next", next);
  return {
    business: client?.slug ?? null,
    next: next || null,
    query: search.size > 0 ? `?${search.toString()}` : "",
    brand: client && { name: client.name, logoUrl: client.logoUrl, brandColor: client.brandColor },
    nonce: nonce ?? null,
  };
}

/** Somebody who is signed in already has no business at the door. */
export function placeFor(
  { viewer, businesses }: Pick<RequestContext, "viewer" | "businesses">,
  place: Place,
): string | null {
  return viewer ? (place.next ?? wayHome(businesses, place.business)) : null;
}
