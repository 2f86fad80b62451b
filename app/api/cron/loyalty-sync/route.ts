import { drainJobs } from "@/lib/core/jobs/server";
import { cron } from "@/lib/http/cron";
import { advanceDueBoosts, startDueNights } from "@/lib/programs/loyalty/server";
import { jobs } from "@/lib/registry/jobs";

/** Hourly: starts and ends boosts whose time has come, claims the nights whose local time has come and works on the queue for the rest of the function's time. */
export const runtime = "nodejs";
export const dynamic = "force-dynamic";
export const maxDuration = 300;

const seconds = 240;

export const GET = cron("loyalty-sync", async () => ({
  boosts: await advanceDueBoosts(),
  nights: await startDueNights(),
  jobs: await drainJobs(jobs, { seconds }),
}));
