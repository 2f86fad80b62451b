import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { toCsv } from "@/lib/kernel/csv";
import { decimalText } from "@/lib/kernel/money";
import { payoutMethods } from "./account-text";
import { openAndReseal } from "./reveal-account";

const listSchema = z.object({
  method: z.enum(payoutMethods),
  currency: z.string(),
  payments: z.array(
    z.object({
      id: z.uuid(),
      handle: z.string(),
      name: z.string(),
      amount: z.number().int(),
      currency: z.string(),
      accountId: z.uuid(),
      sealed: z.string(),
    }),
  ),
});

/** The list a person pays from, in the columns PayPal's mass payment and Venmo's people ask for. Logged as an export. */
export async function exportBatch(scope: TenantScope, id: string): Promise<string> {
  requirePermission(scope, "loyalty.payouts.write");
  requirePermission(scope, "loyalty.payouts.reveal");
  const list = listSchema.parse(
    await scope.rpc("loyalty_export_batch", { p_client: scope.client.id, p_batch: id }),
  );
  const rows: {
    account: string;
    amount: string;
    currency: string;
    id: string;
    note: string;
    handle: string;
  }[] = [];
  for (const { accountId, sealed, amount, currency, ...payment } of list.payments) {
    const account = await openAndReseal(scope, accountId, sealed);
    // Always with its decimals, as text: "5.00", never 5 and never 5.000000001.
    rows.push({
      ...payment,
      account,
      amount: decimalText(amount, currency),
      currency,
      note: scope.client.name,
    });
  }
  return toCsv(rows, [
    { header: list.method === "paypal" ? "Email" : "Venmo username", value: (row) => row.account },
    { header: "Amount", value: (row) => row.amount },
    { header: "Currency", value: (row) => row.currency },
    { header: "Reference", value: (row) => row.id },
    { header: "Note", value: (row) => row.note },
    { header: "Creator", value: (row) => row.handle },
  ]);
}
