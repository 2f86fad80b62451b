import "server-only";
import { cookiesAreSecure } from "@/lib/db/session-cookie";
import { env } from "@/lib/kernel/env";

export const viewCookieName = "portico-view";

/** True for the addresses of the member app that a view shows. */
export function isViewedPath(slug: string, path: string): boolean {
  return new RegExp(`^/${slug}/(home|loyalty|notifications)(?:[/?]|$)`).test(path);
}

/**
 * Set-Cookie of a view, or of its end. Its path is the business: it goes neither to other businesses nor to the API,
 * so what staff do there stays done as themselves.
 */
export function viewCookie(slug: string, viewId: string | null): string {
  const secure = cookiesAreSecure(env.appUrl) ? "; Secure" : "";
  const age = viewId === null ? 0 : 15 * 60;
  return `${viewCookieName}=${viewId ?? ""}; Path=/${slug}; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}
