import "server-only";
import { userClient } from "@/lib/db/server";
import { callFunction } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";
import { hashInvitationToken } from "./invitation-token";
import { invitationPreviewSchema, type InvitationPreview } from "./person.schema";

/** What the holder of a link may see before signing in. Raises NOT_FOUND for an unknown token. */
export async function readInvitation(token: string): Promise<InvitationPreview> {
  const found = await callFunction(userClient(null), "people_read_invitation", {
    p_token_hash: hashInvitationToken(token),
  });
  if (found === null) throw notFound("that invitation");
  return invitationPreviewSchema.parse(found);
}
