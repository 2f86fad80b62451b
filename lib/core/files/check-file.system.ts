import "server-only";

import type { Readable } from "node:stream";

import { sql, withClientSql } from "@/lib/db/direct";

import { filePurposes, type FilePurpose } from "./contract";
import { scan } from "./scan";
import { isKind, sniff, sniffBytes } from "./sniff";
import { measureObject, objectPath, openObject } from "./storage.system";

interface Outcome {
  state: "clean" | "rejected";
  reason: "missing" | "size" | "type" | "infected" | null;
  sniffed: string | null;
  scan: "clean" | "infected" | "not_scanned" | null;
  bytes: number | null;
}

/** Measure, sniff and scan a file in quarantine, then settle it. Two checks at once settle it once. */
export async function checkFile(
  clientId: string,
  fileId: string,
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  const found = await sql().query<{ purpose: string; bytes: string }>(
    "select purpose, bytes from public.core_files where client_id = $1 and id = $2 and state = 'quarantine'",
    [clientId, fileId],
  );
  const file = found.rows[0];
  if (!file) return;
  const outcome = await examine(
    objectPath({ clientId, purpose: file.purpose, id: fileId }),
    file.purpose,
    Number(file.bytes),
    options.signal,
  );
  await withClientSql(
    clientId,
    (db) =>
      db.query("select private.settle_file($1, $2, $3, $4, $5, $6, $7)", [
        clientId,
        fileId,
        outcome.state,
        outcome.reason,
        outcome.sniffed,
        outcome.scan,
        outcome.bytes,
      ]),
    { actor: "job:files.check-file" },
  );
}

async function examine(
  path: string,
  purpose: string,
  announced: number,
  signal?: AbortSignal,
): Promise<Outcome> {
  const rejected = (reason: Outcome["reason"], rest: Partial<Outcome> = {}): Outcome => ({
    state: "rejected",
    reason,
    sniffed: null,
    scan: null,
    bytes: null,
    ...rest,
  });

  const bytes = await measureObject(path);
  if (bytes === null || bytes === 0) return rejected("missing");
  const allowed = (filePurposes as Record<string, (typeof filePurposes)[FilePurpose] | undefined>)[purpose];
  if (!allowed || bytes !== announced || bytes > allowed.maxBytes) return rejected("size", { bytes });

  const sniffed = sniff(await readHead(await openObject(path, signal)));
  if (!isKind(allowed.kind, sniffed)) return rejected("type", { sniffed, bytes });

  const outcome = await scan(() => openObject(path, signal));
  if (outcome === "infected") return rejected("infected", { sniffed, bytes, scan: outcome });
  return { state: "clean", reason: null, sniffed, scan: outcome, bytes };
}

async function readHead(stream: Readable): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    parts.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).byteLength;
    if (length >= sniffBytes) break;
  }
  return Buffer.concat(parts).subarray(0, sniffBytes);
}
