import "server-only";
import { z } from "zod";
import { defineJob } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";

/** A boost's own timers lead here, at the minute it starts and at the minute it ends. Doing it again changes nothing. */
export const advanceBoostsJob = defineJob({
  id: "loyalty.advance-boosts",
  schema: z.object({ clientId: z.uuid() }),
  maxAttempts: 8,
  run: async ({ clientId }, { log }) => {
    const moved = await withClientSql(
      clientId,
      async (sql) => {
        const { rows } = await sql.query<{ moved: Record<string, number> }>(
          "select private.loyalty_move_boosts($1, now(), null) as moved",
          [clientId],
        );
        return rows[0]?.moved ?? {};
      },
      { actor: "job:loyalty.advance-boosts" },
    );
    log.info({ clientId, ...moved }, "boosts advanced");
  },
});
