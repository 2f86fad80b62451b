import { z } from "zod";

import { requirePermission, requireViewer, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { cursorInstant } from "@/lib/kernel/cursor-instant";
import { decodeCursor, toPage, type Page } from "@/lib/kernel/paging";

import type { BlockedAddress, BlockedAddressQuery } from "./contract";

interface Row {
  id: string;
  address: string;
  reason: BlockedAddress["reason"];
  created_at: string;
  core_emails: { subject: string } | null;
}

const cursorSchema = z.object({ at: cursorInstant, id: z.uuid() });
const pageSize = 50;

/** Addresses this business does not write to, the latest first. */
export async function listBlockedAddresses(
  scope: TenantScope,
  query: BlockedAddressQuery,
): Promise<Page<BlockedAddress>> {
  requirePermission(scope, "email.log.read");
  const direction = query.direction ?? "next";
  const isForward = direction === "next";
  let request = scope
    .table("core_email_suppressions")
    .select("id, address, reason, created_at, core_emails(subject)")
    .order("created_at", { ascending: !isForward })
    .order("id", { ascending: !isForward })
    .limit(pageSize + 1);
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
  return {
    ...page,
    items: page.items.map(({ id, address, reason, created_at, core_emails }) => ({
      id,
      address,
      reason,
      since: created_at,
      subject: core_emails?.subject ?? null,
    })),
  };
}

/** Allows an address again that returned a mail, and sends what was held back last; true when there was something. */
export async function unblockAddress(scope: TenantScope, id: string): Promise<{ isSent: boolean }> {
  requirePermission(scope, "email.log.read");
  const email = await scope.rpc("email_remove_suppression", {
    p_client: scope.client.id,
    p_suppression: id,
  });
  return { isSent: email !== null };
}

/** "The address is right": the viewer's own, whatever the reason was. */
export async function confirmMyAddress(scope: TenantScope): Promise<void> {
  requireViewer(scope);
  await scope.rpc("email_confirm_my_address", { p_client: scope.client.id });
}
