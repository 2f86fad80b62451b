import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { z } from "zod";
import { trackingLink } from "./carriers";
import { parcelSchema, redemptionSchema, type Redemption } from "./fulfilment.schema";
import { openCode } from "./redemption-code";

const stored = redemptionSchema
  .omit({ gift: true })
  .extend({ gift: z.nullable(parcelSchema.omit({ trackingLink: true })) });

/** One claim, for staff or for its creator; the database decides what of it each may see. */
export async function readRedemption(scope: TenantScope, id: string): Promise<Redemption> {
  const found = stored.parse(
    await scope.rpc("loyalty_read_redemption", { p_client: scope.client.id, p_redemption: id }),
  );
  return {
    ...found,
    code: found.code === null ? null : openCode(scope.client.id, id, found.code),
    gift: found.gift && {
      ...found.gift,
      trackingLink: trackingLink(found.gift.carrier, found.gift.trackingNumber),
    },
  };
}
