import { z } from "zod";

/** What the log has lines about; a test holds it to the triggers and functions that write them. */
export const auditedTables = [
  "clients",
  "client_programs",
  "people",
  "person_roles",
  "people_views",
  "invitations",
  "core_email_suppressions",
  "loyalty_settings",
  "loyalty_tiers",
  "loyalty_adjustments",
  "loyalty_handle_claims",
  "loyalty_handle_changes",
  "loyalty_missions",
  "loyalty_rewards",
  "loyalty_redemptions",
  "loyalty_boosts",
  "loyalty_gifts",
  "loyalty_holds",
  "loyalty_raffle_draws",
  "loyalty_raffle_entries",
  "loyalty_payout_accounts",
  "loyalty_payouts",
  "loyalty_payout_batches",
  "loyalty_payments",
  "loyalty_report_mails",
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
