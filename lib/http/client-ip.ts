import ipaddr from "ipaddr.js";
import { env } from "@/lib/kernel/env";

/** Written by instrumentation.ts from the socket itself, over whatever a caller sent under this name. */
export const peerHeader = "x-portico-peer";

/**
 * Whose address counts. `x-forwarded-for` is whatever the caller says unless a proxy of ours wrote it, so it is
 * read only with TRUST_PROXY (its last entry: the one our proxy appended) and on Vercel through `x-real-ip`.
 */
export function clientIp(headers: Headers): string {
  if (env.onVercel) return normal(headers.get("x-real-ip")) ?? "unknown";
  if (env.trustProxy) {
    const last = headers.get("x-forwarded-for")?.split(",").at(-1);
    const forwarded = normal(last ?? null);
    if (forwarded !== null) return forwarded;
  }
  return normal(headers.get(peerHeader)) ?? "unknown";
}

function normal(text: string | null): string | null {
  const value = text?.trim() ?? "";
  return ipaddr.isValid(value) ? ipaddr.process(value).toString() : null;
}
