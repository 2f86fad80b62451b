import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { roundListSchema, type RoundList } from "./round.schema";

/** Rounds of one creator, open ones first, the latest 200. A creator reads her own; staff read everybody's. */
export async function listRounds(scope: TenantScope, creatorId: string): Promise<RoundList> {
  const items = await scope.rpc("loyalty_list_rounds", { p_client: scope.client.id, p_creator: creatorId });
  return roundListSchema.parse({ items });
}
