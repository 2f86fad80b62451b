import "server-only";
import { z } from "zod";
import { type TenantScope, unwrap } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";
import { cursorInstant } from "@/lib/kernel/cursor-instant";
import { decodeCursor, encodeCursor, type Page, toPage } from "@/lib/kernel/paging";
import { parseTimestamp } from "@/lib/kernel/time";
import {
  type Run,
  type RunQuery,
  type RunRow,
  type RunRowQuery,
  runRowSchema,
  runSchema,
  type RunSummary,
  runSummarySchema,
} from "./run.schema";

const summaryColumns =
  "id, source, is_unattended, state, business_date, file_name, file_bytes, rows_read, rows_new, rows_changed, rows_unchanged, rows_unmatched, rows_rejected, rows_duplicate, rows_blank, error_message, created_at, finished_at";
const runColumns = `${summaryColumns}, bytes_read, rows_to_add, creators_to_add, creators_added, creates_creators, is_repeat, repeats_run_id, sales_before, sales_after, units_before, units_after, views_before, views_after, notes, checks, tier_changes, mapping_version, recipe_version, error_code, error_details, created_by, started_at, checked_at, applied_at, saved_at, undone_at`;
const rowColumns =
  "line, outcome, reason, column_name, raw_value, handle, creator_id, video_id, title, url, posted_on, views, likes, comments, gmv, units, views_before, likes_before, comments_before, gmv_before, units_before";
const runCursor = z.object({ at: cursorInstant, id: z.uuid() });
const rowCursor = z.object({ line: z.number().int() });

export function runRepository(scope: TenantScope) {
  return {
    async list(query: RunQuery): Promise<Page<RunSummary>> {
      const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, runCursor);
      const backward = cursor !== null && query.direction === "previous";
      let select = scope
        .table("loyalty_sync_runs")
        .select(summaryColumns)
        .order("created_at", { ascending: backward })
        .order("id", { ascending: backward })
        .limit(query.limit + 1);
      if (query.state) select = select.eq("state", query.state);
      if (cursor) {
        const side = backward ? "gt" : "lt";
        const at = parseTimestamp(cursor.at).toISOString();
        select = select.or(`created_at.${side}.${at},and(created_at.eq.${at},id.${side}.${cursor.id})`);
      }
      const rows = unwrap(await select) as unknown as Record<string, unknown>[];
      return toPage(
        rows.map((row) => runSummarySchema.parse(camel(row))),
        { limit: query.limit, direction: backward ? "previous" : "next", hasCursor: cursor !== null },
        (run) => ({ at: run.createdAt, id: run.id }),
      );
    },

    async findById(id: string): Promise<Run> {
      const row = unwrap(
        await scope.table("loyalty_sync_runs").select(runColumns).eq("id", id).maybeSingle(),
      ) as unknown as Record<string, unknown> | null;
      if (!row) throw notFound("this import");
      const [createdByName, canUndo] = await Promise.all([
        this.personName(row["created_by"]),
        this.isLastSaved(row),
      ]);
      return runSchema.parse({ ...camel(row), createdByName, canUndo });
    },

    async personName(id: unknown): Promise<string | null> {
      if (typeof id !== "string") return null;
      const row = unwrap(await scope.table("people").select("display_name").eq("id", id).maybeSingle()) as {
        display_name: string;
      } | null;
      return row?.display_name ?? null;
    },

    async isLastSaved(row: Record<string, unknown>): Promise<boolean> {
      if (row["state"] !== "saved") return false;
      const last = unwrap(
        await scope
          .table("loyalty_sync_runs")
          .select("id")
          .eq("state", "saved")
          .order("applied_at", { ascending: false })
          .limit(1)
          .maybeSingle(),
      ) as { id: string } | null;
      return last?.id === row["id"];
    },

    async listRows(runId: string, query: RunRowQuery): Promise<{ items: RunRow[]; next: string | null }> {
      const after = query.cursor === undefined ? 0 : decodeCursor(query.cursor, rowCursor).line;
      const rows = unwrap(
        await scope
          .table("loyalty_sync_run_rows")
          .select(rowColumns)
          .eq("run_id", runId)
          .eq("outcome", query.outcome)
          .gt("line", after)
          .order("line")
          .limit(query.limit + 1),
      ) as unknown as Record<string, unknown>[];
      const items = (await this.withNames(rows.slice(0, query.limit))).map((row) =>
        runRowSchema.parse(camel(row)),
      );
      const last = items.at(-1);
      return { items, next: rows.length > query.limit && last ? encodeCursor({ line: last.line }) : null };
    },

    /** A changed row holds what it changed; the video's title and the creator's handle are where they always are. */
    async withNames(rows: Record<string, unknown>[]): Promise<Record<string, unknown>[]> {
      const changed = rows.filter((row) => row["outcome"] === "changed");
      if (changed.length === 0) return rows;
      const ids = (column: string) => [...new Set(changed.map((row) => String(row[column])))];
      const [videos, creators] = await Promise.all([
        scope.table("loyalty_videos").select("id, title, url").in("id", ids("video_id")),
        scope.table("loyalty_creators").select("id, handle").in("id", ids("creator_id")),
      ]);
      const titles = byId(unwrap(videos) as unknown as Record<string, unknown>[]);
      const handles = byId(unwrap(creators) as unknown as Record<string, unknown>[]);
      return rows.map((row) => ({
        ...row,
        handle: row["handle"] ?? handles.get(String(row["creator_id"]))?.["handle"] ?? null,
        title: row["title"] ?? titles.get(String(row["video_id"]))?.["title"] ?? null,
        url: row["url"] ?? titles.get(String(row["video_id"]))?.["url"] ?? null,
      }));
    },
  };
}

function byId(rows: Record<string, unknown>[]): Map<string, Record<string, unknown>> {
  return new Map(rows.map((row) => [String(row["id"]), row]));
}

function camel(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
