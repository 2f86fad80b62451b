import "server-only";
import { z } from "zod";
import { unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { ladderSchema, storedTierSchema, type Ladder } from "./tier.schema";

/** The tiers of the business, lowest first, with what they count. Everybody of the program may read it. */
export async function readLadder(scope: TenantScope): Promise<Ladder> {
  const [tiers, settings] = await Promise.all([
    scope
      .table("loyalty_tiers")
      .select("id, rank, name, color, threshold, commission_bp, benefits")
      .is("archived_at", null)
      .order("rank"),
    scope.table("loyalty_settings").select("metric, tier_mode, currency").single(),
  ]);
  const { metric, tier_mode: tierMode, currency } = unwrap(settings);
  return ladderSchema.extend({ tiers: z.array(storedTierSchema) }).parse({
    metric,
    tierMode,
    currency,
    tiers: unwrap(tiers).map(({ commission_bp: commissionBp, ...tier }) => ({ ...tier, commissionBp })),
  });
}
