import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { adminHomeSchema, type AdminHome } from "./home.schema";

/** The owner's overview in one call. */
export async function readAdminHome(scope: TenantScope): Promise<AdminHome> {
  requirePermission(scope, "loyalty.creators.read");
  return adminHomeSchema.parse(await scope.rpc("loyalty_read_admin_home", { p_client: scope.client.id }));
}
