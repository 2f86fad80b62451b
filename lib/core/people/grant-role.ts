import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { Person } from "./person.schema";
import { readPerson } from "./read-person";

/** Gives a role to someone else, optionally until a moment. Nobody can give what they do not hold. */
export async function grantRole(
  scope: TenantScope,
  personId: string,
  input: { role: string; validUntil?: string | null | undefined },
): Promise<Person> {
  requirePermission(scope, "people.roles.write");
  await scope.rpc("people_grant_role", {
    p_client: scope.client.id,
    p_person: personId,
    p_role: input.role,
    p_valid_until: input.validUntil ?? undefined,
  });
  return readPerson(scope, personId);
}
