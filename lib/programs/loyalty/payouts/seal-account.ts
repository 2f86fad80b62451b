import "server-only";
import { createHmac } from "node:crypto";
import { decryptAndRotate, encrypt } from "@/lib/kernel/crypto";
import { env } from "@/lib/kernel/env";
import type { PayoutMethod } from "./account-kinds";

const place = (clientId: string, accountId: string) => ({
  clientId,
  table: "loyalty_payout_account_secrets",
  column: "account_envelope",
  rowId: accountId,
});

export function sealAccount(clientId: string, accountId: string, account: string): string {
  return encrypt(account, place(clientId, accountId));
}

/** The account, and a new envelope to store when it was sealed with a key that has been rotated out. */
export function openAccount(
  clientId: string,
  accountId: string,
  sealed: string,
): { account: string; replacement: string | null } {
  const { plain, replacement } = decryptAndRotate(sealed, place(clientId, accountId));
  return { account: plain, replacement };
}

/**
 * Tells the same account again without opening it. Keyed, because addresses can be guessed; per business, because
 * what two businesses know of one person is nobody's to compare.
 */
export function accountFingerprint(clientId: string, method: PayoutMethod, account: string): string {
  return createHmac("sha256", env.supabaseSecretKey)
    .update(`portico payout account\n${clientId}\n${method}\n${account}`)
    .digest("base64url");
}
