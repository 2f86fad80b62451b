import "server-only";
import { z } from "zod";
import { userClient } from "@/lib/db/server";
import { callFunction } from "@/lib/db/tenant-scope";

/** Name, zone and locale, in every business the caller belongs to. */
export async function updateMe(
  accessToken: string,
  patch: { name?: string | undefined; timeZone?: string | undefined; locale?: string | undefined },
): Promise<{ businesses: number }> {
  const changed = await callFunction(userClient(accessToken), "auth_update_me", {
    ...(patch.name === undefined ? {} : { p_name: patch.name }),
    ...(patch.timeZone === undefined ? {} : { p_time_zone: patch.timeZone }),
    ...(patch.locale === undefined ? {} : { p_locale: patch.locale }),
  });
  return { businesses: z.number().parse(changed) };
}
