import { startWorker } from "@/lib/core/jobs/server";
import { closeSql } from "@/lib/db/direct";
import { chores, jobs } from "@/lib/registry/jobs";

/** The long-running worker: `npm start` runs one beside the app. Any host that keeps a process alive can. */
const worker = await startWorker(jobs, { chores });

let isEnding = false;
async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await worker.stop();
  await closeSql();
  process.exit(code);
}

// The first signal lets running jobs finish; a second one means it: their locks go with the process.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (isEnding) process.exit(1);
    void end(0);
  });
}

await worker.ended;
await end(isEnding ? 0 : 1);
