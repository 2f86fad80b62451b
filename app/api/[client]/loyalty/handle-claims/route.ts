import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { claimInputSchema, claimSchema, claimStates } from "@/lib/programs/loyalty/contract";
import { claimHandle, listClaims } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "List requests for a handle",
    tags: ["loyalty"],
    access: { permission: "loyalty.claims.decide" },
    params: z.object({ client: slugSchema }),
    query: z.object({ state: z.enum(claimStates).default("pending") }),
    response: z.object({ items: z.array(claimSchema) }),
  },
  async ({ scope, query }) => ({ items: await listClaims(scope, query.state) }),
);

// Public by shape only: whoever asks need not be of the business yet, but must be signed in with a confirmed e-mail.
export const POST = route(
  {
    summary: "Ask for a handle",
    description:
      "Gives nothing by itself: the business approves or rejects. The answer is the same whether or not the handle is known.",
    tags: ["loyalty"],
    access: "public",
    params: z.object({ client: slugSchema }),
    body: claimInputSchema,
    response: z.object({ id: z.uuid() }),
    once: true,
    limit: "write",
  },
  ({ scope, body }) => claimHandle(scope, body),
);
