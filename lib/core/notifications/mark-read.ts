import { requireViewer, type TenantScope } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";

/** Marking twice is harmless; someone else's notification does not exist. */
export async function markNotificationRead(scope: TenantScope, id: string): Promise<void> {
  const viewer = requireViewer(scope);
  const { data } = await scope
    .table("core_notifications")
    .select("id")
    .eq("person_id", viewer.personId)
    .eq("id", id)
    .maybeSingle();
  if (!data) throw notFound("this notification");
  await scope.rpc("notifications_mark_read", { p_client: scope.client.id, p_ids: [id] });
}

/** Up to the moment the list was drawn: what came in since stays unread. */
export async function markAllNotificationsRead(
  scope: TenantScope,
  until: string | null,
): Promise<{ marked: number }> {
  requireViewer(scope);
  const marked = await scope.rpc("notifications_mark_read", {
    p_client: scope.client.id,
    ...(until ? { p_until: until } : {}),
  });
  return { marked: Number(marked) };
}
