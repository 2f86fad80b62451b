import "server-only";
import { z } from "zod";
import { defineJob } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";

/** After a mission was published to very many, or a reward was fulfilled while a night was being counted. */
export const unlockMissionsJob = defineJob({
  id: "loyalty.unlock-missions",
  schema: z.object({ clientId: z.uuid(), creatorId: z.uuid().optional() }),
  maxAttempts: 6,
  run: async ({ clientId, creatorId }, { log }) => {
    await withClientSql(
      clientId,
      (sql) => sql.query("select private.loyalty_unlock_missions($1, $2)", [clientId, creatorId ?? null]),
      { actor: "job:loyalty.unlock-missions" },
    );
    log.info({ clientId, creatorId }, "missions started");
  },
});
