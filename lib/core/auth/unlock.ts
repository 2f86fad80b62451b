import "server-only";
import { AppError } from "@/lib/kernel/errors";
import { randomToken } from "@/lib/kernel/ids";
import { findHome, queueAuthMail } from "./accounts.system";
import { setDoorCookie } from "./door-cookies";
import { findAccount } from "./find-account";
import { addressPrint, fingerprint } from "./fingerprint";
import type { Deferred, From } from "./from";
import { createUnlock, spendUnlock } from "./sign-in-limits.system";

/** Mails the owner of a locked account a way in. Everything that depends on the account happens after the answer. */
export function requestUnlock(
  input: { identifier: string; business?: string | null | undefined },
  from: From,
): Deferred<{ isAccepted: true }> {
  return {
    answer: { isAccepted: true },
    deliver: async () => {
      const account = await findAccount(input.identifier, input.business ?? null);
      const home = account.email === null ? null : await findHome(account.email);
      if (account.email === null || !home?.clientId) return;
      const token = randomToken();
      if (!(await createUnlock(account.print, addressPrint(from.ip), fingerprint("token", token)))) return;
      await queueAuthMail(home, { kind: "unlock", to: account.email, secret: token });
    },
  };
}

/** Exchanges the link for a pass in this browser: five tries past lock and slow-down within 15 minutes. */
export async function unlock(token: string, from: From): Promise<{ isUnlocked: true }> {
  const pass = randomToken();
  const isGood = await spendUnlock(
    fingerprint("token", token),
    fingerprint("token", pass),
    addressPrint(from.ip),
  );
  if (!isGood)
    throw new AppError(
      "LINK_SPENT",
      410,
      "This link was used or is older than an hour. Have a new one sent.",
    );
  await setDoorCookie("portico-pass", pass);
  return { isUnlocked: true };
}
