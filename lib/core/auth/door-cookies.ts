import "server-only";
import { cookies } from "next/headers";
import { isSessionCookie, sessionCookieOptions } from "@/lib/db/session-cookie";

/** What the asking browser holds of a code request, and of a lock it was let past. Only digests are stored. */
const seconds = { "portico-code": 60 * 60, "portico-pass": 15 * 60 } as const;
export type DoorCookie = keyof typeof seconds;

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

export async function dropSessionCookies(): Promise<void> {
  const store = await cookies();
  for (const { name } of store.getAll()) if (isSessionCookie(name)) store.delete(name);
}
