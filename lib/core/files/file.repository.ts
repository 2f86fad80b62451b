import { unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";

import type { StoredFile } from "./contract";

const columns = "id, purpose, name, bytes, state, scan, rejected_reason, created_at";

interface Row {
  id: string;
  purpose: string;
  name: string;
  bytes: number;
  state: StoredFile["state"];
  scan: StoredFile["scan"];
  rejected_reason: StoredFile["rejectedReason"];
  created_at: string;
}

export function fileRepository(scope: TenantScope) {
  return {
    /** Row level security hides what the viewer may not read: missing and forbidden are one answer. */
    async findById(id: string): Promise<StoredFile> {
      const row = unwrap(
        await scope.table("core_files").select(columns).eq("id", id).maybeSingle(),
      ) as Row | null;
      if (!row) throw notFound("this file");
      return {
        id: row.id,
        purpose: row.purpose,
        name: row.name,
        bytes: Number(row.bytes),
        state: row.state,
        scan: row.scan,
        rejectedReason: row.rejected_reason,
        createdAt: row.created_at,
      };
    },
  };
}
