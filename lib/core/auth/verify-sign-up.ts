import "server-only";
import { acceptTerms, findHome } from "./accounts.system";
import { setPassword } from "./auth-api";
import { termsVersion, type SignedIn, type VerifyInput } from "./auth.schema";
import { checkNewPassword } from "./check-password";
import { completeSignIn } from "./complete-sign-in";
import type { From } from "./from";
import { spendCode } from "./spend-code";

/**
 * The password belongs to the one who has the code, not to the one who typed the address first: else a stranger could
 * sign up a victim's address and wait. An account that was there already is entered, and keeps its password.
 */
export async function verifySignUp(input: VerifyInput, from: From): Promise<SignedIn> {
  checkNewPassword(input.password);
  const { session, before } = await spendCode("sign-up", input.code, {
    challenge: input.challenge,
    before: findHome,
  });
  const isNewAccount = before?.isConfirmed !== true;
  if (isNewAccount) await setPassword(session, input.password, input.name);
  await acceptTerms(session.userId, termsVersion);
  return completeSignIn(session, { from, mode: input.session, business: input.business, isNewAccount });
}
