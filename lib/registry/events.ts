import type { EventHandler } from "@/lib/core/events/server";
import { tellInviterHandler } from "@/lib/core/notifications/server";

/** Who reacts to what: one line a handler, from any room. Rooms meet here and nowhere else. */
export const eventHandlers: readonly EventHandler[] = [tellInviterHandler];
