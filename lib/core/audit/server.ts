import "server-only";

export { listAuditLog } from "./list-audit-log";
