import "server-only";
import type { ChallengeState } from "./auth.schema";
import type { ChallengeRow } from "./challenges.system";
import { maskEmail } from "./identifier";

export function challengeView(row: ChallengeRow, challenge: string): ChallengeState {
  return {
    challenge,
    maskedEmail: maskEmail(row.email),
    resendAt: new Date(row.resendAt).toISOString(),
    expiresAt: new Date(row.expiresAt).toISOString(),
    sendsLeft: row.sendsLeft,
  };
}
