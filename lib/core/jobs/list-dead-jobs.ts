import { z } from "zod";

import { requirePermission, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { cursorInstant } from "@/lib/kernel/cursor-instant";
import { decodeCursor, toPage, type Page } from "@/lib/kernel/paging";

import type { DeadJob, DeadJobListQuery } from "./contract";

interface Row {
  id: string;
  task: string;
  state: DeadJob["state"];
  attempts: number;
  error: string | null;
  queued_at: string;
  died_at: string;
  retried_at: string | null;
}

const cursorSchema = z.object({ at: cursorInstant, id: z.uuid() });
const pageSize = 50;

/** Newest first. The payload stays in the database: the page shows what failed and why, not what it held. */
export async function listDeadJobs(scope: TenantScope, query: DeadJobListQuery): Promise<Page<DeadJob>> {
  requirePermission(scope, "jobs.log.read");
  const direction = query.direction ?? "next";
  const isForward = direction === "next";
  let request = scope
    .table("core_dead_jobs")
    .select("id, task, state, attempts, error, queued_at, died_at, retried_at")
    .order("died_at", { ascending: !isForward })
    .order("id", { ascending: !isForward })
    .limit(pageSize + 1);
  if (query.state) request = request.eq("state", query.state);
  if (query.cursor) {
    const { at, id } = decodeCursor(query.cursor, cursorSchema);
    const side = isForward ? "lt" : "gt";
    request = request.or(`died_at.${side}."${at}",and(died_at.eq."${at}",id.${side}.${id})`);
  }
  const rows = unwrap(await request) as unknown as Row[];
  const keyOf = (row: Row) => ({ at: row.died_at, id: row.id });
  const page = toPage(rows, { limit: pageSize, direction, hasCursor: query.cursor !== undefined }, keyOf);
  return { ...page, items: page.items.map(toDeadJob) };
}

function toDeadJob(row: Row): DeadJob {
  return {
    id: row.id,
    task: row.task,
    state: row.state,
    attempts: row.attempts,
    error: row.error,
    queuedAt: row.queued_at,
    diedAt: row.died_at,
    retriedAt: row.retried_at,
  };
}
