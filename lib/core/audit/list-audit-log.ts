import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { cursorInstant } from "@/lib/kernel/cursor-instant";
import { decodeCursor, encodeCursor } from "@/lib/kernel/paging";
import { auditEntrySchema, type AuditEntry, type AuditQuery } from "./audit.schema";

const cursorSchema = z.object({ at: cursorInstant, id: z.uuid() });

/** A page of the audit log, newest first. Raises FORBIDDEN without `audit.log.read`. */
export async function listAuditLog(
  scope: TenantScope,
  query: AuditQuery,
): Promise<{ items: AuditEntry[]; next: string | null }> {
  requirePermission(scope, "audit.log.read");
  const before = query.cursor === undefined ? null : decodeCursor(query.cursor, cursorSchema);
  const rows = z.array(auditEntrySchema).parse(
    await scope.rpc("audit_list", {
      p_client: scope.client.id,
      p_table: query.table,
      p_actor: query.person,
      p_before: before?.at,
      p_before_id: before?.id,
      p_limit: query.limit + 1,
    }),
  );
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items,
    next: rows.length > query.limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}
