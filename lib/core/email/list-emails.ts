import { z } from "zod";

import { requirePermission, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { cursorInstant } from "@/lib/kernel/cursor-instant";
import { decodeCursor, toPage, type Page } from "@/lib/kernel/paging";

import type { Email, EmailListQuery, EmailState } from "./contract";

interface Row {
  id: string;
  type: string;
  to_address: string;
  subject: string;
  state: EmailState;
  error_code: string | null;
  attempts: number;
  created_at: string;
  sent_at: string | null;
  settled_at: string | null;
  complained_at: string | null;
}

const cursorSchema = z.object({ at: cursorInstant, id: z.uuid() });
const pageSize = 50;

/** The log of mails, newest first. */
export async function listEmails(scope: TenantScope, query: EmailListQuery): Promise<Page<Email>> {
  requirePermission(scope, "email.log.read");
  const direction = query.direction ?? "next";
  const isForward = direction === "next";
  let request = scope
    .table("core_emails")
    .select(
      "id, type, to_address, subject, state, error_code, attempts, created_at, sent_at, settled_at, complained_at",
    )
    .order("created_at", { ascending: !isForward })
    .order("id", { ascending: !isForward })
    .limit(pageSize + 1);
  if (query.state) request = request.eq("state", query.state);
  if (query.cursor) {
    const { at, id } = decodeCursor(query.cursor, cursorSchema);
    const side = isForward ? "lt" : "gt";
    request = request.or(`created_at.${side}."${at}",and(created_at.eq."${at}",id.${side}.${id})`);
  }
  const rows = unwrap(await request) as unknown as Row[];
  const page = toPage(rows, { limit: pageSize, direction, hasCursor: query.cursor !== undefined }, (row) => ({
    at: row.created_at,
    id: row.id,
  }));
  return { ...page, items: page.items.map(toEmail) };
}

function toEmail(row: Row): Email {
  return {
    id: row.id,
    type: row.type,
    to: row.to_address,
    subject: row.subject,
    state: row.state,
    errorCode: row.error_code,
    attempts: row.attempts,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    settledAt: row.settled_at,
    hasComplaint: row.complained_at !== null,
  };
}
