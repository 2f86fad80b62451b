import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { addressSchema, redemptionStates } from "@/lib/programs/loyalty/contract";
import { changeAddress } from "@/lib/programs/loyalty/server";

export const PUT = route(
  {
    summary: "Change where a gift goes",
    description: "By its creator or by those who ship, until it is shipped.",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: addressSchema,
    response: z.object({ id: z.uuid(), state: z.enum(redemptionStates) }),
    once: true,
  },
  ({ scope, params: { id }, body }) => changeAddress(scope, id, body),
);
