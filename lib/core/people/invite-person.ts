import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { newInvitationToken } from "./invitation-token";
import type { InviteInput } from "./person.schema";

/** Makes an invitation of 7 days and one use, and mails it when there is an address. The link is returned this once. */
export async function invitePerson(scope: TenantScope, input: InviteInput) {
  requirePermission(scope, "people.invitations.write");
  const { hash, envelope, link } = newInvitationToken(scope.client.id);
  const id = await scope.rpc("people_invite", {
    p_client: scope.client.id,
    p_role: input.role,
    p_token_hash: hash,
    p_token_envelope: envelope,
    p_person: input.personId,
    p_display_name: input.displayName,
    p_email: input.email,
  });
  return { id: z.uuid().parse(id), link, isMailed: input.email !== undefined };
}
