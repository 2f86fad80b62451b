import "server-only";
import { readContext } from "@/lib/db/read-context";
import { callFunction } from "@/lib/db/tenant-scope";
import { keepInCookies, type AuthSession } from "./auth-api";
import { recordSession } from "./accounts.system";
import type { SignedIn } from "./auth.schema";
import { deviceHash, dropDoorCookie } from "./door-cookies";
import { ipHint } from "./fingerprint";
import type { From } from "./from";
import { wayHome } from "./way-home";

interface Completion {
  from: From;
  mode: "cookie" | "token";
  business?: string | null | undefined;
  isNewAccount?: boolean;
}

/** The last step of every way in: remember the session, take up what waits for this e-mail, hand the session over. */
export async function completeSignIn(
  session: AuthSession,
  { from, mode, business, isNewAccount = false }: Completion,
): Promise<SignedIn> {
  const { sessionId, userId, accessToken } = session;
  const device = mode === "cookie" ? await deviceHash() : null;
  // Recorded before it is handed over: a session without a row could not be ended.
  await recordSession({ sessionId, userId, userAgent: from.userAgent, ipHint: ipHint(from.ip), device });
  await callFunction(session.client, "people_claim_by_email", {});
  const { businesses } = await readContext({ slug: null, accessToken, sessionId, requestId: from.requestId });
  const answer = { home: wayHome(businesses, business), isNewAccount };
  if (mode === "token") {
    return {
      ...answer,
      tokens: { accessToken, refreshToken: session.refreshToken, expiresAt: session.expiresAt },
    };
  }
  await keepInCookies(session);
  await dropDoorCookie("portico-pass");
  return answer;
}
