import "server-only";
import { endSessionsOf, findHome, tellPasswordChanged } from "./accounts.system";
import { endAtAuth, mailResetCode, setPassword } from "./auth-api";
import type { ChallengeState, ResetInput, SignedIn } from "./auth.schema";
import { checkNewPassword } from "./check-password";
import { completeSignIn } from "./complete-sign-in";
import { accountOf } from "./find-account";
import { addressPrint } from "./fingerprint";
import type { Deferred, From } from "./from";
import { finishSignIn } from "./sign-in-limits.system";
import { spendCode } from "./spend-code";
import { startChallenge } from "./start-challenge";

export async function startReset(email: string, from: From): Promise<Deferred<ChallengeState>> {
  return startChallenge("reset", email, { from, mail: () => mailResetCode(email) });
}

/** The code, a new password, and every other place signed out: whoever knew the old one is out. */
export async function finishReset(input: ResetInput, from: From): Promise<SignedIn> {
  checkNewPassword(input.password);
  const { session, email } = await spendCode("reset", input.code, {
    challenge: input.challenge,
    before: findHome,
  });
  await setPassword(session, input.password);
  await endSessionsOf(session.userId, session.sessionId);
  await endAtAuth(session.accessToken, "others");
  const account = accountOf(email);
  const address = addressPrint(from.ip);
  // Who can read the mailbox has shown who they are: the lock of this address is lifted.
  await finishSignIn(account.print, address, { userId: session.userId, outcome: "ok", reason: "reset" });
  await tellPasswordChanged(session.userId, account.print, address);
  return completeSignIn(session, { from, mode: input.session });
}
