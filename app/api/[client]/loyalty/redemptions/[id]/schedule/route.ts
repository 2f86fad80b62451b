import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { movedRedemptionSchema, moveInputSchema, slotsSchema } from "@/lib/programs/loyalty/contract";
import { moveRedemption, readMoveSlots } from "@/lib/programs/loyalty/server";

const params = z.object({ client: slugSchema, id: z.uuid() });

export const GET = route(
  {
    summary: "Read where a boost or discount may be moved to",
    description: "Days and times as its creator was offered them, its own place counted as free.",
    tags: ["loyalty"],
    access: { permission: "loyalty.redemptions.fulfil" },
    params,
    response: slotsSchema,
  },
  ({ scope, params: { id } }) => readMoveSlots(scope, id),
);

export const PUT = route(
  {
    summary: "Move a boost or discount that has not begun",
    description:
      "With a reason its creator reads. Refused with INVALID_SCHEDULE, INVALID_TIME_SLOT or SLOT_FULL like a claim, and with 409 once it has begun or, with `from`, when somebody moved it meanwhile.",
    tags: ["loyalty"],
    access: { permission: "loyalty.redemptions.fulfil" },
    params,
    body: moveInputSchema,
    response: movedRedemptionSchema,
    once: true,
  },
  ({ scope, params: { id }, body }) => moveRedemption(scope, id, body),
);
