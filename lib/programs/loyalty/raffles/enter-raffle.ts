import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { raffleEntrySchema, type RaffleEntry } from "./raffle.schema";

/** Enters the caller. Who is in already is answered with her entry. */
export async function enterRaffle(scope: TenantScope, id: string): Promise<RaffleEntry> {
  requirePermission(scope, "loyalty.app.use");
  return raffleEntrySchema.parse(
    await scope.rpc("loyalty_enter_raffle", { p_client: scope.client.id, p_raffle: id }),
  );
}

/** Takes the caller out while the raffle is open. */
export async function leaveRaffle(scope: TenantScope, id: string): Promise<RaffleEntry> {
  requirePermission(scope, "loyalty.app.use");
  return raffleEntrySchema.parse(
    await scope.rpc("loyalty_leave_raffle", { p_client: scope.client.id, p_raffle: id }),
  );
}
