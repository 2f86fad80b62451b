import "server-only";
import { z } from "zod";
import { defineJob, enqueue } from "@/lib/core/jobs/server";
import { clock } from "@/lib/kernel/clock";
import { payPal } from "./paypal";
import { readBatchOutcomes, sendBatch } from "./send-batch.system";

const schema = z.object({ clientId: z.uuid(), batchId: z.uuid() });
const minute = 60_000;

/** Asks what became of a batch until nothing of it is open: soon at first, then every six hours for thirty days. */
export const readBatchJob = defineJob({
  id: "loyalty.read-batch",
  schema: schema.extend({ round: z.number().int().min(0).default(0) }),
  maxAttempts: 12,
  run: async ({ clientId, batchId, round }, { log }) => {
    const open = await readBatchOutcomes(clientId, batchId, payPal());
    log.info({ clientId, batchId, open, round }, "batch outcomes read");
    if (open > 0 && round < 130) await readLater(clientId, batchId, round + 1);
  },
});

export const sendBatchJob = defineJob({
  id: "loyalty.send-batch",
  schema,
  maxAttempts: 12,
  run: async ({ clientId, batchId }, { log }) => {
    const progress = await sendBatch(clientId, batchId, payPal());
    log.info({ clientId, batchId, progress }, "batch sending");
    if (progress === "sent") await readLater(clientId, batchId, 0);
  },
});

async function readLater(clientId: string, batchId: string, round: number): Promise<void> {
  const wait = round < 6 ? 5 * minute : 360 * minute;
  await enqueue(
    readBatchJob,
    { clientId, batchId, round },
    { key: `loyalty.read-batch:${batchId}:${round}`, runAt: new Date(clock.now().getTime() + wait) },
  );
}
