import "server-only";
import { z } from "zod";
import { requirePermission, type FunctionArgs, type TenantScope } from "@/lib/db/tenant-scope";
import { readMission } from "./list-missions";
import type { Mission, MissionInput } from "./mission.schema";

/** Makes a draft. Nobody sees it before it is published. */
export async function createMission(scope: TenantScope, input: MissionInput): Promise<Mission> {
  return save(scope, null, input);
}

/** Changes a mission. Of a published one only its words, the goal of later rounds, its end, order and rounds. */
export async function updateMission(scope: TenantScope, id: string, input: MissionInput): Promise<Mission> {
  return save(scope, id, input);
}

async function save(scope: TenantScope, id: string | null, input: MissionInput): Promise<Mission> {
  requirePermission(scope, "loyalty.missions.write");
  const saved = await scope.rpc("loyalty_save_mission", {
    p_client: scope.client.id,
    p_mission: id as string,
    p_body: input as FunctionArgs<"loyalty_save_mission">["p_body"],
  });
  return readMission(scope, z.uuid().parse(saved));
}
