import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";

/** Makes a checked picture the business's logo, or takes it away. Raises FILE_NOT_READY while it is being checked. */
export async function setLogo(
  scope: TenantScope,
  fileId: string | null,
): Promise<{ logoFileId: string | null }> {
  requirePermission(scope, "tenancy.settings.write");
  await scope.rpc("files_set_logo", {
    p_client: scope.client.id,
    ...(fileId === null ? {} : { p_file: fileId }),
  });
  return { logoFileId: fileId };
}
