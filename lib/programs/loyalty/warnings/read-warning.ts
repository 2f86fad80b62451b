import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { warningSchema, type Warning } from "./warning.schema";

/** Null while she is safe or the check is far away. */
export async function readWarning(scope: TenantScope, creatorId: string): Promise<Warning | null> {
  return warningSchema
    .nullable()
    .parse(await scope.rpc("loyalty_read_warning", { p_client: scope.client.id, p_creator: creatorId }));
}
