import "server-only";
import { createHash } from "node:crypto";
import { cookies } from "next/headers";
import { isSessionCookie, sessionCookieOptions } from "@/lib/db/session-cookie";
import { randomBytes } from "@/lib/kernel/random";

/** What the asking browser holds of a code request, and of a lock it was let past. Only digests are stored. */
const seconds = { "portico-code": 60 * 60, "portico-pass": 15 * 60 } as const;
type DoorCookie = keyof typeof seconds;

export async function setDoorCookie(name: DoorCookie, value: string): Promise<void> {
  const { path, httpOnly, secure, sameSite } = sessionCookieOptions();
  (await cookies()).set(name, value, { path, httpOnly, secure, sameSite, maxAge: seconds[name] });
}

export async function readDoorCookie(name: DoorCookie): Promise<string | null> {
  return (await cookies()).get(name)?.value ?? null;
}

export async function dropDoorCookie(name: DoorCookie): Promise<void> {
  (await cookies()).delete(name);
}

/**
 * Digest of a random value that stays with this browser for a year, across sign-outs: two people who sign in on one
 * device can be noticed, and nothing else can be told from it.
 */
export async function deviceHash(): Promise<string> {
  const store = await cookies();
  let value = store.get("portico-device")?.value;
  if (!value || !/^[A-Za-z0-9_-]{43}$/.test(value)) {
    value = Buffer.from(randomBytes(32)).toString("base64url");
    const { path, httpOnly, secure, sameSite } = sessionCookieOptions();
    store.set("portico-device", value, { path, httpOnly, secure, sameSite, maxAge: 365 * 24 * 60 * 60 });
  }
  return createHash("sha256").update(value).digest("hex");
}

export async function dropSessionCookies(): Promise<void> {
  const store = await cookies();
  for (const { name } of store.getAll()) if (isSessionCookie(name)) store.delete(name);
}
