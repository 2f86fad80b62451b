import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { shipmentOutcomeSchema, shipmentSchema } from "@/lib/programs/loyalty/contract";
import { shipGifts } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Ship many gifts with their tracking numbers",
    description:
      "A line without a carrier gets the one its number belongs to. With `save: all` nothing is saved while one line is wrong; the answer says which and why.",
    tags: ["loyalty"],
    access: { permission: "loyalty.redemptions.fulfil" },
    params: z.object({ client: slugSchema }),
    body: shipmentSchema,
    response: shipmentOutcomeSchema,
    once: true,
  },
  ({ scope, body }) => shipGifts(scope, body),
);
