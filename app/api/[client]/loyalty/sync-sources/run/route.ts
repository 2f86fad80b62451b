import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { fetchNow } from "@/lib/programs/loyalty/server";

export const POST = route(
  {
    summary: "Fetch the nightly file now and check it",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.write" },
    params: z.object({ client: slugSchema }),
    response: z.object({ id: z.uuid() }),
    status: 202,
    once: true,
  },
  ({ scope }) => fetchNow(scope),
);
