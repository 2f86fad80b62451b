import "server-only";

import type { Readable } from "node:stream";

import { sql } from "@/lib/db/direct";
import { AppError, notFound } from "@/lib/kernel/errors";

import { checkFile } from "./check-file.system";
import { objectPath, openObject } from "./storage.system";
import type { FileState } from "./contract";

export interface SystemFile {
  id: string;
  clientId: string;
  purpose: string;
  name: string;
  bytes: number;
  state: FileState;
  rejectedReason: keyof typeof refusals | null;
}

const refusals = {
  missing: "No bytes of this file arrived. Send it again.",
  size: "This file has another size than was announced. Send it again.",
  type: "This is not the kind of file we take here.",
  infected: "The virus scanner found something in this file.",
};

/** For jobs: a file of one business, past row level security. */
export async function findFile(clientId: string, fileId: string): Promise<SystemFile> {
  const found = await sql().query<
    Pick<SystemFile, "purpose" | "name" | "state" | "rejectedReason"> & { bytes: string }
  >(
    `select purpose, name, bytes, state, rejected_reason as "rejectedReason"
       from public.core_files where client_id = $1 and id = $2`,
    [clientId, fileId],
  );
  const row = found.rows[0];
  if (!row) throw notFound("this file");
  return {
    id: fileId,
    clientId,
    purpose: row.purpose,
    name: row.name,
    bytes: Number(row.bytes),
    state: row.state,
    rejectedReason: row.rejectedReason,
  };
}

/**
 * For jobs: the bytes as a stream. A file still in quarantine is checked first, so a job need not wait for
 * the check job; a rejected one is never opened.
 */
export async function openFile(
  clientId: string,
  fileId: string,
  options: { signal?: AbortSignal } = {},
): Promise<Readable> {
  let file = await findFile(clientId, fileId);
  if (file.state === "quarantine") {
    await checkFile(clientId, fileId, options);
    file = await findFile(clientId, fileId);
  }
  if (file.state === "rejected") {
    const reason = file.rejectedReason ?? "type";
    throw new AppError("FILE_REJECTED", 409, refusals[reason], { reason });
  }
  if (file.state !== "clean") throw new AppError("FILE_NOT_READY", 409, "This file is not ready to be read.");
  return openObject(objectPath(file), options.signal);
}
