import "server-only";
import { z } from "zod";
import { defineJob } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";

/** Queued for the moment a raffle ends and for the moment a prize lapses; the nightly run does the same. */
export const advanceRafflesJob = defineJob({
  id: "loyalty.advance-raffles",
  schema: z.object({ clientId: z.uuid() }),
  maxAttempts: 6,
  run: async ({ clientId }, { log }) => {
    const summary = await withClientSql(
      clientId,
      async (sql) => {
        const { rows } = await sql.query<{ summary: unknown }>(
          "select private.loyalty_advance_raffles($1) as summary",
          [clientId],
        );
        return rows[0]?.summary;
      },
      { actor: "job:loyalty.advance-raffles" },
    );
    log.info({ clientId, summary }, "raffles advanced");
  },
});
