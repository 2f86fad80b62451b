import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { raffleDrawSchema, type Raffle, type RaffleDraw, type RedrawInput } from "./raffle.schema";
import { readRaffle } from "./read-raffle";

/** Seals the list of a raffle that has ended, where the job has not done it yet. */
export async function sealRaffle(scope: TenantScope, id: string): Promise<Raffle> {
  requirePermission(scope, "loyalty.raffles.draw");
  await scope.rpc("loyalty_seal_raffle", { p_client: scope.client.id, p_raffle: id });
  return readRaffle(scope, id);
}

/** Draws a sealed raffle; who comes second, or again, gets the first result. */
export async function drawRaffle(scope: TenantScope, id: string): Promise<RaffleDraw> {
  requirePermission(scope, "loyalty.raffles.draw");
  return raffleDrawSchema.parse(
    await scope.rpc("loyalty_draw_raffle", { p_client: scope.client.id, p_raffle: id }),
  );
}

/** Takes an unclaimed prize back with a reason; the next alternate moves up. */
export async function redrawRaffle(
  scope: TenantScope,
  entry: string,
  input: RedrawInput,
): Promise<{ movedUp: number | null }> {
  requirePermission(scope, "loyalty.raffles.draw");
  return z.object({ movedUp: z.number().int().nullable() }).parse(
    await scope.rpc("loyalty_redraw_raffle", {
      p_client: scope.client.id,
      p_entry: entry,
      p_reason: input.reason,
    }),
  );
}
