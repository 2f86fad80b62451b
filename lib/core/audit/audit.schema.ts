import { z } from "zod";

export const auditedTables = [
  "clients",
  "client_programs",
  "people",
  "person_roles",
  "invitations",
  "loyalty_settings",
  "loyalty_tiers",
  "loyalty_creators",
  "loyalty_adjustments",
  "loyalty_handle_claims",
  "loyalty_handle_aliases",
  "loyalty_sync_sources",
  "loyalty_import_mappings",
] as const;

export const auditEntrySchema = z.object({
  id: z.uuid(),
  createdAt: z.string(),
  tableName: z.string(),
  rowKey: z.string(),
  action: z.enum(["insert", "update", "delete", "read", "export"]),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  actor: z.string(),
  actorName: z.string().nullable(),
  requestId: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditListSchema = z.object({ items: z.array(auditEntrySchema), next: z.string().nullable() });

export const auditQuerySchema = z.object({
  table: z.enum(auditedTables).optional(),
  person: z.uuid().optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;
