import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { boostSchema } from "@/lib/programs/loyalty/contract";
import { requireMyPayouts } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List my boosts",
    description:
      "The caller's own boosts, latest first. Until a boost is final, what it earned is an estimate.",
    tags: ["loyalty"],
    access: { permission: "loyalty.app.use" },
    params: z.object({ client: slugSchema }),
    response: z.object({ currency: z.string(), items: z.array(boostSchema) }),
  },
  async ({ scope }) => {
    const { currency, boosts } = await requireMyPayouts(scope);
    return { currency, items: boosts };
  },
);
