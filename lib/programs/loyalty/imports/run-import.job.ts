import { z } from "zod";
import { defineJob, enqueue } from "@/lib/core/jobs/server";
import { processRun } from "./process-run";

export const runImportJob = defineJob({
  id: "loyalty.run-import",
  schema: z.object({ clientId: z.uuid(), runId: z.uuid() }),
  maxAttempts: 6,
  // One business's runs and nights follow one another; other businesses are not held up.
  queue: ({ clientId }) => `loyalty:${clientId}`,
  run: async ({ clientId, runId }, context) => {
    const progress = await processRun(clientId, runId, context);
    if (progress === "more")
      await enqueue(runImportJob, { clientId, runId }, { key: `loyalty-run:${runId}:more` });
  },
});
