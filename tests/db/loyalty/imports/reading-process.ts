import { createReadStream } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { log } from "@/lib/kernel/log";
import { processRun } from "@/lib/programs/loyalty/imports/process-run";

/** A worker that reads one file slowly enough to be killed in the middle: `<client> <run> <file>`. */
const [clientId = "", runId = "", file = ""] = process.argv.slice(2);

async function* slowly() {
  for await (const chunk of createReadStream(file, { highWaterMark: 32 * 1024 })) {
    yield chunk as Buffer;
    await wait(25);
  }
}

await processRun(
  clientId,
  runId,
  {
    log: log.child({ test: "imports" }),
    signal: new AbortController().signal,
    attempt: 1,
    isLastAttempt: false,
    deadline: null,
  },
  async () => ({ open: async () => slowly(), close: async () => undefined }),
);
