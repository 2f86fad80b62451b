import { requireViewer, type TenantScope } from "@/lib/db/tenant-scope";
import { AppError } from "@/lib/kernel/errors";

import { fileRepository } from "./file.repository";
import { objectPath, signDownload } from "./storage.system";

const longestLinkSeconds = 3600;

/** A link that opens one checked file for a while; it needs no session, so it is short-lived and never stored. */
export async function signedLink(
  scope: TenantScope,
  fileId: string,
  seconds = 300,
): Promise<{ url: string; expiresInSeconds: number }> {
  requireViewer(scope);
  const file = await fileRepository(scope).findById(fileId);
  if (file.state !== "clean")
    throw new AppError("FILE_NOT_READY", 409, "This file cannot be opened: it has not passed its checks.");
  const expiresInSeconds = Math.min(Math.max(seconds, 30), longestLinkSeconds);
  const path = objectPath({ clientId: scope.client.id, purpose: file.purpose, id: file.id });
  return { url: await signDownload(path, expiresInSeconds, file.name), expiresInSeconds };
}
