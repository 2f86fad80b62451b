import { requireViewer, type TenantScope } from "@/lib/db/tenant-scope";

import type { CreateUpload, UploadTicket } from "./contract";
import { objectPath, signUpload } from "./storage.system";

/**
 * Register a file about to be sent and sign one upload for it. Permission and size are checked by
 * `files_create_upload`; the bytes then go from the browser to Storage without passing through us.
 */
export async function createUpload(scope: TenantScope, input: CreateUpload): Promise<UploadTicket> {
  requireViewer(scope);
  const fileId = (await scope.rpc("files_create_upload", {
    p_client: scope.client.id,
    p_purpose: input.purpose,
    p_name: input.name,
    p_content_type: input.contentType,
    p_bytes: input.bytes,
  })) as string;
  const uploadUrl = await signUpload(
    objectPath({ clientId: scope.client.id, purpose: input.purpose, id: fileId }),
  );
  return { fileId, uploadUrl, headers: { "content-type": input.contentType } };
}
