import { unauthenticated } from "@/lib/kernel/errors";

/** The signed-in caller of an operation on their own login. */
export interface Me {
  accessToken: string;
  userId: string;
  sessionId: string | null;
  email: string;
}

export function meOf(
  caller: { accessToken: string; userId: string; sessionId: string | null } | null,
  viewer: { email: string } | null,
): Me {
  if (!caller || !viewer) throw unauthenticated();
  return {
    accessToken: caller.accessToken,
    userId: caller.userId,
    sessionId: caller.sessionId,
    email: viewer.email.toLowerCase(),
  };
}
