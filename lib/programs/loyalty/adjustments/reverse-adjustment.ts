import "server-only";
import { requirePermission, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { conflict, notFound } from "@/lib/kernel/errors";

/** Takes a mistaken adjustment back by its exact opposite, on the same day, once. */
export async function reverseAdjustment(
  scope: TenantScope,
  creatorId: string,
  id: string,
  reason: string,
): Promise<{ id: string }> {
  requirePermission(scope, "loyalty.adjustments.write");
  const wrong = unwrap(
    await scope
      .table("loyalty_adjustments")
      .select("kind, amount, units, effective_on, reverses_id")
      .eq("id", id)
      .eq("creator_id", creatorId)
      .maybeSingle(),
  );
  if (!wrong) throw notFound("this adjustment");
  if (wrong.reverses_id !== null)
    throw conflict("ALREADY_DONE", "This adjustment takes another one back. Make a new one instead.");
  const row = await scope
    .table("loyalty_adjustments")
    .insert({
      creator_id: creatorId,
      kind: wrong.kind,
      amount: -wrong.amount,
      units: -wrong.units,
      effective_on: wrong.effective_on,
      reason,
      reverses_id: id,
    })
    .select("id")
    .single();
  return { id: (unwrap(row) as { id: string }).id };
}
