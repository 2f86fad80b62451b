import "server-only";

export { defineJob } from "./define-job";
export type { AnyJob, Job, JobContext, JobDefinition, JobPayload, JobRegistry } from "./define-job";
export { drainJobs } from "./drain-jobs";
export { enqueue } from "./enqueue";
export type { EnqueueOptions } from "./enqueue";
export { listDeadJobs } from "./list-dead-jobs";
export { retryDeadJob } from "./retry-dead-job";
export { startWorker } from "./start-worker";
export type { RunningWorker } from "./start-worker";
export { purgeGuards } from "./purge-guards.system";
