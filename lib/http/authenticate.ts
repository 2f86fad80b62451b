import "server-only";
import { readStoredSession } from "@/lib/db/session-cookie";
import { AppError } from "@/lib/kernel/errors";
import { verifyAccessToken, type Claims } from "./access-token";

export interface Caller {
  accessToken: string;
  claims: Claims;
  userId: string;
  sessionId: string;
  via: "cookie" | "bearer";
}

/**
 * The session cookie of the web app, or a person's access token as `Authorization: Bearer`.
 * A bad Bearer token is an error and never falls back to the cookie: that would lift the origin check.
 */
export async function authenticate(
  headers: Headers,
  getCookie: (name: string) => string | undefined,
): Promise<Caller | null> {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const token = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1];
    const claims = token === undefined ? null : await verifyAccessToken(token);
    if (token === undefined || !claims) {
      throw new AppError("INVALID_TOKEN", 401, "The access token is not valid or has run out.");
    }
    return caller(token, claims, "bearer");
  }
  const session = readStoredSession(getCookie);
  if (!session) return null;
  const claims = await verifyAccessToken(session.accessToken);
  return claims ? caller(session.accessToken, claims, "cookie") : null;
}

function caller(accessToken: string, claims: Claims, via: Caller["via"]): Caller {
  return { accessToken, claims, userId: claims.sub, sessionId: claims.session_id, via };
}
