import { requireViewer, type TenantScope } from "@/lib/db/tenant-scope";
import { AppError } from "@/lib/kernel/errors";

import type { StoredFile } from "./contract";
import { fileRepository } from "./file.repository";
import { measureObject, objectPath } from "./storage.system";

/**
 * The browser says it has sent everything. Storage is asked first, so the sender hears at once when bytes
 * are missing; the check job measures again, because this answer can be bypassed through the Data API.
 */
export async function completeUpload(scope: TenantScope, fileId: string): Promise<StoredFile> {
  requireViewer(scope);
  const files = fileRepository(scope);
  const file = await files.findById(fileId);
  if (file.state === "pending") {
    const stored = await measureObject(
      objectPath({ clientId: scope.client.id, purpose: file.purpose, id: file.id }),
    );
    if (stored === null)
      throw new AppError("FILE_NOT_SENT", 409, "The file has not arrived yet. Send it again.");
    if (stored !== file.bytes) {
      throw new AppError(
        "FILE_INCOMPLETE",
        409,
        "Only part of the file arrived. Choose it again to send it from the start.",
      );
    }
  }
  await scope.rpc("files_complete_upload", { p_client: scope.client.id, p_id: fileId });
  return files.findById(fileId);
}
