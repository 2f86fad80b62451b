import "server-only";
import { createHmac } from "node:crypto";
import { addressBucket } from "@/lib/kernel/address";
import { env } from "@/lib/kernel/env";

/**
 * A keyed digest: addresses and e-mails can be guessed, so a plain hash of one is as good as the thing itself.
 * Changing the server's key only makes the door forget its short-lived counts.
 */
export function fingerprint(kind: "account" | "address" | "mailbox" | "token", text: string): string {
  return createHmac("sha256", env.supabaseSecretKey)
    .update(`portico auth ${kind}\n${text}`)
    .digest("base64url");
}

export function addressPrint(ip: string): string {
  return fingerprint("address", addressBucket(ip));
}

export function ipHint(ip: string): string {
  return ip.includes(":")
    ? `${ip.split(":").slice(0, 2).join(":")}:…`
    : `${ip.split(".").slice(0, 2).join(".")}.…`;
}
