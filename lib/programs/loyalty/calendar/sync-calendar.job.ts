import "server-only";
import { z } from "zod";
import { defineJob } from "@/lib/core/jobs/server";
import { googleCalendar, isCalendarOn } from "./google-calendar";
import { syncCalendar } from "./sync-calendar.system";

/** A boost or discount was planned, moved or rejected: the calendar of the business follows. */
export const syncCalendarJob = defineJob({
  id: "loyalty.sync-calendar",
  schema: z.object({ clientId: z.uuid(), redemptionId: z.uuid() }),
  maxAttempts: 12,
  run: async ({ clientId, redemptionId }, { log }) => {
    if (!isCalendarOn()) return;
    const outcome = await syncCalendar(clientId, redemptionId, googleCalendar);
    log.info({ clientId, redemptionId, outcome }, "calendar synced");
  },
});
