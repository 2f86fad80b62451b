import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { LeaderboardChoice } from "./leaderboard.schema";

/** Shows the caller to others on the leaderboard, or hides her. */
export async function setLeaderboard(
  scope: TenantScope,
  { isShown }: LeaderboardChoice,
): Promise<LeaderboardChoice> {
  requirePermission(scope, "loyalty.app.use");
  await scope.rpc("loyalty_set_leaderboard", { p_client: scope.client.id, p_shown: isShown });
  return { isShown };
}
