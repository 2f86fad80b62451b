import { authPasswordChanged, jobsJobFailed, type NotificationType } from "@/lib/core/notifications/server";
import {
  loyaltyGiftShipped,
  loyaltyHandleClaimDecided,
  loyaltyHandleClaimed,
  loyaltyHoldOpened,
  loyaltyRewardClaimed,
  loyaltyRewardFulfilled,
  loyaltyRewardOffered,
  loyaltyRewardRejected,
  loyaltyDemotionWarning,
  loyaltyRaffleMovedUp,
  loyaltyRaffleReady,
  loyaltyRaffleWon,
  loyaltySyncFailed,
  loyaltySyncWarning,
  loyaltyTierChanged,
  loyaltyWorkDue,
} from "@/lib/programs/loyalty/server";

const list: readonly NotificationType[] = [
  authPasswordChanged,
  jobsJobFailed,
  loyaltyGiftShipped,
  loyaltyHandleClaimDecided,
  loyaltyHandleClaimed,
  loyaltyHoldOpened,
  loyaltyRewardClaimed,
  loyaltyRewardFulfilled,
  loyaltyRewardOffered,
  loyaltyRewardRejected,
  loyaltyDemotionWarning,
  loyaltyRaffleMovedUp,
  loyaltyRaffleReady,
  loyaltyRaffleWon,
  loyaltySyncFailed,
  loyaltySyncWarning,
  loyaltyTierChanged,
  loyaltyWorkDue,
];

/** Every kind of notification, by the name SQL asks for it. */
export const notificationTypes: ReadonlyMap<string, NotificationType> = new Map(
  list.map((type) => [type.id, type]),
);
