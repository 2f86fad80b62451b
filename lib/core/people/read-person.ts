import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { personSchema, type Person } from "./person.schema";

/** One person with roles and invitations. Raises NOT_FOUND for a person of another business. */
export async function readPerson(scope: TenantScope, personId: string): Promise<Person> {
  requirePermission(scope, "people.people.read");
  return personSchema.parse(
    await scope.rpc("people_read", { p_client: scope.client.id, p_person: personId }),
  );
}
