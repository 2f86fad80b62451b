import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import {
  everyTier,
  missionSchema,
  type Mission,
  type MissionList,
  type MissionQuery,
} from "./mission.schema";

const place = z.object({ rank: z.number().int(), order: z.number().int(), at: z.string(), id: z.uuid() });
const cursorSchema = place.extend({ back: z.boolean().optional() });
const answer = z.object({
  items: z.array(missionSchema),
  hasMore: z.boolean(),
  cursors: z.array(place),
  total: z.number().int(),
});

/** A page of a business's missions with what came of them. Archived ones only when asked for. */
export async function listMissions(scope: TenantScope, query: MissionQuery): Promise<MissionList> {
  requirePermission(scope, "loyalty.missions.read");
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, cursorSchema);
  const tiers = query.tier?.filter((tier) => tier !== everyTier);
  const page = answer.parse(
    await scope.rpc("loyalty_list_missions", {
      p_client: scope.client.id,
      p_states: query.state,
      p_tiers: tiers,
      p_every_tier: query.tier?.includes(everyTier),
      p_search: query.q,
      p_cursor: cursor ?? undefined,
      p_limit: query.limit,
    }),
  );
  const back = cursor?.back ?? false;
  const first = page.cursors[0];
  const last = page.cursors.at(-1);
  return {
    items: page.items,
    total: page.total,
    next: (back || page.hasMore) && last ? encodeCursor(last) : null,
    previous:
      (back ? page.hasMore : cursor !== null) && first ? encodeCursor({ ...first, back: true }) : null,
  };
}

/** One mission as its owner reads it. */
export async function readMission(scope: TenantScope, id: string): Promise<Mission> {
  requirePermission(scope, "loyalty.missions.read");
  const mission = missionSchema
    .nullable()
    .parse(await scope.rpc("loyalty_read_mission", { p_client: scope.client.id, p_mission: id }));
  if (!mission) throw notFound("this mission");
  return mission;
}
