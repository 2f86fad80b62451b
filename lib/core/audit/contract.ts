export {
  auditEntrySchema,
  auditListSchema,
  auditQuerySchema,
  auditedTables,
  type AuditEntry,
  type AuditQuery,
} from "./audit.schema";
