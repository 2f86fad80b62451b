import "server-only";
import { z } from "zod";
import { withClientSql } from "@/lib/db/direct";
import { decimalText } from "@/lib/kernel/money";
import type { PayoutProvider } from "./payout-provider";
import { openAccount } from "./seal-account";

const paymentsSchema = z.array(
  z.object({
    id: z.uuid(),
    amount: z.number().int(),
    currency: z.string(),
    state: z.string(),
    accountId: z.uuid(),
    sealed: z.string(),
  }),
);

interface Waiting {
  state: string;
  provider: string | null;
  reference: string | null;
  business: string;
  isTooOld: boolean;
  payments: z.infer<typeof paymentsSchema>;
}

type SendProgress = "sent" | "refused" | "nothing";

/**
 * Sends an approved batch. Nothing is locked while the provider is asked: its own idempotency, keyed by our batch id,
 * makes a second sending the first one's answer.
 */
export async function sendBatch(
  clientId: string,
  batchId: string,
  provider: PayoutProvider,
): Promise<SendProgress> {
  const batch = await readWaiting(clientId, batchId);
  // Sent, and the worker died before it asked for the outcomes: that is all that is left to do.
  if (batch?.state === "sent" && batch.provider === "paypal") return "sent";
  if (batch?.state !== "approved" || batch.provider !== "paypal") return "nothing";
  if (batch.isTooOld) {
    // Past the time for which the provider remembers an id, a second sending could be a second payment.
    await refuse(clientId, batchId, "This batch was approved too long ago. Cancel it and make a new one.");
    return "refused";
  }
  const resealed: [id: string, from: string, to: string][] = [];
  const open = (accountId: string, sealed: string) => {
    const { account, replacement } = openAccount(clientId, accountId, sealed);
    if (replacement !== null) resealed.push([accountId, sealed, replacement]);
    return account;
  };
  const answer = await provider.send({
    id: batchId,
    subject: `A payment from ${batch.business}`,
    note: batch.business,
    payments: batch.payments.map(({ id, amount, currency, accountId, sealed }) => ({
      id,
      currency,
      amount: decimalText(amount, currency),
      account: open(accountId, sealed),
    })),
  });
  if (answer.kind === "refused") {
    await refuse(clientId, batchId, answer.message);
    return "refused";
  }
  await withClientSql(
    clientId,
    async (sql) => {
      await sql.query("select private.loyalty_mark_batch_sent($1, $2, 'paypal', $3)", [
        clientId,
        batchId,
        answer.reference,
      ]);
      for (const [accountId, from, to] of resealed)
        await sql.query(
          `update public.loyalty_payout_account_secrets set account_envelope = $4
            where client_id = $1 and account_id = $2 and account_envelope = $3`,
          [clientId, accountId, from, to],
        );
    },
    { actor: "job:loyalty.send-batch" },
  );
  return "sent";
}

/** What became of a sent batch's payments. Returns how many are still open. */
export async function readBatchOutcomes(
  clientId: string,
  batchId: string,
  provider: PayoutProvider,
): Promise<number> {
  const batch = await readWaiting(clientId, batchId);
  if (batch?.state !== "sent" || batch.provider !== "paypal" || batch.reference === null) return 0;
  const outcomes = await provider.read(batch.reference);
  let open = 0;
  await withClientSql(
    clientId,
    async (sql) => {
      await sql.query("select private.loyalty_lock_batch($1, $2)", [clientId, batchId]);
      for (const payment of batch.payments.filter(({ state }) => state === "sent")) {
        const outcome = outcomes.get(payment.id) ?? { kind: "open" };
        if (outcome.kind === "open") open += 1;
        else
          await sql.query("select private.loyalty_mark_payments($1, $2, array[$3::uuid], $4, $5, $6)", [
            clientId,
            batchId,
            payment.id,
            outcome.kind,
            outcome.kind === "paid" ? outcome.reference : null,
            outcome.kind === "failed" ? outcome.reason : null,
          ]);
      }
    },
    { actor: "job:loyalty.read-batch" },
  );
  return open;
}

async function readWaiting(clientId: string, batchId: string): Promise<Waiting | null> {
  return withClientSql(clientId, async (sql) => {
    const { rows } = await sql.query<Omit<Waiting, "payments"> & { payments: unknown }>(
      `select b.state, b.provider, b.provider_reference as reference, c.name as business,
              b.approved_at < now() - interval '25 days' as "isTooOld",
              private.loyalty_sealed_payments(b.client_id, b.id) as payments
         from public.loyalty_payout_batches b join public.clients c on c.id = b.client_id
        where b.client_id = $1 and b.id = $2`,
      [clientId, batchId],
    );
    const row = rows[0];
    return row ? { ...row, payments: paymentsSchema.parse(row.payments) } : null;
  });
}

async function refuse(clientId: string, batchId: string, message: string): Promise<void> {
  await withClientSql(
    clientId,
    (sql) =>
      sql.query(
        "update public.loyalty_payout_batches set provider = null, provider_message = $3 where client_id = $1 and id = $2 and state = 'approved'",
        [clientId, batchId, message],
      ),
    { actor: "job:loyalty.send-batch" },
  );
}
