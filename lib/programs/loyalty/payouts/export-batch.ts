import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { toCsv, type CsvColumn } from "@/lib/kernel/csv";
import { decimalText } from "@/lib/kernel/money";
import { payoutMethods, type PayoutMethod } from "./account-kinds";
import { openAndReseal, openedBank } from "./reveal-account";

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

/** The list a person pays from, in the columns PayPal's mass payment, Venmo's people and a bank ask for. Logged as an export. */
export async function exportBatch(scope: TenantScope, id: string): Promise<string> {
  requirePermission(scope, "loyalty.payouts.write");
  requirePermission(scope, "loyalty.payouts.reveal");
  const list = listSchema.parse(
    await scope.rpc("loyalty_export_batch", { p_client: scope.client.id, p_batch: id }),
  );
  const rows: Row[] = [];
  for (const { accountId, sealed, amount, currency, ...payment } of list.payments) {
    const account = await openAndReseal(scope, accountId, sealed);
    // Always with its decimals, as text: "5.00", never 5 and never 5.000000001.
    rows.push({
      ...payment,
      account,
      bank: list.method === "bank" ? openedBank(account) : {},
      amount: decimalText(amount, currency),
      currency,
      note: scope.client.name,
    });
  }
  return toCsv(rows, [...columns[list.method], ...shared(list.method)]);
}

interface Row {
  account: string;
  /** What of a bank account there is: an IBAN and its BIC, or American numbers. */
  bank: {
    holder?: string;
    country?: string;
    iban?: string;
    bic?: string | null;
    routing?: string;
    account?: string;
    accountType?: string;
  };
  amount: string;
  currency: string;
  id: string;
  note: string;
  handle: string;
}

const columns: Record<PayoutMethod, CsvColumn<Row>[]> = {
  paypal: [{ header: "Email", value: (row) => row.account }],
  // As one types it in Venmo: with its @ a spreadsheet would take it for a formula.
  venmo: [{ header: "Venmo username", value: (row) => row.account.replace(/^@/, "") }],
  // One file may hold both kinds of account.
  bank: [
    { header: "Account holder", value: ({ bank }) => bank.holder },
    { header: "Country", value: ({ bank }) => bank.country },
    { header: "IBAN", value: ({ bank }) => bank.iban },
    { header: "BIC", value: ({ bank }) => bank.bic },
    { header: "Routing number", value: ({ bank }) => bank.routing },
    { header: "Account number", value: ({ bank }) => bank.account },
    { header: "Account type", value: ({ bank }) => bank.accountType },
  ],
};
const shared = (method: PayoutMethod): CsvColumn<Row>[] => [
  { header: "Amount", value: (row) => row.amount },
  { header: "Currency", value: (row) => row.currency },
  // A transfer carries 35 letters: an id fits without its hyphens only.
  { header: "Reference", value: ({ id }) => (method === "bank" ? id.replaceAll("-", "") : id) },
  { header: "Note", value: (row) => row.note },
  { header: "Creator", value: (row) => row.handle },
];
