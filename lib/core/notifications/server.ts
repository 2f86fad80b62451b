import "server-only";

export { authPasswordChanged } from "./auth-password-changed.notification";
export { defineNotification } from "./define-notification";
export type { NotificationDefinition, NotificationType, TypeMail } from "./define-notification";
export { deliverNotificationJob } from "./deliver-notification.job";
export { jobsJobFailed } from "./jobs-job-failed.notification";
export { listNotifications } from "./list-notifications";
export { markAllNotificationsRead, markNotificationRead } from "./mark-read";
export { notify } from "./notify.system";
export type { Notify } from "./notify.system";
export { peopleJoined } from "./people-joined.notification";
export { listPreferences, savePreference } from "./preferences";
export { tellInviterHandler } from "./tell-inviter.handler";
export { unsubscribe } from "./unsubscribe.system";
export { readUnsubscribeToken } from "./unsubscribe-token";
export { wordsFor } from "./words";
export type { Reader, Words } from "./words";
