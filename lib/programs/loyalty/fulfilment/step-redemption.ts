import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { Address, RedemptionState } from "./fulfilment.schema";
import { sealCode } from "./redemption-code";
import { bulkOutcomeSchema, type BulkOutcome, type BulkStep, type RedemptionStep } from "./step.schema";

/** Takes one step with a claim. The answer names the new state and nothing secret: it is kept for repeats. */
export async function stepRedemption(
  scope: TenantScope,
  id: string,
  { step, ...detail }: RedemptionStep,
): Promise<{ id: string; state: RedemptionState }> {
  requirePermission(scope, "loyalty.redemptions.fulfil");
  const code = "code" in detail && detail.code ? sealCode(scope.client.id, id, detail.code) : undefined;
  return (await scope.rpc("loyalty_step_redemption", {
    p_client: scope.client.id,
    p_redemption: id,
    p_step: step,
    p_detail: { ...detail, code },
  })) as { id: string; state: RedemptionState };
}

const outcomes = z.array(bulkOutcomeSchema.shape.outcomes.element);

/** The same step for many claims: each succeeds or is refused by itself. */
export async function stepRedemptions(
  scope: TenantScope,
  { step, items, reason }: BulkStep,
): Promise<BulkOutcome> {
  requirePermission(scope, "loyalty.redemptions.fulfil");
  const found = outcomes.parse(
    await scope.rpc("loyalty_step_redemptions", {
      p_client: scope.client.id,
      p_items: items,
      p_step: step,
      p_detail: { reason },
    }),
  );
  const done = found.filter(({ isDone }) => isDone).length;
  return { done, refused: found.length - done, outcomes: found };
}

/** By the creator herself or by those who ship, until the gift is on its way. */
export async function changeAddress(
  scope: TenantScope,
  id: string,
  address: Address,
): Promise<{ id: string; state: RedemptionState }> {
  return (await scope.rpc("loyalty_change_address", {
    p_client: scope.client.id,
    p_redemption: id,
    p_address: address,
  })) as { id: string; state: RedemptionState };
}
