import "server-only";
import { findHome } from "./accounts.system";
import { mailSignUpCode } from "./auth-api";
import type { ChallengeState, SignUpInput } from "./auth.schema";
import { checkNewPassword } from "./check-password";
import type { Deferred, From } from "./from";
import { startChallenge } from "./start-challenge";

/** Nothing of the account is made with what was typed: the password is set by whoever then has the code. */
export async function startSignUp(input: SignUpInput, from: From): Promise<Deferred<ChallengeState>> {
  checkNewPassword(input.password);
  return startChallenge("sign-up", input.email, {
    from,
    mail: async () => mailSignUpCode(input.email, await findHome(input.email)),
  });
}
