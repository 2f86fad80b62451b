import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { placeOnLadder } from "../tiers/standing";
import { readLadder } from "../tiers/read-ladder";
import type { Ladder } from "../tiers/tier.schema";
import { creatorSchema, type Creator } from "./creator.schema";

const stored = creatorSchema
  .omit({ tier: true, next: true, progress: true, checkOn: true, missingToKeep: true })
  .extend({ tierId: z.uuid() });

/**
 * One creator's page, lists apart. Row security decides: staff see everybody, a creator herself. A ladder that the
 * caller reads anyway is asked for once.
 */
export async function readCreator(
  scope: TenantScope,
  id: string,
  givenLadder: Promise<Ladder> = readLadder(scope),
): Promise<Creator> {
  const [ladder, row] = await Promise.all([
    givenLadder,
    scope.rpc("loyalty_read_creator", { p_client: scope.client.id, p_creator: id }),
  ]);
  const { tierId, ...creator } = stored.parse(row);
  return { ...creator, ...placeOnLadder(ladder.tiers, { tierId, ...creator }, ladder.tierMode) };
}
