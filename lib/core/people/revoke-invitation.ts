import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";

/** Takes a pending invitation back; its link stops working at once. */
export async function revokeInvitation(scope: TenantScope, invitationId: string) {
  requirePermission(scope, "people.invitations.write");
  await scope.rpc("people_revoke_invitation", { p_client: scope.client.id, p_invitation: invitationId });
  return { id: invitationId, state: "revoked" as const };
}
