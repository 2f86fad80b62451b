import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { holdResolutionSchema } from "@/lib/programs/loyalty/contract";
import { resolveHold } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Resolve a hold",
    description: "Releasing lets the claims go on. Upholding rejects the open claims of the named creators.",
    tags: ["loyalty"],
    access: { permission: "loyalty.holds.resolve" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    body: holdResolutionSchema,
    response: z.object({ rejected: z.number().int() }),
    once: true,
  },
  ({ scope, params: { id }, body }) => resolveHold(scope, id, body),
);
