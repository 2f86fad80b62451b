import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { payoutMethods } from "./account-text";
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
  return { method: row.method, account: await openAndReseal(scope, row.id, row.sealed) };
}

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
