import "server-only";

import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";

import { systemClient } from "@/lib/db/system";
import { AppError } from "@/lib/kernel/errors";

/*
 * The one place that touches Storage, with the service key: who may send or read a file is decided by
 * core_files and its functions before a line here runs, and storage.objects carries no policy, so a
 * person's own token opens nothing in the bucket. See docs/adr for why.
 */
const bucketId = "files";

function bucket() {
  return systemClient().storage.from(bucketId);
}

/** Random key, nothing from the sender's name: a path can neither collide nor be guessed. */
export function objectPath(file: { clientId: string; purpose: string; id: string }): string {
  return `${file.clientId}/${file.purpose}/${file.id}`;
}

export async function signUpload(path: string): Promise<string> {
  const { data, error } = await bucket().createSignedUploadUrl(path);
  if (error) throw storageFault("sign an upload", error);
  return data.signedUrl;
}

export async function signDownload(path: string, seconds: number, name: string): Promise<string> {
  // `download` makes Storage answer as an attachment: a stored page is never rendered on our origin.
  const { data, error } = await bucket().createSignedUrl(path, seconds, { download: name });
  if (error) throw storageFault("sign a download", error);
  return data.signedUrl;
}

/** Bytes stored under the path, or null when nothing has arrived. */
export async function measureObject(path: string): Promise<number | null> {
  const { data, error } = await bucket().info(path);
  if (error) {
    if (isMissing(error)) return null;
    throw storageFault("measure a file", error);
  }
  return data.size ?? null;
}

/** A stream from Storage: a 100 MB file passes through a chunk at a time. */
export async function openObject(path: string, signal?: AbortSignal): Promise<Readable> {
  const { data, error } = await bucket()
    .download(path, {}, signal ? { signal } : {})
    .asStream();
  if (error)
    throw isMissing(error)
      ? new AppError("FILE_MISSING", 404, "The file is no longer stored.")
      : storageFault("read a file", error);
  return Readable.fromWeb(data as ReadableStream);
}

export async function removeObjects(paths: string[]): Promise<void> {
  if (paths.length === 0) return;
  const { error } = await bucket().remove(paths);
  if (error && !isMissing(error)) throw storageFault("remove files", error);
}

function isMissing(error: Error): boolean {
  const { status, statusCode } = error as { status?: number; statusCode?: string };
  return status === 404 || statusCode === "404" || /not.?found/i.test(error.message);
}

function storageFault(what: string, cause: Error): AppError {
  return new AppError(
    "STORAGE_UNAVAILABLE",
    502,
    `File storage could not ${what}. Try again in a moment.`,
    undefined,
    { cause },
  );
}
