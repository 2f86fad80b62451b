import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import {
  movedRedemptionSchema,
  slotsSchema,
  type MoveInput,
  type MovedRedemption,
  type Slots,
} from "./claim.schema";

/** Days and times a boost or discount may be moved to, its own place counted as free. */
export async function readMoveSlots(scope: TenantScope, redemptionId: string): Promise<Slots> {
  requirePermission(scope, "loyalty.redemptions.fulfil");
  return slotsSchema.parse(
    await scope.rpc("loyalty_read_move_slots", { p_client: scope.client.id, p_redemption: redemptionId }),
  );
}

/** Moves a boost or discount that has not begun. Its creator is told, with the reason; its terms stay as they were. */
export async function moveRedemption(
  scope: TenantScope,
  redemptionId: string,
  { schedule, reason, from }: MoveInput,
): Promise<MovedRedemption> {
  requirePermission(scope, "loyalty.redemptions.fulfil");
  return movedRedemptionSchema.parse(
    await scope.rpc("loyalty_move_redemption", {
      p_client: scope.client.id,
      p_redemption: redemptionId,
      p_schedule: schedule,
      p_reason: reason,
      p_from: from,
    }),
  );
}
