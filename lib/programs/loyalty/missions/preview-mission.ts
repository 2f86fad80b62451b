import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { missionPreviewSchema, type MissionDraft, type MissionPreview } from "./mission.schema";

/** Who a mission as typed would reach now, and how many would have met its goal. Saves nothing. */
export async function previewMission(scope: TenantScope, draft: MissionDraft): Promise<MissionPreview> {
  requirePermission(scope, "loyalty.missions.read");
  return missionPreviewSchema.parse(
    await scope.rpc("loyalty_preview_mission", { p_client: scope.client.id, p_body: draft }),
  );
}
