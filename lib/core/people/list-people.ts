import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { decodeCursor, toPage, type Page } from "@/lib/kernel/paging";
import { personSummarySchema, type PeopleQuery, type PersonSummary } from "./person.schema";

const cursorSchema = z.object({ name: z.string(), id: z.uuid() });

/** A page of people by name. Raises FORBIDDEN without `people.people.read`, INVALID_CURSOR for a foreign cursor. */
export async function listPeople(scope: TenantScope, query: PeopleQuery): Promise<Page<PersonSummary>> {
  requirePermission(scope, "people.people.read");
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, cursorSchema);
  const rows = await scope.rpc("people_list", {
    p_client: scope.client.id,
    p_search: query.q,
    p_role: query.role,
    p_state: query.state,
    p_after_name: after?.name,
    p_after_id: after?.id,
    p_backward: after !== null && query.direction === "previous",
    p_limit: query.limit + 1,
    p_team: query.team ?? false,
  });
  return toPage(
    z.array(personSummarySchema).parse(rows),
    { limit: query.limit, direction: after ? query.direction : "next", hasCursor: after !== null },
    (person) => ({ name: person.displayName, id: person.id }),
  );
}
