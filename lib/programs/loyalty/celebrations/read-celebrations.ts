import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { celebrationListSchema, type Celebration } from "./celebration.schema";

/** What was fulfilled or won and not acknowledged yet. Reading it changes nothing. */
export async function readCelebrations(scope: TenantScope, creatorId: string): Promise<Celebration[]> {
  return celebrationListSchema.parse(
    await scope.rpc("loyalty_read_celebrations", { p_client: scope.client.id, p_creator: creatorId }),
  );
}
