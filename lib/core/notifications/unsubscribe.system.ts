import "server-only";

import { fromDatabase } from "@/lib/db/sqlstate";
import { systemClient } from "@/lib/db/system";

import { readUnsubscribeToken } from "./unsubscribe-token";

/** The link in a mail works without signing in; its token alone says whose mails of which type end. */
export async function unsubscribe(clientId: string, token: string): Promise<{ type: string }> {
  const { personId, type } = readUnsubscribeToken(clientId, token);
  const { error } = await systemClient().rpc("notifications_unsubscribe", {
    p_client: clientId,
    p_person: personId,
    p_type: type,
  });
  if (error) throw fromDatabase(error);
  return { type };
}
