import "server-only";
import { z } from "zod";
import { defineJob } from "@/lib/core/jobs/server";
import { sql } from "@/lib/db/direct";

/** Forgets codes after two hours, counts after a day, sign-ins after 60 days, the log of attempts after 90. */
export const purgeAttemptsJob = defineJob({
  id: "auth.purge-attempts",
  schema: z.object({ clientId: z.uuid() }),
  run: async (_payload, { log }) => {
    const { rows } = await sql().query<{ forgotten: number }>("select private.auth_purge() as forgotten");
    log.info({ forgotten: rows[0]?.forgotten ?? 0 }, "old attempts were forgotten");
  },
});
