import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";

const stateSchema = z.object({
  updatedAt: z.string().nullable(),
  businessDate: z.string().nullable(),
  /** The night up to which everything is counted; nights without a file count too. */
  lastNight: z.string().nullable(),
  isStale: z.boolean(),
});

/** How old the figures are, for every screen that shows them. */
export async function readFreshness(scope: TenantScope): Promise<z.infer<typeof stateSchema>> {
  return stateSchema.parse(await scope.rpc("loyalty_read_data_state", { p_client: scope.client.id }));
}
