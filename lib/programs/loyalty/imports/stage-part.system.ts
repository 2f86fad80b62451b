import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { ReaderState, ReadStep } from "./reading/read-file";
import type { VideoRow } from "./reading/read-row";
import type { Rejection } from "./reading/rejections";
import { inRun, type RunRecord } from "./run-record.system";

type Part = Extract<ReadStep, { kind: "part" }>;

/** The run was cancelled or taken over while its file was being read. */
export class RunLeftReading extends Error {}

/** A part as the database takes it, in a third of the memory its rows hold. */
interface WrittenPart {
  rows: Buffer[];
  rejections: Buffer[];
  state: ReaderState;
  bytesRead: number;
}

export function writePart(run: RunRecord, part: Part): WrittenPart {
  return {
    rows: inChunks(part.rows, readLine),
    rejections: inChunks(part.rejections, (row) => rejectedLine(run, row)),
    state: part.state,
    bytesRead: part.bytesRead,
  };
}

/**
 * One part is kept whole or not at all, together with where the reader stands: a killed job loses what is under way and
 * no more. Parts may be under way side by side, but each is kept after the one before it.
 */
export function stagePart(
  run: RunRecord,
  { rows, rejections, state, bytesRead }: WrittenPart,
  before: Promise<void>,
): Promise<void> {
  return inRun(run, async (db) => {
    await copy(
      db,
      "public.loyalty_sync_run_rows (client_id, run_id, outcome, line, reason, column_name, raw_value, handle, url)",
      rejections,
    );
    if (rows.length > 0) {
      await db.query("select private.loyalty_open_part()");
      await copy(db, "pg_temp.loyalty_import_part", rows);
      await db.query("select private.loyalty_compare_part($1, $2)", [run.clientId, run.id]);
    }
    await before;
    const moved = await db.query(
      `update public.loyalty_sync_runs r
          set reading = $3::jsonb, bytes_read = $4, rows_read = $5, rows_rejected = $6, rows_blank = $7
        where r.client_id = $1 and r.id = $2 and r.state = 'reading'`,
      [
        run.clientId,
        run.id,
        JSON.stringify(state),
        bytesRead,
        state.rows + state.blank,
        state.rejected,
        state.blank,
      ],
    );
    if (moved.rowCount !== 1) throw new RunLeftReading();
  });
}

const linesPerChunk = 500;

function inChunks<Row>(rows: readonly Row[], toLine: (row: Row) => string): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < rows.length; at += linesPerChunk) {
    let text = "";
    for (const row of rows.slice(at, at + linesPerChunk)) text += toLine(row);
    chunks.push(Buffer.from(text));
  }
  return chunks;
}

async function copy(db: PoolClient, target: string, chunks: readonly Buffer[]): Promise<void> {
  if (chunks.length === 0) return;
  await pipeline(Readable.from(chunks), db.query(copyFrom(`copy ${target} from stdin`)));
}

/** The columns of `private.loyalty_open_part`, in its order. */
function readLine(row: VideoRow): string {
  return `${row.line}\t${row.handle}\t${row.handleKey}\t${cell(row.url)}\t${cell(row.urlKey)}\t${cell(row.title ?? "")}\t${row.postedOn}\t${row.views}\t${row.likes}\t${row.comments}\t${row.gmv}\t${row.units}\t${row.ctrBp ?? "\\N"}\n`;
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
