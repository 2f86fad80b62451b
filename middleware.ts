import { NextResponse, type NextRequest } from "next/server";
import { refreshSession } from "@/lib/db/refresh-session";
import { contentSecurityPolicy, newNonce } from "@/lib/http/csp";
import { nonceHeader, pathHeader } from "@/lib/http/forwarded";

/** Renews the session and sets the content security policy. Who may see what is decided by each page and route. */
export async function middleware(request: NextRequest): Promise<NextResponse> {
  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce);
  const changes = await refreshSession(request.cookies.getAll());
  for (const { name, value } of changes) {
    if (value === "") request.cookies.delete(name);
    else request.cookies.set(name, value);
  }
  const headers = new Headers(request.headers);
  headers.set(nonceHeader, nonce);
  headers.set("Content-Security-Policy", policy);
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const { name, value, options } of changes) response.cookies.set(name, value, options);
  return response;
}

// Only files of our own go past: an address deeper down that ends like one, /invitation/x.txt, is still a page.
export const config = {
  runtime: "nodejs",
  matcher: [
    { source: "/((?!_next/static|_next/image|(?:icons/)?[^/]+\\.(?:ico|png|svg|webmanifest|woff2|txt)$).*)" },
  ],
};
