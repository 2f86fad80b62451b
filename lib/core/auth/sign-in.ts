import "server-only";
import { AppError } from "@/lib/kernel/errors";
import type { SignedIn, SignInInput } from "./auth.schema";
import { completeSignIn } from "./complete-sign-in";
import { findAccount } from "./find-account";
import type { From } from "./from";
import { padTo } from "./pad-time";
import { tryPassword } from "./pass-gate";

/** E-mail or handle with a password. One sentence for everything that does not fit, after one length of time. */
export async function signIn(input: SignInInput, from: From): Promise<SignedIn> {
  const startedAt = performance.now();
  const account = await findAccount(input.identifier, input.business ?? null);
  const session = await tryPassword(account, input.password, from);
  if (!session) {
    await padTo(startedAt);
    throw new AppError("WRONG_SIGN_IN", 401, "The e-mail or handle and the password do not fit together.");
  }
  return completeSignIn(session, { from, mode: input.session, business: input.business });
}
