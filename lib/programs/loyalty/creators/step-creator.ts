import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { Creator, CreatorStep } from "./creator.schema";
import { readCreator } from "./read-creator";

/** Takes one step and answers with the creator as she is then. */
export async function stepCreator(scope: TenantScope, id: string, input: CreatorStep): Promise<Creator> {
  requirePermission(scope, "loyalty.creators.write");
  const who = { p_client: scope.client.id, p_creator: id };
  switch (input.step) {
    case "rename":
      await scope.rpc("loyalty_rename_creator", {
        ...who,
        p_handle: input.handle,
        p_keep_alias: input.keepAlias,
      });
      break;
    case "pin":
      await scope.rpc("loyalty_pin_tier", { ...who, p_tier: input.tierId, p_reason: input.reason });
      break;
    case "unpin":
      await scope.rpc("loyalty_unpin_tier", who);
      break;
    case "archive":
      await scope.rpc("loyalty_set_creator_state", { ...who, p_state: "archived" });
      break;
    case "restore":
      await scope.rpc("loyalty_set_creator_state", { ...who, p_state: "active" });
      break;
  }
  return readCreator(scope, id);
}
