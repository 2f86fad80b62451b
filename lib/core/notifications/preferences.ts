import { requireViewer, unwrap, type TenantScope } from "@/lib/db/tenant-scope";
import { AppError, notFound } from "@/lib/kernel/errors";

import type { Preference, PreferencePatch } from "./contract";
import type { NotificationType } from "./define-notification";
import { wordsFor } from "./words";

type Types = ReadonlyMap<string, NotificationType>;

interface Row {
  type: string;
  in_app: boolean;
  email: boolean;
}

/** Every type the viewer can receive in this business, with what they chose or the default. */
export async function listPreferences(scope: TenantScope, types: Types): Promise<Preference[]> {
  const viewer = requireViewer(scope);
  const rows = unwrap(
    await scope
      .table("core_notification_preferences")
      .select("type, in_app, email")
      .eq("person_id", viewer.personId),
  ) as unknown as Row[];
  const chosen = new Map(rows.map((row) => [row.type, row]));
  return [...types.values()]
    .filter((type) => isOffered(scope, type))
    .map((type) => ({
      type: type.id,
      name: wordsFor(type.id, viewer, scope.client).t("name"),
      isEssential: type.isEssential,
      inApp: type.hasInApp ? type.isEssential || (chosen.get(type.id)?.in_app ?? true) : null,
      email: type.hasEmail ? type.isEssential || (chosen.get(type.id)?.email ?? true) : null,
    }));
}

export async function savePreference(
  scope: TenantScope,
  types: Types,
  typeId: string,
  patch: PreferencePatch,
): Promise<void> {
  requireViewer(scope);
  const type = types.get(typeId);
  if (!type || !isOffered(scope, type)) throw notFound("this kind of notification");
  if (type.isEssential) {
    throw new AppError("ESSENTIAL", 409, "This one protects your account, so it cannot be turned off.");
  }
  await scope.rpc("notifications_save_preference", {
    p_client: scope.client.id,
    p_type: typeId,
    p_in_app: patch.inApp,
    p_email: patch.email,
  });
}

const programs = new Set(["loyalty", "launch", "care", "clinic", "academy", "portal"]);

/** Not offered: types of a program that is off, of a permission one does not hold, and mails that precede a login. */
function isOffered(scope: TenantScope, type: NotificationType): boolean {
  const room = type.id.split(".")[0]!;
  if (programs.has(room) && !(scope.client.programs as string[]).includes(room)) return false;
  if (type.isEssential && !type.hasInApp) return false;
  return type.audience === null || scope.can(type.audience);
}
