import "server-only";
import { AppError, invalidField } from "@/lib/kernel/errors";
import { endSessionsOf, findHome, moveEmail, queueAuthMail } from "./accounts.system";
import { endAtAuth, mailEmailChangeCode } from "./auth-api";
import type { ChallengeState } from "./auth.schema";
import { accountOf } from "./find-account";
import { addressPrint } from "./fingerprint";
import type { Deferred, From } from "./from";
import type { Me } from "./me";
import { tryPassword } from "./pass-gate";
import { note } from "./sign-in-limits.system";
import { spendCode } from "./spend-code";
import { startChallenge } from "./start-challenge";

/** The code goes to the new address. One that belongs to somebody else gets none, and the answer is the same. */
export async function startEmailChange(
  me: Me,
  input: { currentPassword: string; email: string },
  from: From,
): Promise<Deferred<ChallengeState>> {
  if (input.email === me.email) throw invalidField("email", "This is your address already.");
  const session = await tryPassword(accountOf(me.email), input.currentPassword, from);
  if (!session) throw invalidField("currentPassword", "This is not your current password.");
  const mail = async () => {
    await mailEmailChangeCode(session, input.email);
    await endAtAuth(session.accessToken, "local");
  };
  const { answer, deliver } = await startChallenge("email-change", input.email, {
    from,
    userId: me.userId,
    mail,
  });
  return { answer, deliver: deliver ?? (() => endAtAuth(session.accessToken, "local")) };
}

/** The old address is told, the businesses' records follow, other places are signed out. */
export async function confirmEmailChange(
  me: Me,
  input: { code: string; challenge?: string | undefined },
  from: From,
): Promise<{ email: string }> {
  const { session, email, before } = await spendCode("email-change", input.code, {
    challenge: input.challenge,
    before: async (_email, userId) => {
      if (userId !== me.userId)
        throw new AppError("CODE_GONE", 410, "This code is not valid any more. Start again.");
      return findHome(me.email);
    },
  });
  await endAtAuth(session.accessToken, "local");
  await moveEmail(me.userId, me.email, email);
  await endSessionsOf(me.userId, me.sessionId);
  await endAtAuth(me.accessToken, "others");
  await note("e-mail", accountOf(me.email).print, addressPrint(from.ip), {
    userId: me.userId,
    outcome: "ok",
    reason: "changed",
  });
  await queueAuthMail(before, { kind: "e-mail-changed", to: me.email });
  return { email };
}
