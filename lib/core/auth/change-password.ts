import "server-only";
import { invalidField } from "@/lib/kernel/errors";
import { endSessionsOf, tellPasswordChanged } from "./accounts.system";
import { endAtAuth, setPassword } from "./auth-api";
import { checkNewPassword } from "./check-password";
import { accountOf } from "./find-account";
import { addressPrint } from "./fingerprint";
import type { From } from "./from";
import type { Me } from "./me";
import { tryPassword } from "./pass-gate";

/** The old password is asked for and counted like a sign-in: an open browser is not yet its owner. */
export async function changePassword(
  me: Me,
  input: { currentPassword: string; password: string },
  from: From,
): Promise<void> {
  checkNewPassword(input.password);
  const account = accountOf(me.email);
  const session = await tryPassword(account, input.currentPassword, from);
  if (!session) throw invalidField("currentPassword", "This is not your current password.");
  await setPassword(session, input.password);
  await endSessionsOf(me.userId, me.sessionId);
  await endAtAuth(me.accessToken, "others");
  await tellPasswordChanged(me.userId, account.print, addressPrint(from.ip));
}
