import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { ReadStep } from "./reading/read-file";
import type { VideoRow } from "./reading/read-row";
import type { Rejection } from "./reading/rejections";
import { inRun, type RunRecord } from "./run-record.system";

type Part = Extract<ReadStep, { kind: "part" }>;

/** The run was cancelled or taken over while its file was being read. */
export class RunLeftReading extends Error {}

/** One part is kept whole or not at all, together with where the reader stands: a killed job loses at most a part. */
export async function stagePart(run: RunRecord, part: Part): Promise<void> {
  await inRun(run, async (db) => {
    const moved = await db.query(
      `update public.loyalty_sync_runs r
          set reading = $3::jsonb, bytes_read = $4, rows_read = $5, rows_rejected = $6, rows_blank = $7
        where r.client_id = $1 and r.id = $2 and r.state = 'reading'`,
      [
        run.clientId,
        run.id,
        JSON.stringify(part.state),
        part.bytesRead,
        part.state.rows + part.state.blank,
        part.state.rejected,
        part.state.blank,
      ],
    );
    if (moved.rowCount !== 1) throw new RunLeftReading();
    await copy(
      db,
      "private.loyalty_import_rows (run_id, line, handle, handle_key, url, url_key, title, posted_on, views, likes, comments, gmv, units, ctr_bp)",
      part.rows,
      (row) => stagedLine(run.id, row),
    );
    await copy(
      db,
      "public.loyalty_sync_run_rows (client_id, run_id, outcome, line, reason, column_name, raw_value, handle, url)",
      part.rejections,
      (row) => rejectedLine(run, row),
    );
    const first = part.rows[0];
    if (first) {
      await db.query("select private.loyalty_compare_rows($1, $2, $3, $4)", [
        run.clientId,
        run.id,
        first.line,
        part.rows.at(-1)?.line ?? first.line,
      ]);
    }
  });
}

const linesPerWrite = 500;

async function copy<Row>(
  db: PoolClient,
  target: string,
  rows: readonly Row[],
  toLine: (row: Row) => string,
): Promise<void> {
  if (rows.length === 0) return;
  const stream = db.query(copyFrom(`copy ${target} from stdin`));
  const done = finished(stream);
  done.catch(() => undefined);
  for (let at = 0; at < rows.length; at += linesPerWrite) {
    let text = "";
    for (const row of rows.slice(at, at + linesPerWrite)) text += toLine(row);
    if (!stream.write(text)) await Promise.race([once(stream, "drain"), done]);
  }
  stream.end();
  await done;
}

function stagedLine(runId: string, row: VideoRow): string {
  return `${runId}\t${row.line}\t${row.handle}\t${row.handleKey}\t${cell(row.url)}\t${cell(row.urlKey)}\t${cell(row.title ?? "")}\t${row.postedOn}\t${row.views}\t${row.likes}\t${row.comments}\t${row.gmv}\t${row.units}\t${row.ctrBp ?? "\\N"}\n`;
}

function rejectedLine(run: RunRecord, row: Rejection): string {
  const values = [
    run.clientId,
    run.id,
    "rejected",
    row.line,
    row.reason,
    row.field,
    row.raw,
    row.handle,
    row.link,
  ];
  return `${values.map((value) => (value === null ? "\\N" : cell(String(value)))).join("\t")}\n`;
}

const special = /[\\\t\n\r\u0000]/;

/** COPY's text form. The zero byte is the one character Postgres text cannot hold. */
function cell(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll("\u0000", "")
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}
