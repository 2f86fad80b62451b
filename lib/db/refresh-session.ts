import "server-only";
import { createServerClient } from "@supabase/ssr";
import { clock } from "@/lib/kernel/clock";
import { env } from "@/lib/kernel/env";
import { sha256Hex } from "@/lib/kernel/ids";
import { log } from "@/lib/kernel/log";
import { cookieAttributes, isSessionCookie, readStoredSession, sessionCookieOptions } from "./session-cookie";

interface CookieChange {
  name: string;
  value: string;
  options: ReturnType<typeof cookieAttributes>;
}

interface Cookie {
  name: string;
  value: string;
}

/** A token about to run out would fail halfway through a request, so it is renewed a little early. */
const renewSecondsBefore = 90;

/** A refresh token works once; the requests a page fires together share one renewal and its result. */
const underWay = new Map<string, Promise<CookieChange[]>>();
const resultsStayFor = 10_000;

/** The cookies that must change. Nothing is asked of the auth server while the access token still lives. */
export async function refreshSession(cookies: Cookie[]): Promise<CookieChange[]> {
  const session = readStoredSession((name) => cookies.find((cookie) => cookie.name === name)?.value);
  if (!session || session.expiresAt - clock.now().getTime() / 1000 > renewSecondsBefore) return [];
  const key = sha256Hex(session.refreshToken);
  let renewal = underWay.get(key);
  if (!renewal) {
    renewal = renew(cookies.filter((cookie) => isSessionCookie(cookie.name)));
    underWay.set(key, renewal);
    setTimeout(() => underWay.delete(key), resultsStayFor).unref();
  }
  return renewal;
}

async function renew(cookies: Cookie[]): Promise<CookieChange[]> {
  const changes: CookieChange[] = [];
  const client = createServerClient(env.supabaseUrl, env.supabasePublishableKey, {
    cookieOptions: sessionCookieOptions(),
    cookies: {
      getAll: () => cookies,
      setAll: (list) => {
        for (const { name, value, options: asked } of list) {
          changes.push({ name, value, options: cookieAttributes(asked) });
        }
      },
    },
  });
  try {
    // Renews by itself when the stored token has run out, and clears the cookies when the session is over.
    await client.auth.getSession();
  } catch (err) {
    log.warn({ err }, "a session could not be renewed");
  }
  return changes;
}
