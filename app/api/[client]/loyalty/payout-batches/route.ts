import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { batchListSchema, makeBatchSchema } from "@/lib/programs/loyalty/contract";
import { listBatches, makeBatch } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List payout batches",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.read" },
    params: z.object({ client: slugSchema }),
    query: z.object({
      cursor: z.string().max(1000).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: batchListSchema,
  },
  ({ scope, query }) => listBatches(scope, query),
);

export const POST = route(
  {
    summary: "Make a payout batch",
    description: "Of everyone who can be paid this way, or of the named creators among them.",
    tags: ["loyalty"],
    access: { permission: "loyalty.payouts.write" },
    params: z.object({ client: slugSchema }),
    body: makeBatchSchema,
    response: z.object({ id: z.uuid() }),
    status: 201,
    once: true,
  },
  ({ scope, body }) => makeBatch(scope, body),
);
