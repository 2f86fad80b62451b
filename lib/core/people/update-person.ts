import "server-only";
import { requirePermission, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";
import type { Person, PersonPatch } from "./person.schema";
import { readPerson } from "./read-person";

/** Changes name and phone. Raises NOT_FOUND when the update touched no row. */
export async function updatePerson(
  scope: TenantScope,
  personId: string,
  patch: PersonPatch,
): Promise<Person> {
  requirePermission(scope, "people.people.write");
  const saved = unwrap(
    await scope
      .table("people")
      .update({
        display_name: patch.displayName,
        ...(patch.phone === undefined ? {} : { phone: patch.phone === "" ? null : patch.phone }),
      })
      .eq("id", personId)
      .select("id")
      .maybeSingle(),
  );
  if (!saved) throw notFound("that person");
  return readPerson(scope, personId);
}
