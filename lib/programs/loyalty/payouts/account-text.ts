import { z } from "zod";
import type { NamedMethod } from "./account-kinds";

const email = z.email();

/** One spelling of an account, so that typing it twice, and giving it again, compares equal. Null when it is none. */
export function normaliseAccount(method: NamedMethod, text: string): string | null {
  const plain = text.normalize("NFKC").trim();
  if (method === "venmo") {
    const handle = plain.replace(/^@+/, "").toLowerCase();
    return /^[a-z0-9_-]{5,30}$/.test(handle) ? `@${handle}` : null;
  }
  const address = plain.toLowerCase();
  return address.length <= 254 && email.safeParse(address).success ? address : null;
}

/** The number of a bank account as banks keep it: without the blanks and hyphens people write it with. */
export function bareNumber(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s.-]/g, "")
    .toUpperCase();
}

/** What may be shown: enough to know one's own account again, too little to pay or to guess it. */
export function accountHint(method: NamedMethod, account: string): string {
  if (method === "venmo") return `@${account.slice(1, 2)}•••${account.slice(-2)}`;
  const at = account.lastIndexOf("@");
  const domain = account.slice(at + 1);
  return `${account.slice(0, 1)}•••@${domain.length > 40 ? `…${domain.slice(-40)}` : domain}`;
}
