import { z } from "zod";
import { deadJobListQuerySchema, deadJobPageSchema } from "@/lib/core/jobs/contract";
import { listDeadJobs } from "@/lib/core/jobs/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const GET = route(
  {
    summary: "List failed jobs",
    description: "Work in the background that spent every attempt, newest first.",
    tags: ["jobs"],
    access: { permission: "jobs.log.read" },
    params: z.object({ client: slugSchema }),
    query: deadJobListQuerySchema,
    response: deadJobPageSchema,
  },
  ({ scope, query }) => listDeadJobs(scope, query),
);
