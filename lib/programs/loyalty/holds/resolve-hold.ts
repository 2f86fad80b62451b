import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { HoldResolution } from "./hold.schema";

/** Releases a hold, or upholds it: then the open claims of the named creators are rejected with the note as reason. */
export async function resolveHold(
  scope: TenantScope,
  id: string,
  input: HoldResolution,
): Promise<{ rejected: number }> {
  requirePermission(scope, "loyalty.holds.resolve");
  return z.object({ rejected: z.number().int() }).parse(
    await scope.rpc("loyalty_resolve_hold", {
      p_client: scope.client.id,
      p_hold: id,
      p_decision: input.decision,
      p_note: input.note,
      ...(input.decision === "uphold" ? { p_reject: input.reject } : {}),
    }),
  );
}
