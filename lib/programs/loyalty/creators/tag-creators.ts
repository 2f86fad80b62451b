import "server-only";
import { z } from "zod";
import { requirePermission, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";
import { tagListItemSchema, type CreatorTags, type TagUse } from "./tag.schema";

/** Tags in use, with how many creators have each. */
export async function listTags(scope: TenantScope): Promise<TagUse[]> {
  requirePermission(scope, "loyalty.creators.read");
  return z
    .array(tagListItemSchema)
    .parse(await scope.rpc("loyalty_list_tags", { p_client: scope.client.id }));
}

/** The tags of one creator. */
export async function readCreatorTags(scope: TenantScope, creatorId: string): Promise<CreatorTags> {
  requirePermission(scope, "loyalty.creators.read");
  const [creator, rows] = await Promise.all([
    scope.table("loyalty_creators").select("id").eq("id", creatorId).maybeSingle(),
    scope.table("loyalty_creator_tags").select("tag").eq("creator_id", creatorId).order("tag"),
  ]);
  if (!unwrap(creator)) throw notFound("this creator");
  return { tags: unwrap(rows).map(({ tag }) => tag) };
}

/** Gives a creator exactly these tags; the missions and rewards they bring start at once. */
export async function saveCreatorTags(
  scope: TenantScope,
  creatorId: string,
  tags: string[],
): Promise<CreatorTags> {
  requirePermission(scope, "loyalty.creators.write");
  const saved = await scope.rpc("loyalty_save_creator_tags", {
    p_client: scope.client.id,
    p_creator: creatorId,
    p_tags: tags,
  });
  return { tags: z.array(z.string()).parse(saved) };
}
