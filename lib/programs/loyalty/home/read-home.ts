import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { placeOnLadder } from "../tiers/standing";
import { storedTierSchema } from "../tiers/tier.schema";
import { homeCreatorSchema, homeSchema, type Home } from "./home.schema";

const stored = homeSchema.extend({
  ladder: z.array(storedTierSchema),
  creator: homeCreatorSchema
    .omit({
      tier: true,
      next: true,
      progress: true,
      checkOn: true,
      missingToKeep: true,
      startsTomorrow: true,
    })
    .extend({ tierId: z.uuid() })
    .nullable(),
});

/** The signed-in creator's home in one call to the database; `creator` is null for a person who is none. */
export async function readHome(scope: TenantScope): Promise<Home> {
  const { creator, ...home } = stored.parse(
    await scope.rpc("loyalty_read_home", { p_client: scope.client.id }),
  );
  if (!creator) return { ...home, creator };
  const { tierId, ...rest } = creator;
  return {
    ...home,
    creator: {
      ...rest,
      ...placeOnLadder(home.ladder, { tierId, ...rest }, home.tierMode),
      startsTomorrow: home.lastBusinessDate !== null && creator.periodStart > home.lastBusinessDate,
    },
  };
}
