import { z } from "zod";
import { defineJob, enqueue } from "@/lib/core/jobs/server";
import { runNight } from "./run-night.system";

export const runNightJob = defineJob({
  id: "loyalty.run-night",
  schema: z.object({ clientId: z.uuid(), businessDate: z.iso.date() }),
  maxAttempts: 6,
  queue: ({ clientId }) => `loyalty:${clientId}`,
  run: async (payload, context) => {
    const { clientId, businessDate } = payload;
    const progress = await runNight(clientId, businessDate, context);
    if (progress === "more")
      await enqueue(runNightJob, payload, { key: `loyalty-night:${clientId}:${businessDate}:more` });
  },
});
