import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { cookieClient, userClient, type DbClient } from "@/lib/db/server";
import { AppError } from "@/lib/kernel/errors";
import { randomToken } from "@/lib/kernel/ids";
import { log } from "@/lib/kernel/log";
import { authPassword } from "./auth-password";

/** What Supabase Auth answers to a right password or code. Nothing is in a cookie yet. */
export interface AuthSession {
  accessToken: string;
  refreshToken: string;
  /** Seconds since 1970. */
  expiresAt: number;
  sessionId: string;
  userId: string;
  email: string;
  /** Acts as this session: for the password that follows a code. */
  client: DbClient;
}

interface AuthFailure {
  name?: string;
  code?: string | undefined;
  status?: number | undefined;
  message: string;
}

interface Answered {
  session: { access_token: string; refresh_token: string; expires_at?: number } | null;
  user: { id: string; email?: string } | null;
}

/** Null for a wrong password: Auth's own reasons (unknown, not confirmed) stay inside. */
export async function sessionByPassword(email: string, password: string): Promise<AuthSession | null> {
  const client = userClient(null);
  const { data, error } = await client.auth.signInWithPassword({ email, password: authPassword(password) });
  return settle(client, data, error);
}

export type CodeType = "email" | "recovery" | "email_change";

export async function sessionByCode(
  email: string,
  token: string,
  type: CodeType,
): Promise<AuthSession | null> {
  const client = userClient(null);
  const { data, error } = await client.auth.verifyOtp({ email, token, type });
  return settle(client, data, error);
}

/** `isConfirmed` decides which mail fits; to the person both are "your code". */
export async function mailSignUpCode(email: string, known: { isConfirmed: boolean } | null): Promise<void> {
  const { auth } = userClient(null);
  await patiently(() => {
    if (!known) {
      // No password of theirs yet: whoever starts a sign-up has not shown that the mailbox is theirs.
      return auth.signUp({ email, password: `Aa1!${randomToken(24)}` });
    }
    if (!known.isConfirmed) return auth.resend({ type: "signup", email });
    return auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
  });
}

export async function mailResetCode(email: string): Promise<void> {
  await patiently(() => userClient(null).auth.resetPasswordForEmail(email));
}

export async function mailEmailChangeCode(session: AuthSession, email: string): Promise<void> {
  await patiently(() => session.client.auth.updateUser({ email }));
}

export async function mailEmailChangeCodeAgain(email: string): Promise<void> {
  await patiently(() => userClient(null).auth.resend({ type: "email_change", email }));
}

export async function setPassword(session: AuthSession, password: string, name?: string): Promise<void> {
  const { error } = await session.client.auth.updateUser({
    password: authPassword(password),
    ...(name === undefined ? {} : { data: { name } }),
  });
  // The same password again is what was asked for.
  if (error && error.code !== "same_password") throw unavailable(error);
}

/** Ends refresh tokens at Auth. Our own table has already closed the sessions, so a failure is only logged. */
export async function endAtAuth(accessToken: string, scope: "local" | "others" | "global"): Promise<void> {
  const { error } = await userClient(null).auth.admin.signOut(accessToken, scope);
  if (error)
    log.warn({ reason: error.code ?? error.message }, "a session could not be ended at the auth server");
}

/** Writes the session cookies of this response. */
export async function keepInCookies(session: AuthSession): Promise<void> {
  const client = await cookieClient();
  const { error } = await client.auth.setSession({
    access_token: session.accessToken,
    refresh_token: session.refreshToken,
  });
  if (error) throw unavailable(error);
}

function settle(client: DbClient, data: Answered, error: AuthFailure | null): AuthSession | null {
  if (error) {
    if (isRefusal(error)) return null;
    throw unavailable(error);
  }
  if (!data.session || !data.user) return null;
  const { access_token: accessToken, refresh_token: refreshToken, expires_at: expiresAt = 0 } = data.session;
  const claims = JSON.parse(
    Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString("utf8"),
  ) as Record<string, unknown>;
  if (typeof claims.session_id !== "string") throw unavailable({ message: "the token names no session" });
  return {
    accessToken,
    refreshToken,
    expiresAt,
    sessionId: claims.session_id,
    userId: data.user.id,
    email: (data.user.email ?? "").toLowerCase(),
    client,
  };
}

/** A refusal answers the person; anything else is a fault on our side and must not count against them. */
function isRefusal({ status, code }: AuthFailure): boolean {
  return (
    status !== undefined &&
    status >= 400 &&
    status < 500 &&
    status !== 429 &&
    code !== "over_request_rate_limit"
  );
}

function unavailable(error: AuthFailure): AppError {
  log.error(
    { code: error.code, status: error.status, reason: error.message },
    "the auth server did not answer as expected",
  );
  return new AppError("TRY_LATER", 503, "Signing in is not possible for the moment. Try again in a minute.");
}

/** Auth counts its own minute between mails from a moment later than ours does; then a short wait is enough. */
async function patiently(mail: () => Promise<{ error: AuthFailure | null }>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { error } = await mail();
    if (!error) return;
    const isTooSoon = error.code === "over_email_send_rate_limit";
    if (attempt >= 3 || !(isTooSoon || !isRefusal(error))) {
      // Nobody is told: whether a mail went out must not show in an answer.
      log.warn({ errorCode: error.code, status: error.status }, "a code could not be mailed");
      return;
    }
    await wait(1_500 * attempt);
  }
}
