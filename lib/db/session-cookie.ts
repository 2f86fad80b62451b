import { env } from "@/lib/kernel/env";

const sessionCookieName = "portico-session";
const thirtyDays = 30 * 24 * 60 * 60;

interface StoredSession {
  accessToken: string;
  refreshToken: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

/** Plain http is only ever a developer's own machine, where a Secure cookie would be dropped by tools. */
export function cookiesAreSecure(appUrl: string): boolean {
  const { protocol, hostname } = new URL(appUrl);
  return protocol === "https:" || !["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

export function sessionCookieOptions() {
  return {
    name: sessionCookieName,
    path: "/",
    httpOnly: true,
    secure: cookiesAreSecure(env.appUrl),
    sameSite: "lax" as const,
    maxAge: thirtyDays,
  };
}

/** @supabase/ssr asks for 400 days whatever it is told; only its "delete this one" is taken from it. */
export function cookieAttributes(asked: { maxAge?: number | undefined }) {
  const { path, httpOnly, secure, sameSite, maxAge } = sessionCookieOptions();
  return { path, httpOnly, secure, sameSite, maxAge: asked.maxAge === 0 ? 0 : maxAge };
}

export function isSessionCookie(name: string): boolean {
  return name === sessionCookieName || new RegExp(`^${sessionCookieName}\\.\\d{1,2}$`).test(name);
}

/** Reads what @supabase/ssr wrote: one cookie, or chunks `.0`, `.1`, … of one base64url text. */
export function readStoredSession(get: (name: string) => string | undefined): StoredSession | null {
  let text = get(sessionCookieName);
  if (text === undefined) {
    text = "";
    for (let index = 0; index < 20; index += 1) {
      const chunk = get(`${sessionCookieName}.${index}`);
      if (chunk === undefined) break;
      text += chunk;
    }
  }
  if (text === "") return null;
  try {
    const json = text.startsWith("base64-") ? Buffer.from(text.slice(7), "base64url").toString("utf8") : text;
    const value = JSON.parse(json) as Record<string, unknown>;
    const { access_token: accessToken, refresh_token: refreshToken, expires_at: expiresAt } = value;
    if (typeof accessToken !== "string" || typeof refreshToken !== "string") return null;
    return { accessToken, refreshToken, expiresAt: typeof expiresAt === "number" ? expiresAt : 0 };
  } catch {
    return null;
  }
}
