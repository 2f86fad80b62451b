import "server-only";
import { randomToken } from "@/lib/kernel/ids";
import type { ChallengeState } from "./auth.schema";
import { challengeView } from "./challenge-view";
import { openChallenge, type Purpose } from "./challenges.system";
import { setDoorCookie } from "./door-cookies";
import { addressPrint, fingerprint } from "./fingerprint";
import type { Deferred, From } from "./from";

/** Opens a request for a code. Its answer is the same for every address, known or not; the mail follows it. */
export async function startChallenge(
  purpose: Purpose,
  email: string,
  { from, userId, mail }: { from: From; userId?: string; mail: () => Promise<void> },
): Promise<Deferred<ChallengeState>> {
  const token = randomToken();
  const row = await openChallenge({
    purpose,
    email,
    mailbox: fingerprint("mailbox", email),
    address: addressPrint(from.ip),
    tokenHash: fingerprint("token", token),
    ...(userId === undefined ? {} : { userId }),
  });
  await setDoorCookie("portico-code", token);
  return { answer: challengeView(row, token), deliver: row.send ? mail : null };
}
