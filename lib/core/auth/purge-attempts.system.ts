import "server-only";
import { systemClient } from "@/lib/db/system";
import { callFunction } from "@/lib/db/tenant-scope";

/** Forgets codes after two hours, counts after a day, sign-ins after 60 days, the log of attempts after 90. */
export async function purgeAttempts(): Promise<void> {
  await callFunction(systemClient(), "auth_purge", {});
}
