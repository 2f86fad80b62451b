import "server-only";
import { requirePermission, type TenantScope, unwrap } from "@/lib/db/tenant-scope";
import { newInvitationToken } from "./invitation-token";

/** A new link and 7 new days; the earlier link stops working. At most once a minute. Mailed when there is an address. */
export async function resendInvitation(scope: TenantScope, invitationId: string) {
  requirePermission(scope, "people.invitations.write");
  const { hash, envelope, link } = newInvitationToken(scope.client.id);
  await scope.rpc("people_resend_invitation", {
    p_client: scope.client.id,
    p_invitation: invitationId,
    p_token_hash: hash,
    p_token_envelope: envelope,
  });
  const { email } = unwrap(
    await scope.table("invitations").select("email").eq("id", invitationId).single(),
  ) as unknown as { email: string | null };
  return { id: invitationId, link, isMailed: email !== null };
}
