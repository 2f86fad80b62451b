import "server-only";
import { z } from "zod";
import { userClient } from "@/lib/db/server";
import { callFunction } from "@/lib/db/tenant-scope";
import { isAppError, notFound } from "@/lib/kernel/errors";
import { parseTimestamp } from "@/lib/kernel/time";
import { endAtAuth } from "./auth-api";
import { sessionSchema, type Session } from "./auth.schema";
import { dropSessionCookies } from "./door-cookies";

export async function listSessions(accessToken: string): Promise<Session[]> {
  const found = await callFunction(userClient(accessToken), "auth_list_my_sessions", {});
  return z
    .array(sessionSchema)
    .parse(found)
    .map((session) => ({
      ...session,
      startedAt: parseTimestamp(session.startedAt).toISOString(),
      lastSeenAt: parseTimestamp(session.lastSeenAt).toISOString(),
    }));
}

export async function endSession(accessToken: string, sessionId: string): Promise<void> {
  const ended = await callFunction(userClient(accessToken), "auth_end_my_sessions", { p_session: sessionId });
  if (ended !== 1) throw notFound("that sign-in");
}

export async function endOtherSessions(accessToken: string): Promise<number> {
  const ended = await callFunction(userClient(accessToken), "auth_end_my_sessions", { p_scope: "others" });
  await endAtAuth(accessToken, "others");
  return z.number().parse(ended);
}

/** Always ends with the cookies gone, also when the session had ended elsewhere. */
export async function signOut(accessToken: string | null, where: "here" | "everywhere"): Promise<void> {
  if (accessToken !== null) {
    try {
      const scope = where === "everywhere" ? { p_scope: "all" } : {};
      await callFunction(userClient(accessToken), "auth_end_my_sessions", scope);
      await endAtAuth(accessToken, where === "everywhere" ? "global" : "local");
    } catch (error) {
      if (!isAppError(error) || error.status !== 401) throw error;
    }
  }
  await dropSessionCookies();
}
