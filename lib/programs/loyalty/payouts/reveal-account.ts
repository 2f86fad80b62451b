import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { payoutMethods } from "./account-kinds";
import { bankAccountSchema, type BankAccount } from "./account.schema";
import { shownNumber } from "./bank-account";
import type { Revealed } from "./payout.schema";
import { openAccount } from "./seal-account";

const sealedSchema = z.object({ id: z.uuid(), method: z.enum(payoutMethods), sealed: z.string() });

/** An account in full. The database writes down who asked and why before it hands out the envelope. */
export async function revealAccount(
  scope: TenantScope,
  accountId: string,
  reason: string,
): Promise<Revealed> {
  requirePermission(scope, "loyalty.payouts.reveal");
  const row = sealedSchema.parse(
    await scope.rpc("loyalty_reveal_payout_account", {
      p_client: scope.client.id,
      p_account: accountId,
      p_reason: reason,
    }),
  );
  const plain = await openAndReseal(scope, row.id, row.sealed);
  if (row.method !== "bank") return { method: row.method, account: plain };
  const bank = openedBank(plain);
  return { method: "bank", account: shownNumber(bank), bank };
}

export const openedBank = (plain: string): BankAccount => bankAccountSchema.parse(JSON.parse(plain));

/** Opens an account, and stores it sealed with the current key when it was not. */
export async function openAndReseal(scope: TenantScope, accountId: string, sealed: string): Promise<string> {
  const { account, replacement } = openAccount(scope.client.id, accountId, sealed);
  if (replacement !== null) {
    await scope.rpc("loyalty_reseal_payout_account", {
      p_client: scope.client.id,
      p_account: accountId,
      p_old: sealed,
      p_sealed: replacement,
    });
  }
  return account;
}
