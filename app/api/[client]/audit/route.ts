import { z } from "zod";
import { auditListSchema, auditQuerySchema } from "@/lib/core/audit/contract";
import { listAuditLog } from "@/lib/core/audit/server";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";

export const GET = route(
  {
    summary: "Read the audit log",
    tags: ["audit"],
    access: { permission: "audit.log.read" },
    params: z.object({ client: slugSchema }),
    query: auditQuerySchema,
    response: auditListSchema,
  },
  ({ scope, query }) => listAuditLog(scope, query),
);
