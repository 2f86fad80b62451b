import "server-only";
import { requireViewer, type TenantScope } from "@/lib/db/tenant-scope";
import { payoutAccountSchema, type PayoutAccount, type PayoutAccountInput } from "./account.schema";
import { prepareAccount } from "./prepare-account";

/** Where the caller's own money goes. A change holds money back for two days and is mailed to her. */
export async function saveAccount(scope: TenantScope, input: PayoutAccountInput): Promise<PayoutAccount> {
  requireViewer(scope);
  return payoutAccountSchema.parse(
    await scope.rpc("loyalty_save_payout_account", prepareAccount(scope.client.id, input)),
  );
}
