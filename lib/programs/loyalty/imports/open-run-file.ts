import { createReadStream } from "node:fs";
import { openFile } from "@/lib/core/files/server";
import type { JobContext } from "@/lib/core/jobs/server";
import { AppError, isAppError } from "@/lib/kernel/errors";
import { fetchSourceFile } from "../sync/fetch-source-file.system";
import { notCsv } from "./reading/byte-stream";
import type { RunFile } from "./read-run";
import { inRun, type RunRecord, stepRun } from "./run-record.system";

export type OpenedFile = RunFile & { close: () => Promise<void> };

/** The bytes of a run, wherever they are: sent by a person, or fetched from the business's source. */
export async function openRunFile(run: RunRecord, context: JobContext): Promise<OpenedFile> {
  const { fileId } = run;
  if (fileId) {
    return {
      open: () => openFile(run.clientId, fileId, { signal: context.signal }).catch(sayCsv),
      close: async () => undefined,
    };
  }
  if (run.source !== "https" && run.source !== "browser") {
    throw new AppError("FILE_GONE", 409, "The file of this import is no longer here. Drop it again.");
  }
  const fetched = await fetchSourceFile(run, context);
  await inRun(run, async (db) => {
    // Fetched again after a kill: what was kept of other bytes is worth nothing.
    if (run.sha256 && run.sha256 !== fetched.sha256) {
      await db.query("select private.loyalty_restart_reading($1, $2)", [run.clientId, run.id]);
      run.reading = null;
    }
    await stepRun(db, run, "reading", {
      sha256: fetched.sha256,
      fileBytes: fetched.bytes,
      fileName: fetched.name,
    });
  });
  return {
    open: async () => createReadStream(fetched.path, { highWaterMark: 256 * 1024 }),
    close: fetched.remove,
  };
}

/** A workbook under the name of a CSV never gets as far as the reader, which would have said so. */
function sayCsv(error: unknown): never {
  const { reason } = (isAppError(error) && error.code === "FILE_REJECTED" ? error.details : {}) as {
    reason?: string;
  };
  throw reason === "type" ? notCsv() : error;
}
