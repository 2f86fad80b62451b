import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { invalidField } from "@/lib/kernel/errors";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import type { PayoutMethod } from "./account-kinds";
import { isPayPalOn } from "./paypal";
import {
  batchDetailSchema,
  batchSchema,
  type Batch,
  type BatchDetail,
  type BatchStep,
  type MarkPayments,
} from "./payout.schema";

const cursorSchema = z.object({ v: z.string().max(60), id: z.uuid() });

/** Plans a payment for everyone who can be paid this way, or for the chosen ones among them. */
export async function makeBatch(
  scope: TenantScope,
  input: { method: PayoutMethod; creators?: string[] | undefined },
): Promise<{ id: string }> {
  requirePermission(scope, "loyalty.payouts.write");
  const id = await scope.rpc("loyalty_make_batch", {
    p_client: scope.client.id,
    p_method: input.method,
    p_creators: input.creators,
  });
  return { id };
}

export async function listBatches(
  scope: TenantScope,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Batch[]; next: string | null }> {
  requirePermission(scope, "loyalty.payouts.read");
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor, cursorSchema);
  const rows = z.array(batchSchema).parse(
    await scope.rpc("loyalty_list_batches", {
      p_client: scope.client.id,
      p_cursor: cursor,
      p_limit: query.limit,
    }),
  );
  const last = rows[query.limit - 1];
  return {
    items: rows.slice(0, query.limit),
    next: rows.length > query.limit && last ? encodeCursor({ v: last.createdAt, id: last.id }) : null,
  };
}

export async function readBatch(scope: TenantScope, id: string): Promise<BatchDetail> {
  requirePermission(scope, "loyalty.payouts.read");
  return batchDetailSchema.parse(
    await scope.rpc("loyalty_read_batch", { p_client: scope.client.id, p_batch: id }),
  );
}

export async function stepBatch(scope: TenantScope, id: string, step: BatchStep): Promise<BatchDetail> {
  requirePermission(scope, "loyalty.payouts.write");
  if (step === "send_by_paypal" && !isPayPalOn())
    throw invalidField("step", "PayPal is not connected. Download the list and pay by hand.");
  await scope.rpc("loyalty_step_batch", { p_client: scope.client.id, p_batch: id, p_step: step });
  return readBatch(scope, id);
}

/** Marks one, several or all payments of a batch. */
export async function markPayments(
  scope: TenantScope,
  id: string,
  input: MarkPayments,
): Promise<BatchDetail> {
  requirePermission(scope, "loyalty.payouts.write");
  await scope.rpc("loyalty_step_payments", {
    p_client: scope.client.id,
    p_batch: id,
    // Null means all: the generated types do not know.
    p_payments: (input.payments ?? null) as string[],
    p_step: input.step,
    p_reference: input.step === "paid" ? input.reference : undefined,
    p_reason: input.step === "failed" ? input.reason : undefined,
  });
  return readBatch(scope, id);
}
