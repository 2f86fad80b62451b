import "server-only";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { Person } from "./person.schema";
import { readPerson } from "./read-person";

/** Deactivates or reactivates someone else. Their access ends or returns with their next request. */
export async function setPersonState(
  scope: TenantScope,
  personId: string,
  state: "active" | "deactivated",
): Promise<Person> {
  requirePermission(scope, "people.people.write");
  await scope.rpc("people_set_state", { p_client: scope.client.id, p_person: personId, p_state: state });
  return readPerson(scope, personId);
}
