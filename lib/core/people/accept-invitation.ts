import "server-only";
import { userClient } from "@/lib/db/server";
import { callFunction } from "@/lib/db/tenant-scope";
import { hashInvitationToken } from "./invitation-token";
import { acceptedSchema } from "./person.schema";

/** Binds the caller's login to the invited person, once. A repeat by the same login answers the same. */
export async function acceptInvitation(accessToken: string, token: string) {
  const accepted = await callFunction(userClient(accessToken), "people_accept_invitation", {
    p_token_hash: hashInvitationToken(token),
  });
  return acceptedSchema.parse(accepted);
}
