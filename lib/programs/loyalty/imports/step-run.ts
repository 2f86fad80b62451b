import "server-only";
import { completeUpload, createUpload } from "@/lib/core/files/server";
import type { UploadTicket } from "@/lib/core/files/contract";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import type { ImportTicketInput, SaveRun, StartImport } from "./run.schema";
import type { RunState } from "./run.states";

const permission = "loyalty.imports.write";

/** A signed address for one file; its bytes go from the browser to Storage. */
export async function createImportTicket(
  scope: TenantScope,
  input: ImportTicketInput,
): Promise<UploadTicket> {
  requirePermission(scope, permission);
  return createUpload(scope, { ...input, purpose: "loyalty-import" });
}

/** The bytes are there: read and check them. Nothing is saved by this. */
export async function startImport(scope: TenantScope, input: StartImport): Promise<{ id: string }> {
  requirePermission(scope, permission);
  await completeUpload(scope, input.fileId);
  const id = await scope.rpc("loyalty_create_run", {
    p_client: scope.client.id,
    p_file: input.fileId,
    p_creates_creators: input.createsCreators,
  });
  return { id: id as string };
}

export async function saveRun(scope: TenantScope, id: string, input: SaveRun): Promise<{ state: RunState }> {
  requirePermission(scope, permission);
  const state = await scope.rpc("loyalty_request_save", {
    p_client: scope.client.id,
    p_run: id,
    // Left out means: as the run was started. The database knows null for it, the generated type does not.
    p_creates_creators: (input.createsCreators ?? null) as boolean,
    p_confirm: input.confirm,
  });
  return { state: state as RunState };
}

export async function cancelRun(scope: TenantScope, id: string): Promise<{ state: RunState }> {
  requirePermission(scope, permission);
  return {
    state: (await scope.rpc("loyalty_cancel_run", { p_client: scope.client.id, p_run: id })) as RunState,
  };
}

export async function undoRun(scope: TenantScope, id: string): Promise<{ state: RunState }> {
  requirePermission(scope, permission);
  return {
    state: (await scope.rpc("loyalty_request_undo", { p_client: scope.client.id, p_run: id })) as RunState,
  };
}

export async function retryRun(scope: TenantScope, id: string): Promise<{ state: RunState }> {
  requirePermission(scope, permission);
  return {
    state: (await scope.rpc("loyalty_retry_run", { p_client: scope.client.id, p_run: id })) as RunState,
  };
}
