import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";
import { missionListSchema, type Mission, type MissionList, type MissionQuery } from "./mission.schema";

/** The missions of a business with what came of them. Archived ones only when asked for. */
export async function listMissions(scope: TenantScope, query: MissionQuery = {}): Promise<MissionList> {
  requirePermission(scope, "loyalty.missions.read");
  const items = await scope.rpc("loyalty_list_missions", {
    p_client: scope.client.id,
    p_state: query.state,
  });
  return missionListSchema.parse({ items });
}

/** One mission as its owner reads it. */
export async function readMission(scope: TenantScope, id: string): Promise<Mission> {
  requirePermission(scope, "loyalty.missions.read");
  const items = await scope.rpc("loyalty_list_missions", { p_client: scope.client.id, p_mission: id });
  const [mission] = missionListSchema.parse({ items }).items;
  if (!mission) throw notFound("this mission");
  return mission;
}
