import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { toCsv } from "@/lib/kernel/csv";
import { listPeople } from "./list-people";
import type { PeopleQuery, PersonSummary } from "./person.schema";

/** Everyone the filter names, as CSV text. Read a page at a time, so the list may be long. */
export async function exportPeople(
  scope: TenantScope,
  query: Omit<PeopleQuery, "cursor" | "limit" | "direction">,
): Promise<string> {
  const people: PersonSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await listPeople(scope, { ...query, cursor, direction: "next", limit: 1000 });
    people.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return toCsv(people, [
    { header: "name", value: (person) => person.displayName },
    { header: "email", value: (person) => person.email ?? "" },
    { header: "roles", value: (person) => person.roles.map((held) => held.role).join(" ") },
    { header: "state", value: (person) => person.state },
    { header: "has_login", value: (person) => (person.hasLogin ? "yes" : "no") },
    { header: "created_at", value: (person) => person.createdAt },
  ]);
}
