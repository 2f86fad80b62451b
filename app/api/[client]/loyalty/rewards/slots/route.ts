import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { slotKinds, slotsSchema } from "@/lib/programs/loyalty/contract";
import { readSlots } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List days and times a boost or a discount may start",
    description:
      "From today as far ahead as the business plans, in its zone. Where there is no place, `reason` says why: weekend, past, full, skipped by a clock change, or yours when a discount of the caller runs then.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    query: z.object({ kind: z.enum(slotKinds) }),
    response: slotsSchema,
  },
  ({ scope, query }) => readSlots(scope, query.kind),
);
