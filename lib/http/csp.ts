import { env } from "@/lib/kernel/env";
import { randomToken } from "@/lib/kernel/ids";

export function newNonce(): string {
  return randomToken(16);
}

interface PolicyInput {
  nonce: string;
  appUrl: string;
  supabaseUrl: string;
  isDevelopment: boolean;
}

/**
 * Scripts run only with this request's nonce (and what those scripts load); nothing inline, nothing evaluated.
 * Storage is named because pictures are shown from it and files go straight to it.
 */
export function policyText({ nonce, appUrl, supabaseUrl, isDevelopment }: PolicyInput): string {
  const storage = new URL(supabaseUrl).origin;
  const isHttps = appUrl.startsWith("https://");
  const directives: Record<string, string> = {
    "default-src": "'self'",
    // The development server evaluates code and injects styles; a build does neither.
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src": isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "img-src": `'self' data: blob: ${storage}`,
    "font-src": "'self'",
    "connect-src": `'self' ${storage}${isDevelopment ? " ws: wss:" : ""}`,
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "object-src": "'none'",
  };
  const lines = Object.entries(directives).map(([name, value]) => `${name} ${value}`);
  return [...lines, ...(isHttps ? ["upgrade-insecure-requests"] : [])].join("; ");
}

export function contentSecurityPolicy(nonce: string): string {
  return policyText({
    nonce,
    appUrl: env.appUrl,
    supabaseUrl: env.supabaseUrl,
    isDevelopment: env.nodeEnv === "development",
  });
}
