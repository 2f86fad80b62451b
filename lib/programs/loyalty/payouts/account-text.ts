import { z } from "zod";

export const payoutMethods = ["paypal", "venmo"] as const;
export type PayoutMethod = (typeof payoutMethods)[number];

const email = z.email();

/** One spelling of an account, so that typing it twice, and giving it again, compares equal. Null when it is none. */
export function normaliseAccount(method: PayoutMethod, text: string): string | null {
  const plain = text.normalize("NFKC").trim();
  if (method === "venmo") {
    const handle = plain.replace(/^@+/, "").toLowerCase();
    return /^[a-z0-9_-]{5,30}$/.test(handle) ? `@${handle}` : null;
  }
  const address = plain.toLowerCase();
  return address.length <= 254 && email.safeParse(address).success ? address : null;
}

/** What may be shown: enough to know one's own account again, too little to pay or to guess it. */
export function accountHint(method: PayoutMethod, account: string): string {
  if (method === "venmo") return `@${account.slice(1, 2)}•••${account.slice(-2)}`;
  const at = account.lastIndexOf("@");
  const domain = account.slice(at + 1);
  return `${account.slice(0, 1)}•••@${domain.length > 40 ? `…${domain.slice(-40)}` : domain}`;
}
