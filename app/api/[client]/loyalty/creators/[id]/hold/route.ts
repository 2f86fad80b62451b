import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { holdInputSchema } from "@/lib/programs/loyalty/contract";
import { holdCreator } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Hold a creator's claims",
    description: "Nothing she claimed is fulfilled or paid until the hold is resolved.",
    tags: ["loyalty"],
    access: { permission: "loyalty.holds.resolve" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: holdInputSchema,
    response: z.object({ id: z.uuid() }),
    once: true,
  },
  ({ scope, params: { id }, body }) => holdCreator(scope, id, body.reason),
);
