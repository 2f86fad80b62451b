import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import { isSessionCookie } from "@/lib/db/session-cookie";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

function isMutation(method: string): boolean {
  return !safeMethods.has(method.toUpperCase());
}

/**
 * Another site's page can make a browser send our cookie, but not hide where it came from. A browser's change must
 * therefore come from our own origin; a caller that shows no origin at all must not come with a cookie.
 * Sign-in is held to the same, or a stranger could sign a victim in to the stranger's account.
 */
export function assertSameOrigin(request: { method: string; headers: Headers; cookieNames: string[] }): void {
  if (!isMutation(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site !== null && site !== "same-origin") throw crossOrigin();
  if (origin !== null) {
    if (origin !== env.appUrl) throw crossOrigin();
    return;
  }
  if (site === null && request.cookieNames.some(isSessionCookie)) throw crossOrigin();
}

function crossOrigin(): AppError {
  return new AppError("CROSS_ORIGIN", 403, "This request did not come from Portico's own pages.");
}
