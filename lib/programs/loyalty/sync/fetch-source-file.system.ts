import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { JobContext } from "@/lib/core/jobs/server";
import { sql } from "@/lib/db/direct";
import { decrypt } from "@/lib/kernel/crypto";
import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import type { Downloaded } from "./download-file";
import { recipeSchema } from "./recipe.schema";
import { SourceUnavailable } from "./source-unavailable";

interface FetchedFile extends Downloaded {
  path: string;
  remove: () => Promise<void>;
}

interface StoredSource {
  id: string;
  kind: "https" | "browser" | "upload";
  url: string | null;
  headerName: string | null;
  recipe: unknown;
  recipeVersion: number;
  headerValue: string | null;
  username: string | null;
  password: string | null;
}

/** A short wait inside the job; the queue's own, longer ones come after it. */
const pauses = [0, 1_000, 5_000];

export async function fetchSourceFile(run: { clientId: string }, context: JobContext): Promise<FetchedFile> {
  const source = await loadSource(run.clientId);
  const target = path.join(tmpdir(), `portico-${randomUUID()}.csv`);
  const remove = () => rm(target, { force: true });
  let last: unknown;
  for (const pause of pauses) {
    await wait(pause, undefined, { signal: context.signal });
    try {
      return { ...(await fetchOnce(source, run.clientId, target, context.signal)), path: target, remove };
    } catch (error) {
      await remove();
      if (!(error instanceof SourceUnavailable)) throw error;
      context.log.warn({ errorCode: error.code }, "the source of the nightly file did not answer");
      last = error;
    }
  }
  if (context.isLastAttempt && last instanceof SourceUnavailable)
    throw new AppError(last.code, 503, last.message, undefined, { cause: last });
  throw last;
}

async function fetchOnce(
  source: StoredSource,
  clientId: string,
  target: string,
  signal: AbortSignal,
): Promise<Downloaded> {
  const rules = { allowLoopback: env.syncAllowLoopback };
  const open = (column: "header_value" | "username" | "password", envelope: string | null) =>
    envelope === null
      ? null
      : decrypt(envelope, { clientId, table: "loyalty_sync_source_secrets", column, rowId: source.id });
  if (source.kind === "https" && source.url) {
    const { downloadFile } = await import("./download-file");
    const value = open("header_value", source.headerValue);
    const secret = value !== null && source.headerName ? { name: source.headerName, value } : null;
    return downloadFile({ url: source.url, secret, rules, signal }, target);
  }
  if (source.kind === "browser") {
    const { browserDownload } = await import("./browser-download");
    const recipe = recipeSchema.parse(source.recipe);
    const username = open("username", source.username) ?? "";
    const password = open("password", source.password) ?? "";
    return browserDownload(
      { recipe, recipeVersion: source.recipeVersion, username, password, rules, signal },
      target,
    );
  }
  throw new AppError("NO_SOURCE", 422, "No source is set from which this file could be fetched.");
}

async function loadSource(clientId: string): Promise<StoredSource> {
  const { rows } = await sql().query<StoredSource>(
    `select s.id, s.kind, s.url, s.header_name as "headerName", s.recipe, s.recipe_version as "recipeVersion",
            x.header_value as "headerValue", x.username, x.password
       from public.loyalty_sync_sources s
       left join public.loyalty_sync_source_secrets x on x.source_id = s.id and x.client_id = s.client_id
      where s.client_id = $1`,
    [clientId],
  );
  if (!rows[0])
    throw new AppError("NO_SOURCE", 422, "No source is set from which this file could be fetched.");
  return rows[0];
}
