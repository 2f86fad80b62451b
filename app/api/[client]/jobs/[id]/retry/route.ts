import { z } from "zod";
import { retryDeadJob } from "@/lib/core/jobs/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const POST = route(
  {
    summary: "Send a failed job round again",
    tags: ["jobs"],
    access: { permission: "jobs.log.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: z.null(),
  },
  async ({ scope, params: { id } }) => {
    await retryDeadJob(scope, id);
    return null;
  },
);
