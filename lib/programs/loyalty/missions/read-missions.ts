import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { creatorMissionsSchema, type CreatorMissions } from "./creator-mission.schema";

/** The signed-in creator's missions, most urgent first, in one call. `creator` is null for a person who is none. */
export async function readMissions(scope: TenantScope): Promise<CreatorMissions> {
  requirePermission(scope, "loyalty.app.use");
  return creatorMissionsSchema.parse(await scope.rpc("loyalty_read_missions", { p_client: scope.client.id }));
}
