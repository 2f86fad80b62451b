import { drainJobs } from "@/lib/core/jobs/server";
import { cron } from "@/lib/http/cron";
import { chores, jobs } from "@/lib/registry/jobs";

/** Node, because jobs stream files and speak to Postgres; the drain ends well before the host would cut it. */
export const runtime = "nodejs";
export const dynamic = "force-dynamic";
export const maxDuration = 300;

const seconds = 240;

export const GET = cron("jobs", () => drainJobs(jobs, { seconds, chores }));
