import "server-only";
import { requireViewer, type TenantScope } from "@/lib/db/tenant-scope";
import { invalidField } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { accountHint, normaliseAccount } from "./account-text";
import { payoutAccountSchema, type PayoutAccount, type PayoutAccountInput } from "./payout.schema";
import { accountFingerprint, sealAccount } from "./seal-account";

/** Where the caller's own money goes. A change holds money back for two days and is mailed to her. */
export async function saveAccount(scope: TenantScope, input: PayoutAccountInput): Promise<PayoutAccount> {
  requireViewer(scope);
  const account = normaliseAccount(input.method, input.account);
  if (account === null) throw invalidField("account", "Check this account.");
  const clientId = scope.client.id;
  const id = newId();
  return payoutAccountSchema.parse(
    await scope.rpc("loyalty_save_payout_account", {
      p_client: clientId,
      p_id: id,
      p_method: input.method,
      p_hint: accountHint(input.method, account),
      p_sealed: sealAccount(clientId, id, account),
      p_fingerprint: accountFingerprint(clientId, input.method, account),
    }),
  );
}
