import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { myPayoutsSchema } from "@/lib/programs/loyalty/contract";
import { requireMyPayouts } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read my boosts and payouts",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    response: myPayoutsSchema,
  },
  ({ scope }) => requireMyPayouts(scope),
);
