import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { readMission } from "./list-missions";
import type { Mission, MissionStepName } from "./mission.schema";

/** Publishes, pauses, resumes, ends or archives. Publishing starts rounds for its creators at once. */
export async function stepMission(scope: TenantScope, id: string, step: MissionStepName): Promise<Mission> {
  requirePermission(scope, "loyalty.missions.write");
  await scope.rpc("loyalty_step_mission", { p_client: scope.client.id, p_mission: id, p_step: step });
  return readMission(scope, id);
}
