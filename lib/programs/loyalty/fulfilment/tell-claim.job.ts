import "server-only";
import { z } from "zod";
import { defineJob } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";

/** A word to a creator about her claim. What was taken back meanwhile is not told; doing it again tells nothing twice. */
export const tellClaimJob = defineJob({
  id: "loyalty.tell-claim",
  schema: z.object({
    clientId: z.uuid(),
    redemptionId: z.uuid(),
    state: z.enum(["claimed", "fulfilled", "rejected", "restored"]),
  }),
  run: async ({ clientId, redemptionId, state }) => {
    await withClientSql(clientId, (sql) =>
      sql.query("select private.loyalty_tell_claim($1, $2, $3)", [clientId, redemptionId, state]),
    );
  },
});
