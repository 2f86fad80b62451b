import { authPasswordChanged, jobsJobFailed, type NotificationType } from "@/lib/core/notifications/server";
import {
  loyaltyHandleClaimDecided,
  loyaltyHandleClaimed,
  loyaltySyncFailed,
  loyaltySyncWarning,
  loyaltyTierChanged,
} from "@/lib/programs/loyalty/server";

const list: readonly NotificationType[] = [
  authPasswordChanged,
  jobsJobFailed,
  loyaltyHandleClaimDecided,
  loyaltyHandleClaimed,
  loyaltySyncFailed,
  loyaltySyncWarning,
  loyaltyTierChanged,
];

/** Every kind of notification, by the name SQL asks for it. */
export const notificationTypes: ReadonlyMap<string, NotificationType> = new Map(
  list.map((type) => [type.id, type]),
);
