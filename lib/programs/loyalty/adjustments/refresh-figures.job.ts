import "server-only";
import { z } from "zod";
import { defineJob } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";

/** After an adjustment or a merge: figures now, tiers tonight. Doing it again changes nothing. */
export const refreshFiguresJob = defineJob({
  id: "loyalty.refresh-figures",
  schema: z.object({ clientId: z.uuid() }),
  maxAttempts: 5,
  run: async ({ clientId }, { log }) => {
    const updated = await withClientSql(clientId, async (sql) => {
      const { rows } = await sql.query<{ updated: string }>(
        "select private.loyalty_refresh_figures($1) as updated",
        [clientId],
      );
      return Number(rows[0]?.updated ?? 0);
    });
    log.info({ clientId, updated }, "figures refreshed");
  },
});
