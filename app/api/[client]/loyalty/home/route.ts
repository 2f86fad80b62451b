import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { homeSchema } from "@/lib/programs/loyalty/contract";
import { readHome } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Read a creator's home",
    description:
      "Tier, ladder, figures and weeks of the signed-in creator in one answer. `creator` is null for a person who is none.",
    tags: ["loyalty"],
    access: { member: "loyalty" },
    params: z.object({ client: slugSchema }),
    response: homeSchema,
  },
  ({ scope }) => readHome(scope),
);
