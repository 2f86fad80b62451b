import "server-only";
import { AppError } from "@/lib/kernel/errors";
import { findHome } from "./accounts.system";
import { mailEmailChangeCodeAgain, mailResetCode, mailSignUpCode } from "./auth-api";
import type { ChallengeState } from "./auth.schema";
import { challengeView } from "./challenge-view";
import { repeatChallenge, type Purpose } from "./challenges.system";
import { readDoorCookie } from "./door-cookies";
import { fingerprint } from "./fingerprint";
import type { Deferred } from "./from";

const mails: Record<Purpose, (email: string) => Promise<void>> = {
  "sign-up": async (email) => mailSignUpCode(email, await findHome(email)),
  reset: mailResetCode,
  "email-change": mailEmailChangeCodeAgain,
};

export async function resendCode(challenge: string | undefined): Promise<Deferred<ChallengeState>> {
  const token = challenge ?? (await readDoorCookie("portico-code"));
  const row =
    token === null ? ({ outcome: "gone" } as const) : await repeatChallenge(fingerprint("token", token));
  if (token === null || row.outcome === "gone")
    throw new AppError("CODE_GONE", 410, "This code is not valid any more. Start again.");
  if (row.outcome === "spent") {
    throw new AppError("CODE_SPENT", 429, "Five codes were sent. Wait an hour, then start again.", {
      sendsLeft: 0,
    });
  }
  const answer = challengeView(row, token);
  if (row.outcome === "early") {
    throw new AppError(
      "TOO_SOON",
      429,
      "A code was sent less than a minute ago. Look in your mail, also under spam.",
      answer,
    );
  }
  return { answer, deliver: row.send ? () => mails[row.purpose](row.email) : null };
}
