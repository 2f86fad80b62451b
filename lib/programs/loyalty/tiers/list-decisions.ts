import "server-only";
import { z } from "zod";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import type { ListQuery } from "../adjustments/adjustment.schema";
import { decisionSchema, type DecisionList } from "./tier.schema";

const rows = z.array(decisionSchema.extend({ seq: z.number().int() }));

/** Tier history, latest first. A creator reads her own; staff read everybody's. */
export async function listDecisions(
  scope: TenantScope,
  creatorId: string,
  query: ListQuery,
): Promise<DecisionList> {
  const before =
    query.cursor === undefined ? null : decodeCursor(query.cursor, z.object({ seq: z.number().int() }));
  const found = rows.parse(
    await scope.rpc("loyalty_list_decisions", {
      p_client: scope.client.id,
      p_creator: creatorId,
      p_before: before?.seq,
      p_limit: query.limit,
    }),
  );
  const last = found[query.limit - 1];
  return {
    items: found.slice(0, query.limit),
    next: found.length > query.limit && last ? encodeCursor({ seq: last.seq }) : null,
  };
}
