import { purgeAttempts } from "@/lib/core/auth/server";
import { forgetEmailBodies } from "@/lib/core/email/server";
import { deliverEventJob, dispatchEventJob, purgeEvents } from "@/lib/core/events/server";
import { queueFileHousekeeping } from "@/lib/core/files/server";
import { purgeGuards, type JobRegistry } from "@/lib/core/jobs/server";

/** Every job there is. Names are what SQL queues; a job's code is loaded when the first of its kind comes. */
export const jobs: JobRegistry = {
  "auth.send-mail": async () => (await import("@/lib/core/auth/server")).sendAuthMailJob,
  "email.send": async () => (await import("@/lib/core/email/server")).sendEmailJob,
  "events.deliver-event": async () => deliverEventJob((await import("./events")).eventHandlers),
  "events.dispatch-event": async () => {
    const { eventHandlers } = await import("./events");
    return dispatchEventJob(eventHandlers, deliverEventJob(eventHandlers));
  },
  "files.check-file": async () => (await import("@/lib/core/files/server")).checkFileJob,
  "files.remove-orphans": async () => (await import("@/lib/core/files/server")).removeOrphansJob,
  "loyalty.advance-raffles": async () => (await import("@/lib/programs/loyalty/server")).advanceRafflesJob,
  "loyalty.advance-boosts": async () => (await import("@/lib/programs/loyalty/server")).advanceBoostsJob,
  "loyalty.read-batch": async () => (await import("@/lib/programs/loyalty/server")).readBatchJob,
  "loyalty.send-batch": async () => (await import("@/lib/programs/loyalty/server")).sendBatchJob,
  "loyalty.run-import": async () => (await import("@/lib/programs/loyalty/server")).runImportJob,
  "loyalty.run-night": async () => (await import("@/lib/programs/loyalty/server")).runNightJob,
  "loyalty.refresh-figures": async () => (await import("@/lib/programs/loyalty/server")).refreshFiguresJob,
  "loyalty.sync-calendar": async () => (await import("@/lib/programs/loyalty/server")).syncCalendarJob,
  "loyalty.unlock-missions": async () => (await import("@/lib/programs/loyalty/server")).unlockMissionsJob,
  "loyalty.tell-claim": async () => (await import("@/lib/programs/loyalty/server")).tellClaimJob,
  "notifications.deliver": async () => {
    const { deliverNotificationJob } = await import("@/lib/core/notifications/server");
    return deliverNotificationJob((await import("./notifications")).notificationTypes);
  },
  "people.send-invitation": async () => (await import("@/lib/core/people/server")).sendInvitationJob,
};

/** Small and cheap: looked at beside the queue, by every drain and by the worker from time to time. */
export const chores: readonly (() => Promise<void>)[] = [
  forgetEmailBodies,
  purgeAttempts,
  purgeEvents,
  purgeGuards,
  queueFileHousekeeping,
  async () => (await import("@/lib/programs/loyalty/server")).tickFulfilment(),
  async () => (await import("@/lib/programs/loyalty/server")).sendReports(),
];
