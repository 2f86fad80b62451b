import "server-only";
import { findLoginByHandle } from "./accounts.system";
import { fingerprint } from "./fingerprint";
import { readIdentifier } from "./identifier";

export interface Account {
  /** Null when the handle is nobody's, or more than one could be meant. */
  email: string | null;
  /** The same for an e-mail and for the handle that leads to it, so that tries at both count together. */
  print: string;
}

export async function findAccount(typed: string, business: string | null): Promise<Account> {
  const identifier = readIdentifier(typed);
  if (identifier?.kind === "e-mail") return accountOf(identifier.email);
  const handle = identifier?.handle ?? typed;
  const email = identifier ? await findLoginByHandle(handle, business) : null;
  return email === null
    ? { email, print: fingerprint("account", `handle ${business ?? ""} ${handle}`) }
    : accountOf(email);
}

export function accountOf(email: string): Account & { email: string } {
  return { email, print: fingerprint("account", email.toLowerCase()) };
}
