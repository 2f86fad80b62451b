import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { Person } from "./person.schema";
import { readPerson } from "./read-person";

/** Takes a role from someone else. The last owner keeps hers. */
export async function revokeRole(scope: TenantScope, personId: string, role: string): Promise<Person> {
  requirePermission(scope, "people.roles.write");
  await scope.rpc("people_revoke_role", { p_client: scope.client.id, p_person: personId, p_role: role });
  return readPerson(scope, personId);
}
