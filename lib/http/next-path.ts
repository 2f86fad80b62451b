const base = "http://portico.invalid";

/** Where to go after signing in: only a path of our own; anything that could leave the site becomes the fallback. */
export function safeNextPath(value: string | null | undefined, fallback = "/"): string {
  if (!value || value.length > 2_000 || !value.startsWith("/") || /[\u0000-\u0020\\\u007f]/.test(value))
    return fallback;
  let url: URL;
  try {
    url = new URL(value, base);
  } catch {
    return fallback;
  }
  if (url.origin !== base || value.startsWith("//") || url.pathname.startsWith("//")) return fallback;
  if (url.pathname.startsWith("/api/") || url.pathname === "/sign-in") return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}

export function signInPath(next: string): string {
  const path = safeNextPath(next);
  return path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}
