import "server-only";

export { defineEventHandler } from "./define-handler";
export type { EventContext, EventHandler } from "./define-handler";
export { deliverEventJob } from "./deliver-event.job";
export { dispatchEventJob } from "./dispatch-event.job";
export { purgeEvents } from "./purge-events.system";
