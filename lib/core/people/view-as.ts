import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";

const startedSchema = z.object({ id: z.uuid(), expiresAt: z.string() });

/** Looks at the app as a member for a quarter of an hour. Read-only: the database refuses every write meanwhile. */
export async function startView(
  scope: TenantScope,
  personId: string,
  reason: string,
): Promise<z.infer<typeof startedSchema>> {
  requirePermission(scope, "people.people.impersonate");
  return startedSchema.parse(
    await scope.rpc("people_start_view", { p_client: scope.client.id, p_person: personId, p_reason: reason }),
  );
}

export async function endView(scope: TenantScope): Promise<void> {
  await scope.rpc("people_end_view", { p_client: scope.client.id });
}
