import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { adminHomeSchema } from "@/lib/programs/loyalty/contract";
import { readAdminHome } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read the owner's overview",
    tags: ["loyalty"],
    access: { permission: "loyalty.creators.read" },
    params: z.object({ client: slugSchema }),
    response: adminHomeSchema,
  },
  ({ scope }) => readAdminHome(scope),
);
